/**
 * Distances and nearest rows on the kernels: rows are packed once into panels in the machine's memory, then used as
 * often as wished. Knows nothing of what the rows are.
 */
import type { Machine } from './machine.ts';
import { WORK } from './work.ts';

/** Rows of a panel: of queries, whose work is divided among threads, and of the reference they are held against. */
const LANES = { queries: 4, reference: 8 } as const;
type Side = keyof typeof LANES;

/** Rows copied into the machine's memory at a time before they are packed: a multiple of both. */
const COPIED_ROWS = 1024;
/** Distances below which handing work to other threads costs more than it saves. */
const PARALLEL = 100_000;

/** Rows `[rows, columns]` in panels; `release` gives their memory back. */
export interface PackedRows {
  readonly side: Side;
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
  release(): void;
}

/** What `nearestPacked` finds: `[queries, k]` each. */
export interface NearestRows {
  /** Rows of the reference, nearest first, of equally near ones the lower row first; −1 where there is none. */
  readonly indices: Int32Array;
  /** Squared distances, ascending; infinity where there is none. */
  readonly squares: Float32Array;
}

/** Runs `use` with places of the given sizes in bytes, and gives them back whatever happens. */
function withPlaces<T>(machine: Machine, sizes: readonly number[], use: (...places: number[]) => T): T {
  const places: number[] = [];
  try {
    for (const size of sizes) places.push(machine.allocate(size));
    return use(...places);
  } finally {
    for (const place of places) machine.release(place);
  }
}

/**
 * Packs rows `[rows, columns]` as queries or as reference. Release the result.
 * @throws RangeError where memory is at its end.
 */
export function packRows(machine: Machine, side: Side, values: Float32Array, columns: number): PackedRows {
  const rows = values.length / columns;
  const lanes = LANES[side];
  const at = machine.allocate(4 * columns * lanes * Math.ceil(rows / lanes));
  const packed = { side, at, rows, columns, release: () => machine.release(at) };
  try {
    withPlaces(machine, [4 * columns * Math.min(rows, COPIED_ROWS)], (copy) => {
      for (let from = 0; from < rows; from += COPIED_ROWS) {
        const count = Math.min(COPIED_ROWS, rows - from);
        machine.floats(copy, count * columns).set(values.subarray(from * columns, (from + count) * columns));
        const parallel = count * columns >= PARALLEL;
        machine.perform(WORK.packPanels, parallel, [copy, at + 4 * columns * from, count, columns, lanes]);
      }
    });
  } catch (error) {
    packed.release();
    throw error;
  }
  return packed;
}

/**
 * Squared Euclidean distances `[queries, reference]`, summed from differences in float32: exactly symmetric, exactly 0
 * for equal rows.
 */
export function squaredDistancesPacked(
  machine: Machine,
  queries: PackedRows,
  reference: PackedRows,
): Float32Array {
  const { rows, columns } = queries;
  const count = rows * reference.rows;
  return withPlaces(machine, [4 * count], (out) => {
    const shape = [rows, reference.rows, columns];
    machine.perform(WORK.squaredDistances, count >= PARALLEL, [queries.at, reference.at, out, ...shape]);
    return machine.floats(out, count).slice();
  });
}

/**
 * The `k` nearest rows of the reference to each query. `own`: where the queries are rows of the reference themselves,
 * the row of the first, so that none is its own neighbour.
 */
export function nearestPacked(
  machine: Machine,
  queries: PackedRows,
  reference: PackedRows,
  k: number,
  own: number | null,
): NearestRows {
  const { rows, columns } = queries;
  const size = 4 * rows * k;
  return withPlaces(machine, [size, size, 4 * (rows + LANES.queries)], (squares, indices, limits) => {
    machine.perform(WORK.nearest, rows * reference.rows >= PARALLEL, [
      queries.at,
      reference.at,
      squares,
      indices,
      limits,
      rows,
      reference.rows,
      columns,
      k,
      own ?? -1,
    ]);
    return {
      indices: new Int32Array(machine.memory.buffer, indices, rows * k).slice(),
      squares: machine.floats(squares, rows * k).slice(),
    };
  });
}
