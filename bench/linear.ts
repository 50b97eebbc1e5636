/**
 * Small linear tools for calibrating the demo corpora: a multinomial logistic recogniser and three
 * label-free alignments of a source with a target. For benchmarks only; the product has networks.
 */
import { CLASS_COUNT, type Matrix } from '../src/corpus/corpus.ts';

const ITERATIONS = 120;
const STEP = 0.05;
const MOMENTUM = 0.9;
const PENALTY = 0.05;

/** A fitted recogniser: class probabilities `[rows, 3]` of a matrix. */
export type Recogniser = (x: Matrix) => Float64Array;

/** Mean and standard deviation of every column. */
function moments(x: Matrix): { mean: Float64Array; spread: Float64Array } {
  const mean = new Float64Array(x.columns);
  const spread = new Float64Array(x.columns);
  x.values.forEach((value, i) => {
    mean[i % x.columns] += value / x.rows;
  });
  x.values.forEach((value, i) => {
    spread[i % x.columns] += (value - mean[i % x.columns]) ** 2 / x.rows;
  });
  return { mean, spread: spread.map((s) => Math.sqrt(s) || 1) };
}

/** Column-wise `(x − mean) / spread`. */
function standardise(x: Matrix, by: ReturnType<typeof moments>): Matrix {
  const values = x.values.map((v, i) => (v - by.mean[i % x.columns]) / by.spread[i % x.columns]);
  return { ...x, values };
}

/** Softmax of `x · weights + bias`, `[rows, 3]`; `weights` is `[columns + 1, 3]`, its last row the bias. */
function probabilities(x: Matrix, weights: Float64Array): Float64Array {
  const out = new Float64Array(x.rows * CLASS_COUNT);
  const bias = x.columns * CLASS_COUNT;
  for (let r = 0; r < x.rows; r++) {
    let [low, mid, high] = [weights[bias], weights[bias + 1], weights[bias + 2]];
    for (let j = 0, w = 0; j < x.columns; j++, w += CLASS_COUNT) {
      const v = x.values[r * x.columns + j];
      low += v * weights[w];
      mid += v * weights[w + 1];
      high += v * weights[w + 2];
    }
    const top = Math.max(low, mid, high);
    const odds = [Math.exp(low - top), Math.exp(mid - top), Math.exp(high - top)];
    const total = odds[0] + odds[1] + odds[2];
    for (let k = 0; k < CLASS_COUNT; k++) out[r * CLASS_COUNT + k] = odds[k] / total;
  }
  return out;
}

/** `xᵀ · error` with a last row for the bias, `[columns + 1, 3]`. */
function slopes(x: Matrix, error: Float64Array): Float64Array {
  const out = new Float64Array((x.columns + 1) * CLASS_COUNT);
  for (let r = 0; r < x.rows; r++) {
    const [low, mid, high] = error.subarray(r * CLASS_COUNT, (r + 1) * CLASS_COUNT);
    for (let j = 0, w = 0; j <= x.columns; j++, w += CLASS_COUNT) {
      const v = j < x.columns ? x.values[r * x.columns + j] : 1;
      out[w] += v * low;
      out[w + 1] += v * mid;
      out[w + 2] += v * high;
    }
  }
  return out;
}

/** Fits a class-balanced multinomial logistic regression by gradient descent with momentum. */
export function fitLogistic(x: Matrix, classes: ArrayLike<number>): Recogniser {
  const scaling = moments(x);
  const inputs = standardise(x, scaling);
  const count = new Float64Array(CLASS_COUNT);
  for (let r = 0; r < x.rows; r++) count[classes[r]]++;
  const bias = x.columns * CLASS_COUNT;
  const weights = new Float64Array(bias + CLASS_COUNT);
  const velocity = new Float64Array(weights.length);
  for (let i = 0; i < ITERATIONS; i++) {
    const error = probabilities(inputs, weights);
    for (let r = 0; r < x.rows; r++) {
      error[r * CLASS_COUNT + classes[r]] -= 1;
      const weight = 1 / (CLASS_COUNT * count[classes[r]]);
      for (let k = 0; k < CLASS_COUNT; k++) error[r * CLASS_COUNT + k] *= weight;
    }
    const gradient = slopes(inputs, error);
    for (let at = 0; at < bias; at++) gradient[at] += PENALTY * weights[at];
    for (let at = 0; at < weights.length; at++) {
      velocity[at] = MOMENTUM * velocity[at] - STEP * gradient[at];
      weights[at] += velocity[at];
    }
  }
  return (matrix) => probabilities(standardise(matrix, scaling), weights);
}

/** The most probable class of every row. */
export function mostProbable(p: Float64Array): Int8Array {
  return Int8Array.from({ length: p.length / CLASS_COUNT }, (_, r) => {
    const row = p.subarray(r * CLASS_COUNT, (r + 1) * CLASS_COUNT);
    return row.indexOf(Math.max(...row));
  });
}

/** Unweighted average recall over the classes present in the truth, 0 to 1. */
export function recall(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const hit = new Float64Array(CLASS_COUNT);
  const count = new Float64Array(CLASS_COUNT);
  for (let r = 0; r < truth.length; r++) {
    count[truth[r]]++;
    if (truth[r] === predicted[r]) hit[truth[r]]++;
  }
  const present = [0, 1, 2].filter((k) => count[k] > 0);
  return present.reduce((sum, k) => sum + hit[k] / count[k], 0) / present.length;
}

/** The source brought to the target's mean and variance, column by column. */
export function matchMoments(source: Matrix, target: Matrix): Matrix {
  const to = moments(target);
  const standard = standardise(source, moments(source));
  const values = standard.values.map(
    (v, i) => v * to.spread[i % to.spread.length] + to.mean[i % to.mean.length],
  );
  return { ...source, values };
}

/** Covariance `[columns, columns]` of standardised columns. */
function covariance(x: Matrix): Float64Array {
  const n = x.columns;
  const out = new Float64Array(n * n);
  for (let r = 0; r < x.rows; r++) {
    for (let i = 0; i < n; i++) {
      const v = x.values[r * n + i] / x.rows;
      for (let j = 0; j < n; j++) out[i * n + j] += v * x.values[r * n + j];
    }
  }
  return out;
}

function multiply(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      const v = a[i * n + k];
      for (let j = 0; j < n; j++) out[i * n + j] += v * b[k * n + j];
    }
  }
  return out;
}

/** Square root of a symmetric positive matrix and its inverse, by the Newton–Schulz iteration. */
function squareRoots(a: Float64Array, n: number): { root: Float64Array; inverse: Float64Array } {
  const size = Math.sqrt(a.reduce((sum, v) => sum + v * v, 0));
  let y: Float64Array = a.map((v) => v / size);
  let z: Float64Array = a.map((_, i) => (i % (n + 1) === 0 ? 1 : 0));
  for (let i = 0; i < 30; i++) {
    const t = multiply(z, y, n).map((v, at) => ((at % (n + 1) === 0 ? 3 : 0) - v) / 2);
    [y, z] = [multiply(y, t, n), multiply(t, z, n)];
  }
  return { root: y.map((v) => v * Math.sqrt(size)), inverse: z.map((v) => v / Math.sqrt(size)) };
}

/**
 * CORAL (Sun, Feng, Saenko, AAAI 2016): the source whitened by its own covariance, recoloured by the
 * target's and moved to its mean. `ridge` is added to both covariances of the standardised columns.
 */
export function coral(source: Matrix, target: Matrix, ridge = 0.1): Matrix {
  const n = source.columns;
  const to = moments(target);
  const standardSource = standardise(source, moments(source));
  const loaded = (x: Matrix) => covariance(x).map((v, i) => v + (i % (n + 1) === 0 ? ridge : 0));
  const map = multiply(
    squareRoots(loaded(standardSource), n).inverse,
    squareRoots(loaded(standardise(target, to)), n).root,
    n,
  );
  const values = new Float32Array(source.values.length);
  for (let r = 0; r < source.rows; r++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += standardSource.values[r * n + i] * map[i * n + j];
      values[r * n + j] = sum * to.spread[j] + to.mean[j];
    }
  }
  return { ...source, values };
}

/**
 * Optimal transport (Courty et al., PAMI 2017): every source row moves to the mean of the target rows that
 * the entropic plan sends it to, by Sinkhorn's iterations on squared distances of standardised columns.
 * `sharpness` is the reciprocal of the regularisation, in units of the median distance.
 */
export function transport(source: Matrix, target: Matrix, sharpness = 20, iterations = 100): Matrix {
  const scaling = moments(target);
  const [s, t] = [standardise(source, scaling), standardise(target, scaling)];
  const distances = Float64Array.from({ length: s.rows * t.rows }, (_, i) => {
    const [r, q] = [Math.floor(i / t.rows) * s.columns, (i % t.rows) * s.columns];
    let sum = 0;
    for (let j = 0; j < s.columns; j++) sum += (s.values[r + j] - t.values[q + j]) ** 2;
    return sum;
  });
  const median = distances.slice().sort()[distances.length >> 1];
  const kernel = distances.map((d) => Math.exp((-sharpness * (d - median)) / median));
  const [u, v] = [new Float64Array(s.rows).fill(1), new Float64Array(t.rows).fill(1)];
  for (let i = 0; i < iterations; i++) {
    const reached = new Float64Array(t.rows);
    for (let r = 0; r < s.rows; r++) {
      const row = kernel.subarray(r * t.rows, (r + 1) * t.rows);
      u[r] = 1 / (s.rows * row.reduce((sum, k, q) => sum + k * v[q], 0));
      for (let q = 0; q < t.rows; q++) reached[q] += u[r] * row[q];
    }
    for (let q = 0; q < t.rows; q++) v[q] = 1 / (t.rows * reached[q]);
  }
  const values = new Float32Array(source.values.length);
  for (let r = 0; r < s.rows; r++) {
    const row = kernel.subarray(r * t.rows, (r + 1) * t.rows).map((k, q) => k * v[q]);
    const total = row.reduce((sum, k) => sum + k, 0);
    for (let q = 0; q < t.rows; q++) {
      const share = row[q] / total;
      for (let j = 0; j < t.columns; j++)
        values[r * t.columns + j] += share * target.values[q * t.columns + j];
    }
  }
  return { ...source, values };
}

/** The chosen rows of a matrix, copied. */
export function takeRows(x: Matrix, rows: readonly number[]): Matrix {
  const values = new Float32Array(rows.length * x.columns);
  rows.forEach((r, i) => {
    values.set(x.values.subarray(r * x.columns, (r + 1) * x.columns), i * x.columns);
  });
  return { rows: rows.length, columns: x.columns, values };
}
