/** The Fréchet distance between two sets of points taken as Gaussians. Knows nothing of what they are. */
import { symmetricEigen } from '../corpus/linearAlgebra.ts';
import { assertRows, assertSameColumns, type Points } from './distances.ts';

interface Gaussian {
  readonly mean: Float64Array;
  /** `[columns, columns]`, over n − 1. */
  readonly covariance: Float64Array;
}

function fitGaussian({ rows, columns, values }: Points): Gaussian {
  const mean = new Float64Array(columns);
  for (let r = 0, i = 0; r < rows; r++) for (let c = 0; c < columns; c++) mean[c] += values[i++] / rows;
  const covariance = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) centred[c] = values[r * columns + c] - mean[c];
    for (let i = 0; i < columns; i++) {
      const weight = centred[i] / (rows - 1);
      for (let j = 0; j <= i; j++) covariance[i * columns + j] += weight * centred[j];
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) covariance[j * columns + i] = covariance[i * columns + j];
  }
  return { mean, covariance };
}

/** a bᵀ of two `[n, n]` matrices. */
function timesTransposed(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let dot = 0;
      for (let k = 0; k < n; k++) dot += a[i * n + k] * b[j * n + k];
      product[i * n + j] = dot;
    }
  }
  return product;
}

/**
 * tr (Σ₁Σ₂)^½ of two covariances `[n, n]`. Σ₁Σ₂ is not symmetric, but with Σ₁ = VᵀΛV its eigenvalues are
 * those of the symmetric M = Λ^½VΣ₂VᵀΛ^½.
 */
function traceOfRoot(first: Float64Array, second: Float64Array, n: number): number {
  const { values, vectors } = symmetricEigen(first, n, true);
  const root = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    // Rounding may leave a value just below 0 where the covariance has not full rank.
    const scale = Math.sqrt(Math.max(0, values[i]));
    for (let j = 0; j < n; j++) root[i * n + j] = scale * vectors![i * n + j];
  }
  const product = timesTransposed(timesTransposed(root, second, n), root, n);
  return symmetricEigen(product, n).values.reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0);
}

/**
 * ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½) of two sets `[rows, features]`, covariances over n − 1
 * (Dowson & Landau 1982; Heusel et al. 2017). In squared units of the features.
 * @throws where a set has fewer than two rows, or the columns differ.
 */
export function frechetDistance(a: Points, b: Points): number {
  assertSameColumns(a, b);
  assertRows(a, 2, 'The Fréchet distance');
  assertRows(b, 2, 'The Fréchet distance');
  const n = a.columns;
  const first = fitGaussian(a);
  const second = fitGaussian(b);
  let total = -2 * traceOfRoot(first.covariance, second.covariance, n);
  for (let c = 0; c < n; c++) {
    total += (first.mean[c] - second.mean[c]) ** 2;
    total += first.covariance[c * n + c] + second.covariance[c * n + c];
  }
  return total;
}
