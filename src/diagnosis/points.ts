/** Arithmetic on sets of rows that diagnosis stands on: parts of a matrix, how wide a set is. Knows no sample. */
import type { Matrix } from '../corpus/corpus.ts';
import type { Random } from '../corpus/random.ts';
import { squaredDistances } from '../metrics/distances.ts';

/** The first rows of a matrix, at most `count`; shares its values. */
export function firstRows({ rows, columns, values }: Matrix, count: number): Matrix {
  const kept = Math.min(rows, count);
  return { rows: kept, columns, values: values.subarray(0, kept * columns) };
}

/** At most `count` of the given numbers, drawn without replacement, in random order. */
export function draw(numbers: Int32Array, count: number, random: Random): Int32Array {
  return random
    .permutation(numbers.length)
    .subarray(0, count)
    .map((i) => numbers[i]);
}

/** The middle value, or the mean of the two in the middle. NaN of none. */
export function medianOf(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Rows whose distances give the usual distance: their number squared is what it costs. */
const SPACED_ROWS = 150;

/** Median squared distance of two different rows, of the first 150; 0 where there are fewer than two. */
export function typicalSquare(points: Matrix): number {
  const some = firstRows(points, SPACED_ROWS);
  const distances = squaredDistances(some, some);
  const pairs: number[] = [];
  for (let i = 0; i < some.rows; i++) for (let j = 0; j < i; j++) pairs.push(distances[i * some.rows + j]);
  return pairs.length > 0 ? medianOf(pairs) : 0;
}

/** Share of the rows nearest to the mean that `trimmedVariance` counts: few far rows shall not make a set look wide. */
const KEPT = 0.9;

/** Total variance of the nine tenths of rows nearest to the mean, over n − 1; 0 where there are fewer than two. */
export function trimmedVariance({ rows, columns, values }: Matrix): number {
  if (rows < 2) return 0;
  const mean = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) mean[i % columns] += values[i] / rows;
  const squares = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) squares[r] += (values[r * columns + c] - mean[c]) ** 2;
  }
  const kept = squares.sort().subarray(0, Math.ceil(KEPT * rows));
  return (kept.reduce((sum, square) => sum + square, 0) / kept.length) * (rows / (rows - 1));
}
