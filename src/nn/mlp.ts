/**
 * Multilayer perceptrons: seeded initialisation, the pass used in training, and the copy used for inference.
 * Knows no loss and no method.
 */
import type { Random } from '../corpus/random.ts';
import { affine, backwards, normalise } from './dense.ts';
import type { Activation } from './ops/contract.ts';
import { run, runFollow } from './ops/fused.ts';
import { copyOf, restoreVariables, type Saveable, type Saved } from './saved.ts';
import { tf } from './tf.ts';

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
  /** Adds the input, without its condition, to the output; the last layer then starts small. */
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

/** The trainable weights of a layer: kernel and bias in one matrix, and batch norm's γ and β in another. */
export interface LayerWeights {
  /** `[fan_in + 1, fan_out]`; the last row is the bias. */
  readonly weights: tf.Variable<tf.Rank.R2>;
  /** `[2, fan_out]`: γ, then β. */
  readonly norm?: tf.Variable<tf.Rank.R2>;
}

interface Layer extends LayerWeights {
  /** Running statistics for inference, `[2, fan_out]`: mean, then variance. */
  readonly running?: tf.Variable<tf.Rank.R2>;
}

interface LayerTensors {
  readonly weights: tf.Tensor2D;
  readonly norm?: tf.Tensor2D;
}

export interface PassOptions {
  /** False where this network is frozen in the loss at hand. Default true. */
  readonly trainable?: boolean;
  /** Whether batch norm's running statistics move. Default: where the network is trainable. */
  readonly follow?: boolean;
  /** False where the input is data; it must be, for the weights' gradients to be found. Default true. */
  readonly inputGradient?: boolean;
  /** Independent passes stacked along the rows. Default 1. */
  readonly passes?: number;
  /** Further inputs, constants, `[rows, conditions]`: the network sees both side by side. */
  readonly condition?: tf.Tensor2D;
  /** Outputs of every layer at `x`, where they were computed before with the present weights; not with batch norm. */
  readonly known?: readonly tf.Tensor2D[];
}

/** A network. Owns its variables: call `dispose` when done. */
export class Mlp implements Saveable {
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
      const values = new Float32Array((fanIn + 1) * fanOut);
      const last = i === count - 1;
      const scale = Math.sqrt((last ? 1 : 2) / fanIn) * (last && shape.residual ? RESIDUAL_START : 1);
      for (let k = 0; k < fanIn * fanOut; k++) values[k] = random.normal() * scale;
      return { weights: tf.tensor2d(values, [fanIn + 1, fanOut]) };
    });
  }

  /** A network with given weights, for checks against reference values. */
  static fromArrays(shape: MlpShape, arrays: readonly LayerArrays[]): Mlp {
    return Mlp.build(shape, (i) => {
      const { kernel, bias, gamma, beta } = arrays[i];
      const rows = [...kernel, bias].map((row) => [...row]);
      return {
        weights: tf.tensor2d(rows),
        ...(gamma && beta && { norm: tf.tensor2d([[...gamma], [...beta]]) }),
      };
    });
  }

  /** A network whose layer i starts from `initial(i)`, batch norm at the identity where nothing else is given. */
  private static build(shape: MlpShape, initial: (layer: number) => LayerTensors): Mlp {
    const layer = (i: number): Layer => {
      const { weights, norm } = initial(i);
      const width = shape.sizes[i + 1];
      const normalised = shape.batchNorm && i < shape.sizes.length - 2;
      return {
        weights: tf.variable(weights),
        ...(normalised && {
          norm: tf.variable(norm ?? tf.concat2d([tf.ones([1, width]), tf.zeros([1, width])], 0)),
          running: tf.variable(tf.zeros<tf.Rank.R2>([2, width]), false),
        }),
      };
    };
    const layers: Layer[] = [];
    for (let i = 0; i < shape.sizes.length - 1; i++) {
      // One at a time: what goes into the weights of a layer is as large as they are.
      tf.tidy(() => void layers.push(layer(i)));
    }
    return new Mlp(shape, layers);
  }

  /** Trainable variables, layer by layer: weights, then γ and β. */
  variables(): tf.Variable[] {
    return this.layers.flatMap(({ weights, norm }) => (norm ? [weights, norm] : [weights]));
  }

  /** The trainable weights of every layer. */
  trainable(): readonly LayerWeights[] {
    return this.layers.map(({ weights, norm }) => (norm ? { weights, norm } : { weights }));
  }

  private activationOf(layer: number): { activation: Activation; slope: number } {
    const { output, hidden, slope } = this.shape;
    return { activation: layer === this.layers.length - 1 ? output : hidden, slope };
  }

  /**
   * The pass used in training: `x` `[rows, features]` → `[rows, sizes.at(-1)]`; with its condition, x is `sizes[0]`
   * wide. Batch norm uses the batch's own statistics and, where the network is trainable, moves the running ones, unless
   * `follow` says otherwise.
   */
  apply(x: tf.Tensor2D, options: PassOptions = {}): tf.Tensor2D {
    const output = this.pass(x, options)[this.layers.length - 1];
    return this.shape.residual ? tf.add(output, x) : output;
  }

  /** As `apply`, but the outputs of every layer, without a residual network's last addition. */
  pass(
    x: tf.Tensor2D,
    {
      trainable = true,
      follow = trainable,
      inputGradient = true,
      passes = 1,
      condition,
      known,
    }: PassOptions = {},
  ): tf.Tensor2D[] {
    // All stacked passes at once: the old value keeps the weight it would after as many single updates.
    const keep = MOMENTUM ** passes;
    if (follow && this.shape.batchNorm) this.followed = 1 - keep * (1 - this.followed);
    const outputs: tf.Tensor2D[] = [];
    let y = condition ? tf.concat2d([x, condition], 1) : x;
    this.layers.forEach(({ weights, norm, running }, i) => {
      const activated = this.activationOf(i);
      const wanted = { trainable, inputGradient: inputGradient || (trainable && i > 0) };
      if (norm && running) {
        const z = affine(y, weights, { activation: 'linear', slope: 1, bias: false, ...wanted });
        const move = (statistics: tf.Tensor2D) =>
          runFollow({ inputs: { running, statistics }, attrs: { keep } });
        const onStatistics = follow ? move : undefined;
        const epsilon = this.shape.batchNormEpsilon;
        y = normalise(z, norm, { ...activated, trainable, passes, epsilon, onStatistics });
      } else {
        y = affine(y, weights, { ...activated, ...wanted, bias: true, known: known?.[i] });
      }
      outputs.push(y);
    });
    return outputs;
  }

  /**
   * Outputs of the hidden layers at ε·a + (1 − ε)·b for rows a and b, from those of the first layer, `first`
   * `[2 · rows, width]`, at all a and then at all b, with one ε `[rows, 1]` a row; off any tape. The first layer
   * costs no product.
   */
  between(first: tf.Tensor2D, epsilon: tf.Tensor2D): readonly tf.Tensor2D[] {
    const { activation, slope } = this.activationOf(0);
    if (activation !== 'leakyrelu') throw new Error(`The activation ${activation} cannot be undone.`);
    const outputs = [run('Between', { outputs: first, epsilon }, { slope })];
    this.layers.slice(1, -1).forEach(({ weights }, i) => {
      const options = { ...this.activationOf(i + 1), bias: true, trainable: false, inputGradient: false };
      outputs.push(affine(outputs[i], weights, options));
    });
    return outputs;
  }

  /**
   * d(sum of outputs)/dx as operations on the weights, from the outputs of the hidden layers at x, for a network
   * without batch norm and with one linear output: `[rows, sizes[0]]`. Differentiating it once more is then
   * first-order work.
   */
  inputGradient(activations: readonly tf.Tensor2D[]): tf.Tensor2D {
    const last = this.layers.length - 1;
    let gradient: tf.Tensor2D = tf.ones([activations[0].shape[0], 1]);
    for (let i = last; i >= 0; i--) {
      // The last layer is linear: its own output is not looked at.
      const y = i === last ? gradient : activations[i];
      const options = { ...this.activationOf(i), inputGradient: i < last };
      gradient = backwards(gradient, y, this.layers[i].weights, options);
    }
    return gradient;
  }

  /** A copy for inference, its batch norm folded into the weights (running statistics). The caller disposes it. */
  folded(): Mlp {
    const epsilon = this.shape.batchNormEpsilon;
    return Mlp.build({ ...this.shape, batchNorm: false }, (i) => {
      const { weights, norm, running } = this.layers[i];
      if (!norm || !running) return { weights: copyOf<tf.Tensor2D>(weights) };
      // Without the share that is still zero, as Adam corrects its averages; unit variance before any pass.
      const [mean, variance] = tf.split(tf.div(running, this.followed || 1) as tf.Tensor2D, 2, 0);
      const [gamma, beta] = tf.split(norm, 2, 0);
      const spread = this.followed > 0 ? variance : tf.onesLike(variance);
      const scale = tf.mul(gamma, tf.rsqrt(tf.add(spread, epsilon)));
      const [kernel, bias] = tf.split(weights, [weights.shape[0] - 1, 1], 0);
      const shifted = tf.add(tf.mul(tf.sub(bias, mean), scale), beta) as tf.Tensor2D;
      return { weights: tf.concat2d([tf.mul(kernel, scale) as tf.Tensor2D, shifted], 0) };
    });
  }

  /** All that training changes: weights, γ and β, running statistics. */
  private everything(): tf.Variable[] {
    return this.layers.flatMap(({ weights, norm, running }) =>
      norm && running ? [weights, norm, running] : [weights],
    );
  }

  save(): Saved {
    return { tensors: this.everything().map(copyOf), count: this.followed };
  }

  restore(saved: Saved): void {
    restoreVariables(this.everything(), saved);
    this.followed = saved.count;
  }

  dispose(): void {
    tf.dispose(this.everything());
  }
}
