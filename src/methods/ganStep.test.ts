/** Which translated rows the semantic consistency terms compare with which: reference files hold eqs. 5 and 6 only. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import { classCondition, type GanBatch, generatorLoss, type LossOptions, makeFakes } from './ganStep.ts';

const FEATURES = 4;
const ROWS = 5;
const OPTIONS: LossOptions = {
  conditioned: false,
  adversarial: 'lsgan',
  mse: 'mean',
  pairedTerm: 'source',
  weights: { identity: 5, cycle: 10, emotion: 1, gradientPenalty: 10 },
};

const network = (name: string, ...sizes: number[]) =>
  Mlp.create({ ...SHAPE_DEFAULTS, sizes, hidden: 'leakyrelu', batchNorm: false }, randomStream(1, name));

/** Random networks, and a batch whose source and target rows differ; the caller disposes all. */
function given() {
  const nets = {
    G_ST: network('G_ST', FEATURES, 6, FEATURES),
    G_TS: network('G_TS', FEATURES, 6, FEATURES),
    D_S: network('D_S', FEATURES, 6, 1),
    D_T: network('D_T', FEATURES, 6, 1),
  };
  const random = randomStream(1, 'batch');
  const rows = (columns: number) =>
    tf.tensor2d(Float32Array.from({ length: ROWS * columns }, random.normal), [ROWS, columns]);
  const classes = () => classCondition(Array.from({ length: ROWS }, () => random.integer(CLASS_COUNT)));
  const batch: GanBatch = {
    S: rows(FEATURES),
    T: rows(FEATURES),
    y: classes(),
    zRandom: classes(),
    epsS: rows(1),
    epsT: rows(1),
  };
  return { nets, batch, F: network('F', FEATURES, 6, CLASS_COUNT) };
}

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
      const { nets, batch, F } = given();
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
      tf.dispose(Object.values(batch));
      for (const owned of [...Object.values(nets), F]) owned.dispose();
      expect(memoryUse().tensors).toBe(tensors);
    },
  );
});
