import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { tinyConfig, tinyPrepared } from '../experiment/tiny.testing.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { type LayerArrays, Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { Criterion } from './criterion.ts';

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

const { data } = tinyPrepared(tinyConfig());
const { columns } = data.source;
const rows = { source: data.source, classes: data.sourceClasses, target: data.target };

/** One linear layer with the given kernel `[columns, outputs]`. */
const linear = (kernel: number[][], bias: number[]): Mlp => {
  const shape = {
    ...SHAPE_DEFAULTS,
    sizes: [kernel.length, bias.length],
    hidden: 'relu',
    batchNorm: false,
  } as const;
  const layer: LayerArrays = { kernel, bias };
  return Mlp.fromArrays(shape, [layer]);
};
const identity = Array.from({ length: columns }, (_, r) =>
  Array.from({ length: columns }, (_, c) => (r === c ? 1 : 0)),
);
const none = new Array(columns).fill(0);

it('is 2 before any translation, and the share of wrong labels comes on top where there is an F', async () => {
  const generators = { G_ST: linear(identity, none), G_TS: linear(identity, none), conditioned: false };
  // An F that hears class 1 in everything.
  const F = linear(
    identity.map(() => [0, 0, 0]),
    [0, 1, 0],
  );
  const before = memoryUse().tensors;
  const criterion = await Criterion.create(rows);
  const distance = await criterion.measure(generators, null);
  const judged = await criterion.measure(generators, F);
  criterion.dispose();
  expect(memoryUse().tensors).toBe(before);
  const wrong = data.sourceClasses.filter((k) => k !== 1).length / data.sourceClasses.length;
  expect(distance).toBeCloseTo(2, 3);
  expect(judged - distance).toBeCloseTo(wrong, 3);
});

it('falls where translated rows lie on the corpus they imitate', async () => {
  const mean = (x: typeof data.source) =>
    none.map((_, c) => {
      let sum = 0;
      for (let r = 0; r < x.rows; r++) sum += x.values[r * columns + c];
      return sum / x.rows;
    });
  const [s, t] = [mean(data.source), mean(data.target)];
  const shift = s.map((value, c) => t[c] - value);
  const back = shift.map((value) => -value);
  const shape = {
    ...SHAPE_DEFAULTS,
    sizes: [columns, 8, columns],
    hidden: 'relu',
    batchNorm: false,
  } as const;
  const random = (name: string) => Mlp.create(shape, randomStream(1, name));
  const criterion = await Criterion.create(rows);
  const measure = (G_ST: Mlp, G_TS: Mlp) => criterion.measure({ G_ST, G_TS, conditioned: false }, null);
  expect(await measure(linear(identity, shift), linear(identity, back))).toBeLessThan(1.5);
  expect(await measure(random('a'), random('b'))).toBeGreaterThan(2);
  criterion.dispose();
});
