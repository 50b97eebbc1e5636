/**
 * Principal components by seeded randomised subspace iteration, in steps, so that a worker can stay
 * responsive. Knows nothing of corpora, maps or networks.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { symmetricEigen } from '../corpus/linearAlgebra.ts';
import type { Random } from '../corpus/random.ts';
import type { Steps } from './steps.ts';

export interface Pca {
  /** Mean of each feature, length `features`. */
  readonly mean: Float64Array;
  /** Number of components, at most 50 and at most the number of features. */
  readonly count: number;
  /** `[count, features]`, orthonormal rows by descending variance; zeros where the data has no more. */
  readonly components: Float32Array;
  /** Variance along each component, over n − 1; length `count`. */
  readonly variances: Float64Array;
}

const MOST_COMPONENTS = 50;
/** Directions beyond those kept, and passes over the data: together they make the leading ones accurate. */
const OVERSAMPLING = 10;
const PASSES = 2;
/** Rows between two yields; a block of 1,582 features and 60 directions takes about 10 ms. */
const BLOCK = 96;

/** The rows `rows` of a matrix less the mean, as float32: `[rows.length, columns]`. */
function centred(matrix: Matrix, rows: Int32Array, mean: Float64Array): Matrix {
  const { columns } = matrix;
  const values = new Float32Array(rows.length * columns);
  rows.forEach((row, r) => {
    for (let c = 0; c < columns; c++) {
      values[r * columns + c] = matrix.values[row * columns + c] - mean[c];
    }
  });
  return { rows: rows.length, columns, values };
}

function columnMeans(matrix: Matrix, rows: Int32Array): Float64Array {
  const mean = new Float64Array(matrix.columns);
  for (const row of rows) {
    for (let c = 0; c < matrix.columns; c++) mean[c] += matrix.values[row * matrix.columns + c] / rows.length;
  }
  return mean;
}

/**
 * Products of rows `from` … `to` − 1 of `a` (`[rows, columns]`) with every direction (`[count, columns]`),
 * written to `out` (`[rows, count]`). Four directions at a time, so that each value is read once for all.
 */
function multiplyRows(
  a: Float32Array,
  columns: number,
  directions: Float32Array,
  count: number,
  from: number,
  to: number,
  out: Float32Array,
): void {
  for (let r = from; r < to; r++) {
    const row = r * columns;
    let j = 0;
    for (; j + 4 <= count; j += 4) {
      const d0 = j * columns;
      const d1 = d0 + columns;
      const d2 = d1 + columns;
      const d3 = d2 + columns;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let c = 0; c < columns; c++) {
        const value = a[row + c];
        s0 += value * directions[d0 + c];
        s1 += value * directions[d1 + c];
        s2 += value * directions[d2 + c];
        s3 += value * directions[d3 + c];
      }
      const o = r * count + j;
      out[o] = s0;
      out[o + 1] = s1;
      out[o + 2] = s2;
      out[o + 3] = s3;
    }
    for (; j < count; j++) {
      let s = 0;
      for (let c = 0; c < columns; c++) s += a[row + c] * directions[j * columns + c];
      out[r * count + j] = s;
    }
  }
}

/** out (`[count, columns]`) += Yᵀ A over rows `from` … `to` − 1; Y is `[rows, count]`. */
function addTransposedProduct(
  a: Matrix,
  y: Float32Array,
  count: number,
  from: number,
  to: number,
  out: Float64Array,
) {
  const { columns, values } = a;
  let r = from;
  for (; r + 4 <= to; r += 4) {
    const a0 = r * columns;
    const a1 = a0 + columns;
    const a2 = a1 + columns;
    const a3 = a2 + columns;
    for (let j = 0; j < count; j++) {
      const y0 = y[r * count + j];
      const y1 = y[(r + 1) * count + j];
      const y2 = y[(r + 2) * count + j];
      const y3 = y[(r + 3) * count + j];
      for (let c = 0, o = j * columns; c < columns; c++, o++) {
        out[o] += y0 * values[a0 + c] + y1 * values[a1 + c] + y2 * values[a2 + c] + y3 * values[a3 + c];
      }
    }
  }
  for (; r < to; r++) {
    for (let j = 0; j < count; j++) {
      const weight = y[r * count + j];
      for (let c = 0, o = j * columns; c < columns; c++, o++) out[o] += weight * values[r * columns + c];
    }
  }
}

/** Rows shorter than this, relative to the longest, hold only rounding: they become zeros. */
const NEGLIGIBLE = 1e-9;

/** Orthonormalises the rows of `[count, columns]`: Gram–Schmidt, twice for float accuracy. */
function orthonormalise(rows: Float64Array, count: number, columns: number): Float32Array {
  let longest = 0;
  for (let j = 0; j < count; j++) {
    const row = rows.subarray(j * columns, (j + 1) * columns);
    const before = Math.sqrt(dot(row, row));
    longest = Math.max(longest, before);
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < j; i++) {
        const other = rows.subarray(i * columns, (i + 1) * columns);
        const overlap = dot(row, other);
        for (let c = 0; c < columns; c++) row[c] -= overlap * other[c];
      }
    }
    const length = Math.sqrt(dot(row, row));
    const scale = length > NEGLIGIBLE * longest ? 1 / length : 0;
    for (let c = 0; c < columns; c++) row[c] *= scale;
  }
  return Float32Array.from(rows);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) sum += a[c] * b[c];
  return sum;
}

/** Yᵀ Y / (rows − 1) of Y `[rows, count]`: the covariance in the subspace. */
function covariance(y: Float32Array, rows: number, count: number): Float64Array {
  const result = new Float64Array(count * count);
  for (let r = 0; r < rows; r++) {
    for (let i = 0; i < count; i++) {
      const weight = y[r * count + i] / Math.max(1, rows - 1);
      for (let j = 0; j < count; j++) result[i * count + j] += weight * y[r * count + j];
    }
  }
  return result;
}

/** Flips each component so that its largest entry is positive: the sign is then the data's, not chance's. */
function fixSigns(components: Float32Array, count: number, columns: number): void {
  for (let j = 0; j < count; j++) {
    const row = components.subarray(j * columns, (j + 1) * columns);
    let largest = 0;
    for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value;
    if (largest < 0) for (let c = 0; c < columns; c++) row[c] = -row[c];
  }
}

/**
 * Principal components of the rows `rows` of a matrix (Halko, Martinsson & Tropp 2011). All chance comes
 * from `random`.
 * @throws where `rows` is empty.
 */
export function* fitPca(matrix: Matrix, rows: Int32Array, random: Random): Steps<Pca> {
  if (rows.length === 0) throw new Error('Principal components need at least one row.');
  const { columns } = matrix;
  const mean = columnMeans(matrix, rows);
  const data = centred(matrix, rows, mean);
  const width = Math.min(columns, MOST_COMPONENTS + OVERSAMPLING);
  let sketch = Float64Array.from({ length: width * columns }, () => random.normal());
  let directions = orthonormalise(sketch, width, columns);
  const y = new Float32Array(rows.length * width);
  const blocks = Math.ceil(rows.length / BLOCK) * (PASSES + 1);
  let done = 0;
  for (let pass = 0; pass <= PASSES; pass++) {
    sketch = new Float64Array(width * columns);
    for (let from = 0; from < rows.length; from += BLOCK) {
      const to = Math.min(from + BLOCK, rows.length);
      multiplyRows(data.values, columns, directions, width, from, to, y);
      if (pass < PASSES) addTransposedProduct(data, y, width, from, to, sketch);
      yield ++done / blocks;
    }
    if (pass < PASSES) directions = orthonormalise(sketch, width, columns);
  }
  const { values, vectors } = symmetricEigen(covariance(y, rows.length, width), width, true);
  const count = Math.min(columns, MOST_COMPONENTS);
  const components = rotate(directions, vectors!, count, width, columns);
  fixSigns(components, count, columns);
  return { mean, count, components, variances: values.slice(0, count) };
}

/** The first `count` rows of V·Z: V `[width, width]` turns the directions Z into principal axes. */
function rotate(
  directions: Float32Array,
  vectors: Float64Array,
  count: number,
  width: number,
  columns: number,
): Float32Array {
  const components = new Float32Array(count * columns);
  for (let i = 0; i < count; i++) {
    const sum = new Float64Array(columns);
    for (let j = 0; j < width; j++) {
      const weight = vectors[i * width + j];
      for (let c = 0; c < columns; c++) sum[c] += weight * directions[j * columns + c];
    }
    components.set(sum, i * columns);
  }
  return components;
}

/**
 * Coordinates of every row of a matrix in the principal components, `[rows, count]`.
 * @throws where the matrix has other columns than the components were fitted on.
 */
export function* projectRows(pca: Pca, matrix: Matrix): Steps<Matrix> {
  const { columns, rows } = matrix;
  if (columns !== pca.mean.length) {
    throw new Error(`The map was fitted on ${pca.mean.length} features; these rows have ${columns}.`);
  }
  const values = new Float32Array(rows * pca.count);
  const block = new Float32Array(BLOCK * columns);
  for (let from = 0; from < rows; from += BLOCK) {
    const size = Math.min(BLOCK, rows - from);
    for (let r = 0, i = 0, o = from * columns; r < size; r++) {
      for (let c = 0; c < columns; c++) block[i++] = matrix.values[o++] - pca.mean[c];
    }
    multiplyRows(block, columns, pca.components, pca.count, 0, size, values.subarray(from * pca.count));
    yield (from + size) / rows;
  }
  return { rows, columns: pca.count, values };
}
