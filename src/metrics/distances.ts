/**
 * Euclidean distances between rows of feature matrices; what the distribution metrics share. In float64, or, for
 * large sets of float32 rows and where there are kernels, on those in float32.
 */
import { type PackedRows, packRows, squaredDistancesPacked } from '../kernels/distances.ts';
import type { Machine } from '../kernels/machine.ts';

/** A matrix whose values may be float64 too: `values[row * columns + column]`. */
export interface Points {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array | Float64Array;
}

/** @throws where two sets of points have different numbers of columns. */
export function assertSameColumns(a: Points, b: Points): void {
  if (a.columns !== b.columns) {
    throw new Error(`Points of ${a.columns} features cannot be compared with points of ${b.columns}.`);
  }
}

/** @throws where there are fewer rows than a metric needs. */
export function assertRows(points: Points, least: number, metric: string): void {
  if (points.rows < least) {
    throw new Error(`${metric} needs ${least} rows at least, but a set has ${points.rows}.`);
  }
}

/** Squared distance of row `i` of `a` to row `j` of `b`. */
function squaredDistance(a: Points, i: number, b: Points, j: number): number {
  const { columns } = a;
  let total = 0;
  for (let c = 0, p = i * columns, q = j * columns; c < columns; c++, p++, q++) {
    const difference = a.values[p] - b.values[q];
    total += difference * difference;
  }
  return total;
}

/** Multiplications from which the kernels are worth it, and distances they compute at a time (16 MB). */
const KERNEL_PRODUCTS = 1_000_000;
const KERNEL_DISTANCES = 4_000_000;

type Single = Points & { readonly values: Float32Array };
const isSingle = (points: Points): points is Single => points.values instanceof Float32Array;

/** Squared distances of one row to all rows of another set. */
export type RowDistances = Float64Array | Float32Array;
type UseRow = (row: number, distances: RowDistances) => void;

function eachRowOnKernels(machine: Machine, a: Single, b: Single, use: UseRow): void {
  const { columns } = a;
  const step = Math.max(1, Math.floor(KERNEL_DISTANCES / b.rows));
  const held: PackedRows[] = [];
  const hold = (side: 'queries' | 'reference', values: Float32Array) => {
    const packed = packRows(machine, side, values, columns);
    held.push(packed);
    return packed;
  };
  try {
    const reference = hold('reference', b.values);
    for (let from = 0; from < a.rows; from += step) {
      const to = Math.min(a.rows, from + step);
      const queries = hold('queries', a.values.subarray(from * columns, to * columns));
      const distances = squaredDistancesPacked(machine, queries, reference);
      held.pop()?.release();
      for (let i = from, o = 0; i < to; i++, o += b.rows) use(i, distances.subarray(o, o + b.rows));
    }
  } finally {
    for (const packed of held) packed.release();
  }
}

/**
 * Gives `use` the squared distances of each row of `a` to all rows of `b`, one row after the other; they hold until it
 * returns. Summed from differences, so that they are exactly symmetric and exactly 0 for equal rows. Large sets of
 * float32 rows are done on `machine`, the kernels, where there are any.
 * @throws where the columns differ.
 */
export function eachRow(a: Points, b: Points, machine: Machine | null, use: UseRow): void {
  assertSameColumns(a, b);
  const large = a.rows * b.rows * a.columns >= KERNEL_PRODUCTS;
  if (machine && large && isSingle(a) && isSingle(b)) {
    eachRowOnKernels(machine, a, b, use);
    return;
  }
  const distances = new Float64Array(b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) distances[j] = squaredDistance(a, i, b, j);
    use(i, distances);
  }
}

/** Squared Euclidean distances, `[a.rows, b.rows]`; see `eachRow`. */
export function squaredDistances(a: Points, b: Points, machine: Machine | null = null): Float64Array {
  const distances = new Float64Array(a.rows * b.rows);
  eachRow(a, b, machine, (row, own) => distances.set(own, row * b.rows));
  return distances;
}

/** The rows of `a` followed by those of `b`. */
export function pooled(a: Points, b: Points): Points {
  assertSameColumns(a, b);
  const single = isSingle(a) && isSingle(b);
  const values = new (single ? Float32Array : Float64Array)(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { rows: a.rows + b.rows, columns: a.columns, values };
}
