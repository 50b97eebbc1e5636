/**
 * Thinning a long series so that its line looks the same: the least and the greatest value of every stretch
 * are kept, so no spike is lost. Knows nothing of Plotly.
 */

/** A line as two columns of equal length. */
export interface Points {
  readonly x: number[];
  readonly y: number[];
}

/** The indices of the least and the greatest finite value in [from, to), in order; `from` where none is. */
function extremes(values: readonly number[], from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (low < 0 || values[i] < values[low]) low = i;
    if (high < 0 || values[i] > values[high]) high = i;
  }
  if (low < 0) return [from];
  if (low === high) return [low];
  return low < high ? [low, high] : [high, low];
}

/**
 * At most `maxPoints` (≥ 4) points of the line (steps[i], values[i]): the first, the last, and the minimum
 * and maximum of equal stretches between. Values that are not finite are passed over, except where a whole
 * stretch is not: there one stays, so that the line shows a gap.
 */
export function decimate(steps: readonly number[], values: readonly number[], maxPoints: number): Points {
  const n = Math.min(steps.length, values.length);
  if (n <= maxPoints) return { x: steps.slice(0, n), y: values.slice(0, n) };
  const stretches = Math.floor((maxPoints - 2) / 2);
  const keep = [0];
  for (let s = 0; s < stretches; s++) {
    const from = 1 + Math.floor((s * (n - 2)) / stretches);
    const to = 1 + Math.floor(((s + 1) * (n - 2)) / stretches);
    keep.push(...extremes(values, from, to));
  }
  keep.push(n - 1);
  return { x: keep.map((i) => steps[i]), y: keep.map((i) => values[i]) };
}

/**
 * Running mean of a noisy line: an exponential average over about `span` values, corrected for its start.
 * Values that are not finite leave it as it is.
 */
export function runningMean(values: readonly number[], span: number): number[] {
  const keep = 1 - 1 / Math.max(1, span);
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (Number.isFinite(value)) {
      sum = keep * sum + (1 - keep) * value;
      weight = keep * weight + (1 - keep);
    }
    return weight > 0 ? sum / weight : Number.NaN;
  });
}
