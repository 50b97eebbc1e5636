/**
 * Mixup (Zhang et al., 2018): a recogniser on weighted means of two source rows, and of their labels. Knows neither
 * target nor network.
 */
import { type Random, symmetricBeta } from '../corpus/random.ts';
import { tf } from '../nn/tf.ts';
import { augmentedSource } from './augmented.ts';
import type { LabelledBatch } from './classifier.ts';

/**
 * λ·row + (1 − λ)·another row of the batch, labels `[batch, 3]` alike, with one λ ~ Beta(α, α) a batch and the other
 * rows by one permutation of it, as in the authors' code. Call inside a tidy.
 */
export function mixBatch({ x, y }: LabelledBatch, alpha: number, random: Random): LabelledBatch {
  const weight = symmetricBeta(random, alpha);
  const partners = tf.tensor1d(random.permutation(x.shape[0]), 'int32');
  const mix = (rows: tf.Tensor2D): tf.Tensor2D =>
    tf.add(tf.mul(rows, weight), tf.mul(tf.gather(rows, partners), 1 - weight));
  return { x: mix(x), y: mix(y) };
}

/** Mixup of source rows, a control: does a GAN beat what is nearly free? */
export const mixup = augmentedSource(({ settings }) => {
  const { alpha } = settings.mixup;
  return (batch, random) => mixBatch(batch, alpha, random);
});
