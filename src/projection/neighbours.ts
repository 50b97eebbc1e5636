/**
 * Exact nearest neighbours, Euclidean, in steps: on the kernels where there are any, else in plain code. Meant for
 * the few dimensions that PCA leaves, leading ones first: either dismisses most candidates after a part of their sum.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { type NearestRows, nearestPacked, packRows } from '../kernels/distances.ts';
import type { Machine } from '../kernels/machine.ts';
import type { Steps } from './steps.ts';

export interface Neighbours {
  /** Neighbours a row; fewer than asked for where the reference has fewer rows. */
  readonly k: number;
  /**
   * `[rows, k]`, rows of the reference, nearest first; of equally near ones the lower row first. Where a row has no
   * k rows at a finite distance, row 0 stands for those missing.
   */
  readonly indices: Int32Array;
  /** `[rows, k]`, ascending; NaN for those missing. */
  readonly distances: Float32Array;
}

/** Query rows between two yields: on the kernels, and in plain code. */
const KERNEL_BLOCK = 256;
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

/** Writes the neighbours of one query, squared distances to `nearest` and rows to `rows`: infinity and −1 for none. */
function searchRow(
  queries: Matrix,
  q: number,
  { rows: count, columns, values }: Matrix,
  excluded: number,
  nearest: Float64Array,
  rows: Int32Array,
): void {
  const last = nearest.length - 1;
  nearest.fill(Infinity);
  rows.fill(-1);
  for (let r = 0; r < count; r++) {
    if (r === excluded) continue;
    const limit = nearest[last];
    const d = boundedDistance(queries.values, q * columns, values, r * columns, columns, limit);
    // So written that a sum that is no number is not near.
    if (!(d < limit)) continue;
    let slot = last;
    for (; slot > 0 && nearest[slot - 1] > d; slot--) {
      nearest[slot] = nearest[slot - 1];
      rows[slot] = rows[slot - 1];
    }
    nearest[slot] = d;
    rows[slot] = r;
  }
}

/** Distances from squares, and what is said of neighbours that are missing. */
function settle(squares: ArrayLike<number>, indices: Int32Array, distances: Float32Array): void {
  for (let n = 0; n < indices.length; n++) {
    distances[n] = indices[n] < 0 ? Number.NaN : Math.sqrt(squares[n]);
    if (indices[n] < 0) indices[n] = 0;
  }
}

function* searchPlainly(
  queries: Matrix,
  reference: Matrix,
  { k, indices, distances }: Neighbours,
  excludeSelf: boolean,
): Steps<void> {
  const nearest = new Float64Array(k);
  for (let q = 0; q < queries.rows; q++) {
    const own = indices.subarray(q * k, (q + 1) * k);
    searchRow(queries, q, reference, excludeSelf ? q : -1, nearest, own);
    settle(nearest, own, distances.subarray(q * k, (q + 1) * k));
    if (q % BLOCK === BLOCK - 1) yield (q + 1) / queries.rows;
  }
}

function* searchOnKernels(
  machine: Machine,
  queries: Matrix,
  reference: Matrix,
  { k, indices, distances }: Neighbours,
  excludeSelf: boolean,
): Steps<void> {
  const { columns } = reference;
  const panels = packRows(machine, 'reference', reference.values, columns);
  try {
    for (let from = 0; from < queries.rows; from += KERNEL_BLOCK) {
      const to = Math.min(queries.rows, from + KERNEL_BLOCK);
      const block = packRows(
        machine,
        'queries',
        queries.values.subarray(from * columns, to * columns),
        columns,
      );
      let found: NearestRows;
      try {
        found = nearestPacked(machine, block, panels, k, excludeSelf ? from : null);
      } finally {
        block.release();
      }
      settle(found.squares, found.indices, distances.subarray(from * k, to * k));
      indices.set(found.indices, from * k);
      yield to / queries.rows;
    }
  } finally {
    panels.release();
  }
}

/**
 * The `k` nearest rows of `reference` to each row of `queries`, `[rows, features]` both.
 * `excludeSelf`: the two are the same rows, and none is its own neighbour. `machine`: the kernels, where there are any;
 * distances are then summed in float32.
 */
export function* nearestNeighbours(
  queries: Matrix,
  reference: Matrix,
  k: number,
  excludeSelf: boolean,
  machine: Machine | null = null,
): Steps<Neighbours> {
  const found = Math.max(0, Math.min(k, reference.rows - (excludeSelf ? 1 : 0)));
  const neighbours = {
    k: found,
    indices: new Int32Array(queries.rows * found),
    distances: new Float32Array(queries.rows * found),
  };
  if (found > 0 && queries.rows > 0) {
    yield* machine
      ? searchOnKernels(machine, queries, reference, neighbours, excludeSelf)
      : searchPlainly(queries, reference, neighbours, excludeSelf);
  }
  return neighbours;
}
