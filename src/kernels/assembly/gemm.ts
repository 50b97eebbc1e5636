/**
 * C = A B for row-major float32 matrices, either of them stored transposed, with bias and activation added to
 * each panel of C when it is complete. A is packed first, as a whole; B in panels of eight columns that stay in the first-level cache while
 * a register tile runs over them and as much of A as stays in the second. Every element of C is summed in the same order
 * however the columns are divided among threads. Knows no network.
 */
import { madd } from './simd';

/**
 * Rows of the register tile. Six rows of eight columns are twelve accumulators, which with two vectors of B and one
 * of A just fit the sixteen registers of x86; without a fused multiply-add a product needs one more, so four.
 */
const TILE_ROWS: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
const TILE_COLUMNS: i32 = 8;
/** Bytes of a line of a panel of A. */
const PANEL_LINE: usize = (<usize>TILE_ROWS) << 2;
/** Longest inner dimension of a block: a panel of B then takes 16 kB. */
const MOST_DEPTH: i32 = 512;
/** Floats of A that are gone through with a panel of B before the next: 512 kB. */
const BLOCK_FLOATS: i32 = 131072;

/** Bytes of a thread's own workspace: a panel of B and an incomplete tile. */
export const GEMM_WORKSPACE: i32 = (MOST_DEPTH * TILE_COLUMNS + TILE_ROWS * TILE_COLUMNS) * 4;

function ceilDiv(a: i32, b: i32): i32 {
  return (a + b - 1) / b;
}

/** Writes the transpose of four rows of four floats, at `p0` … `p3`, to `out` with `stride` bytes between rows. */
function transpose4(p0: usize, p1: usize, p2: usize, p3: usize, out: usize, stride: usize): void {
  const r0 = v128.load(p0);
  const r1 = v128.load(p1);
  const r2 = v128.load(p2);
  const r3 = v128.load(p3);
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const c = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f32>(a, c, 0, 1, 4, 5));
  v128.store(out + stride, v128.shuffle<f32>(a, c, 2, 3, 6, 7));
  v128.store(out + 2 * stride, v128.shuffle<f32>(b, d, 0, 1, 4, 5));
  v128.store(out + 3 * stride, v128.shuffle<f32>(b, d, 2, 3, 6, 7));
}

/**
 * Packs up to four neighbouring vectors of `depth` floats, stored one after another `stride` bytes apart, as lanes of
 * `[depth, …]` with `row` bytes a line. Lanes from `valid` on become zeros; `lanes` are 2 or 4.
 */
function packAcross(from: usize, stride: usize, valid: i32, depth: i32, lanes: i32, row: usize, out: usize): void {
  if (valid <= 0) return clearLanes(out, row, depth, 0, lanes);
  // Lanes beyond the last are read as the last valid one and cleared below.
  const p0 = from;
  const p1 = from + <usize>min(1, valid - 1) * stride;
  const p2 = from + <usize>min(2, valid - 1) * stride;
  const p3 = from + <usize>min(3, valid - 1) * stride;
  let o = out;
  let at: usize = 0;
  let d = depth;
  if (lanes == 4) {
    for (; d >= 4; d -= 4, at += 16, o += row << 2) transpose4(p0 + at, p1 + at, p2 + at, p3 + at, o, row);
  }
  for (; d > 0; d--, at += 4, o += row) {
    store<f32>(o, load<f32>(p0 + at));
    store<f32>(o, load<f32>(p1 + at), 4);
    if (lanes == 2) continue;
    store<f32>(o, load<f32>(p2 + at), 8);
    store<f32>(o, load<f32>(p3 + at), 12);
  }
  if (valid < lanes) clearLanes(out, row, depth, valid, lanes);
}

/** Zeros lanes `first` … `last` − 1 of `depth` lines of `row` bytes. */
function clearLanes(out: usize, row: usize, depth: i32, first: i32, last: i32): void {
  for (let d = 0; d < depth; d++, out += row) {
    for (let lane = first; lane < last; lane++) store<f32>(out + ((<usize>lane) << 2), 0);
  }
}

/** `packAcross` for as many lanes as a panel of A has: the first four, then the rest. */
function packRows(from: usize, stride: usize, valid: i32, depth: i32, out: usize): void {
  const row = (<usize>TILE_ROWS) << 2;
  packAcross(from, stride, min(valid, 4), depth, 4, row, out);
  if (TILE_ROWS > 4) packAcross(from + 4 * stride, stride, min(valid - 4, 2), depth, 2, row, out + 16);
}

/** `packAcross` for the eight lanes of a panel of B. */
function packColumns(from: usize, stride: usize, valid: i32, depth: i32, out: usize): void {
  packAcross(from, stride, min(valid, 4), depth, 4, 32, out);
  packAcross(from + 4 * stride, stride, min(valid - 4, 4), depth, 4, 32, out + 16);
}

/**
 * Packs a panel that is stored as it is needed, `[depth, …]` with `stride` bytes a line: `lanes` of each line, those
 * from `valid` on as zeros.
 */
function packAlong(from: usize, stride: usize, valid: i32, depth: i32, lanes: i32, out: usize): void {
  const row = (<usize>lanes) << 2;
  if (valid < lanes) return packPart(from, stride, valid, depth, lanes, out);
  for (let d = 0; d < depth; d++, from += stride, out += row) {
    v128.store(out, v128.load(from));
    if (lanes == 8) v128.store(out, v128.load(from, 16), 16);
    else if (lanes == 6) store<u64>(out, load<u64>(from, 16), 16);
  }
}

/** `packAlong` where lanes are missing. */
function packPart(from: usize, stride: usize, valid: i32, depth: i32, lanes: i32, out: usize): void {
  for (let d = 0; d < depth; d++, from += stride, out += (<usize>lanes) << 2) {
    for (let lane = 0; lane < lanes; lane++) {
      const at = (<usize>lane) << 2;
      store<f32>(out + at, lane < valid ? load<f32>(from + at) : 0);
    }
  }
}

/**
 * One tile of six rows: the product of packed panels of A and B, `depth` long, added to `c` or written there, rows
 * `stride` bytes apart. Neither unrolled nor followed by anything: either makes the engine's register allocator spill
 * accumulators inside the loop, which halves the speed.
 */
function tileOfSix(a: usize, b: usize, depth: i32, c: usize, stride: usize, add: bool): void {
  const c1 = c + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  const c4 = c3 + stride;
  const c5 = c4 + stride;
  const zero = f32x4.splat(0);
  let s00 = zero, s01 = zero, s10 = zero, s11 = zero, s20 = zero, s21 = zero;
  let s30 = zero, s31 = zero, s40 = zero, s41 = zero, s50 = zero, s51 = zero;
  if (add) {
    s00 = v128.load(c); s01 = v128.load(c, 16);
    s10 = v128.load(c1); s11 = v128.load(c1, 16);
    s20 = v128.load(c2); s21 = v128.load(c2, 16);
    s30 = v128.load(c3); s31 = v128.load(c3, 16);
    s40 = v128.load(c4); s41 = v128.load(c4, 16);
    s50 = v128.load(c5); s51 = v128.load(c5, 16);
  }
  for (let d = depth; d > 0; d--, a += PANEL_LINE, b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a, 0);
    s00 = madd(x0, b0, s00); s01 = madd(x0, b1, s01);
    const x1 = v128.load_splat<f32>(a, 4);
    s10 = madd(x1, b0, s10); s11 = madd(x1, b1, s11);
    const x2 = v128.load_splat<f32>(a, 8);
    s20 = madd(x2, b0, s20); s21 = madd(x2, b1, s21);
    const x3 = v128.load_splat<f32>(a, 12);
    s30 = madd(x3, b0, s30); s31 = madd(x3, b1, s31);
    const x4 = v128.load_splat<f32>(a, 16);
    s40 = madd(x4, b0, s40); s41 = madd(x4, b1, s41);
    const x5 = v128.load_splat<f32>(a, 20);
    s50 = madd(x5, b0, s50); s51 = madd(x5, b1, s51);
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
  v128.store(c4, s40); v128.store(c4, s41, 16);
  v128.store(c5, s50); v128.store(c5, s51, 16);
}

/**
 * `tileOfSix` for the first four rows of a panel: all there are without a fused multiply-add, and what 64 rows leave
 * over after ten tiles of six.
 */
function tileOfFour(a: usize, b: usize, depth: i32, c: usize, stride: usize, add: bool): void {
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
  for (let d = depth; d > 0; d--, a += PANEL_LINE, b += 32) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a, 0);
    s00 = madd(x0, b0, s00); s01 = madd(x0, b1, s01);
    const x1 = v128.load_splat<f32>(a, 4);
    s10 = madd(x1, b0, s10); s11 = madd(x1, b1, s11);
    const x2 = v128.load_splat<f32>(a, 8);
    s20 = madd(x2, b0, s20); s21 = madd(x2, b1, s21);
    const x3 = v128.load_splat<f32>(a, 12);
    s30 = madd(x3, b0, s30); s31 = madd(x3, b1, s31);
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
}

/** The tile of the first `rows` rows of a panel of A, of which it writes four or six. */
function tile(rows: i32, a: usize, b: usize, depth: i32, c: usize, stride: usize, add: bool): void {
  if (TILE_ROWS > 4 && rows > 4) tileOfSix(a, b, depth, c, stride, add);
  else tileOfFour(a, b, depth, c, stride, add);
}

/** Copies `rows` × `columns` floats between places with their own strides in bytes. */
function copyTile(from: usize, fromStride: usize, to: usize, toStride: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++, from += fromStride, to += toStride) {
    memory.copy(to, from, (<usize>columns) << 2);
  }
}

/** Panels that hold the `m` rows of the left matrix. */
export function panelsOf(m: i32): i32 {
  return ceilDiv(m, TILE_ROWS);
}

/** Rows of a panel of the left matrix. */
export function tileRows(): i32 {
  return TILE_ROWS;
}

/**
 * Packs panels `from` … `to` − 1 of op(A) `[m, k]` into `packed`, where each has k lines of as many rows as a tile has,
 * missing ones as zeros. `transposed`: A is stored as `[k, m]`.
 */
export function packLeft(transposed: bool, m: i32, k: i32, a: usize, packed: usize, from: i32, to: i32): void {
  const line = (<usize>(transposed ? m : k)) << 2;
  for (let panel = from; panel < to; panel++) {
    const row = panel * TILE_ROWS;
    const out = packed + ((<usize>(row * k)) << 2);
    if (transposed) packAlong(a + ((<usize>row) << 2), line, m - row, k, TILE_ROWS, out);
    else packRows(a + <usize>row * line, line, m - row, k, out);
  }
}

/**
 * Columns `from` … `to` − 1 of C `[m, n]` = op(A) op(B), from op(A) `[m, k]` as `packLeft` leaves it and op(B) `[k, n]`,
 * stored as `[n, k]` where `transposed`. `bias` `[n]` or 0; `slope` of the leaky ReLU, 1 for none. `add` adds to what
 * stands in C. `from` must be a multiple of 8. `workspace` has `GEMM_WORKSPACE` bytes.
 */
export function multiply(
  transposed: bool, m: i32, n: i32, k: i32, packed: usize, b: usize, c: usize, bias: usize, slope: f32, add: bool,
  from: i32, to: i32, workspace: usize,
): void {
  const scratch = workspace + ((<usize>(MOST_DEPTH * TILE_COLUMNS)) << 2);
  const lineB = (<usize>(transposed ? k : n)) << 2;
  const lineC = (<usize>n) << 2;
  const finishing: bool = bias != 0 || slope != 1;
  const depthBlock = ceilDiv(k, ceilDiv(k, MOST_DEPTH));
  const rowBlock = max(BLOCK_FLOATS / depthBlock / TILE_ROWS, 1) * TILE_ROWS;
  for (let row = 0; row < m; row += rowBlock) {
    const rows = min(rowBlock, m - row);
    for (let d = 0; d < k; d += depthBlock) {
      const depth = min(depthBlock, k - d);
      const adding = add || d > 0;
      const last: bool = d + depth == k;
      const left = packed + ((<usize>(row * k + d * TILE_ROWS)) << 2);
      for (let column = from; column < to; column += TILE_COLUMNS) {
        const columns = min(TILE_COLUMNS, to - column);
        const at = (<usize>column) << 2;
        if (transposed) packColumns(b + <usize>column * lineB + ((<usize>d) << 2), lineB, columns, depth, workspace);
        else packAlong(b + <usize>d * lineB + at, lineB, columns, depth, TILE_COLUMNS, workspace);
        const out = c + <usize>row * lineC + at;
        multiplyPanel(left, (<usize>(k * TILE_ROWS)) << 2, workspace, rows, columns, depth, out, lineC, adding, scratch);
        if (last && finishing) finishPanel(out, lineC, rows, columns, bias == 0 ? 0 : bias + at, slope);
      }
    }
  }
}

/** All tiles of one panel of B against panels of A, `stride` bytes apart; incomplete tiles by way of `scratch`. */
function multiplyPanel(
  left: usize, stride: usize, panel: usize, rows: i32, columns: i32, depth: i32, c: usize, lineC: usize, add: bool,
  scratch: usize,
): void {
  for (let r = 0; r < rows; r += TILE_ROWS, left += stride, c += lineC * TILE_ROWS) {
    const valid = min(TILE_ROWS, rows - r);
    if (columns == TILE_COLUMNS && (valid == 4 || valid == TILE_ROWS)) {
      tile(valid, left, panel, depth, c, lineC, add);
      continue;
    }
    if (add) copyTile(c, lineC, scratch, 32, valid, columns);
    tile(valid, left, panel, depth, scratch, 32, add);
    copyTile(scratch, 32, c, lineC, valid, columns);
  }
}

/** Adds the bias (0: none) to a panel of C and takes its leaky ReLU (slope 1: none), while it is still in the cache. */
function finishPanel(c: usize, lineC: usize, rows: i32, columns: i32, bias: usize, slope: f32): void {
  if (columns < TILE_COLUMNS) return finishPart(c, lineC, rows, columns, bias, slope);
  const zero = f32x4.splat(0);
  const leak = f32x4.splat(slope);
  const b0 = bias == 0 ? zero : v128.load(bias);
  const b1 = bias == 0 ? zero : v128.load(bias, 16);
  for (let r = 0; r < rows; r++, c += lineC) {
    const v0 = f32x4.add(v128.load(c), b0);
    const v1 = f32x4.add(v128.load(c, 16), b1);
    v128.store(c, v128.bitselect(v0, f32x4.mul(v0, leak), f32x4.gt(v0, zero)));
    v128.store(c, v128.bitselect(v1, f32x4.mul(v1, leak), f32x4.gt(v1, zero)), 16);
  }
}

/** `finishPanel` where columns are missing. */
function finishPart(c: usize, lineC: usize, rows: i32, columns: i32, bias: usize, slope: f32): void {
  for (let r = 0; r < rows; r++, c += lineC) {
    for (let column = 0; column < columns; column++) {
      const at = (<usize>column) << 2;
      let v = load<f32>(c + at);
      if (bias != 0) v += load<f32>(bias + at);
      store<f32>(c + at, v > 0 ? v : v * slope);
    }
  }
}
