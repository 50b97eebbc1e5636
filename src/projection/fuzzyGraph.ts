/**
 * UMAP's fuzzy graph of given neighbours (McInnes, Healy & Melville 2018, §3.1), in typed arrays. Knows
 * nothing of features or of the layout.
 */
import type { Neighbours } from './neighbours.ts';

/** σ is not let below this share of the mean distance. */
const SMALLEST_SIGMA = 1e-3;
const SEARCH_STEPS = 64;

/**
 * Edges by row: row r's are `offsets[r]` … `offsets[r + 1]` − 1. Symmetric: each edge is held by both its
 * ends, with one weight.
 */
export interface FuzzyGraph {
  /** Length rows + 1. */
  readonly offsets: Int32Array;
  /** The row at the other end of each edge. */
  readonly ends: Int32Array;
  /** Strength of each edge, in (0, 1]. */
  readonly weights: Float32Array;
}

/**
 * Membership strengths exp(−(d − ρ)₊ / σ) of one row's neighbours, with σ such that they sum to
 * log₂(k + 1), written to `weights`. Distances ascending, length k ≥ 1; ρ is where strength begins to fall.
 * Where a distance is NaN, so are the strengths.
 */
export function membershipStrengths(distances: Float32Array, rho: number, weights: Float32Array): void {
  const k = distances.length;
  const wanted = Math.log2(k + 1);
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  let mean = 0;
  for (let n = 0; n < k; n++) mean += distances[n] / k;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    for (let n = 0; n < k; n++) sum += distances[n] > rho ? Math.exp((rho - distances[n]) / sigma) : 1;
    if (Math.abs(sum - wanted) < 1e-5) break;
    if (sum > wanted) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  sigma = Math.max(sigma, SMALLEST_SIGMA * mean);
  for (let n = 0; n < k; n++) weights[n] = distances[n] <= rho ? 1 : Math.exp((rho - distances[n]) / sigma);
}

/** Strengths of all rows' neighbours, `[rows, k]`. */
function directedStrengths({ k, distances }: Neighbours): Float32Array {
  const strengths = new Float32Array(distances.length);
  for (let from = 0; from < distances.length; from += k) {
    const own = distances.subarray(from, from + k);
    // ρ is the distance of the nearest neighbour that is not an equal row.
    const rho = own.find((d) => d > 0) ?? 0;
    membershipStrengths(own, rho, strengths.subarray(from, from + k));
  }
  return strengths;
}

/** Where row `r` stands among the neighbours of `other`, as an index of their `[rows, k]`; −1: nowhere. */
function indexOfBack({ k, indices }: Neighbours, other: number, r: number): number {
  for (let e = other * k; e < (other + 1) * k; e++) if (indices[e] === r) return e;
  return -1;
}

/**
 * The graph of the fuzzy union w + w′ − w w′ of both directions' strengths. `neighbours` exclude the row
 * itself; edges below `least` times the strongest are left out.
 * @throws where a distance is not finite.
 */
export function fuzzyGraph(neighbours: Neighbours, least: number): FuzzyGraph {
  const { k, indices, distances } = neighbours;
  if (!distances.every(Number.isFinite)) throw new Error('A distance to a neighbour is not a finite number.');
  const rows = indices.length / k;
  const united = directedStrengths(neighbours);
  const directed = united.slice();
  // Whether the neighbour has the row among its own neighbours too; if not, it gets the edge besides.
  const mutual = new Uint8Array(indices.length);
  let strongest = 0;
  for (let r = 0; r < rows; r++) {
    for (let e = r * k; e < (r + 1) * k; e++) {
      const back = indexOfBack(neighbours, indices[e], r);
      if (back >= 0) {
        mutual[e] = 1;
        united[e] = directed[e] + directed[back] - directed[e] * directed[back];
      }
      strongest = Math.max(strongest, united[e]);
    }
  }
  const floor = least * strongest;
  const offsets = new Int32Array(rows + 1);
  for (let r = 0, e = 0; r < rows; r++) {
    for (const end = e + k; e < end; e++) {
      if (united[e] < floor) continue;
      offsets[r + 1]++;
      if (!mutual[e]) offsets[indices[e] + 1]++;
    }
  }
  for (let r = 0; r < rows; r++) offsets[r + 1] += offsets[r];
  const ends = new Int32Array(offsets[rows]);
  const weights = new Float32Array(offsets[rows]);
  const next = offsets.slice(0, rows);
  const add = (from: number, to: number, weight: number) => {
    const at = next[from]++;
    ends[at] = to;
    weights[at] = weight;
  };
  for (let r = 0, e = 0; r < rows; r++) {
    for (const end = e + k; e < end; e++) {
      if (united[e] < floor) continue;
      add(r, indices[e], united[e]);
      if (!mutual[e]) add(indices[e], r, united[e]);
    }
  }
  return { offsets, ends, weights };
}
