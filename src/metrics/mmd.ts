/** Maximum mean discrepancy between two sets of points. Knows nothing of what they are. */
import type { Machine } from '../kernels/machine.ts';
import { assertRows, type Points, pooled, squaredDistances } from './distances.ts';

/** Widths of the Gaussian kernels, in multiples of the median squared distance. */
const WIDTHS = [0.25, 0.5, 1, 2, 4];

/** Median of the squared distances of all pairs; `distances` is `[n, n]`, symmetric. */
function medianOfPairs(distances: Float64Array, n: number): number {
  const pairs = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0, o = 0; i < n; i++) for (let j = i + 1; j < n; j++) pairs[o++] = distances[i * n + j];
  pairs.sort();
  const middle = pairs.length >> 1;
  return pairs.length % 2 === 1 ? pairs[middle] : (pairs[middle - 1] + pairs[middle]) / 2;
}

/**
 * Unbiased estimate of MMD² between `a` and `b`, `[rows, features]` each (Gretton et al. 2012): mean over
 * Gaussian kernels exp(−d² / (m · median)), m in ¼, ½, 1, 2, 4. About 0 (also below) for equal
 * distributions. Where the median is 0, so are all widths, and a kernel only tells equal points.
 * `machine`: the kernels for large float32 sets, where there are any.
 * @throws where a set has fewer than two rows, or the columns differ.
 */
export function mmd2Unbiased(a: Points, b: Points, machine: Machine | null = null): number {
  assertRows(a, 2, 'MMD');
  assertRows(b, 2, 'MMD');
  const all = pooled(a, b);
  const distances = squaredDistances(all, all, machine);
  const median = medianOfPairs(distances, all.rows);
  let withinA = 0;
  let withinB = 0;
  let between = 0;
  for (let i = 0; i < all.rows; i++) {
    for (let j = 0; j < i; j++) {
      const d = distances[i * all.rows + j];
      let kernel = 0;
      for (const width of WIDTHS) kernel += d === 0 ? 1 : Math.exp(-d / (width * median));
      if (i < a.rows) withinA += kernel;
      else if (j >= a.rows) withinB += kernel;
      else between += kernel;
    }
  }
  const mean =
    (2 * withinA) / (a.rows * (a.rows - 1)) +
    (2 * withinB) / (b.rows * (b.rows - 1)) -
    (2 * between) / (a.rows * b.rows);
  return mean / WIDTHS.length;
}
