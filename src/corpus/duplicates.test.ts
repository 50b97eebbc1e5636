import { describe, expect, it } from 'vitest';
import type { Matrix } from './corpus.ts';
import { duplicateRows, sharedRows, twinNumbers, unsharedRows } from './duplicates.ts';
import { randomStream } from './random.ts';

const matrix = (...rows: number[][]): Matrix => ({
  rows: rows.length,
  columns: rows[0].length,
  values: Float32Array.from(rows.flat()),
});

describe('twinNumbers', () => {
  it('numbers equal rows alike across matrices', () => {
    expect([...twinNumbers(matrix([1, 2], [3, 4]), matrix([3, 4], [5, 6], [1, 2], [5, 6]))]).toEqual([
      0, 1, 1, 3, 0, 3,
    ]);
  });

  it('compares the picked columns of either, in their order', () => {
    const a = matrix([9, 1, 2], [8, 1, 2]);
    const b = matrix([2, 1], [1, 2]);
    const viewed = { ...a, picked: Int32Array.of(1, 2) };
    expect([...twinNumbers(viewed, { ...b, picked: Int32Array.of(1, 0) })]).toEqual([0, 0, 0, 3]);
  });

  it('takes −0 for 0, and any missing value for any other', () => {
    const x = matrix([0, 1], [-0, 1], [Number.NaN, 1], [Number.NaN, 1], [Number.POSITIVE_INFINITY, 1]);
    new Uint32Array(x.values.buffer)[6] = 0xffc00001;
    expect([...twinNumbers(x)]).toEqual([0, 0, 2, 2, 4]);
  });
});

describe('duplicateRows', () => {
  const x = matrix([1, 2], [1, 2], [1, 3], [1, 2], [1, 3], [1, Number.NaN], [1, Number.NaN]);

  it('finds rows with key and values of an earlier one, missing values included', () => {
    expect([...duplicateRows(x, ['a', 'a', 'a', 'b', 'a', 'c', 'c'])]).toEqual([1, 4, 6]);
  });

  it('leaves rows alone that share the key only, or the values only', () => {
    expect(duplicateRows(x, ['a', 'b', 'a', 'c', 'd', 'e', 'f'])).toHaveLength(0);
  });

  it('finds all of a file joined with itself, and no other, where all have one key', () => {
    const random = randomStream(1, 'rows');
    const half = Array.from({ length: 400 }, () => [random.uniform(), random.integer(2), random.integer(2)]);
    const found = duplicateRows(matrix(...half, ...half), new Array(800).fill('unknown'));
    expect([...found]).toEqual(half.map((_, row) => row + 400));
  });
});

describe('rows of two corpora', () => {
  const source = matrix([1, 2], [3, 4], [1, 2]);
  const target = matrix([5, 6], [1, 2], [3, 4], [1, 2]);

  it('are counted and paired, each with the first that it equals', () => {
    expect(sharedRows(source, target)).toEqual({
      count: 3,
      examples: [
        [0, 1],
        [1, 2],
        [0, 3],
      ],
    });
    expect(sharedRows(source, matrix([1, 3]))).toEqual({ count: 0, examples: [] });
  });

  it('share nothing without a column, and only a few are named', () => {
    const none = { picked: new Int32Array(0) };
    expect(sharedRows({ ...source, ...none }, { ...target, ...none }).count).toBe(0);
    const many = matrix(...Array.from({ length: 30 }, (_, i) => [i, i]));
    const { count, examples } = sharedRows(many, many);
    expect([count, examples.length, examples[9]]).toEqual([30, 10, [9, 9]]);
  });

  it('are left out of the target by their numbers', () => {
    const twins = twinNumbers(source, target);
    expect([...unsharedRows(twins.slice(1, 2), twins.slice(3))]).toEqual([0, 1, 3]);
  });
});
