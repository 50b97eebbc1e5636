import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContinuousLabels, classCounts, classIndices, countedRatings } from './corpus.ts';
import { proposeScale, tercilesOf } from './cuts.ts';

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

describe('a rating on a boundary', () => {
  const classesOf = (ratings: readonly number[], rest: Pick<ContinuousLabels, 'cuts' | 'reversedFrom'>) => [
    ...classIndices({ kind: 'continuous', column: 'v', ratings: Float32Array.from(ratings), ...rest }),
  ];

  it('lies on it, although neither is a float32 number', () => {
    expect(classesOf([2.2, 3, 3.3, 4.4, 1.6], { cuts: [2.2, 3.3] })).toEqual([0, 1, 2, 2, 0]);
  });

  it('does so for every rating of two decimals, and its neighbours do not', () => {
    const hundredths = Array.from({ length: 601 }, (_, i) => (100 + i) / 100);
    for (let i = 1; i < 600; i++) {
      const [below, at, above] = hundredths.slice(i - 1, i + 2);
      expect(classesOf([below, at, above], { cuts: [at, 9] })).toEqual([0, 0, 1]);
      expect(classesOf([below, at, above], { cuts: [0, at] })).toEqual([1, 2, 2]);
    }
  });

  it('does so on a scale that is turned round, whether the boundary is turned with it or given anew', () => {
    const turns = [6, 8, 0.3, 5.5].flatMap((from) =>
      Array.from({ length: 600 }, (_, i) => ({ from, at: (i + 1) / 100, far: from - 99 })),
    );
    for (const { from, at, far } of turns) {
      const mirrored = Math.round((from - at) * 100) / 100;
      for (const cut of [from - at, mirrored]) {
        const ratings = [at - 0.01, at, at + 0.01];
        expect(classesOf(ratings, { cuts: [far, cut], reversedFrom: from })).toEqual([2, 2, 1]);
        expect(classesOf(ratings, { cuts: [cut, 99], reversedFrom: from })).toEqual([1, 0, 0]);
      }
    }
  });

  it('does so where the boundary is one of the turned ratings themselves', () => {
    const ratings = Float32Array.from({ length: 50 }, (_, i) => (i + 1) / 10);
    const turned = countedRatings({ ratings, reversedFrom: 6 });
    const [low, high] = tercilesOf(turned) as [number, number];
    const classes = classesOf([...ratings], { cuts: [low, high], reversedFrom: 6 });
    expect(classes).toEqual(Array.from(turned, (r) => (r <= low ? 0 : r >= high ? 2 : 1)));
  });
});
