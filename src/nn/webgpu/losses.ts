/**
 * The losses and their gradients as WebGPU kernels of one dispatch each. A loss is added up by one workgroup, in
 * one order, so it is the same number every time. Which network's output is judged is not known here.
 */
import type { FusedOps, LogitLossKind } from '../ops/contract.ts';
import type { tf } from '../tf.ts';
import { type Binding, covering, type Gpu, lanesOf, launch, output } from './launch.ts';
import { SCALAR_SIGMOID, workgroupSum } from './snippets.ts';

type Inputs<N extends keyof FusedOps> = FusedOps[N]['inputs'];

/** Threads of the workgroup that adds up a loss: as many as the device allows, a power of two. */
function summingThreads({ device: { limits } }: Gpu): number {
  const most = Math.min(limits.maxComputeInvocationsPerWorkgroup, limits.maxComputeWorkgroupSizeX, 1024);
  return 2 ** Math.floor(Math.log2(most));
}

/** Threads of a workgroup of a gradient. */
const THREADS = 64;

/** A reduction to one number: `scale` · Σ `term(i)` over i below `count`. */
interface Sum {
  readonly name: string;
  readonly variant?: readonly string[];
  readonly inputs: readonly Binding[];
  readonly count: number;
  readonly scale: number;
  readonly integers?: Readonly<Record<string, number>>;
  /** WGSL with `fn term(i: u32) -> f32`. */
  readonly term: string;
}

function sum(gpu: Gpu, { name, variant = [], inputs, count, scale, integers, term }: Sum): tf.TensorInfo {
  const result = output(gpu, []);
  const threads = summingThreads(gpu);
  launch(gpu, {
    name,
    variant: [...variant, threads],
    outputs: [{ name: 'result', tensor: result }],
    inputs,
    integers: { count, ...integers },
    floats: { scale },
    code: () => `
${workgroupSum(threads)}
${term}
@compute @workgroup_size(${threads}, 1, 1)
fn main(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var i = thread; i < uniforms.count; i += ${threads}u) { sum += term(i); }
  sum = total(sum, thread);
  if (thread == 0u) { result[0] = uniforms.scale * sum; }
}`,
    workgroups: [1, 1, 1],
  });
  return result;
}

/** A gradient, computed item by item. */
interface Map {
  readonly name: string;
  readonly variant?: readonly string[];
  /** The output, whose tensor the caller made. */
  readonly target: Binding;
  readonly inputs: readonly Binding[];
  readonly count: number;
  readonly integers?: Readonly<Record<string, number>>;
  readonly scale: number;
  /** WGSL with `fn item(i: u32)`, which writes what belongs to i. */
  readonly item: string;
}

function map(gpu: Gpu, { name, variant = [], target, inputs, count, integers, scale, item }: Map) {
  const workgroups = covering(count, THREADS);
  launch(gpu, {
    name,
    variant,
    outputs: [target],
    inputs,
    integers: { count, stride: workgroups * THREADS, ...integers },
    floats: { scale },
    code: () => `
${item}
@compute @workgroup_size(${THREADS}, 1, 1)
fn main(@builtin(global_invocation_id) thread: vec3<u32>) {
  for (var i = thread.x; i < uniforms.count; i += uniforms.stride) { item(i); }
}`,
    workgroups: [workgroups, 1, 1],
  });
  return target.tensor;
}

/** scale · Σ (output − target)². */
export function squaredError(
  gpu: Gpu,
  { output: x, target }: Inputs<'SquaredError'>,
  { scale }: { readonly scale: number },
) {
  const lanes = lanesOf(x.size);
  const square = lanes === 1 ? 'd * d' : 'dot(d, d)';
  return sum(gpu, {
    name: 'SquaredError',
    inputs: [
      { name: 'x', tensor: x, lanes },
      { name: 'goal', tensor: target, lanes },
    ],
    count: x.size / lanes,
    scale,
    term: `fn term(i: u32) -> f32 { let d = x[i] - goal[i]; return ${square}; }`,
  });
}

/** 2 · scale · dy · (output − target). */
export function squaredErrorGrad(
  gpu: Gpu,
  { output: x, target, dy }: Inputs<'SquaredErrorGrad'>,
  { scale }: { readonly scale: number },
) {
  const lanes = lanesOf(x.size);
  return map(gpu, {
    name: 'SquaredErrorGrad',
    target: { name: 'gradient', tensor: output(gpu, x.shape), lanes },
    inputs: [
      { name: 'x', tensor: x, lanes },
      { name: 'goal', tensor: target, lanes },
      { name: 'dy', tensor: dy },
    ],
    count: x.size / lanes,
    scale: 2 * scale,
    item: 'fn item(i: u32) { gradient[i] = (uniforms.scale * dy[0]) * (x[i] - goal[i]); }',
  });
}

/** `largest` of a row's logits, and `weight`, the sum of e to the power of what they are below it. */
const SOFTMAX_PARTS = `
  let first = row * uniforms.classes;
  var largest = logits[first];
  for (var k = 1u; k < uniforms.classes; k++) { largest = max(largest, logits[first + k]); }
  var weight = 0.0;
  for (var k = 0u; k < uniforms.classes; k++) { weight += exp(logits[first + k] - largest); }`;

/** −mean over rows of Σ oneHot · log softmax(logits). */
export function crossEntropy(gpu: Gpu, { logits, oneHot }: Inputs<'CrossEntropy'>) {
  const [rows, classes] = logits.shape;
  return sum(gpu, {
    name: 'CrossEntropy',
    inputs: [
      { name: 'logits', tensor: logits },
      { name: 'oneHot', tensor: oneHot },
    ],
    count: rows,
    integers: { classes },
    scale: -1 / rows,
    term: `fn term(row: u32) -> f32 {
  ${SOFTMAX_PARTS}
  let logWeight = log(weight);
  var sum = 0.0;
  for (var k = 0u; k < uniforms.classes; k++) {
    sum += oneHot[first + k] * (logits[first + k] - largest - logWeight);
  }
  return sum;
}`,
  });
}

/** (softmax(logits) − oneHot) · dy / rows. */
export function crossEntropyGrad(gpu: Gpu, { logits, oneHot, dy }: Inputs<'CrossEntropyGrad'>) {
  const [rows, classes] = logits.shape;
  return map(gpu, {
    name: 'CrossEntropyGrad',
    target: { name: 'gradient', tensor: output(gpu, logits.shape) },
    inputs: [
      { name: 'logits', tensor: logits },
      { name: 'oneHot', tensor: oneHot },
      { name: 'dy', tensor: dy },
    ],
    count: rows,
    integers: { classes },
    scale: 1 / rows,
    item: `fn item(row: u32) {
  ${SOFTMAX_PARTS}
  for (var k = 0u; k < uniforms.classes; k++) {
    let share = exp(logits[first + k] - largest) / weight;
    gradient[first + k] = (share - oneHot[first + k]) * (uniforms.scale * dy[0]);
  }
}`,
  });
}

/** f(x) and f′(x) of every kind in WGSL. */
const LOGIT_LOSS: Readonly<Record<LogitLossKind, { readonly loss: string; readonly slope: string }>> = {
  softplus: { loss: 'softplus(x)', slope: 'sigmoid(x)' },
  'softplus-negated': { loss: 'softplus(-x)', slope: '-sigmoid(-x)' },
  mean: { loss: 'x', slope: '1.0' },
  'mean-negated': { loss: '-x', slope: '-1.0' },
  square: { loss: 'x * x', slope: '2.0 * x' },
  'square-to-one': { loss: '(x - 1.0) * (x - 1.0)', slope: '2.0 * (x - 1.0)' },
};

/** log(1 + eˣ); where 1 + e would lose the digits of a small e, by the logarithm's series. */
const SOFTPLUS = `
fn softplus(x: f32) -> f32 {
  let e = exp(-abs(x));
  return max(x, 0.0) + select(log(1.0 + e), e * (1.0 - e * (0.5 - e / 3.0)), e < 0.01);
}`;

/** mean over rows of f(logit), f by `kind`. */
export function logitLoss(
  gpu: Gpu,
  { logits }: Inputs<'LogitLoss'>,
  { kind }: { readonly kind: LogitLossKind },
) {
  return sum(gpu, {
    name: 'LogitLoss',
    variant: [kind],
    inputs: [{ name: 'logits', tensor: logits }],
    count: logits.size,
    scale: 1 / logits.shape[0],
    term: `${SOFTPLUS}
fn term(i: u32) -> f32 { let x = logits[i]; return ${LOGIT_LOSS[kind].loss}; }`,
  });
}

/** f′(logit) · dy / rows. */
export function logitLossGrad(
  gpu: Gpu,
  { logits, dy }: Inputs<'LogitLossGrad'>,
  { kind }: { readonly kind: LogitLossKind },
) {
  return map(gpu, {
    name: 'LogitLossGrad',
    variant: [kind],
    target: { name: 'gradient', tensor: output(gpu, logits.shape) },
    inputs: [
      { name: 'logits', tensor: logits },
      { name: 'dy', tensor: dy },
    ],
    count: logits.size,
    scale: 1 / logits.shape[0],
    item: `${SCALAR_SIGMOID}
fn item(i: u32) { let x = logits[i]; gradient[i] = (${LOGIT_LOSS[kind].slope}) * (uniforms.scale * dy[0]); }`,
  });
}

/** Threads that share a row where one workgroup looks at all rows. */
const ROW_THREADS = 16;

/** mean of (√(Σ g² + 1e-12) − 1)²: groups of threads take rows in turn. */
export function penalty(gpu: Gpu, { g }: Inputs<'Penalty'>) {
  const [rows, width] = g.shape;
  const result = output(gpu, []);
  const threads = summingThreads(gpu);
  const lanes = lanesOf(width);
  launch(gpu, {
    name: 'Penalty',
    variant: [threads],
    outputs: [{ name: 'result', tensor: result }],
    inputs: [{ name: 'g', tensor: g, lanes }],
    integers: { rows, width: width / lanes },
    code: () => `
${workgroupSum(threads)}
${normOfRow(lanes === 1 ? 'v * v' : 'dot(v, v)', ROW_THREADS)}
@compute @workgroup_size(${threads}, 1, 1)
fn main(@builtin(local_invocation_index) thread: u32) {
  var sum = 0.0;
  for (var first = 0u; first < uniforms.rows; first += ${threads / ROW_THREADS}u) {
    let row = first + thread / ${ROW_THREADS}u;
    let norm = normOfRow(row, thread);
    if (row < uniforms.rows && thread % ${ROW_THREADS}u == 0u) { sum += (norm - 1.0) * (norm - 1.0); }
  }
  sum = total(sum, thread);
  if (thread == 0u) { result[0] = sum / f32(uniforms.rows); }
}`,
    workgroups: [1, 1, 1],
  });
  return result;
}

/**
 * `normOfRow(row, thread)`: √(Σ g² + 1e-12), known to the first of each `sharing` neighbouring threads; `square`
 * is WGSL of the squared length of an element `v`. Uses the memory of `workgroupSum`; to be called by all together.
 */
const normOfRow = (square: string, sharing: number): string => `
fn normOfRow(row: u32, thread: u32) -> f32 {
  let own = thread % ${sharing}u;
  var squares = 0.0;
  if (row < uniforms.rows) {
    for (var i = own; i < uniforms.width; i += ${sharing}u) {
      let v = g[row * uniforms.width + i];
      squares += ${square};
    }
  }
  partial[thread] = squares;
  workgroupBarrier();
  for (var half = ${sharing / 2}u; half > 0u; half /= 2u) {
    if (own < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  let sum = partial[thread - own];
  workgroupBarrier();
  return sqrt(sum + 1e-12);
}`;

/** dy · 2 (norm − 1) / norm · g / rows: a workgroup a row. */
export function penaltyGrad(gpu: Gpu, { g, dy }: Inputs<'PenaltyGrad'>) {
  const [rows, width] = g.shape;
  const gradient = output(gpu, g.shape);
  const lanes = lanesOf(width);
  launch(gpu, {
    name: 'PenaltyGrad',
    variant: [],
    outputs: [{ name: 'gradient', tensor: gradient, lanes }],
    inputs: [
      { name: 'g', tensor: g, lanes },
      { name: 'dy', tensor: dy },
    ],
    integers: { rows, width: width / lanes },
    code: () => `
${workgroupSum(THREADS)}
${normOfRow(lanes === 1 ? 'v * v' : 'dot(v, v)', THREADS)}
@compute @workgroup_size(${THREADS}, 1, 1)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(num_workgroups) workgroups: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
  for (var row = workgroup.x; row < uniforms.rows; row += workgroups.x) {
    let norm = normOfRow(row, thread);
    let factor = 2.0 * dy[0] * (norm - 1.0) / (norm * f32(uniforms.rows));
    for (var i = thread; i < uniforms.width; i += ${THREADS}u) {
      gradient[row * uniforms.width + i] = factor * g[row * uniforms.width + i];
    }
  }
}`,
    workgroups: [covering(rows, 1), 1, 1],
  });
  return gradient;
}
