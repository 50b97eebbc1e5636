/**
 * Every fused operation in tfjs's own ops: what backends without kernels of ours compute with, and what those
 * kernels are tested against. Nothing here is differentiated by tfjs.
 */
import { columnSums, tf, timesTransposed, transposedTimes } from '../tf.ts';
import type {
  Activated,
  Activation,
  AdamUpdate,
  FollowUpdate,
  FusedName,
  FusedOps,
  LogitLossKind,
  Normalised,
} from './contract.ts';

type Stock = {
  readonly [N in FusedName]: (
    inputs: FusedOps[N]['inputs'],
    attrs: FusedOps[N]['attrs'],
  ) => FusedOps[N]['output'];
};

function activate(x: tf.Tensor2D, { activation, slope }: Activated): tf.Tensor2D {
  switch (activation) {
    case 'linear':
      return x;
    case 'relu':
      return tf.relu(x);
    case 'leakyrelu':
      return tf.leakyRelu(x, slope);
    case 'sigmoid':
      return tf.sigmoid(x);
  }
}

/** d ∘ act′(y), from the layer's output y, whose sign is the pre-activation's. */
function masked(d: tf.Tensor2D, y: tf.Tensor2D, { activation, slope }: Activated): tf.Tensor2D {
  const factor: Record<Exclude<Activation, 'linear'>, () => tf.Tensor2D> = {
    relu: () => tf.step(y),
    leakyrelu: () => tf.step(y, slope),
    sigmoid: () => tf.mul(y, tf.sub(1, y)),
  };
  return activation === 'linear' ? d : tf.mul(d, factor[activation]());
}

/** Kernel and bias of an affine map. */
function parts(weights: tf.Tensor2D): { kernel: tf.Tensor2D; bias: tf.Tensor1D } {
  const [rows, columns] = weights.shape;
  return {
    kernel: tf.slice(weights, [0, 0], [rows - 1, columns]),
    // Sliced as a vector: tfjs-wasm looks at the shape a bias was made with.
    bias: tf.slice(tf.reshape(weights, [weights.size]), [(rows - 1) * columns], [columns]) as tf.Tensor1D,
  };
}

/** γ and β as `[1, 1, q]`, and the stacked shape of `[n, q]`. */
function unstack(z: tf.Tensor2D, norm: tf.Tensor2D, passes: number) {
  const [rows, width] = z.shape;
  const [gamma, beta] = tf.split(norm, 2, 0).map((row) => tf.reshape(row, [1, 1, width]) as tf.Tensor3D);
  return { gamma, beta, stacked: [passes, rows / passes, width] as [number, number, number] };
}

function normalise(
  { z, norm }: FusedOps['Normalise']['inputs'],
  { passes, epsilon, ...activated }: Normalised,
): [tf.Tensor2D, tf.Tensor2D] {
  const { gamma, beta, stacked } = unstack(z, norm, passes);
  const x = tf.reshape(z, stacked);
  const mean = tf.mean(x, 1, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), 1, true);
  const xhat = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  const y = activate(tf.reshape(tf.add(tf.mul(xhat, gamma), beta), z.shape), activated);
  const statistics = tf.reshape(tf.concat([mean, variance], 1), [2 * passes, z.shape[1]]);
  return [y, statistics as tf.Tensor2D];
}

function normaliseGrad(
  { dy, y, z, statistics, norm }: FusedOps['NormaliseGrad']['inputs'],
  { passes, epsilon, ...activated }: Normalised,
): [tf.Tensor2D, tf.Tensor2D] {
  const width = z.shape[1];
  const { gamma, stacked } = unstack(z, norm, passes);
  const [mean, variance] = tf.split(tf.reshape(statistics, [passes, 2, width]), 2, 1);
  const inverse = tf.rsqrt(tf.add(variance, epsilon));
  const xhat = tf.mul(tf.sub(tf.reshape(z, stacked), mean), inverse);
  const flat = masked(dy, y, activated);
  const du = tf.reshape(flat, stacked);
  const duXhat = tf.mul(du, xhat);
  // Through the batch's own mean and variance.
  const inner = tf.sub(tf.sub(du, tf.mean(du, 1, true)), tf.mul(xhat, tf.mean(duXhat, 1, true)));
  const dz = tf.reshape(tf.mul(inner, tf.mul(inverse, gamma)), z.shape);
  const dnorm = tf.stack([columnSums(tf.reshape(duXhat, z.shape)), columnSums(flat)]);
  return [dz as tf.Tensor2D, dnorm as tf.Tensor2D];
}

const LOGIT_LOSS: Readonly<Record<LogitLossKind, (x: tf.Tensor2D) => tf.Tensor2D>> = {
  softplus: (x) => tf.softplus(x),
  'softplus-negated': (x) => tf.softplus(tf.neg(x)),
  mean: (x) => x,
  'mean-negated': (x) => tf.neg(x),
  square: (x) => tf.square(x),
  'square-to-one': (x) => tf.square(tf.sub(x, 1)),
};

const LOGIT_SLOPE: Readonly<Record<LogitLossKind, (x: tf.Tensor2D) => tf.Tensor2D>> = {
  softplus: (x) => tf.sigmoid(x),
  'softplus-negated': (x) => tf.neg(tf.sigmoid(tf.neg(x))),
  mean: (x) => tf.onesLike(x),
  'mean-negated': (x) => tf.neg(tf.onesLike(x)),
  square: (x) => tf.mul(x, 2),
  'square-to-one': (x) => tf.mul(tf.sub(x, 1), 2),
};

const penaltyNorms = (g: tf.Tensor2D): tf.Tensor2D => tf.sqrt(tf.add(tf.sum(tf.square(g), 1, true), 1e-12));

export const stock: Stock = {
  Affine({ x, weights }, attrs) {
    const { kernel, bias } = parts(weights);
    const [rows, fanIn] = x.shape;
    const product = tf.engine().runKernel(
      '_FusedMatMul',
      {
        a: tf.reshape(x, [1, rows, fanIn]),
        b: tf.reshape(kernel, [1, fanIn, kernel.shape[1]]),
        bias,
      },
      { transposeA: false, transposeB: false, activation: attrs.activation, leakyreluAlpha: attrs.slope },
    ) as tf.Tensor3D;
    return tf.reshape(product, [rows, kernel.shape[1]]);
  },
  AffineGradInput: ({ dy, y, weights }, attrs) =>
    timesTransposed(masked(dy, y, attrs), parts(weights).kernel),
  AffineGradWeights({ x, dy, y, plus }, attrs) {
    const dz = masked(dy, y, attrs);
    const sums = attrs.bias ? tf.reshape(columnSums(dz), [1, -1]) : tf.zeros([1, dz.shape[1]]);
    const gradient = tf.concat2d([transposedTimes(x, dz), sums as tf.Tensor2D], 0);
    return plus ? tf.add(plus, gradient) : gradient;
  },
  AffineGradGrad: ({ g, y, weights }, attrs) => masked(tf.matMul(g, parts(weights).kernel), y, attrs),
  Between({ outputs, epsilon }, { slope }) {
    const [a, b] = tf.split(tf.leakyRelu(outputs, 1 / slope), 2, 0);
    return tf.leakyRelu(tf.add(b, tf.mul(epsilon, tf.sub(a, b))) as tf.Tensor2D, slope);
  },
  Normalise: normalise,
  NormaliseGrad: normaliseGrad,
  SquaredError: ({ output, target }, { scale }) => tf.mul(tf.sum(tf.square(tf.sub(output, target))), scale),
  SquaredErrorGrad: ({ output, target, dy }, { scale }) =>
    tf.mul(tf.sub(output, target), tf.mul(dy, 2 * scale)),
  CrossEntropy: ({ logits, oneHot }) =>
    tf.mul(tf.sum(tf.mul(tf.logSoftmax(logits), oneHot)), -1 / logits.shape[0]),
  CrossEntropyGrad: ({ logits, oneHot, dy }) =>
    tf.mul(tf.sub(tf.softmax(logits), oneHot), tf.mul(dy, 1 / logits.shape[0])),
  LogitLoss: ({ logits }, { kind }) => tf.mean(LOGIT_LOSS[kind](logits)),
  LogitLossGrad: ({ logits, dy }, { kind }) =>
    tf.mul(LOGIT_SLOPE[kind](logits), tf.mul(dy, 1 / logits.shape[0])),
  Penalty: ({ g }) => tf.mean(tf.square(tf.sub(penaltyNorms(g), 1))),
  PenaltyGrad({ g, dy }) {
    const norms = penaltyNorms(g);
    const factor = tf.mul(tf.div(tf.sub(norms, 1), norms), tf.mul(dy, 2 / g.shape[0]));
    return tf.mul(g, factor);
  },
};

/** `AdamUpdate` by assignment to variables. */
export function stockAdam({ inputs, attrs }: AdamUpdate): void {
  const { rate, beta1, beta2, epsilon } = attrs;
  const [weights, average, squares] = [inputs.weights, inputs.average, inputs.squares] as tf.Variable[];
  const { gradient } = inputs;
  tf.tidy(() => {
    average.assign(tf.add(tf.mul(average, beta1), tf.mul(gradient, 1 - beta1)));
    squares.assign(tf.add(tf.mul(squares, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
    weights.assign(tf.sub(weights, tf.mul(tf.div(average, tf.add(tf.sqrt(squares), epsilon)), rate)));
  });
}

/** `FollowUpdate` by assignment to a variable. */
export function stockFollow({ inputs, attrs: { keep } }: FollowUpdate): void {
  const running = inputs.running as tf.Variable<tf.Rank.R2>;
  const [rows, width] = inputs.statistics.shape;
  tf.tidy(() => {
    const batch = tf.mean(tf.reshape(inputs.statistics, [rows / 2, 2, width]), 0) as tf.Tensor2D;
    running.assign(tf.add(tf.mul(running, keep), tf.mul(batch, 1 - keep)));
  });
}
