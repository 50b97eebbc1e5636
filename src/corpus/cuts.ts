/**
 * Where a continuous rating is cut into low, mid and high: by the scale it was given on, or by terciles where
 * the scale says nothing. Knows ratings only.
 */

/** A rating scale and the cuts proposed for it: low is `<= cuts[0]`, high is `>= cuts[1]`. */
export interface Scale {
  /** E.g. `1 to 5`. */
  readonly name: string;
  readonly cuts: readonly [number, number];
  /** True where the cuts come from the ratings themselves (terciles), so that the user should look. */
  readonly fromData: boolean;
}

/** Ratings rounded to the float32 grid compare equal to these. */
const THIRD = Math.fround(0.33);

/**
 * Averages of raters on 1 to 5 reach above 5 in IEMOCAP (one valence of 5.5), so the scale of 1 to 7 begins
 * beyond that.
 */
const HIGHEST_OF_FIVE = 5.5;

const sortedRatings = (ratings: Float32Array) => ratings.filter((r) => Number.isFinite(r)).sort();

/** Values that split the finite ratings into three parts as equal as ties allow; null where there are none. */
export function tercilesOf(ratings: Float32Array): [number, number] | null {
  const sorted = sortedRatings(ratings);
  return sorted.length > 0 ? terciles(sorted) : null;
}

function terciles(sorted: Float32Array): [number, number] {
  const n = sorted.length;
  const low = sorted[Math.floor((n - 1) / 3)];
  let high = sorted[Math.ceil((2 * (n - 1)) / 3)];
  // Many equal ratings: high begins at the next larger one, or nowhere.
  if (high <= low) high = sorted.find((r) => r > low) ?? low + 1;
  return [low, high];
}

/** The scale of some ratings by their range, NaN (missing) left out. */
export function proposeScale(ratings: Float32Array): Scale {
  const sorted = sortedRatings(ratings);
  const lowest = sorted[0] ?? Number.NaN;
  const highest = sorted.at(-1) ?? Number.NaN;
  if (lowest < 0 && lowest >= -1 && highest <= 1) {
    return { name: '−1 to 1', cuts: [-THIRD, THIRD], fromData: false };
  }
  if (lowest >= 0 && highest > 1 && highest <= HIGHEST_OF_FIVE) {
    return { name: lowest < 1 ? '0 to 5' : '1 to 5', cuts: [2, 4], fromData: false };
  }
  const cuts: [number, number] = sorted.length > 0 ? terciles(sorted) : [0, 1];
  const known = lowest >= 1 && highest <= 7;
  return { name: known ? '1 to 7' : `${lowest} to ${highest}`, cuts, fromData: true };
}
