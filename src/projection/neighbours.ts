/**
 * Exact nearest neighbours, Euclidean, in steps. Meant for the few dimensions that PCA leaves, leading
 * ones first: most candidates are then dismissed after a part of their sum.
 */
import type { Matrix } from '../corpus/corpus.ts';
import type { Steps } from './steps.ts';

export interface Neighbours {
  /** Neighbours a row; fewer than asked for where the reference has fewer rows. */
  readonly k: number;
  /** `[rows, k]`, rows of the reference, nearest first; of equally near ones the lower row first. */
  readonly indices: Int32Array;
  /** `[rows, k]`, ascending. */
  readonly distances: Float32Array;
}

/** Query rows between two yields. */
const BLOCK = 64;
/** Dimensions summed between two looks at whether the candidate is still near enough. */
const STRIDE = 8;

/** Squared distance of two rows, or any number ≥ `limit` once it is known to reach that. */
function boundedDistance(
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  columns: number,
  limit: number,
): number {
  let sum = 0;
  for (let c = 0; c < columns; ) {
    const end = Math.min(c + STRIDE, columns);
    for (; c < end; c++) {
      const difference = a[i + c] - b[j + c];
      sum += difference * difference;
    }
    if (sum >= limit) return sum;
  }
  return sum;
}

/**
 * The `k` nearest rows of `reference` to each row of `queries`, `[rows, features]` both.
 * `excludeSelf`: the two are the same rows, and none is its own neighbour.
 */
export function* nearestNeighbours(
  queries: Matrix,
  reference: Matrix,
  k: number,
  excludeSelf: boolean,
): Steps<Neighbours> {
  const { columns } = reference;
  const found = Math.max(0, Math.min(k, reference.rows - (excludeSelf ? 1 : 0)));
  const indices = new Int32Array(queries.rows * found);
  const distances = new Float32Array(queries.rows * found);
  const nearest = new Float64Array(found);
  if (found === 0) return { k: 0, indices, distances };
  for (let q = 0; q < queries.rows; q++) {
    const rows = indices.subarray(q * found, (q + 1) * found);
    nearest.fill(Infinity);
    for (let r = 0; r < reference.rows; r++) {
      if (excludeSelf && r === q) continue;
      const limit = nearest[found - 1];
      const d = boundedDistance(queries.values, q * columns, reference.values, r * columns, columns, limit);
      if (d >= limit) continue;
      let slot = found - 1;
      for (; slot > 0 && nearest[slot - 1] > d; slot--) {
        nearest[slot] = nearest[slot - 1];
        rows[slot] = rows[slot - 1];
      }
      nearest[slot] = d;
      rows[slot] = r;
    }
    for (let n = 0; n < found; n++) distances[q * found + n] = Math.sqrt(nearest[n]);
    if (q % BLOCK === BLOCK - 1) yield (q + 1) / queries.rows;
  }
  return { k: found, indices, distances };
}
