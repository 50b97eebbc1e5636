/**
 * Loops over plain vectors, four floats at a time: activation gradients, sums, Adam, differences. Each works on
 * elements `from` … `to` − 1; `from` is a multiple of four. Knows no matrix but where it says so.
 */
import { madd } from './simd';

/** out = d · act′(y) for a leaky ReLU of the given slope, told from the sign of the output y. */
export function leakyGradient(d: usize, y: usize, out: usize, slope: f32, from: i32, to: i32): void {
  const leak = f32x4.splat(slope);
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const at = (<usize>i) << 2;
    const g = v128.load(d + at);
    v128.store(out + at, v128.bitselect(g, f32x4.mul(g, leak), f32x4.gt(v128.load(y + at), f32x4.splat(0))));
  }
  for (; i < to; i++) {
    const at = (<usize>i) << 2;
    const g = load<f32>(d + at);
    store<f32>(out + at, load<f32>(y + at) > 0 ? g : g * slope);
  }
}

/** out = d · y · (1 − y), the gradient through a sigmoid with output y. */
export function sigmoidGradient(d: usize, y: usize, out: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const at = (<usize>i) << 2;
    const v = load<f32>(y + at);
    store<f32>(out + at, load<f32>(d + at) * v * (1 - v));
  }
}

/** out = x + y. */
export function add(x: usize, y: usize, out: usize, from: i32, to: i32): void {
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const at = (<usize>i) << 2;
    v128.store(out + at, f32x4.add(v128.load(x + at), v128.load(y + at)));
  }
  for (; i < to; i++) {
    const at = (<usize>i) << 2;
    store<f32>(out + at, load<f32>(x + at) + load<f32>(y + at));
  }
}

/** out = factor · (x − y). */
export function scaledDifference(x: usize, y: usize, out: usize, factor: f32, from: i32, to: i32): void {
  const scale = f32x4.splat(factor);
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const at = (<usize>i) << 2;
    v128.store(out + at, f32x4.mul(scale, f32x4.sub(v128.load(x + at), v128.load(y + at))));
  }
  for (; i < to; i++) {
    const at = (<usize>i) << 2;
    store<f32>(out + at, factor * (load<f32>(x + at) - load<f32>(y + at)));
  }
}

/** Adam in one pass (see `AdamUpdate` in the networks' contract): weights, both averages, gradient. */
export function adam(
  weights: usize, average: usize, squares: usize, gradient: usize,
  rate: f32, beta1: f32, beta2: f32, epsilon: f32, from: i32, to: i32,
): void {
  const b1 = f32x4.splat(beta1), c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2), c2 = f32x4.splat(1 - beta2);
  const step = f32x4.splat(rate), small = f32x4.splat(epsilon);
  let i = from;
  for (; i + 4 <= to; i += 4) {
    const at = (<usize>i) << 2;
    const g = v128.load(gradient + at);
    const a = f32x4.add(f32x4.mul(v128.load(average + at), b1), f32x4.mul(g, c1));
    const s = f32x4.add(f32x4.mul(v128.load(squares + at), b2), f32x4.mul(f32x4.mul(g, g), c2));
    v128.store(average + at, a);
    v128.store(squares + at, s);
    const change = f32x4.div(f32x4.mul(step, a), f32x4.add(f32x4.sqrt(s), small));
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), change));
  }
  for (; i < to; i++) {
    const at = (<usize>i) << 2;
    const g = load<f32>(gradient + at);
    const a = load<f32>(average + at) * beta1 + g * (1 - beta1);
    const s = load<f32>(squares + at) * beta2 + g * g * (1 - beta2);
    store<f32>(average + at, a);
    store<f32>(squares + at, s);
    store<f32>(weights + at, load<f32>(weights + at) - (rate * a) / (sqrt<f32>(s) + epsilon));
  }
}

/** Σ (x − y)² over `count` elements, or Σ x² where `y` is 0; partial sums of four lanes, added in float64. */
export function squaredSum(x: usize, y: usize, count: i32): f64 {
  let total: f64 = 0;
  let i = 0;
  while (i + 4 <= count) {
    // Short runs in float32, so that long vectors lose nothing to rounding.
    const end = min(count & ~3, i + 1024);
    let sum = f32x4.splat(0);
    for (; i < end; i += 4) {
      const at = (<usize>i) << 2;
      const d = y == 0 ? v128.load(x + at) : f32x4.sub(v128.load(x + at), v128.load(y + at));
      sum = madd(d, d, sum);
    }
    total += <f64>f32x4.extract_lane(sum, 0) + <f64>f32x4.extract_lane(sum, 1);
    total += <f64>f32x4.extract_lane(sum, 2) + <f64>f32x4.extract_lane(sum, 3);
  }
  for (; i < count; i++) {
    const at = (<usize>i) << 2;
    const d = y == 0 ? load<f32>(x + at) : load<f32>(x + at) - load<f32>(y + at);
    total += <f64>d * <f64>d;
  }
  return total;
}

/** out = factor · x. */
export function scaled(x: usize, out: usize, factor: f32, count: i32): void {
  const scale = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = (<usize>i) << 2;
    v128.store(out + at, f32x4.mul(scale, v128.load(x + at)));
  }
  for (; i < count; i++) {
    const at = (<usize>i) << 2;
    store<f32>(out + at, factor * load<f32>(x + at));
  }
}

/**
 * Outputs of a leaky affine map between two rows: from its outputs `a` and `b` at both, out = leaky(ε a′ + (1 − ε) b′),
 * a′ and b′ before the activation, which a leaky ReLU of slope 1 / `slope` gives back. One ε for every `columns`
 * elements.
 */
export function between(a: usize, b: usize, epsilon: usize, out: usize, slope: f32, rows: i32, columns: i32): void {
  const leak = f32x4.splat(slope);
  const back = f32x4.splat(1 / slope);
  const zero = f32x4.splat(0);
  for (let r = 0; r < rows; r++) {
    const own = load<f32>(epsilon + ((<usize>r) << 2));
    const share = f32x4.splat(own);
    let at = (<usize>(r * columns)) << 2;
    let c = columns;
    for (; c >= 4; c -= 4, at += 16) {
      const p = v128.load(a + at);
      const q = v128.load(b + at);
      const first = v128.bitselect(p, f32x4.mul(p, back), f32x4.gt(p, zero));
      const second = v128.bitselect(q, f32x4.mul(q, back), f32x4.gt(q, zero));
      const z = f32x4.add(second, f32x4.mul(share, f32x4.sub(first, second)));
      v128.store(out + at, v128.bitselect(z, f32x4.mul(z, leak), f32x4.gt(z, zero)));
    }
    for (; c > 0; c--, at += 4) {
      const p = load<f32>(a + at);
      const q = load<f32>(b + at);
      const first = p > 0 ? p : p * (1 / slope);
      const second = q > 0 ? q : q * (1 / slope);
      const z = second + own * (first - second);
      store<f32>(out + at, z > 0 ? z : z * slope);
    }
  }
}
