import { describe, expect, it } from 'vitest';
import type { Matrix, NamedColumn } from './corpus.ts';
import { twinNumbers } from './duplicates.ts';
import { randomStream } from './random.ts';
import { keepTwinsApart, leaveOneSpeakerOut } from './split.ts';

const random = () => randomStream(3, 'split');

describe('leaveOneSpeakerOut', () => {
  it('tests each speaker once and learns from the others', () => {
    const speakers: NamedColumn = {
      names: ['anna', 'never', 'ben'],
      index: Int32Array.from([0, 2, 2, 0, -1]),
    };
    expect(leaveOneSpeakerOut(speakers, 5, random())).toEqual([
      { speaker: 'anna', test: Int32Array.from([0, 3]), train: Int32Array.from([1, 2]) },
      { speaker: 'ben', test: Int32Array.from([1, 2]), train: Int32Array.from([0, 3]) },
    ]);
  });

  const one: NamedColumn = { names: ['anna'], index: new Int32Array(13) };
  it.each([
    ['no speakers', null],
    ['one speaker', one],
  ])('splits by chance into five parts where there is %s', (_, speakers) => {
    const folds = leaveOneSpeakerOut(speakers, 13, random());
    expect(folds.map((f) => f.speaker)).toEqual([null, null, null, null, null]);
    expect(folds.map((f) => f.test.length).sort()).toEqual([2, 2, 3, 3, 3]);
    const tested = folds.flatMap((f) => [...f.test]).sort((a, b) => a - b);
    expect(tested).toEqual(Array.from({ length: 13 }, (_, r) => r));
    for (const { train, test } of folds) {
      expect(new Set([...train, ...test]).size).toBe(13);
      expect(train.length + test.length).toBe(13);
    }
    expect(leaveOneSpeakerOut(speakers, 13, random())).toEqual(folds);
    expect(leaveOneSpeakerOut(speakers, 13, randomStream(4, 'split'))).not.toEqual(folds);
  });

  it('makes fewer parts of fewer rows, and refuses a single one', () => {
    expect(leaveOneSpeakerOut(null, 2, random())).toHaveLength(2);
    expect(() => leaveOneSpeakerOut(null, 1, random())).toThrow(/cannot be split/);
  });
});

describe('keepTwinsApart', () => {
  const matrix = (...rows: number[][]): Matrix => ({
    rows: rows.length,
    columns: rows[0].length,
    values: Float32Array.from(rows.flat()),
  });
  const fold = (train: number[], test: number[]) => ({
    train: Int32Array.from(train),
    test: Int32Array.from(test),
    speaker: null,
  });

  it('takes rows out of training that equal a held-out row in every feature', () => {
    const x = matrix([1, 2], [1, 3], [1, 2], [4, 4], [1, 3]);
    const { folds, dropped } = keepTwinsApart([fold([0, 1, 3], [2]), fold([2, 3], [0, 1])], twinNumbers(x));
    expect(folds).toEqual([fold([1, 3], [2]), fold([3], [0, 1])]);
    expect(dropped).toBe(2);
  });

  it('leaves twins on one side, and rows that differ in one feature, as they are', () => {
    const folds = [fold([0, 1, 2], [3])];
    const x = matrix([1, 2, 3], [1, 2, 3], [1, 2, 4], [1, 2, 5]);
    expect(keepTwinsApart(folds, twinNumbers(x))).toEqual({ folds, dropped: 0 });
  });

  it('takes −0 for 0, finds twins among many rows, and may leave nothing to learn from', () => {
    const zeros = twinNumbers(matrix([-0, 1], [0, 1]));
    expect(keepTwinsApart([fold([0], [1])], zeros).folds[0].train).toHaveLength(0);
    const random = randomStream(1, 'rows');
    const half = Array.from({ length: 500 }, () => [random.uniform(), random.integer(2), random.integer(2)]);
    const first = half.map((_, row) => row);
    const second = half.map((_, row) => row + 500);
    const { folds, dropped } = keepTwinsApart([fold(first, second)], twinNumbers(matrix(...half, ...half)));
    expect(folds[0].train).toHaveLength(0);
    expect(dropped).toBe(500);
  });
});
