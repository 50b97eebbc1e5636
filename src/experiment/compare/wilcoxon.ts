/**
 * Whether paired figures differ by more than the chance of their sign: the exact two-sided signed-rank test of
 * Wilcoxon (1945). Pure arithmetic; knows nothing of what the figures are.
 */

export interface SignedRank {
  /** Two-sided, exact. */
  readonly p: number;
  /** The smallest p that so many pairs can reach, whatever they show: 2^(1 − n). */
  readonly minimumP: number;
}

/** Differences closer than this are ties: figures are quotients of counts, which rounding may tell apart. */
const RESOLUTION = 1e-9;

/** Twice the mid-rank of every value, 1 for the smallest: ties share the mean of their ranks. */
function doubledMidRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const smaller = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return 2 * smaller + equal + 1;
  });
}

/** Probability of each sum of ranks when every rank is in it or not by the toss of a coin. */
function sumsOfSubsets(ranks: readonly number[]): Float64Array {
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  const probability = new Float64Array(total + 1);
  probability[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let s = reached; s >= 0; s--) {
      probability[s] = (probability[s] + (s >= rank ? probability[s - rank] : 0)) / 2;
    }
  }
  return probability;
}

/**
 * The exact signed-rank test of differences against a distribution symmetric about zero. Ties share mid-ranks; zeros
 * are ranked with the others and then left out (Pratt 1959). The null distribution is that of the ranks at hand,
 * all 2^m signs of the m differences other than zero being equally likely.
 * @throws where there is no difference to test.
 */
export function signedRankTest(differences: readonly number[]): SignedRank {
  const n = differences.length;
  if (n === 0) throw new Error('The signed-rank test needs at least one pair of figures.');
  const rounded = differences.map((difference) => Math.round(difference / RESOLUTION));
  const ranks = doubledMidRanks(rounded.map(Math.abs));
  const ranked = rounded.flatMap((value, i) =>
    value === 0 ? [] : [{ rank: ranks[i], positive: value > 0 }],
  );
  const observed = ranked.reduce((sum, { rank, positive }) => sum + (positive ? rank : 0), 0);
  const probability = sumsOfSubsets(ranked.map(({ rank }) => rank));
  const below = probability.slice(0, observed + 1).reduce((a, b) => a + b, 0);
  const above = probability.slice(observed).reduce((a, b) => a + b, 0);
  return { p: Math.min(1, 2 * Math.min(below, above)), minimumP: Math.min(1, 2 ** (1 - n)) };
}
