/**
 * Adam over one flat vector: all weights of an optimiser live end to end, so a step is a dozen operations
 * however many layers there are, and a checkpoint is three arrays. Knows no network and no loss.
 */
import { tf } from './tf.ts';

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** Added to the root of the squared-gradient average (Kingma and Ba, 2015). */
const EPSILON = 1e-8;

/** Optimises the given variables; owns its own state: call `dispose` when done. */
export class Adam {
  private readonly sizes: readonly number[];
  private readonly weights: tf.Variable<tf.Rank.R1>;
  private readonly average: tf.Variable<tf.Rank.R1>;
  private readonly squares: tf.Variable<tf.Rank.R1>;
  private steps = 0;

  constructor(
    private readonly variables: readonly tf.Variable[],
    private options: AdamOptions,
  ) {
    this.sizes = variables.map((variable) => variable.size);
    this.weights = tf.tidy(() => tf.variable(flatten(variables), false));
    this.average = tf.tidy(() => tf.variable(tf.zerosLike(this.weights), false));
    this.squares = tf.tidy(() => tf.variable(tf.zerosLike(this.weights), false));
  }

  /**
   * The loss (a scalar) with the gradients applied to the variables. `loss` may keep tensors it wants to
   * outlive the step.
   */
  minimise(loss: () => tf.Scalar): void {
    tf.tidy(() => {
      const { grads } = tf.variableGrads(loss, [...this.variables]);
      this.apply(this.variables.map((variable) => grads[variable.name]));
    });
  }

  private apply(gradients: readonly tf.Tensor[]): void {
    const { learningRate, beta1, beta2 } = this.options;
    this.steps++;
    const gradient = flatten(gradients);
    this.average.assign(tf.add(tf.mul(this.average, beta1), tf.mul(gradient, 1 - beta1)));
    this.squares.assign(tf.add(tf.mul(this.squares, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
    // Bias corrections folded into two scalars, so that no corrected copy of either average is made.
    const rootCorrection = Math.sqrt(1 - beta2 ** this.steps);
    const rate = (learningRate * rootCorrection) / (1 - beta1 ** this.steps);
    const divisor = tf.add(tf.sqrt(this.squares), EPSILON * rootCorrection);
    this.weights.assign(tf.sub(this.weights, tf.mul(tf.div(this.average, divisor), rate)));
    this.scatter();
  }

  private scatter(): void {
    const parts = tf.split(this.weights, [...this.sizes]);
    this.variables.forEach((variable, i) => {
      variable.assign(tf.reshape(parts[i], variable.shape));
    });
  }

  /** All weights as one vector; the caller disposes it. Costs no copy: later steps replace the storage. */
  snapshot(): tf.Tensor1D {
    return tf.clone(this.weights) as tf.Tensor1D;
  }

  /** Sets all weights from a snapshot. The averages stay. */
  restore(snapshot: tf.Tensor1D): void {
    tf.tidy(() => {
      this.weights.assign(tf.clone(snapshot) as tf.Tensor1D);
      this.scatter();
    });
  }

  dispose(): void {
    for (const variable of [this.weights, this.average, this.squares]) variable.dispose();
  }
}

function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  const flat = tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as tf.Tensor1D);
  return flat.length === 1 ? flat[0] : tf.concat1d(flat);
}
