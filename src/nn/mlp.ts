/**
 * Multilayer perceptrons: seeded initialisation, the pass used in training, and the copy used for inference.
 * Knows no loss and no method.
 */
import type { Random } from '../corpus/random.ts';
import { type Activation, dense, type LayerWeights } from './dense.ts';
import { tf, timesTransposed, transposedTimes } from './tf.ts';

/** Share of the old value in a running statistic after each pass. */
const MOMENTUM = 0.99;

/** The last layer of a residual network starts this much smaller than others: close to a copy of its input. */
const RESIDUAL_START = 0.2;

export interface MlpShape {
  /** Widths from input to output: n layers have n + 1 sizes. */
  readonly sizes: readonly number[];
  readonly hidden: 'relu' | 'leakyrelu';
  readonly slope: number;
  readonly batchNorm: boolean;
  readonly batchNormEpsilon: number;
  readonly output: 'linear' | 'sigmoid';
  /** Adds the first `sizes.at(-1)` inputs to the output; the last layer then starts small. */
  readonly residual: boolean;
}

export const SHAPE_DEFAULTS = {
  slope: 0.2,
  batchNormEpsilon: 1e-3,
  output: 'linear',
  residual: false,
} as const;

/** Weights of one layer as plain nested arrays, as reference files hold them. */
export interface LayerArrays {
  readonly kernel: readonly (readonly number[])[];
  readonly bias: readonly number[];
  readonly gamma?: readonly number[];
  readonly beta?: readonly number[];
}

interface LayerTensors {
  readonly kernel: tf.Tensor2D;
  readonly bias: tf.Tensor1D;
  readonly gamma?: tf.Tensor1D;
  readonly beta?: tf.Tensor1D;
}

interface Layer extends LayerWeights {
  /** Running statistics `[fan_out]` for inference. */
  readonly mean?: tf.Variable<tf.Rank.R1>;
  readonly variance?: tf.Variable<tf.Rank.R1>;
}

export interface PassOptions {
  /** False where this network is frozen in the loss at hand. Default true. */
  readonly trainable?: boolean;
  /** False where the input is data. Default true. */
  readonly inputGradient?: boolean;
  /** Independent passes stacked along the rows. Default 1. */
  readonly passes?: number;
}

/** A network. Owns its variables: call `dispose` when done. */
export class Mlp {
  /**
   * Share of the running statistics that batches have contributed; the rest is still the zero they started
   * from. 0.99 a pass is slow: after 200 passes, which is a whole small training, 13 % would be missing.
   */
  private followed = 0;

  private constructor(
    readonly shape: MlpShape,
    private readonly layers: readonly Layer[],
  ) {}

  /** He-normal kernels, zero biases; the same random stream gives the same weights on every backend. */
  static create(shape: MlpShape, random: Random): Mlp {
    const count = shape.sizes.length - 1;
    return Mlp.build(shape, (i) => {
      const [fanIn, fanOut] = [shape.sizes[i], shape.sizes[i + 1]];
      const values = new Float32Array(fanIn * fanOut);
      const last = i === count - 1;
      const scale = Math.sqrt((last ? 1 : 2) / fanIn) * (last && shape.residual ? RESIDUAL_START : 1);
      for (let k = 0; k < values.length; k++) values[k] = random.normal() * scale;
      return { kernel: tf.tensor2d(values, [fanIn, fanOut]), bias: tf.zeros([fanOut]) };
    });
  }

  /** A network with given weights, for checks against reference values. */
  static fromArrays(shape: MlpShape, arrays: readonly LayerArrays[]): Mlp {
    const vector = (values: readonly number[] | undefined) => values && tf.tensor1d([...values]);
    return Mlp.build(shape, (i) => {
      const { kernel, bias, gamma, beta } = arrays[i];
      const rows = kernel.map((row) => [...row]);
      return {
        kernel: tf.tensor2d(rows),
        bias: tf.tensor1d([...bias]),
        gamma: vector(gamma),
        beta: vector(beta),
      };
    });
  }

  /** A network whose layer i starts from `initial(i)`, batch norm at the identity where nothing else is given. */
  private static build(shape: MlpShape, initial: (layer: number) => LayerTensors): Mlp {
    const layers: Layer[] = [];
    tf.tidy(() => {
      for (let i = 0; i < shape.sizes.length - 1; i++) {
        const { kernel, bias, gamma, beta } = initial(i);
        const plain = { kernel: tf.variable(kernel), bias: tf.variable(bias) };
        const normalised = shape.batchNorm && i < shape.sizes.length - 2;
        layers.push({
          ...plain,
          ...(normalised && {
            gamma: tf.variable(gamma ?? tf.onesLike(bias)),
            beta: tf.variable(beta ?? tf.zerosLike(bias)),
            mean: tf.variable(tf.zerosLike(bias), false),
            variance: tf.variable(tf.zerosLike(bias), false),
          }),
        });
      }
    });
    return new Mlp(shape, layers);
  }

  /** Trainable variables, layer by layer: kernel, bias, gamma, beta. */
  variables(): tf.Variable[] {
    return this.layers.flatMap(({ kernel, bias, gamma, beta }) =>
      gamma && beta ? [kernel, bias, gamma, beta] : [kernel, bias],
    );
  }

  /** The trainable weights by name, one record a layer, in the order of `variables()`. */
  named(): readonly LayerWeights[] {
    return this.layers.map(({ kernel, bias, gamma, beta }) => ({
      kernel,
      bias,
      ...(gamma && { gamma, beta }),
    }));
  }

  /** Batch norm's running statistics, mean then variance of each normalised layer. */
  statistics(): tf.Variable[] {
    return this.layers.flatMap(({ mean, variance }) => (mean && variance ? [mean, variance] : []));
  }

  private activationOf(layer: number): Activation {
    return layer === this.layers.length - 1 ? this.shape.output : this.shape.hidden;
  }

  /**
   * The pass used in training: `x` `[rows, sizes[0]]` → `[rows, sizes.at(-1)]`. Batch norm uses the batch's own
   * statistics and, where the network is trainable, moves the running ones.
   */
  apply(
    x: tf.Tensor2D,
    { trainable = true, inputGradient = true, passes = 1 }: PassOptions = {},
  ): tf.Tensor2D {
    let y = x;
    // All stacked passes at once: the old value keeps the weight it would after as many single updates.
    const keep = MOMENTUM ** passes;
    if (trainable) this.followed = 1 - keep * (1 - this.followed);
    this.layers.forEach((layer, i) => {
      const follow = (statistic: tf.Variable | undefined, batch: tf.Tensor2D) => {
        statistic?.assign(tf.add(tf.mul(statistic, keep), tf.mul(tf.mean(batch, 0), 1 - keep)));
      };
      y = dense(y, layer, {
        activation: this.activationOf(i),
        slope: this.shape.slope,
        trainable,
        inputGradient: inputGradient || i > 0,
        passes,
        batchNormEpsilon: this.shape.batchNormEpsilon,
        onStatistics: trainable
          ? (mean, variance) => {
              follow(layer.mean, mean);
              follow(layer.variance, variance);
            }
          : undefined,
      });
    });
    if (!this.shape.residual) return y;
    const width = this.shape.sizes[this.shape.sizes.length - 1];
    return tf.add(y, width === x.shape[1] ? x : tf.slice(x, [0, 0], [-1, width]));
  }

  /** Activation masks (derivatives) of the hidden layers at `x`, for `inputGradient`; constants, off any tape. */
  masks(x: tf.Tensor2D): tf.Tensor2D[] {
    const { hidden, slope } = this.shape;
    const masks: tf.Tensor2D[] = [];
    let y = x;
    for (const layer of this.layers.slice(0, -1)) {
      y = dense(y, layer, {
        activation: hidden,
        slope,
        trainable: false,
        inputGradient: false,
        passes: 1,
        batchNormEpsilon: 0,
      });
      masks.push(tf.step(y, hidden === 'relu' ? 0 : slope));
    }
    return masks;
  }

  /**
   * d(sum of outputs)/dx as forward operations on the kernels, for a network without batch norm and with one
   * output: `[rows, sizes[0]]`. Differentiating it once more is then first-order work; with the masks held
   * constant it is exact almost everywhere, because the hidden activations are piecewise linear.
   */
  inputGradient(masks: readonly tf.Tensor2D[]): tf.Tensor2D {
    const kernels = this.layers.map((layer) => layer.kernel);
    const last = kernels.length - 1;
    // The last kernel is [width, 1]: as a row it multiplies every row of the mask.
    let gradient = tf.mul(masks[last - 1], tf.reshape(kernels[last], [1, -1])) as tf.Tensor2D;
    for (let i = last - 1; i > 0; i--)
      gradient = tf.mul(masks[i - 1], productTransposed(gradient, kernels[i]));
    return productTransposed(gradient, kernels[0]);
  }

  /** A copy for inference, its batch norm folded into the weights (running statistics). The caller disposes it. */
  folded(): Mlp {
    const epsilon = this.shape.batchNormEpsilon;
    return Mlp.build({ ...this.shape, batchNorm: false }, (i) => {
      const { kernel, bias, gamma, beta, mean, variance } = this.layers[i];
      if (!gamma || !beta || !mean || !variance) return { kernel: tf.clone(kernel), bias: tf.clone(bias) };
      // Without the share that is still zero, as Adam corrects its averages; unit variance before any pass.
      const corrected = (statistic: tf.Tensor1D): tf.Tensor1D => tf.div(statistic, this.followed || 1);
      const spread = this.followed > 0 ? corrected(variance) : tf.onesLike(variance);
      const scale: tf.Tensor1D = tf.mul(gamma, tf.rsqrt(tf.add(spread, epsilon)));
      return {
        kernel: tf.mul(kernel, scale),
        bias: tf.add(tf.mul(tf.sub(bias, corrected(mean)), scale), beta),
      };
    });
  }

  dispose(): void {
    for (const variable of [...this.variables(), ...this.statistics()]) variable.dispose();
  }
}

/** u Wᵀ with its gradient: `[rows, p]`, `[q, p]` → `[rows, q]`. */
function productTransposed(u: tf.Tensor2D, kernel: tf.Tensor2D): tf.Tensor2D {
  const op = tf.customGrad((...args) => {
    const [a, w, save] = args as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    save([a]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => [
      tf.matMul(dy as tf.Tensor2D, w),
      transposedTimes(dy as tf.Tensor2D, saved[0] as tf.Tensor2D),
    ];
    return { value: timesTransposed(a, w), gradFunc };
  });
  return op(u, kernel) as tf.Tensor2D;
}
