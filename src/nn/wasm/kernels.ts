/** The fused operations of the networks (`../ops/contract.ts`) on the kernel module, and tfjs's own product and sum. */

import { type Activated, type AdamUpdate, type FollowUpdate, kernelName } from '../ops/contract.ts';
import { tf } from '../tf.ts';
import { registerArithmetic } from './arithmetic.ts';
import { registerArrayKernels } from './arrays.ts';
import type { KernelBackend } from './backend.ts';
import { registerLossKernels } from './losses.ts';
import { fused, type Infos, type KernelCall, otherwise, register } from './register.ts';

/** The slope below zero that says the same as a piecewise linear activation; a sigmoid comes afterwards. */
function slopeOf({ activation, slope }: Activated): number {
  if (activation === 'relu') return 0;
  return activation === 'leakyrelu' ? slope : 1;
}

function sigmoid(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i] = 1 / (1 + Math.exp(-values[i]));
}

/** out = d ∘ act′(y) of `count` elements, at places in memory; not for the linear activation. */
function mask(
  { machine }: KernelBackend,
  d: number,
  y: number,
  out: number,
  count: number,
  attrs: Activated,
): void {
  if (attrs.activation === 'sigmoid') machine.sigmoidGradient(d, y, out, count);
  else machine.leakyGradient(d, y, out, slopeOf(attrs), count);
}

/** Lets `use` see where dy ∘ act′(y) lies: dy itself where the activation is linear. */
function withMasked(
  backend: KernelBackend,
  dy: tf.TensorInfo,
  y: tf.TensorInfo,
  attrs: Activated,
  use: (at: number) => void,
): void {
  if (attrs.activation === 'linear') {
    use(backend.placeOf(dy));
    return;
  }
  const count = tf.util.sizeFromShape(dy.shape);
  const at = backend.machine.allocate(4 * count);
  mask(backend, backend.placeOf(dy), backend.placeOf(y), at, count, attrs);
  use(at);
  backend.machine.release(at);
}

/** out `[columns]` = the column sums of x `[rows, columns]`, or these added to it. */
function addColumnSums(
  { machine }: KernelBackend,
  x: number,
  out: number,
  rows: number,
  columns: number,
  adding: boolean,
): void {
  if (!adding) {
    machine.columnSums(x, out, rows, columns);
    return;
  }
  const sums = machine.allocate(4 * columns);
  machine.columnSums(x, sums, rows, columns);
  machine.add(out, sums, out, columns);
  machine.release(sums);
}

function registerAffine(): void {
  fused('Affine', (backend, { x, weights }, attrs) => {
    const [m, k] = x.shape;
    const n = weights.shape[1];
    const { info, at: c } = backend.create([m, n]);
    const b = backend.placeOf(weights);
    backend.machine.gemm({
      m,
      n,
      k,
      a: backend.placeOf(x),
      b,
      c,
      bias: b + 4 * k * n,
      slope: slopeOf(attrs),
    });
    if (attrs.activation === 'sigmoid') sigmoid(backend.valuesOf(info));
    return info;
  });
  fused('AffineGradInput', (backend, { dy, y, weights }, attrs) => {
    const [m, k] = dy.shape;
    const n = weights.shape[0] - 1;
    const { info, at: c } = backend.create([m, n]);
    withMasked(backend, dy, y, attrs, (a) => {
      backend.machine.gemm({ m, n, k, a, b: backend.placeOf(weights), c, transposeB: true });
    });
    return info;
  });
  fused('AffineGradWeights', (backend, { x, dy, y, plus }, attrs) => {
    const [k, m] = x.shape;
    const n = dy.shape[1];
    const { info, at: c } = plus ? backend.overwrite(plus) : backend.create([m + 1, n]);
    withMasked(backend, dy, y, attrs, (b) => {
      backend.machine.gemm({
        m,
        n,
        k,
        a: backend.placeOf(x),
        b,
        c,
        transposeA: true,
        add: plus !== undefined,
      });
      if (attrs.bias) addColumnSums(backend, b, c + 4 * m * n, k, n, plus !== undefined);
    });
    if (!attrs.bias && !plus) backend.valuesOf(info).fill(0, m * n);
    return info;
  });
  fused('AffineGradGrad', (backend, { g, y, weights }, attrs) => {
    const [m, k] = g.shape;
    const n = weights.shape[1];
    const { info, at: c } = backend.create([m, n]);
    backend.machine.gemm({ m, n, k, a: backend.placeOf(g), b: backend.placeOf(weights), c });
    if (attrs.activation !== 'linear') mask(backend, c, backend.placeOf(y), c, m * n, attrs);
    return info;
  });
}

function registerNormalise(): void {
  fused('Between', (backend, { outputs, epsilon }, { slope }) => {
    const [all, columns] = outputs.shape;
    const { info, at: out } = backend.create([all / 2, columns]);
    const places = { outputs: backend.placeOf(outputs), epsilon: backend.placeOf(epsilon), out };
    backend.machine.between(places, all / 2, columns, slope);
    return info;
  });
  fused('Normalise', (backend, { z, norm }, attrs) => {
    const [all, columns] = z.shape;
    const { passes, epsilon } = attrs;
    const y = backend.create(z.shape);
    const statistics = backend.create([2 * passes, columns]);
    const places = {
      z: backend.placeOf(z),
      norm: backend.placeOf(norm),
      y: y.at,
      statistics: statistics.at,
    };
    backend.machine.normalise(places, { passes, rows: all / passes, columns }, epsilon, slopeOf(attrs));
    if (attrs.activation === 'sigmoid') sigmoid(backend.valuesOf(y.info));
    return [y.info, statistics.info];
  });
  fused('NormaliseGrad', (backend, { dy, y, z, statistics, norm }, attrs) => {
    const [all, columns] = z.shape;
    const { passes, epsilon } = attrs;
    const dz = backend.create(z.shape);
    const dnorm = backend.create([2, columns]);
    withMasked(backend, dy, y, attrs, (du) => {
      const places = {
        du,
        z: backend.placeOf(z),
        statistics: backend.placeOf(statistics),
        norm: backend.placeOf(norm),
        dz: dz.at,
        dnorm: dnorm.at,
      };
      backend.machine.normaliseGradient(places, { passes, rows: all / passes, columns }, epsilon);
    });
    return [dz.info, dnorm.info];
  });
}

function registerUpdates(): void {
  register(kernelName('Adam'), ({ backend, inputs, attrs }) => {
    const { weights, average, squares, gradient } = inputs as Infos<AdamUpdate['inputs']>;
    const places = {
      weights: backend.placeOf(weights),
      average: backend.placeOf(average),
      squares: backend.placeOf(squares),
      gradient: backend.placeOf(gradient),
    };
    const count = tf.util.sizeFromShape(weights.shape);
    backend.machine.adam(places, count, attrs as unknown as AdamUpdate['attrs']);
    return [];
  });
  register(kernelName('Follow'), ({ backend, inputs, attrs }) => {
    const { running, statistics } = inputs as Infos<FollowUpdate['inputs']>;
    const { keep } = attrs as unknown as FollowUpdate['attrs'];
    const [values, batch] = [backend.valuesOf(running), backend.valuesOf(statistics)];
    const passes = statistics.shape[0] / 2;
    for (let i = 0; i < values.length; i++) {
      let sum = 0;
      for (let pass = 0; pass < passes; pass++) sum += batch[pass * values.length + i];
      values[i] = keep * values[i] + ((1 - keep) / passes) * sum;
    }
    return [];
  });
}

function product(call: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
  const { a, b } = call.inputs as Record<'a' | 'b', tf.TensorInfo>;
  const { transposeA, transposeB } = call.attrs as { transposeA: boolean; transposeB: boolean };
  // tfjs gives rank 2 or a stack of one; other stacks are not our business.
  const single = [a, b].every(
    ({ shape, dtype }) =>
      dtype === 'float32' && (shape.length === 2 || (shape.length === 3 && shape[0] === 1)),
  );
  // Of nothing the sum is zero, which the JavaScript backend knows.
  if (!single || a.shape.includes(0) || b.shape.includes(0)) return otherwise('BatchMatMul', call);
  const [rowsA, columnsA] = a.shape.slice(-2);
  const [rowsB, columnsB] = b.shape.slice(-2);
  const [k, m] = transposeA ? [rowsA, columnsA] : [columnsA, rowsA];
  const n = transposeB ? rowsB : columnsB;
  const stack = a.shape.length === 3 || b.shape.length === 3 ? [1] : [];
  const { info, at: c } = call.backend.create([...stack, m, n]);
  const places = { a: call.backend.placeOf(a), b: call.backend.placeOf(b), c };
  call.backend.machine.gemm({ m, n, k, ...places, transposeA, transposeB });
  return info;
}

/** Registers all kernels of our WASM backend; those of the JavaScript backend must have been copied before. */
export function registerKernels(): void {
  registerAffine();
  registerNormalise();
  registerUpdates();
  registerLossKernels();
  registerArrayKernels();
  registerArithmetic();
  register('BatchMatMul', product);
}
