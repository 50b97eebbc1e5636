/** How well a discriminator tells real rows from made ones, from what it says of them. Knows no network. */
import type { DiscriminatorEvidence } from '../metrics/networkEvidence.ts';

/**
 * Of fewer rows the accuracy is chance: in healthy runs of the demo with 20 to 30 rows held out it lay up to 0.17 below
 * that of rows it learned, at several moments in a row, with 50 no more than 0.06.
 */
const LEAST_UNSEEN = 50;

/** Mean of the shares of real rows at or above a threshold and of made ones below it. */
function accuracyAt(threshold: number, real: Float32Array, fake: Float32Array): number {
  const share = (values: Float32Array, told: (value: number) => boolean) =>
    values.filter(told).length / values.length;
  return (share(real, (value) => value >= threshold) + share(fake, (value) => value < threshold)) / 2;
}

/**
 * The threshold that tells real from made values best, half-way between two neighbouring values; the lowest of several.
 * Of a critic (wgan) no other is known, and one of any kind may be right on a scale of its own.
 */
function bestThreshold(real: Float32Array, fake: Float32Array): number {
  const all = [
    ...Array.from(real, (value) => ({ value, gain: -1 / real.length })),
    ...Array.from(fake, (value) => ({ value, gain: 1 / fake.length })),
  ].sort((a, b) => a.value - b.value);
  let best = { gain: 0, threshold: Number.NEGATIVE_INFINITY };
  let gain = 0;
  all.forEach((entry, i) => {
    gain += entry.gain;
    const next = all[i + 1]?.value ?? Number.POSITIVE_INFINITY;
    // A margin: sums of shares differ in their last digits where they are the same.
    if (next > entry.value && gain > best.gain + 1e-9)
      best = { gain, threshold: Number.isFinite(next) ? (entry.value + next) / 2 : next };
  });
  return best.threshold;
}

/**
 * From a discriminator's logits, or a critic's values: of real rows that it was trained on, of rows made by its generator,
 * and of real rows that it never saw, of which fifty at least are needed to tell anything.
 */
export function toldApart(
  seen: Float32Array,
  fake: Float32Array,
  unseen: Float32Array,
): DiscriminatorEvidence {
  const threshold = bestThreshold(seen, fake);
  return {
    seen: accuracyAt(threshold, seen, fake),
    heldOut: unseen.length >= LEAST_UNSEEN ? accuracyAt(threshold, unseen, fake) : null,
  };
}
