/**
 * The products that principal components are made of, a block of rows at a time: on the kernels where there are any,
 * else in plain code. Knows nothing of what the directions mean.
 */
import type { Matrix } from '../corpus/corpus.ts';
import type { Machine } from '../kernels/machine.ts';

/** Rows done together: what takes about 10 ms at 1,582 features and 60 directions, on the kernels less. */
const KERNEL_BLOCK = 256;
const BLOCK = 96;

/** Products of centred rows A `[rows, columns]` with directions D `[count, columns]`. `release` when done. */
export interface SubspaceProducts {
  /** Rows to do between two yields. */
  readonly block: number;
  /** Sets the directions and clears the sketch. */
  begin(directions: Float32Array): void;
  /** Coordinates Y = A Dᵀ of rows `from` … `to` − 1. */
  coordinates(from: number, to: number): void;
  /** Adds Yᵀ A of those rows to the sketch; after `coordinates`. */
  addToSketch(from: number, to: number): void;
  /** Y, `[rows, count]`. */
  result(): Float32Array;
  /** The sketch, `[count, columns]`. */
  sketch(): Float64Array;
  release(): void;
}

/** Rows `from` … `to` − 1 of a matrix, or those rows of it that `rows` names, less the mean, written to `out`. */
function centre(
  { columns, values }: Matrix,
  mean: Float64Array,
  from: number,
  to: number,
  out: Float32Array,
  rows: Int32Array | null = null,
): void {
  for (let r = from, o = 0; r < to; r++) {
    for (let c = 0, i = (rows ? rows[r] : r) * columns; c < columns; c++) out[o++] = values[i++] - mean[c];
  }
}

/**
 * Products of rows `from` … `to` − 1 of `a` (`[rows, columns]`) with every direction (`[count, columns]`),
 * written to `out` (`[rows, count]`). Four directions at a time, so that each value is read once for all.
 */
function multiplyRows(
  a: Float32Array,
  columns: number,
  directions: Float32Array,
  count: number,
  from: number,
  to: number,
  out: Float32Array,
): void {
  for (let r = from; r < to; r++) {
    const row = r * columns;
    let j = 0;
    for (; j + 4 <= count; j += 4) {
      const d0 = j * columns;
      const d1 = d0 + columns;
      const d2 = d1 + columns;
      const d3 = d2 + columns;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let c = 0; c < columns; c++) {
        const value = a[row + c];
        s0 += value * directions[d0 + c];
        s1 += value * directions[d1 + c];
        s2 += value * directions[d2 + c];
        s3 += value * directions[d3 + c];
      }
      const o = r * count + j;
      out[o] = s0;
      out[o + 1] = s1;
      out[o + 2] = s2;
      out[o + 3] = s3;
    }
    for (; j < count; j++) {
      let s = 0;
      for (let c = 0; c < columns; c++) s += a[row + c] * directions[j * columns + c];
      out[r * count + j] = s;
    }
  }
}

/** out (`[count, columns]`) += Yᵀ A over rows `from` … `to` − 1; Y is `[rows, count]`. */
function addTransposedProduct(
  a: Float32Array,
  columns: number,
  y: Float32Array,
  count: number,
  from: number,
  to: number,
  out: Float64Array,
): void {
  let r = from;
  for (; r + 4 <= to; r += 4) {
    const a0 = r * columns;
    const a1 = a0 + columns;
    const a2 = a1 + columns;
    const a3 = a2 + columns;
    for (let j = 0; j < count; j++) {
      const y0 = y[r * count + j];
      const y1 = y[(r + 1) * count + j];
      const y2 = y[(r + 2) * count + j];
      const y3 = y[(r + 3) * count + j];
      for (let c = 0, o = j * columns; c < columns; c++, o++) {
        out[o] += y0 * a[a0 + c] + y1 * a[a1 + c] + y2 * a[a2 + c] + y3 * a[a3 + c];
      }
    }
  }
  for (; r < to; r++) {
    for (let j = 0; j < count; j++) {
      const weight = y[r * count + j];
      for (let c = 0, o = j * columns; c < columns; c++, o++) out[o] += weight * a[r * columns + c];
    }
  }
}

function plainProducts(
  matrix: Matrix,
  rows: Int32Array,
  mean: Float64Array,
  count: number,
): SubspaceProducts {
  const { columns } = matrix;
  const a = new Float32Array(rows.length * columns);
  centre(matrix, mean, 0, rows.length, a, rows);
  const y = new Float32Array(rows.length * count);
  const sketch = new Float64Array(count * columns);
  let d = new Float32Array(0);
  return {
    block: BLOCK,
    begin(directions) {
      d = Float32Array.from(directions);
      sketch.fill(0);
    },
    coordinates: (from, to) => multiplyRows(a, columns, d, count, from, to, y),
    addToSketch: (from, to) => addTransposedProduct(a, columns, y, count, from, to, sketch),
    result: () => y,
    sketch: () => sketch.slice(),
    release: () => {},
  };
}

function kernelProducts(
  machine: Machine,
  matrix: Matrix,
  rows: Int32Array,
  mean: Float64Array,
  count: number,
): SubspaceProducts {
  const { columns } = matrix;
  const sizes = [rows.length * columns, count * columns, count * columns, rows.length * count];
  const places: number[] = [];
  const release = () => {
    for (const place of places) machine.release(place);
  };
  try {
    for (const size of sizes) places.push(machine.allocate(4 * size));
  } catch (error) {
    release();
    throw error;
  }
  const [a, d, sketch, y] = places;
  centre(matrix, mean, 0, rows.length, machine.floats(a, sizes[0]), rows);
  return {
    block: KERNEL_BLOCK,
    begin(directions) {
      machine.floats(d, sizes[1]).set(directions);
      machine.floats(sketch, sizes[2]).fill(0);
    },
    coordinates(from, to) {
      const [block, out] = [a + 4 * from * columns, y + 4 * from * count];
      machine.gemm({ m: to - from, n: count, k: columns, a: block, b: d, c: out, transposeB: true });
    },
    addToSketch(from, to) {
      const [block, weights] = [a + 4 * from * columns, y + 4 * from * count];
      const shape = { m: count, n: columns, k: to - from };
      machine.gemm({ ...shape, a: weights, b: block, c: sketch, transposeA: true, add: true });
    },
    result: () => machine.floats(y, sizes[3]).slice(),
    sketch: () => Float64Array.from(machine.floats(sketch, sizes[2])),
    release,
  };
}

/** Products of the rows `rows` of a matrix, less the mean, with `count` directions. */
export function subspaceProducts(
  matrix: Matrix,
  rows: Int32Array,
  mean: Float64Array,
  count: number,
  machine: Machine | null,
): SubspaceProducts {
  return machine
    ? kernelProducts(machine, matrix, rows, mean, count)
    : plainProducts(matrix, rows, mean, count);
}

/** Coordinates of rows in given directions: Y = (A − mean) Dᵀ, a block at a time. `release` when done. */
export interface RowProjection {
  /** Rows to do between two yields, and the most at once. */
  readonly block: number;
  /** Rows `from` … `to` − 1, `[to − from, count]`; holds until the next call. */
  project(from: number, to: number): Float32Array;
  release(): void;
}

/** Projection of the rows of a matrix, less the mean, on `directions` `[count, columns]`. */
export function rowProjection(
  matrix: Matrix,
  mean: Float64Array,
  directions: Float32Array,
  count: number,
  machine: Machine | null,
): RowProjection {
  const { columns } = matrix;
  if (!machine) {
    const block = new Float32Array(BLOCK * columns);
    const out = new Float32Array(BLOCK * count);
    const project = (from: number, to: number) => {
      centre(matrix, mean, from, to, block);
      multiplyRows(block, columns, directions, count, 0, to - from, out);
      return out.subarray(0, (to - from) * count);
    };
    return { block: BLOCK, project, release: () => {} };
  }
  const sizes = [KERNEL_BLOCK * columns, count * columns, KERNEL_BLOCK * count];
  const start = machine.allocate(4 * (sizes[0] + sizes[1] + sizes[2]));
  const d = start + 4 * sizes[0];
  const out = d + 4 * sizes[1];
  machine.floats(d, sizes[1]).set(directions);
  const project = (from: number, to: number) => {
    centre(matrix, mean, from, to, machine.floats(start, sizes[0]));
    machine.gemm({ m: to - from, n: count, k: columns, a: start, b: d, c: out, transposeB: true });
    return machine.floats(out, (to - from) * count);
  };
  return { block: KERNEL_BLOCK, project, release: () => machine.release(start) };
}
