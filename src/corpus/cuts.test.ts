import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classCounts, classIndices } from './corpus.ts';
import { proposeScale } from './cuts.ts';

const of = (...ratings: number[]) => proposeScale(Float32Array.from(ratings));

describe('proposeScale', () => {
  it('knows the usual scales by their range', () => {
    expect(of(1, 3, 5)).toEqual({ name: '1 to 5', cuts: [2, 4], fromData: false });
    expect(of(2, 3, 5.5)).toEqual({ name: '1 to 5', cuts: [2, 4], fromData: false });
    expect(of(0.5, 4)).toEqual({ name: '0 to 5', cuts: [2, 4], fromData: false });
    expect(of(-0.9, Number.NaN, 0.8)).toMatchObject({ name: '−1 to 1', fromData: false });
    expect(of(1, 4, 7)).toMatchObject({ name: '1 to 7', fromData: true });
    expect(of(0, 50, 100)).toMatchObject({ name: '0 to 100', fromData: true });
  });

  it('cuts at ±0.33 inclusively, although float32 has no such number', () => {
    const ratings = Float32Array.of(-0.33, 0.33, -0.32, 0.32);
    const { cuts } = proposeScale(ratings);
    expect([...classIndices({ kind: 'continuous', column: 'v', ratings, cuts })]).toEqual([0, 2, 1, 1]);
  });

  it('splits different ratings into three parts whose sizes differ little', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: -500, max: 500 }), { minLength: 3, maxLength: 60 }),
        (values) => {
          const ratings = Float32Array.from(values, (v) => v * 10 + 10_000);
          const { cuts, fromData } = proposeScale(ratings);
          expect(fromData).toBe(true);
          const counts = classCounts(classIndices({ kind: 'continuous', column: 'v', ratings, cuts }));
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
        },
      ),
    );
  });

  it('gives ordered cuts however many ratings are equal, or none', () => {
    for (const ratings of [[8, 8, 8, 9], [8, 9, 9, 9], [8, 8], [], [Number.NaN]]) {
      const { cuts } = of(...ratings);
      expect(cuts[0]).toBeLessThan(cuts[1]);
    }
  });
});
