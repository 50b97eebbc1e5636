import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix, NamedColumn } from './corpus.ts';
import { type ScaledPair, type Scaling, scaleFold, scalePair } from './scale.ts';

const matrix = (rows: number[][]): Matrix => ({
  rows: rows.length,
  columns: rows[0].length,
  values: Float32Array.from(rows.flat()),
});

const nobody = { source: null, target: null };

function scaled(
  source: number[][],
  target: number[][],
  settings: Partial<Scaling>,
  speakers: { source: NamedColumn | null; target: NamedColumn | null } = nobody,
): ScaledPair {
  const pair = {
    features: source[0].map((_, i) => `f${i}`),
    source: matrix(source),
    target: matrix(target),
  };
  return scalePair(pair, { scaler: 'minmax-per-corpus', clipPercentile: 0, ...settings }, speakers);
}

const column = (m: Matrix, c: number) =>
  Array.from({ length: m.rows }, (_, r) => m.values[r * m.columns + c]);

describe('scalePair', () => {
  it('puts each corpus on its own range', () => {
    const pair = scaled([[10], [20], [15]], [[-1], [3]], {});
    expect(column(pair.source, 0)).toEqual([0, 1, 0.5]);
    expect(column(pair.target, 0)).toEqual([0, 1]);
  });

  it('leaves the target outside [0, 1] where only the source is fitted', () => {
    const pair = scaled([[0], [10]], [[20], [-5]], { scaler: 'minmax-source' });
    expect(column(pair.target, 0)).toEqual([2, -0.5]);
  });

  it('spans both corpora where both are fitted', () => {
    const pair = scaled([[0], [10]], [[20], [5]], { scaler: 'minmax-global' });
    expect(column(pair.source, 0)).toEqual([0, 0.5]);
    expect(column(pair.target, 0)).toEqual([1, 0.25]);
  });

  it('maps a constant column to 0 and back to its constant', () => {
    const rows = [
      [7, 1],
      [7, 2],
      [7, 4],
    ];
    for (const scaler of ['minmax-per-corpus', 'minmax-source', 'minmax-global', 'zscore-speaker'] as const) {
      const pair = scaled(rows, rows, { scaler });
      expect(column(pair.source, 0)).toEqual([0, 0, 0]);
      const generated = matrix([[0.4, 0.5]]);
      expect(pair.toSourceUnits(generated).values[0]).toBe(7);
      expect(pair.toTargetUnits(generated).values[0]).toBe(7);
    }
  });

  it('clips to percentiles, so that an outlier does not crush the column', () => {
    const rows = Array.from({ length: 101 }, (_, i) => [i === 100 ? 1e6 : i]);
    const plain = column(scaled(rows, rows, {}).source, 0);
    const clipped = column(scaled(rows, rows, { clipPercentile: 1 }).source, 0);
    expect(plain[99]).toBeLessThan(1e-3);
    // Percentiles 1 and 99 of 0 … 99, 1e6 are the values at positions 1 and 99.
    expect(clipped[0]).toBe(0);
    expect(clipped[1]).toBe(0);
    expect(clipped[50]).toBeCloseTo(0.5, 6);
    expect(clipped[99]).toBe(1);
    expect(clipped[100]).toBe(1);
  });

  it('gives every speaker mean 0 and deviation 1, and a lone row the scale of the corpus', () => {
    const speakers: NamedColumn = { names: ['a', 'b', 'c'], index: Int32Array.from([0, 0, 1, 1, 2, -1]) };
    const rows = [[1], [3], [100], [300], [101], [101]];
    const pair = scaled(rows, rows, { scaler: 'zscore-speaker' }, { source: speakers, target: null });
    const values = column(pair.source, 0);
    expect(values.slice(0, 4)).toEqual([-1, 1, -1, 1]);
    const everyone = column(pair.target, 0);
    expect(values.slice(4)).toEqual(everyone.slice(4));
    expect(everyone.reduce((a, b) => a + b)).toBeCloseTo(0, 5);
    expect(pair.toSourceUnits(matrix([[1], [1]]), Int32Array.from([0, 2])).values).toEqual(
      Float32Array.from([3, 300]),
    );
  });

  it('names the corpus that has no rows', () => {
    const pair = {
      features: ['a'],
      source: matrix([[1]]),
      target: { rows: 0, columns: 1, values: new Float32Array(0) },
    };
    expect(() => scalePair(pair, { scaler: 'minmax-per-corpus', clipPercentile: 0 }, nobody)).toThrow(
      /target/,
    );
  });
});

const table = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(
      fc.array(
        fc.oneof(fc.float({ min: -1000, max: 1000, noNaN: true }), fc.constantFrom(0, 0.1, -3e5, 1e-7)),
        { minLength: columns, maxLength: columns },
      ),
      { minLength: rows, maxLength: rows },
    ),
  );
const scalerName = fc.constantFrom(
  'minmax-per-corpus',
  'minmax-source',
  'minmax-global',
  'zscore-speaker',
) satisfies fc.Arbitrary<Scaling['scaler']>;

describe('scalePair, for any values', () => {
  it('is undone by the inverse, within float32', () => {
    fc.assert(
      fc.property(table, scalerName, fc.integer({ min: 0, max: 99 }), (rows, scaler, salt) => {
        const speakers: NamedColumn = {
          names: ['a', 'b'],
          index: Int32Array.from(rows, (_, r) => ((r * 7 + salt) % 3) - 1),
        };
        const pair = scaled(rows, rows, { scaler }, { source: speakers, target: null });
        const everyRow = Int32Array.from(rows, (_, r) => r);
        const back = pair.toSourceUnits(pair.source, everyRow);
        const original = matrix(rows);
        const largest = Math.max(...original.values.map(Math.abs));
        back.values.forEach((value, i) => {
          expect(Math.abs(value - original.values[i])).toBeLessThanOrEqual(4e-6 * largest);
        });
      }),
    );
  });

  it('stays in [0, 1] where min-max is fitted on the same rows, clipped or not', () => {
    const settings = fc.record({
      scaler: fc.constantFrom('minmax-per-corpus', 'minmax-source', 'minmax-global'),
      clipPercentile: fc.constantFrom(0, 1, 10, 25),
    }) satisfies fc.Arbitrary<Scaling>;
    fc.assert(
      fc.property(table, settings, (rows, chosen) => {
        const { source } = scaled(rows, rows.slice(0, 1), chosen);
        for (const value of source.values) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('scaleFold', () => {
  const minMax: Scaling = { scaler: 'minmax-per-corpus', clipPercentile: 0 };
  const perSpeaker: Scaling = { scaler: 'zscore-speaker', clipPercentile: 0 };
  const unnamed = (rows: number[][]) => ({ x: matrix(rows), speakers: null });
  const names = ['anna', 'ben', 'cora'];
  const spoken = (rows: number[][], index: number[]) => ({
    x: matrix(rows),
    speakers: { names, index: Int32Array.from(index) },
  });

  it.each(['minmax-per-corpus', 'minmax-source', 'minmax-global'] as const)(
    'fits %s on the rows to learn from alone',
    (scaler) => {
      const train = unnamed([[0], [10]]);
      const fold = scaleFold({ train, test: unnamed([[20], [-5]]) }, { scaler, clipPercentile: 0 });
      expect(column(fold.train, 0)).toEqual([0, 1]);
      expect(column(fold.test, 0)).toEqual([2, -0.5]);
    },
  );

  it('lets held-out rows decide nothing, clip limits included', () => {
    const train = spoken([[0], [1], [2], [3], [50]], [0, 0, 1, 1, 1]);
    const scalings = [minMax, perSpeaker].flatMap((s) => [s, { ...s, clipPercentile: 20 }]);
    for (const scaling of scalings) {
      const tame = scaleFold({ train, test: spoken([[1], [2]], [2, 2]) }, scaling);
      const wild = scaleFold({ train, test: spoken([[1e9], [-1e9]], [2, 2]) }, scaling);
      expect(wild.train).toEqual(tame.train);
    }
    const clipping = { ...minMax, clipPercentile: 20 };
    const { train: fitted, test } = scaleFold({ train, test: unnamed([[1e9]]) }, clipping);
    expect(test.values[0]).toBe(Math.max(...fitted.values));
  });

  it('scales a held-out speaker by himself where each speaker is scaled by himself', () => {
    const train = spoken([[0], [2], [10], [14]], [0, 0, 1, 1]);
    const fold = scaleFold({ train, test: spoken([[100], [300]], [2, 2]) }, perSpeaker);
    expect(column(fold.train, 0)).toEqual([-1, 1, -1, 1]);
    expect(column(fold.test, 0)).toEqual([-1, 1]);
  });

  it('scales a speaker on both sides, and one of a single row, by the rows to learn from', () => {
    const train = spoken([[0], [2]], [0, 0]);
    const fold = scaleFold({ train, test: spoken([[5], [7], [9]], [0, 0, 1]) }, perSpeaker);
    expect(column(fold.test, 0)).toEqual([4, 6, 8]);
  });

  it('refuses a split with nothing to fit on', () => {
    const train = { x: { rows: 0, columns: 1, values: new Float32Array(0) }, speakers: null };
    expect(() => scaleFold({ train, test: unnamed([[1]]) }, minMax)).toThrow(/no rows to fit/);
  });
});
