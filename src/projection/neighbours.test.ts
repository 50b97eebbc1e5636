import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { nearestNeighbours } from './neighbours.ts';
import { finish } from './steps.ts';

/** Small whole numbers: many equal distances, and sums that are exact. */
const matrix = (columns: number) =>
  fc.array(fc.integer({ min: -3, max: 3 }), { minLength: columns, maxLength: 30 * columns }).map(
    (numbers): Matrix => ({
      rows: Math.floor(numbers.length / columns),
      columns,
      values: Float32Array.from(numbers.slice(0, Math.floor(numbers.length / columns) * columns)),
    }),
  );

/** The same by sorting all candidates. */
function bySorting(queries: Matrix, reference: Matrix, k: number, excludeSelf: boolean): number[] {
  const { columns } = reference;
  return Array.from({ length: queries.rows }, (_, q) => {
    const candidates = Array.from({ length: reference.rows }, (_, r) => {
      let squares = 0;
      for (let c = 0; c < columns; c++) {
        squares += (queries.values[q * columns + c] - reference.values[r * columns + c]) ** 2;
      }
      return { r, squares };
    }).filter(({ r }) => !(excludeSelf && r === q));
    candidates.sort((a, b) => a.squares - b.squares || a.r - b.r);
    return candidates.slice(0, k).map(({ r }) => r);
  }).flat();
}

describe('nearestNeighbours', () => {
  const pair = fc.integer({ min: 1, max: 20 }).chain((columns) => fc.tuple(matrix(columns), matrix(columns)));

  it('finds what sorting all distances finds, in the same order', () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 1, max: 8 }), ([queries, reference], k) => {
        const found = finish(nearestNeighbours(queries, reference, k, false));
        expect(found.k).toBe(Math.min(k, reference.rows));
        expect([...found.indices]).toEqual(bySorting(queries, reference, k, false));
      }),
    );
  });

  it('leaves the row itself out when asked, but not its equals', () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 1, max: 8 }), ([rows], k) => {
        const found = finish(nearestNeighbours(rows, rows, k, true));
        expect([...found.indices]).toEqual(bySorting(rows, rows, k, true));
      }),
    );
  });

  it('gives ascending Euclidean distances', () => {
    const queries: Matrix = { rows: 1, columns: 2, values: Float32Array.from([0, 0]) };
    const reference: Matrix = { rows: 3, columns: 2, values: Float32Array.from([3, 4, 0, 1, 6, 8]) };
    const { indices, distances } = finish(nearestNeighbours(queries, reference, 3, false));
    expect([...indices]).toEqual([1, 0, 2]);
    expect([...distances]).toEqual([1, 5, 10]);
  });
});
