/** Euclidean distances between rows of feature matrices, in float64; what the distribution metrics share. */

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

/**
 * Squared Euclidean distances, `[a.rows, b.rows]`; summed from differences, so that they are exactly
 * symmetric and exactly 0 for equal rows.
 */
export function squaredDistances(a: Points, b: Points): Float64Array {
  assertSameColumns(a, b);
  const distances = new Float64Array(a.rows * b.rows);
  if (a === b) {
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < i; j++) {
        const d = squaredDistance(a, i, a, j);
        distances[i * a.rows + j] = d;
        distances[j * a.rows + i] = d;
      }
    }
    return distances;
  }
  for (let i = 0, o = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) distances[o++] = squaredDistance(a, i, b, j);
  }
  return distances;
}

/** The rows of `a` followed by those of `b`. */
export function pooled(a: Points, b: Points): Points {
  assertSameColumns(a, b);
  const values = new Float64Array(a.values.length + b.values.length);
  values.set(a.values);
  values.set(b.values, a.values.length);
  return { rows: a.rows + b.rows, columns: a.columns, values };
}
