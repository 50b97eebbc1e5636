/**
 * Principal components by seeded randomised subspace iteration, in steps, so that a worker can stay
 * responsive. Knows nothing of corpora, maps or networks.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { symmetricEigen } from '../corpus/linearAlgebra.ts';
import type { Random } from '../corpus/random.ts';
import type { Machine } from '../kernels/machine.ts';
import type { Steps } from './steps.ts';
import { rowProjection, subspaceProducts } from './subspace.ts';

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

function columnMeans(matrix: Matrix, rows: Int32Array): Float64Array {
  const mean = new Float64Array(matrix.columns);
  for (const row of rows) {
    for (let c = 0; c < matrix.columns; c++) mean[c] += matrix.values[row * matrix.columns + c] / rows.length;
  }
  return mean;
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
 * from `random`. `machine`: the kernels, where there are any.
 * @throws where `rows` is empty.
 */
export function* fitPca(
  matrix: Matrix,
  rows: Int32Array,
  random: Random,
  machine: Machine | null = null,
): Steps<Pca> {
  if (rows.length === 0) throw new Error('Principal components need at least one row.');
  const { columns } = matrix;
  const mean = columnMeans(matrix, rows);
  const width = Math.min(columns, MOST_COMPONENTS + OVERSAMPLING);
  const sketch = Float64Array.from({ length: width * columns }, () => random.normal());
  let directions = orthonormalise(sketch, width, columns);
  const products = subspaceProducts(matrix, rows, mean, width, machine);
  try {
    const blocks = Math.ceil(rows.length / products.block) * (PASSES + 1);
    let done = 0;
    for (let pass = 0; pass <= PASSES; pass++) {
      products.begin(directions);
      for (let from = 0; from < rows.length; from += products.block) {
        const to = Math.min(from + products.block, rows.length);
        products.coordinates(from, to);
        if (pass < PASSES) products.addToSketch(from, to);
        yield ++done / blocks;
      }
      if (pass < PASSES) directions = orthonormalise(products.sketch(), width, columns);
    }
    const inSubspace = covariance(products.result(), rows.length, width);
    const { values, vectors } = symmetricEigen(inSubspace, width, true);
    const count = Math.min(columns, MOST_COMPONENTS);
    const components = rotate(directions, vectors!, count, width, columns);
    fixSigns(components, count, columns);
    return { mean, count, components, variances: values.slice(0, count) };
  } finally {
    products.release();
  }
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
export function* projectRows(pca: Pca, matrix: Matrix, machine: Machine | null = null): Steps<Matrix> {
  const { columns, rows } = matrix;
  if (columns !== pca.mean.length) {
    throw new Error(`The map was fitted on ${pca.mean.length} features; these rows have ${columns}.`);
  }
  const values = new Float32Array(rows * pca.count);
  const projection = rowProjection(matrix, pca.mean, pca.components, pca.count, machine);
  try {
    for (let from = 0; from < rows; from += projection.block) {
      const to = Math.min(from + projection.block, rows);
      values.set(projection.project(from, to), from * pca.count);
      yield to / rows;
    }
  } finally {
    projection.release();
  }
  return { rows, columns: pca.count, values };
}
