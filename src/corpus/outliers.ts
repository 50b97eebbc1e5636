/**
 * Columns in which a handful of values crush min-max scaling: all other rows share a sliver of [0, 1]. Found, not
 * mended; clipping by percentile mends it. Knows nothing of corpora, labels or files.
 */
import type { Matrix } from './corpus.ts';

/** A column that min-max scaling would crush. */
export interface OutlierColumn {
  readonly column: number;
  /** The row whose value lies farthest from the bulk, and that value. */
  readonly row: number;
  readonly value: number;
  /** The share of the column's range that all but the most extreme 1 % of its values keep to, below `CRUSHED`. */
  readonly shareOfRange: number;
}

/**
 * How many of a column's values may be extreme, as a share and at least one, and in which share of the range the rest
 * must then lie. What clipping at the first percentile would cut is what is held against the column; a tenth, because
 * min-max then leaves 99 rows of a hundred ten times less room than it seems to. Of a thousand draws the middle 99 %
 * take 0.8 of the range if they are normal, 0.6 if exponential, 0.4 if log-normal (σ = 1, the tail of a jitter): no
 * column fires by a tail alone, short of σ = 1.5 on ten thousand rows, where min-max is crushed in fact. Of openSMILE's
 * features fire those that divide by what may be near nought (`stddevNorm`) and slopes over a handful of frames.
 */
const EXTREME = 0.01;
const CRUSHED = 0.1;

/**
 * A window of a tenth of the range covers at most one bin more than a tenth of the bins, rounded up: with 40 bins five.
 * So a column whose fullest five neighbours lack too many values needs no sorting.
 */
const BINS = 40;
const WINDOW = CRUSHED * BINS + 1;

/** The least and greatest finite value of each column, and how many are finite. */
function ranges({ rows, columns, values }: Matrix) {
  const low = new Float64Array(columns).fill(Infinity);
  const high = new Float64Array(columns).fill(-Infinity);
  const finite = new Int32Array(columns);
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, i++) {
      const value = values[i];
      // False for NaN and for either infinity.
      if (!(value - value === 0)) continue;
      finite[c]++;
      if (value < low[c]) low[c] = value;
      if (value > high[c]) high[c] = value;
    }
  }
  return { low, high, finite };
}

/** How many finite values of each column lie in each of `BINS` equal parts of its range, `[columns, BINS]`. */
function histograms({ rows, columns, values }: Matrix, low: Float64Array, high: Float64Array): Int32Array {
  const counts = new Int32Array(columns * BINS);
  const perUnit = low.map((least, c) => (high[c] > least ? BINS / (high[c] - least) : 0));
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, i++) {
      const value = values[i];
      if (!(value - value === 0)) continue;
      counts[c * BINS + Math.min(BINS - 1, Math.floor((value - low[c]) * perUnit[c]))]++;
    }
  }
  return counts;
}

/** The most values that `WINDOW` neighbouring bins hold. */
function fullestWindow(bins: Int32Array): number {
  let inside = 0;
  let most = 0;
  for (let b = 0; b < bins.length; b++) {
    inside += bins[b];
    if (b >= WINDOW) inside -= bins[b - WINDOW];
    if (inside > most) most = inside;
  }
  return most;
}

/** The narrowest interval `[from, to]` that holds so many of the sorted values. */
function narrowest(sorted: Float32Array, held: number): [from: number, to: number] {
  let best = 0;
  for (let i = 1; i + held <= sorted.length; i++) {
    if (sorted[i + held - 1] - sorted[i] < sorted[best + held - 1] - sorted[best]) best = i;
  }
  return [sorted[best], sorted[best + held - 1]];
}

/** Judges one column by its values in order; null where it is healthy. */
function judged({ rows, columns, values }: Matrix, column: number, held: number): OutlierColumn | null {
  const own = Float32Array.from({ length: rows }, (_, r) => values[r * columns + column]);
  const sorted = own.filter((value) => Number.isFinite(value)).sort();
  const range = sorted[sorted.length - 1] - sorted[0];
  const [from, to] = narrowest(sorted, held);
  const shareOfRange = (to - from) / range;
  // Rows that are all the same have nothing that could be crushed.
  if (from === to || shareOfRange >= CRUSHED) return null;
  const value = from - sorted[0] > sorted[sorted.length - 1] - to ? sorted[0] : sorted[sorted.length - 1];
  return { column, row: own.indexOf(value), value, shareOfRange };
}

/**
 * The columns of which all but the most extreme 1 % of the values (at least one) lie within less than a tenth of the
 * range, though not on one point. Missing and infinite values are passed over. Takes time in proportion to the values,
 * and sorts only columns that may be at fault.
 */
export function outlierColumns(matrix: Matrix): OutlierColumn[] {
  const { low, high, finite } = ranges(matrix);
  const counts = histograms(matrix, low, high);
  const found: OutlierColumn[] = [];
  for (let c = 0; c < matrix.columns; c++) {
    if (!(high[c] > low[c])) continue;
    const held = finite[c] - Math.max(1, Math.floor(EXTREME * finite[c]));
    // One value alone is no bulk.
    if (held < 2 || fullestWindow(counts.subarray(c * BINS, (c + 1) * BINS)) < held) continue;
    const outlier = judged(matrix, c, held);
    if (outlier) found.push(outlier);
  }
  return found;
}
