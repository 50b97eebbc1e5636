/**
 * Kernels that go down the columns of row-major matrices `[rows, columns]`: sums, and batch norm with its gradient.
 * Each works on columns `from` … `to` − 1, in groups of eight, and reads whole cache lines of a row at a time.
 */

/** Columns done together: 32 bytes of every row. */
const GROUP: i32 = 8;

/** out[c] = Σ over rows of x[·, c]. */
export function columnSums(x: usize, out: usize, rows: i32, columns: i32, from: i32, to: i32): void {
  const line = (<usize>columns) << 2;
  for (let c = from; c < to; c += GROUP) {
    let p = x + ((<usize>c) << 2);
    const o = out + ((<usize>c) << 2);
    if (to - c < GROUP) {
      for (let i = c; i < to; i++) store<f32>(out + ((<usize>i) << 2), columnSum(x + ((<usize>i) << 2), line, rows));
      continue;
    }
    let s0 = f32x4.splat(0);
    let s1 = s0;
    for (let r = 0; r < rows; r++, p += line) {
      s0 = f32x4.add(s0, v128.load(p));
      s1 = f32x4.add(s1, v128.load(p, 16));
    }
    v128.store(o, s0);
    v128.store(o, s1, 16);
  }
}

function columnSum(p: usize, line: usize, rows: i32): f32 {
  let sum: f32 = 0;
  for (let r = 0; r < rows; r++, p += line) sum += load<f32>(p);
  return sum;
}

/**
 * Batch norm by the statistics of each pass (`rows` rows each, stacked), then a leaky ReLU: y = act(γ x̂ + β). Writes
 * mean and biased variance of pass i to lines 2i and 2i + 1 of `statistics`. `norm` holds γ, then β.
 */
export function normalise(
  z: usize, norm: usize, y: usize, statistics: usize, passes: i32, rows: i32, columns: i32,
  epsilon: f32, slope: f32, from: i32, to: i32,
): void {
  const line = (<usize>columns) << 2;
  for (let pass = 0; pass < passes; pass++) {
    const start = <usize>(pass * rows) * line;
    const out = statistics + <usize>(2 * pass) * line;
    let c = from;
    for (; c + 4 <= to; c += 4) {
      const at = (<usize>c) << 2;
      normalise4(z + start + at, norm + at, y + start + at, out + at, line, rows, epsilon, slope);
    }
    for (; c < to; c++) {
      const at = (<usize>c) << 2;
      normalise1(z + start + at, norm + at, y + start + at, out + at, line, rows, epsilon, slope);
    }
  }
}

function normalise4(
  z: usize, norm: usize, y: usize, out: usize, line: usize, rows: i32, epsilon: f32, slope: f32,
): void {
  const share = f32x4.splat(<f32>1 / <f32>rows);
  const zero = f32x4.splat(0);
  let sum = zero;
  for (let r = 0, p = z; r < rows; r++, p += line) sum = f32x4.add(sum, v128.load(p));
  const mean = f32x4.mul(sum, share);
  let squares = zero;
  for (let r = 0, p = z; r < rows; r++, p += line) {
    const d = f32x4.sub(v128.load(p), mean);
    squares = f32x4.add(squares, f32x4.mul(d, d));
  }
  const variance = f32x4.mul(squares, share);
  v128.store(out, mean);
  v128.store(out + line, variance);
  const inverse = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))));
  const gamma = v128.load(norm);
  const beta = v128.load(norm + line);
  const leak = f32x4.splat(slope);
  for (let r = 0; r < rows; r++, z += line, y += line) {
    const u = f32x4.add(f32x4.mul(f32x4.mul(f32x4.sub(v128.load(z), mean), inverse), gamma), beta);
    v128.store(y, v128.bitselect(u, f32x4.mul(u, leak), f32x4.gt(u, zero)));
  }
}

function normalise1(
  z: usize, norm: usize, y: usize, out: usize, line: usize, rows: i32, epsilon: f32, slope: f32,
): void {
  const mean = columnSum(z, line, rows) * (<f32>1 / <f32>rows);
  let squares: f32 = 0;
  for (let r = 0, p = z; r < rows; r++, p += line) {
    const d = load<f32>(p) - mean;
    squares += d * d;
  }
  const variance = squares * (<f32>1 / <f32>rows);
  store<f32>(out, mean);
  store<f32>(out + line, variance);
  const inverse = <f32>1 / sqrt<f32>(variance + epsilon);
  for (let r = 0; r < rows; r++, z += line, y += line) {
    const u = (load<f32>(z) - mean) * inverse * load<f32>(norm) + load<f32>(norm + line);
    store<f32>(y, u > 0 ? u : u * slope);
  }
}

/**
 * Gradient of `normalise`: dz through every pass's own statistics, and dγ, dβ summed over the passes in `dnorm`. `du`
 * is dL/d(γ x̂ + β), the gradient behind the activation.
 */
export function normaliseGradient(
  du: usize, z: usize, statistics: usize, norm: usize, dz: usize, dnorm: usize, passes: i32, rows: i32, columns: i32,
  epsilon: f32, from: i32, to: i32,
): void {
  const line = (<usize>columns) << 2;
  memory.fill(dnorm + ((<usize>from) << 2), 0, (<usize>(to - from)) << 2);
  memory.fill(dnorm + line + ((<usize>from) << 2), 0, (<usize>(to - from)) << 2);
  for (let pass = 0; pass < passes; pass++) {
    const start = <usize>(pass * rows) * line;
    const own = statistics + <usize>(2 * pass) * line;
    let c = from;
    for (; c + 4 <= to; c += 4) {
      const at = (<usize>c) << 2;
      gradient4(du + start + at, z + start + at, own + at, norm + at, dz + start + at, dnorm + at, line, rows, epsilon);
    }
    for (; c < to; c++) {
      const at = (<usize>c) << 2;
      gradient1(du + start + at, z + start + at, own + at, norm + at, dz + start + at, dnorm + at, line, rows, epsilon);
    }
  }
}

function gradient4(
  du: usize, z: usize, statistics: usize, norm: usize, dz: usize, dnorm: usize, line: usize, rows: i32, epsilon: f32,
): void {
  const share = f32x4.splat(<f32>1 / <f32>rows);
  const mean = v128.load(statistics);
  const variance = v128.load(statistics + line);
  const inverse = f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon))));
  let sum = f32x4.splat(0);
  let along = sum;
  for (let r = 0, p = z, q = du; r < rows; r++, p += line, q += line) {
    const d = v128.load(q);
    sum = f32x4.add(sum, d);
    along = f32x4.add(along, f32x4.mul(d, f32x4.mul(f32x4.sub(v128.load(p), mean), inverse)));
  }
  v128.store(dnorm, f32x4.add(v128.load(dnorm), along));
  v128.store(dnorm + line, f32x4.add(v128.load(dnorm + line), sum));
  const factor = f32x4.mul(inverse, v128.load(norm));
  const meanDu = f32x4.mul(sum, share);
  const meanAlong = f32x4.mul(along, share);
  for (let r = 0; r < rows; r++, z += line, du += line, dz += line) {
    const xhat = f32x4.mul(f32x4.sub(v128.load(z), mean), inverse);
    const inner = f32x4.sub(f32x4.sub(v128.load(du), meanDu), f32x4.mul(xhat, meanAlong));
    v128.store(dz, f32x4.mul(inner, factor));
  }
}

function gradient1(
  du: usize, z: usize, statistics: usize, norm: usize, dz: usize, dnorm: usize, line: usize, rows: i32, epsilon: f32,
): void {
  const mean = load<f32>(statistics);
  const inverse = <f32>1 / sqrt<f32>(load<f32>(statistics + line) + epsilon);
  let sum: f32 = 0;
  let along: f32 = 0;
  for (let r = 0, p = z, q = du; r < rows; r++, p += line, q += line) {
    const d = load<f32>(q);
    sum += d;
    along += d * ((load<f32>(p) - mean) * inverse);
  }
  store<f32>(dnorm, load<f32>(dnorm) + along);
  store<f32>(dnorm + line, load<f32>(dnorm + line) + sum);
  const factor = inverse * load<f32>(norm);
  for (let r = 0; r < rows; r++, z += line, du += line, dz += line) {
    const xhat = (load<f32>(z) - mean) * inverse;
    store<f32>(dz, (load<f32>(du) - sum / <f32>rows - (xhat * along) / <f32>rows) * factor);
  }
}
