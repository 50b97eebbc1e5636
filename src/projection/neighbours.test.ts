import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { Machine } from '../kernels/machine.ts';
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

describe.each([
  ['in plain code', null],
  ['on the kernels', Machine.create({ shared: false })],
])('nearestNeighbours %s', (_, machine) => {
  const pair = fc.integer({ min: 1, max: 20 }).chain((columns) => fc.tuple(matrix(columns), matrix(columns)));

  it('finds what sorting all distances finds, in the same order', () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 1, max: 8 }), ([queries, reference], k) => {
        const found = finish(nearestNeighbours(queries, reference, k, false, machine));
        expect(found.k).toBe(Math.min(k, reference.rows));
        expect([...found.indices]).toEqual(bySorting(queries, reference, k, false));
      }),
    );
  });

  it('leaves the row itself out when asked, but not its equals', () => {
    fc.assert(
      fc.property(pair, fc.integer({ min: 1, max: 8 }), ([rows], k) => {
        const found = finish(nearestNeighbours(rows, rows, k, true, machine));
        expect([...found.indices]).toEqual(bySorting(rows, rows, k, true));
      }),
    );
  });

  it('gives ascending Euclidean distances', () => {
    const queries: Matrix = { rows: 1, columns: 2, values: Float32Array.from([0, 0]) };
    const reference: Matrix = { rows: 3, columns: 2, values: Float32Array.from([3, 4, 0, 1, 6, 8]) };
    const { indices, distances } = finish(nearestNeighbours(queries, reference, 3, false, machine));
    expect([...indices]).toEqual([1, 0, 2]);
    expect([...distances]).toEqual([1, 5, 10]);
  });

  it('has progress that grows to 1, and gives the kernels’ memory back when left', () => {
    const rows: Matrix = {
      rows: 600,
      columns: 2,
      values: Float32Array.from({ length: 1200 }, (_, i) => i % 97),
    };
    const shares = [...nearestNeighbours(rows, rows, 3, true, machine)];
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    const free = machine?.allocate(4096);
    if (machine && free !== undefined) machine.release(free);
    const steps = nearestNeighbours(rows, rows, 3, true, machine);
    steps.next();
    steps.return({ k: 0, indices: new Int32Array(0), distances: new Float32Array(0) });
    expect(steps.next().done).toBe(true);
    // Nothing is left in the place that was free before.
    expect(machine?.allocate(4096)).toBe(free);
    if (machine && free !== undefined) machine.release(free);
  });

  it('finds none for a row that holds no number, and never that row', () => {
    const rows: Matrix = { rows: 4, columns: 1, values: Float32Array.from([7, Number.NaN, 8, 5]) };
    const { indices, distances } = finish(nearestNeighbours(rows, rows, 2, true, machine));
    expect([...indices]).toEqual([2, 3, 0, 0, 0, 3, 0, 2]);
    expect([...distances]).toEqual([1, 2, Number.NaN, Number.NaN, 1, 3, 2, 3]);
  });

  it('is content with no rows', () => {
    const none: Matrix = { rows: 0, columns: 2, values: new Float32Array(0) };
    const one: Matrix = { rows: 1, columns: 2, values: Float32Array.from([1, 2]) };
    expect(finish(nearestNeighbours(none, one, 3, false, machine)).k).toBe(1);
    expect(finish(nearestNeighbours(one, none, 3, false, machine)).k).toBe(0);
    expect(finish(nearestNeighbours(one, one, 3, true, machine)).k).toBe(0);
  });
});
