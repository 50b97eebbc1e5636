/**
 * How far apart two corpora lie, feature by feature: the covariate shift that a recogniser trained on one meets on the
 * other. Looks at features only, at no label.
 */
import { type MatrixView, widthOf } from './match.ts';

/** How one feature's distribution over the target differs from that over the source. */
export interface FeatureShift {
  readonly feature: string;
  /**
   * (mean over the target − mean over the source) / √(mean of the two variances), Cohen's d with both corpora counting
   * alike whatever their sizes. ±Infinity where the feature is constant in both, at different values; 0 at the same.
   */
  readonly d: number;
  /** Variance over the target / variance over the source; null where it is constant in the source. */
  readonly varianceRatio: number | null;
  /**
   * Kolmogorov and Smirnov's distance, the greatest difference of the two distribution functions, in [0, 1]; null where
   * the feature is not among the first of the list, for which alone it is computed.
   */
  readonly ks: number | null;
  /** Over all rows, in the feature's own units. */
  readonly means: { readonly source: number; readonly target: number };
}

/** Features for which the distance is computed, which takes sorting. */
const WITH_DISTANCE = 50;

/** Mean and variance of every column. */
export interface Moments {
  readonly mean: Float64Array;
  /** Over n, not n − 1; exactly 0 for a constant column. */
  readonly variance: Float64Array;
}

/** Of the columns that count, in their order. */
export function moments(view: MatrixView): Moments {
  const { rows, columns, values, picked } = view;
  const width = widthOf(view);
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  const columnOf = picked ?? Int32Array.from({ length: width }, (_, c) => c);
  for (let r = 0; r < rows; r++) {
    const start = r * columns;
    for (let c = 0; c < width; c++) {
      // Relative to the first row, a constant column's variance is exactly 0 and large offsets cancel.
      const value = values[start + columnOf[c]] - values[columnOf[c]];
      mean[c] += value;
      variance[c] += value * value;
    }
  }
  for (let c = 0; c < width; c++) {
    const relative = mean[c] / rows;
    variance[c] = Math.max(0, variance[c] / rows - relative * relative);
    mean[c] = values[columnOf[c]] + relative;
  }
  return { mean, variance };
}

/** The values of column `c` of those that count, ascending. */
export function sortedColumn({ rows, columns, values, picked }: MatrixView, c: number): Float32Array {
  const column = picked?.[c] ?? c;
  return Float32Array.from({ length: rows }, (_, r) => values[r * columns + column]).sort();
}

/** The greatest distance between the distribution functions of two samples, each sorted; equal values step together. */
export function kolmogorovSmirnov(a: Float32Array, b: Float32Array): number {
  let greatest = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] <= value) i++;
    while (j < b.length && b[j] <= value) j++;
    greatest = Math.max(greatest, Math.abs(i / a.length - j / b.length));
  }
  return greatest;
}

/** A difference in standard deviations; ±Infinity where there is one and no variance, 0 where there is neither. */
export function standardised(difference: number, variance: number): number {
  if (variance > 0) return difference / Math.sqrt(variance);
  return difference === 0 ? 0 : Math.sign(difference) * Infinity;
}

/**
 * The shifts of all features from source to target, the strongest first and equal ones in the order of the columns.
 * Both views have the columns `features`, in this order, and finite values. Empty where either has no rows.
 */
export function featureShifts(
  source: MatrixView,
  target: MatrixView,
  features: readonly string[],
): FeatureShift[] {
  if (source.rows === 0 || target.rows === 0) return [];
  const [S, T] = [moments(source), moments(target)];
  const d = features.map((_, c) => standardised(T.mean[c] - S.mean[c], (S.variance[c] + T.variance[c]) / 2));
  const size = d.map(Math.abs);
  // Not by difference: that of two infinities is no number.
  const order = features
    .map((_, c) => c)
    .sort((a, b) => Number(size[b] > size[a]) - Number(size[a] > size[b]));
  return order.map((c, rank) => ({
    feature: features[c],
    d: d[c],
    varianceRatio: S.variance[c] > 0 ? T.variance[c] / S.variance[c] : null,
    ks: rank < WITH_DISTANCE ? kolmogorovSmirnov(sortedColumn(source, c), sortedColumn(target, c)) : null,
    means: { source: S.mean[c], target: T.mean[c] },
  }));
}
