/**
 * How much a difference of UARs depends on who happened to speak: a bootstrap over speakers, whose utterances are
 * not independent of one another (cluster bootstrap; Efron & Tibshirani 1993, percentile interval). Pure arithmetic.
 */
import { randomStream } from '../../corpus/random.ts';

/** `[truth][prediction]` row counts. */
export type Confusion = readonly (readonly number[])[];

export type Interval = readonly [low: number, high: number];

/** With fewer speakers their resamples are too few and too alike for an interval to mean anything. */
export const MINIMUM_SPEAKERS = 5;
export const RESAMPLES = 2000;
const COVERAGE = 0.95;

/** Row totals and diagonals of every confusion, which is all that UAR reads: `[speakers, 2 × classes]`. */
function marginals(confusions: readonly Confusion[]): Float64Array[] {
  return confusions.map((confusion) =>
    Float64Array.from([
      ...confusion.map((row) => row.reduce((a, b) => a + b, 0)),
      ...confusion.map((row, k) => row[k]),
    ]),
  );
}

/** UAR in percent of the speakers drawn together. */
function uarOf(speakers: readonly Float64Array[], drawn: Int32Array, sums: Float64Array): number {
  sums.fill(0);
  for (const speaker of drawn) for (let i = 0; i < sums.length; i++) sums[i] += speakers[speaker][i];
  const classes = sums.length / 2;
  let recalls = 0;
  let present = 0;
  for (let k = 0; k < classes; k++) {
    if (sums[k] === 0) continue;
    recalls += sums[classes + k] / sums[k];
    present++;
  }
  return (100 * recalls) / present;
}

/** The quantile `share` of sorted values, interpolated linearly. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const before = Math.floor(at);
  const after = Math.min(before + 1, sorted.length - 1);
  return sorted[before] + (at - before) * (sorted[after] - sorted[before]);
}

/**
 * 95 % interval of UAR(method) − UAR(baseline), in percentage points. Speakers are drawn with replacement, the same
 * for both, with all their utterances; the draws are the same at every call.
 * @param method, baseline one confusion a speaker, in the same order; speakers without a labelled row are left out.
 * @returns null where fewer than five speakers remain.
 * @throws where the two do not have the same speakers.
 */
export function speakerInterval(
  method: readonly Confusion[],
  baseline: readonly Confusion[],
  resamples = RESAMPLES,
): Interval | null {
  if (method.length !== baseline.length) {
    throw new Error(`${method.length} speakers of the method, but ${baseline.length} of the baseline.`);
  }
  const labelled = marginals(method).flatMap((own, s) =>
    own.some((rows) => rows > 0) ? [{ own, other: s }] : [],
  );
  const count = labelled.length;
  if (count < MINIMUM_SPEAKERS) return null;
  const ownSpeakers = labelled.map(({ own }) => own);
  const others = marginals(baseline);
  const otherSpeakers = labelled.map(({ other }) => others[other]);

  const random = randomStream(0, 'comparison/speakers');
  const drawn = new Int32Array(count);
  const sums = new Float64Array(ownSpeakers[0].length);
  const differences = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    for (let s = 0; s < count; s++) drawn[s] = random.integer(count);
    differences[r] = uarOf(ownSpeakers, drawn, sums) - uarOf(otherSpeakers, drawn, sums);
  }
  differences.sort();
  return [quantile(differences, (1 - COVERAGE) / 2), quantile(differences, (1 + COVERAGE) / 2)];
}
