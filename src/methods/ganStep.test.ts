/** Which translated rows the semantic consistency terms compare with which: reference files hold eqs. 5 and 6 only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import type { Mlp } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import { generatorLoss, type LossOptions, makeFakes } from './ganStep.ts';
import { smallGan } from './smallGan.testing.ts';

const OPTIONS: LossOptions = {
  conditioned: false,
  adversarial: 'lsgan',
  mse: 'mean',
  pairedTerm: 'source',
  weights: { identity: 5, cycle: 10, emotion: 1, gradientPenalty: 10 },
};

/** What F hears in every row, as probabilities. */
const heard = (F: Mlp, x: tf.Tensor2D) =>
  tf.tidy(() => tf.softmax(F.apply(x, { trainable: false })).arraySync() as number[][]);
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

const sameClass = (before: number[][], after: number[][]) =>
  mean(before.map((p, row) => -Math.log(after[row][p.indexOf(Math.max(...p))])));
const divergence = (p: number[], q: number[]) =>
  p.reduce((sum, share, k) => sum + share * Math.log(share / q[k]), 0);
const sameDistribution = (before: number[][], after: number[][]) =>
  mean(before.map((p, row) => divergence(p, after[row]) + divergence(after[row], p)));

beforeAll(() => selectBackend('cpu'));
afterAll(() => selectBackend('cpu'));

describe('semantic consistency', () => {
  it.each(['same-class', 'same-distribution'] as const)(
    'compares every row with its own translation: %s',
    (question) => {
      const tensors = memoryUse().tensors;
      const { nets, batch, F, dispose } = smallGan();
      const { term, hears } = tf.tidy(() => {
        const { terms } = generatorLoss(nets, batch, OPTIONS, { F, question });
        const { fakeT, fakeS } = makeFakes(nets, batch, OPTIONS);
        const { S, T } = batch;
        return {
          term: terms.semanticConsistency?.dataSync()[0],
          hears: { S: heard(F, S), T: heard(F, T), fakeT: heard(F, fakeT), fakeS: heard(F, fakeS) },
        };
      });
      const { S, T, fakeT, fakeS } = hears;
      const expected =
        question === 'same-class' ? sameClass(S, fakeT) + sameClass(T, fakeS) : sameDistribution(S, fakeT);
      expect(term).toBeCloseTo(expected, 5);
      dispose();
      expect(memoryUse().tensors).toBe(tensors);
    },
  );
});
