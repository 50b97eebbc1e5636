import { describe, expect, it } from 'vitest';
import { type Confusion, speakerInterval } from './bootstrap.ts';
import { signedRankTest } from './wilcoxon.ts';

describe('the signed-rank test', () => {
  it.each<[what: string, differences: number[], p: number]>([
    // Heights of cross- and self-fertilised maize (Darwin), as in the documentation of scipy.stats.wilcoxon.
    ['textbook differences', [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75], 0.041259765625],
    ['five pairs of one sign', [1, 2, 3, 4, 5], 0.0625],
    // The following as SciPy 1.17 gives with zero_method="pratt" and all permutations of the signs.
    ['ties', [1, 1, 2, -3, 4, 4, -4, 5], 0.2890625],
    ['zeros, ranked and then left out', [0, 1, 2, 0, -3, 5, 6], 0.25],
    ['zeros and ties', [-1, 0, 0, 3, 3, 3], 0.25],
    ['nothing but zeros', [0, 0, 0], 1],
    ['one pair', [4], 1],
  ])('is exact for %s', (_, differences, p) => {
    expect(signedRankTest(differences).p).toBeCloseTo(p, 12);
    expect(signedRankTest(differences.map((d) => -d)).p).toBeCloseTo(p, 12);
  });

  it('takes differences that rounding tells apart for ties', () => {
    const third = 100 / 3;
    const blurred = [third - (2 * third - third) * (1 + 1e-14), 0.1 + 0.2 - 0.3, 0, 0, 1];
    expect(signedRankTest(blurred)).toEqual(signedRankTest([0, 0, 0, 0, 1]));
  });

  it('says what so many pairs cannot go below, and stays exact for many', () => {
    expect(signedRankTest([1, -2, 3, 4, 5]).minimumP).toBe(0.0625);
    expect(signedRankTest([0, 0]).minimumP).toBe(0.5);
    const many = signedRankTest(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(many.p).toBe(2 ** -99);
    expect(many.p).toBe(many.minimumP);
    expect(() => signedRankTest([])).toThrow('at least one pair');
  });
});

describe('the interval over speakers', () => {
  /** `found` of ten utterances of each class. */
  const speaker = (found: number): Confusion => [
    [found, 10 - found, 0],
    [0, found, 10 - found],
    [0, 10 - found, found],
  ];
  const speakers = (...found: number[]) => found.map(speaker);

  it('is a point where all speakers gain alike, and the same at every call', () => {
    const interval = speakerInterval(speakers(6, 7, 5, 8, 6), speakers(4, 5, 3, 6, 4));
    expect(interval?.[0]).toBeCloseTo(20, 9);
    expect(interval?.[1]).toBeCloseTo(20, 9);
    const wide = speakerInterval(speakers(9, 2, 5, 8, 1, 6), speakers(4, 5, 3, 6, 4, 4));
    expect(wide).toEqual(speakerInterval(speakers(9, 2, 5, 8, 1, 6), speakers(4, 5, 3, 6, 4, 4)));
  });

  it('is near the normal one where there are many speakers', () => {
    // Gains of +20 and −10 points in turn: mean 5, standard deviation 15.
    const gains = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 6 : 3));
    const [low, high] = speakerInterval(speakers(...gains), speakers(...gains.map(() => 4))) ?? [];
    const half = (1.96 * 15) / Math.sqrt(200);
    expect(low).toBeCloseTo(5 - half, 0);
    expect(high).toBeCloseTo(5 + half, 0);
  });

  it('counts no speaker without a label, needs five, and the same on both sides', () => {
    const five = speakers(6, 7, 5, 8, 6);
    expect(speakerInterval([...five, speaker(0).map(() => [0, 0, 0])], [...five, speaker(5)])).toEqual(
      speakerInterval(five, five),
    );
    expect(speakerInterval(five.slice(1), five.slice(1))).toBeNull();
    expect(() => speakerInterval(five, five.slice(1))).toThrow('5 speakers of the method, but 4');
  });

  it('leaves out classes that a resample has none of, for both alike', () => {
    const only = (k: number, found: number): Confusion =>
      [0, 1, 2].map((t) =>
        t === k ? [0, 1, 2].map((p) => (p === k ? found : (10 - found) / 2)) : [0, 0, 0],
      );
    const own = [only(0, 8), only(0, 8), only(1, 8), only(1, 8), only(2, 8)];
    const other = [only(0, 6), only(0, 6), only(1, 6), only(1, 6), only(2, 6)];
    const interval = speakerInterval(own, other);
    expect(interval?.[0]).toBeCloseTo(20, 9);
    expect(interval?.[1]).toBeCloseTo(20, 9);
  });
});
