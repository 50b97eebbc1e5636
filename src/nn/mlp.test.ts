import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { selectBackend } from './backend.ts';
import { Mlp, type MlpShape, SHAPE_DEFAULTS } from './mlp.ts';
import { tf } from './tf.ts';

const SHAPE: MlpShape = { ...SHAPE_DEFAULTS, sizes: [4, 6, 5, 3], hidden: 'leakyrelu', batchNorm: true };
const random = randomStream(1, 'mlp-test');
const rows = (n: number, scale = 1) =>
  tf.tensor2d(
    Float32Array.from({ length: 4 * n }, () => scale * random.normal()),
    [n, 4],
  );
const INFERENCE = { trainable: false, inputGradient: false } as const;

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

describe('a network', () => {
  it('is the same from the same stream', () => {
    const weights = (name: string) =>
      Mlp.create(SHAPE, randomStream(1, name))
        .variables()
        .map((variable) => [...variable.dataSync()]);
    expect(weights('a')).toEqual(weights('a'));
    expect(weights('a')).not.toEqual(weights('b'));
  });

  it('infers as it trained from the first pass on: running statistics owe nothing to where they started', () => {
    const network = Mlp.create(SHAPE, randomStream(1, 'fold'));
    const x = rows(32, 3);
    for (const passes of [1, 5]) {
      let trained = network.apply(x);
      for (let pass = 1; pass < passes; pass++) trained = network.apply(x);
      const inferred = network.folded().apply(x, INFERENCE).dataSync();
      const expected = trained.dataSync();
      for (let i = 0; i < expected.length; i++) expect(inferred[i]).toBeCloseTo(expected[i], 3);
    }
  });

  it('follows the data: statistics of the latest batches outweigh earlier ones', () => {
    const network = Mlp.create(SHAPE, randomStream(1, 'follow'));
    network.apply(rows(16, 10));
    const x = rows(32);
    for (let pass = 0; pass < 600; pass++) tf.tidy(() => network.apply(x));
    const expected = network.apply(x).dataSync();
    const inferred = network.folded().apply(x, INFERENCE).dataSync();
    for (let i = 0; i < expected.length; i++) expect(Math.abs(inferred[i] - expected[i])).toBeLessThan(0.15);
  });

  it('normalises stacked passes each by itself', () => {
    const [a, b] = [rows(8), rows(8, 5)];
    const alone = Mlp.create(SHAPE, randomStream(1, 'stack'));
    const apart = [...alone.apply(a).dataSync(), ...alone.apply(b).dataSync()];
    const stacked = Mlp.create(SHAPE, randomStream(1, 'stack')).apply(tf.concat2d([a, b], 0), { passes: 2 });
    stacked.dataSync().forEach((value, i) => {
      expect(value).toBeCloseTo(apart[i], 4);
    });
  });

  it('starts near a copy of its input where it is residual', () => {
    const shape: MlpShape = { ...SHAPE, sizes: [6, 8, 4], batchNorm: false, residual: true };
    const x = rows(10);
    const network = Mlp.create(shape, randomStream(1, 'residual'));
    const difference = tf.sub(network.apply(x, { condition: tf.ones([10, 2]) }), x);
    const [size] = tf.sqrt(tf.mean(tf.square(difference))).dataSync();
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(0.6);
  });

  it('gives its input gradient as automatic differentiation does', () => {
    const shape: MlpShape = { ...SHAPE, sizes: [4, 7, 5, 1], batchNorm: false };
    const network = Mlp.create(shape, randomStream(1, 'gradient'));
    const x = rows(9);
    const expected = tf.grad((input) => tf.sum(network.apply(input as tf.Tensor2D, { trainable: false })))(x);
    const own = network.inputGradient(network.pass(x, INFERENCE)).dataSync();
    expected.dataSync().forEach((value, i) => {
      expect(own[i]).toBeCloseTo(value, 4);
    });
  });
});
