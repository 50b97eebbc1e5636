import { describe, expect, it } from 'vitest';
import type { Matrix } from './corpus.ts';
import { randomStream } from './random.ts';
import { featureShifts } from './shift.ts';

const matrix = (...rows: number[][]): Matrix => ({
  rows: rows.length,
  columns: rows[0].length,
  values: Float32Array.from(rows.flat()),
});

describe('feature shifts', () => {
  it('are differences of means in pooled standard deviations, the strongest first', () => {
    const source = matrix([0, 10], [2, 30], [1, 20]);
    const target = matrix([3, 25], [5, 15]);
    const [first, second] = featureShifts(source, target, ['a', 'b']);
    // a: means 1 and 4, variances 2/3 and 1.
    expect(first).toMatchObject({ feature: 'a', ks: 1, means: { source: 1, target: 4 } });
    expect(first.d).toBeCloseTo(3 / Math.sqrt((2 / 3 + 1) / 2), 10);
    expect(first.varianceRatio).toBeCloseTo(1.5, 10);
    // b: 20 and 20; after 10 of the source a third stands against nothing.
    expect(second).toMatchObject({ feature: 'b', d: 0 });
    expect(second.ks).toBeCloseTo(1 / 3, 10);
  });

  it('hold for constant columns: apart, together, and in one corpus only', () => {
    const source = matrix([5, 5, 5, 0], [5, 5, 5, 2]);
    const target = matrix([1, 5, 4, 7], [1, 5, 6, 7]);
    expect(featureShifts(source, target, ['apart', 'same', 'opens', 'closes'])).toMatchObject([
      { feature: 'apart', d: -Infinity, varianceRatio: null, ks: 1 },
      { feature: 'closes', d: 6 / Math.SQRT1_2, varianceRatio: 0, ks: 1 },
      { feature: 'same', d: 0, varianceRatio: null, ks: 0 },
      { feature: 'opens', d: 0, varianceRatio: null, ks: 0.5 },
    ]);
  });

  it('keep their precision beside a large offset, and columns picked stay where they are', () => {
    const random = randomStream(2, 'shift');
    const noise = Array.from({ length: 500 }, () => random.normal());
    const at = (offset: number) => ({
      rows: 500,
      columns: 2,
      values: Float32Array.from(noise.flatMap((value) => [Number.NaN, 1e5 + offset + value])),
      picked: Int32Array.of(1),
    });
    const [shift] = featureShifts(at(0), at(2), ['offset']);
    expect(shift.d).toBeCloseTo(2, 1);
    expect(shift.varianceRatio).toBeCloseTo(1, 2);
    expect(shift.means.target - shift.means.source).toBeCloseTo(2, 1);
  });

  it('steps through equal values at once, and computes the distance for the first ones alone', () => {
    const ties = featureShifts(matrix([1], [1], [2], [2]), matrix([1], [2], [2], [2]), ['ties']);
    expect(ties[0].ks).toBe(0.25);
    const names = Array.from({ length: 60 }, (_, c) => `f${c}`);
    const row = (scale: number) => names.map((_, c) => scale * c);
    const many = featureShifts(matrix(row(0), row(1)), matrix(row(1), row(2)), names);
    expect(many.filter(({ ks }) => ks !== null)).toHaveLength(50);
    expect(many[59].ks).toBeNull();
    // All but the constant first are shifted alike and keep their order.
    expect(many.map(({ feature }) => feature).slice(0, 3)).toEqual(['f1', 'f2', 'f3']);
    expect(many[59].feature).toBe('f0');
  });

  it('are none where a corpus has no rows', () => {
    const empty = { rows: 0, columns: 1, values: new Float32Array(0) };
    expect(featureShifts(empty, matrix([1]), ['a'])).toEqual([]);
  });
});
