/** Losses that no file of reference values holds: against their definitions, and gradients against differences. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackendName, selectBackend } from './backend.ts';
import { sameClassLoss, sameDistributionLoss } from './losses.ts';
import { tf } from './tf.ts';

type Loss = (before: tf.Tensor2D, after: tf.Tensor2D) => tf.Scalar;

const BEFORE = [
  [2, 0, -1],
  [0.5, 1.5, 1],
];
const AFTER = [
  [1, 0.5, 0],
  [1, -1, 2],
];

const softmax = (logits: readonly number[]) => {
  const powers = logits.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
};
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

const value = (loss: Loss, before: number[][], after: number[][]) =>
  tf.tidy(() => loss(tf.tensor2d(before), tf.tensor2d(after)).dataSync()[0]);

describe.each<BackendName>(['cpu', 'wasm'])('semantic consistency on %s', (backend) => {
  beforeAll(() => selectBackend(backend));
  afterAll(() => selectBackend('cpu'));

  it('asks for the class that was most probable before', () => {
    const expected = mean([-Math.log(softmax(AFTER[0])[0]), -Math.log(softmax(AFTER[1])[1])]);
    expect(value(sameClassLoss, BEFORE, AFTER)).toBeCloseTo(expected, 5);
  });

  it('measures how far probabilities move, from either side alike', () => {
    const divergence = (a: number[], b: number[]) =>
      softmax(a).reduce((sum, p, k) => sum + p * Math.log(p / softmax(b)[k]), 0);
    const expected = mean(BEFORE.map((row, i) => divergence(row, AFTER[i]) + divergence(AFTER[i], row)));
    expect(value(sameDistributionLoss, BEFORE, AFTER)).toBeCloseTo(expected, 5);
    expect(value(sameDistributionLoss, AFTER, BEFORE)).toBeCloseTo(expected, 5);
    expect(value(sameDistributionLoss, AFTER, AFTER)).toBe(0);
  });

  it.each([
    ['class', sameClassLoss],
    ['distribution', sameDistributionLoss],
  ])('has the gradient of its %s by the logits after translation', (_, loss) => {
    // Both made inside the function that is differentiated, as a step makes them.
    const gradient = tf.tidy(() =>
      tf
        .grad((after) => loss(tf.add(tf.tensor2d(BEFORE), 0) as tf.Tensor2D, after as tf.Tensor2D))(
          tf.tensor2d(AFTER),
        )
        .dataSync(),
    );
    const step = 1e-2;
    AFTER.flat().forEach((_, i) => {
      const at = (sign: number) =>
        AFTER.map((row, r) => row.map((x, k) => (3 * r + k === i ? x + sign * step : x)));
      const difference = (value(loss, BEFORE, at(1)) - value(loss, BEFORE, at(-1))) / (2 * step);
      expect(gradient[i]).toBeCloseTo(difference, 3);
    });
  });
});
