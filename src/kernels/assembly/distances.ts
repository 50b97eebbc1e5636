/**
 * Squared Euclidean distances between rows, and the nearest rows, with a register tile over packed panels as in a
 * product; but what is summed are squared differences, so that distances are exactly symmetric and exactly 0 for equal
 * rows. Each query is one thread's alone, so results do not depend on how many there are.
 */
import { madd } from './simd';

/** Rows of the register tile, one panel of `queries`; with the differences, more accumulators would be spilled. */
const QUERY_LANES: i32 = 4;
const REFERENCE_LANES: i32 = 8;
/** Bytes of a row of one tile of distances, which takes 128 of a thread's workspace. */
const TILE_STRIDE: usize = 32;
/** Bytes of panels of the reference that stay in the second-level cache while all queries pass. */
const BLOCK_BYTES: i32 = 196608;
/** Columns summed before the first look at whether any row of a tile can still be near, and between later ones. */
const FIRST_LOOK: i32 = 16;
const NEXT_LOOK: i32 = 32;

/**
 * Packs panels `from` … `to` − 1 of x `[rows, columns]`: `lanes` rows each, laid out `[columns, lanes]`, with zeros for
 * rows that are not there.
 */
export function packPanels(x: usize, out: usize, rows: i32, columns: i32, lanes: i32, from: i32, to: i32): void {
  const step = (<usize>lanes) << 2;
  for (let panel = from; panel < to; panel++) {
    for (let lane = 0; lane < lanes; lane++) {
      const row = panel * lanes + lane;
      let o = out + <usize>panel * step * <usize>columns + ((<usize>lane) << 2);
      let p = x + (<usize>row * <usize>columns << 2);
      const end = o + step * <usize>columns;
      if (row >= rows) {
        for (; o < end; o += step) store<f32>(o, 0);
      } else {
        for (; o < end; o += step, p += 4) store<f32>(o, load<f32>(p));
      }
    }
  }
}

/**
 * One tile: squared differences of `depth` columns of four rows at `a` and eight at `b`, added to `c` or written there,
 * rows `stride` bytes apart. Not followed by anything, as in `gemm.ts`.
 */
function tile(a: usize, b: usize, depth: i32, c: usize, stride: usize, add: bool): void {
  const c1 = c + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  const zero = f32x4.splat(0);
  let s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero, s30 = zero, s31 = zero;
  if (add) {
    s00 = v128.load(c); s01 = v128.load(c, 16);
    s10 = v128.load(c1); s11 = v128.load(c1, 16);
    s20 = v128.load(c2); s21 = v128.load(c2, 16);
    s30 = v128.load(c3); s31 = v128.load(c3, 16);
  }
  for (let d = depth; d > 0; d--, a += 16, b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a, 0);
    const d00 = f32x4.sub(x0, b0);
    s00 = madd(d00, d00, s00);
    const d01 = f32x4.sub(x0, b1);
    s01 = madd(d01, d01, s01);
    const x1 = v128.load_splat<f32>(a, 4);
    const d10 = f32x4.sub(x1, b0);
    s10 = madd(d10, d10, s10);
    const d11 = f32x4.sub(x1, b1);
    s11 = madd(d11, d11, s11);
    const x2 = v128.load_splat<f32>(a, 8);
    const d20 = f32x4.sub(x2, b0);
    s20 = madd(d20, d20, s20);
    const d21 = f32x4.sub(x2, b1);
    s21 = madd(d21, d21, s21);
    const x3 = v128.load_splat<f32>(a, 12);
    const d30 = f32x4.sub(x3, b0);
    s30 = madd(d30, d30, s30);
    const d31 = f32x4.sub(x3, b1);
    s31 = madd(d31, d31, s31);
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
}

/** Panels of the reference done together. */
function panelsOfBlock(columns: i32): i32 {
  return max(1, BLOCK_BYTES / (columns * REFERENCE_LANES * 4));
}

/**
 * Rows `from` … `to` − 1 of the distances `[rows, others]` from packed `queries` (panels of four) to packed `reference`
 * (panels of eight). `from` is a multiple of four.
 */
export function squaredDistances(
  queries: usize, reference: usize, out: usize, others: i32, columns: i32, from: i32, to: i32, scratch: usize,
): void {
  const queryPanel = (<usize>(columns * QUERY_LANES)) << 2;
  const referencePanel = (<usize>(columns * REFERENCE_LANES)) << 2;
  const line = (<usize>others) << 2;
  const step = panelsOfBlock(columns) * REFERENCE_LANES;
  for (let block = 0; block < others; block += step) {
    const end = min(others, block + step);
    for (let q = from; q < to; q += QUERY_LANES) {
      const a = queries + <usize>(q / QUERY_LANES) * queryPanel;
      const valid = min(QUERY_LANES, to - q);
      for (let r = block; r < end; r += REFERENCE_LANES) {
        const b = reference + <usize>(r / REFERENCE_LANES) * referencePanel;
        const c = out + <usize>q * line + ((<usize>r) << 2);
        const width = min(REFERENCE_LANES, end - r);
        if (valid == QUERY_LANES && width == REFERENCE_LANES) {
          tile(a, b, columns, c, line, false);
          continue;
        }
        tile(a, b, columns, scratch, TILE_STRIDE, false);
        for (let i = 0; i < valid; i++) {
          memory.copy(c + <usize>i * line, scratch + <usize>i * TILE_STRIDE, (<usize>width) << 2);
        }
      }
    }
  }
}

/** Whether any distance of the tile is below the limit of its row. */
function anyBelow(scratch: usize, limits: usize): bool {
  const l0 = v128.load_splat<f32>(limits, 0);
  const l1 = v128.load_splat<f32>(limits, 4);
  const l2 = v128.load_splat<f32>(limits, 8);
  const l3 = v128.load_splat<f32>(limits, 12);
  const r0 = v128.or(f32x4.lt(v128.load(scratch), l0), f32x4.lt(v128.load(scratch, 16), l0));
  const r1 = v128.or(f32x4.lt(v128.load(scratch, 32), l1), f32x4.lt(v128.load(scratch, 48), l1));
  const r2 = v128.or(f32x4.lt(v128.load(scratch, 64), l2), f32x4.lt(v128.load(scratch, 80), l2));
  const r3 = v128.or(f32x4.lt(v128.load(scratch, 96), l3), f32x4.lt(v128.load(scratch, 112), l3));
  return v128.any_true(v128.or(v128.or(r0, r1), v128.or(r2, r3)));
}

/** Distances of a tile into `scratch`; false, with sums that are not complete, where none is below its row's limit. */
function nearTile(a: usize, b: usize, columns: i32, scratch: usize, limits: usize): bool {
  let done = min(FIRST_LOOK, columns);
  tile(a, b, done, scratch, TILE_STRIDE, false);
  while (anyBelow(scratch, limits)) {
    if (done == columns) return true;
    const depth = min(NEXT_LOOK, columns - done);
    tile(a + ((<usize>(done * QUERY_LANES)) << 2), b + ((<usize>(done * REFERENCE_LANES)) << 2), depth, scratch, TILE_STRIDE, true);
    done += depth;
  }
  return false;
}

/** Puts row `row` at `distance` among the k nearest; ties stay behind what came before. Returns the new limit. */
function insert(distance: f32, row: i32, k: i32, distances: usize, indices: usize): f32 {
  let slot = k - 1;
  for (; slot > 0; slot--) {
    const before = load<f32>(distances + ((<usize>(slot - 1)) << 2));
    if (before <= distance) break;
    store<f32>(distances + ((<usize>slot) << 2), before);
    store<i32>(indices + ((<usize>slot) << 2), load<i32>(indices + ((<usize>(slot - 1)) << 2)));
  }
  store<f32>(distances + ((<usize>slot) << 2), distance);
  store<i32>(indices + ((<usize>slot) << 2), row);
  return load<f32>(distances + ((<usize>(k - 1)) << 2));
}

/** Sets out to find: every distance infinite, no row; queries that only fill their panel have a limit none is below. */
function clear(k: i32, distances: usize, indices: usize, limits: usize, from: i32, to: i32): void {
  for (let i = from * k; i < to * k; i++) {
    store<f32>(distances + ((<usize>i) << 2), f32.POSITIVE_INFINITY);
    store<i32>(indices + ((<usize>i) << 2), -1);
  }
  for (let q = from; q < to; q++) store<f32>(limits + ((<usize>q) << 2), f32.POSITIVE_INFINITY);
  for (let q = to; q % QUERY_LANES != 0; q++) store<f32>(limits + ((<usize>q) << 2), f32.NEGATIVE_INFINITY);
}

/**
 * The `k` nearest of `rows` packed reference rows to queries `from` … `to` − 1 (packed; `from` a multiple of four):
 * squared `distances` ascending and `indices`, `[queries, k]`; of equal ones the lower row first; infinity and −1 where
 * there is none. Query q is row `own` + q of the reference and not its own neighbour, unless `own` is negative. `limits`
 * has room for a float for each query of full panels.
 */
export function nearest(
  queries: usize, reference: usize, distances: usize, indices: usize, limits: usize,
  rows: i32, columns: i32, k: i32, own: i32, from: i32, to: i32, scratch: usize,
): void {
  const queryPanel = (<usize>(columns * QUERY_LANES)) << 2;
  const referencePanel = (<usize>(columns * REFERENCE_LANES)) << 2;
  const step = panelsOfBlock(columns) * REFERENCE_LANES;
  clear(k, distances, indices, limits, from, to);
  for (let block = 0; block < rows; block += step) {
    const end = min(rows, block + step);
    for (let q = from; q < to; q += QUERY_LANES) {
      const a = queries + <usize>(q / QUERY_LANES) * queryPanel;
      const limit = limits + ((<usize>q) << 2);
      let b = reference + <usize>(block / REFERENCE_LANES) * referencePanel;
      for (let r = block; r < end; r += REFERENCE_LANES, b += referencePanel) {
        if (!nearTile(a, b, columns, scratch, limit)) continue;
        const width = min(REFERENCE_LANES, end - r);
        for (let i = 0; i < min(QUERY_LANES, to - q); i++) {
          const at = <usize>((q + i) * k) << 2;
          const mine = limit + ((<usize>i) << 2);
          for (let j = 0; j < width; j++) {
            const distance = load<f32>(scratch + <usize>i * TILE_STRIDE + ((<usize>j) << 2));
            if (!(distance < load<f32>(mine)) || (own >= 0 && r + j == own + q + i)) continue;
            store<f32>(mine, insert(distance, r + j, k, distances + at, indices + at));
          }
        }
      }
    }
  }
}
