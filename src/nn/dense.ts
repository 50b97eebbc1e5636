/**
 * One layer — dense, batch norm, activation — as a single differentiable operation with its gradient written
 * out, which keeps the tape short and every matrix product on the backend's fast path. Knows no loss.
 */
import { columnSums, tf, timesTransposed, transposedTimes } from './tf.ts';

export type Activation = 'linear' | 'relu' | 'leakyrelu' | 'sigmoid';

/** Trainable weights of a layer; `gamma` and `beta` where it has batch norm. */
export interface LayerWeights {
  /** `[fan_in, fan_out]`. */
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly gamma?: tf.Variable<tf.Rank.R1>;
  readonly beta?: tf.Variable<tf.Rank.R1>;
}

export interface DenseOptions {
  readonly activation: Activation;
  /** Slope of the leaky ReLU below zero. */
  readonly slope: number;
  /** False where the weights are frozen: no gradient is computed for them. */
  readonly trainable: boolean;
  /** False where `x` is data: no gradient is computed for it. */
  readonly inputGradient: boolean;
  /** Independent passes stacked along the rows; batch norm normalises each by its own statistics. */
  readonly passes: number;
  readonly batchNormEpsilon: number;
  /** Told the batch statistics `[passes, fan_out]` (mean and biased variance) of a batch-normalised layer. */
  readonly onStatistics?: (mean: tf.Tensor2D, variance: tf.Tensor2D) => void;
}

/** activation(x · kernel + bias), fused. */
function affine(
  x: tf.Tensor2D,
  kernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation,
  slope: number,
) {
  const [rows, fanIn] = x.shape;
  const fanOut = kernel.shape[1];
  const product = tf
    .engine()
    .runKernel(
      '_FusedMatMul',
      { a: tf.reshape(x, [1, rows, fanIn]), b: tf.reshape(kernel, [1, fanIn, fanOut]), bias },
      { transposeA: false, transposeB: false, activation, leakyreluAlpha: slope },
    ) as tf.Tensor3D;
  return tf.reshape(product, [rows, fanOut]) as tf.Tensor2D;
}

function activate(x: tf.Tensor2D, activation: Activation, slope: number): tf.Tensor2D {
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

/** dL/d(pre-activation) from dL/dy and the layer's output y, whose sign is the pre-activation's. */
function activationGradient(
  dy: tf.Tensor2D,
  y: tf.Tensor2D,
  activation: Activation,
  slope: number,
): tf.Tensor2D {
  switch (activation) {
    case 'linear':
      return dy;
    case 'relu':
      return tf.mul(dy, tf.step(y));
    case 'leakyrelu':
      return tf.mul(dy, tf.step(y, slope));
    case 'sigmoid':
      return tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  }
}

/**
 * One layer on `x` `[rows, fan_in]`: `[rows, fan_out]`. Batch norm, where the layer has it, uses the statistics
 * of each of the `passes` stacked passes.
 */
export function dense(x: tf.Tensor2D, layer: LayerWeights, options: DenseOptions): tf.Tensor2D {
  return layer.gamma && layer.beta
    ? normalisedDense(x, layer as Required<LayerWeights>, options)
    : plainDense(x, layer, options);
}

function plainDense(x: tf.Tensor2D, layer: LayerWeights, options: DenseOptions): tf.Tensor2D {
  const { activation, slope, trainable, inputGradient } = options;
  const { kernel, bias } = layer;
  const inputs: tf.Tensor[] = [...(inputGradient ? [x] : []), ...(trainable ? [kernel, bias] : [])];
  const forward = () => affine(x, kernel, bias, activation, slope);
  if (inputs.length === 0) return forward();
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const value = forward();
    // x is saved too: tfjs disposes what the forward pass made unless it is saved.
    save(trainable ? [value, x] : [value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [y, input] = saved as tf.Tensor2D[];
      const dz = activationGradient(dy as tf.Tensor2D, y, activation, slope);
      return [
        ...(inputGradient ? [timesTransposed(dz, kernel)] : []),
        ...(trainable ? [transposedTimes(input, dz), columnSums(dz)] : []),
      ];
    };
    return { value, gradFunc };
  });
  return op(...inputs) as tf.Tensor2D;
}

function normalisedDense(x: tf.Tensor2D, layer: Required<LayerWeights>, options: DenseOptions): tf.Tensor2D {
  const { activation, slope, trainable, inputGradient, passes, batchNormEpsilon, onStatistics } = options;
  const { kernel, bias, gamma, beta } = layer;
  const rows = x.shape[0];
  const width = kernel.shape[1];
  const stacked = [passes, rows / passes, width] as [number, number, number];
  const inputs: tf.Tensor[] = [
    ...(inputGradient ? [x] : []),
    ...(trainable ? [kernel, bias, gamma, beta] : []),
  ];

  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const z = tf.reshape(affine(x, kernel, bias, 'linear', slope), stacked);
    const mean = tf.mean(z, 1, true);
    const centred = tf.sub(z, mean);
    const variance = tf.mean(tf.square(centred), 1, true);
    const inverse = tf.rsqrt(tf.add(variance, batchNormEpsilon));
    const normalised = tf.mul(centred, inverse) as tf.Tensor3D;
    const value = activate(
      tf.reshape(tf.add(tf.mul(normalised, gamma), beta), [rows, width]),
      activation,
      slope,
    );
    onStatistics?.(tf.reshape(mean, [passes, width]), tf.reshape(variance, [passes, width]));
    save([value, normalised, inverse, x]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [y, xhat, inv, input] = saved as [tf.Tensor2D, tf.Tensor3D, tf.Tensor3D, tf.Tensor2D];
      const du2 = activationGradient(dy as tf.Tensor2D, y, activation, slope);
      const du = tf.reshape(du2, stacked);
      const duXhat = tf.mul(du, xhat);
      // Gradient through the batch's own mean and variance.
      const inner = tf.sub(tf.sub(du, tf.mean(du, 1, true)), tf.mul(xhat, tf.mean(duXhat, 1, true)));
      const dz = tf.reshape(tf.mul(inner, tf.mul(inv, gamma)), [rows, width]) as tf.Tensor2D;
      return [
        ...(inputGradient ? [timesTransposed(dz, kernel)] : []),
        ...(trainable
          ? [
              transposedTimes(input, dz),
              // The batch mean removes the bias again, so its gradient is exactly zero.
              tf.zerosLike(bias),
              columnSums(tf.reshape(duXhat, [rows, width]) as tf.Tensor2D),
              columnSums(du2),
            ]
          : []),
      ];
    };
    return { value, gradFunc };
  });
  return op(...inputs) as tf.Tensor2D;
}
