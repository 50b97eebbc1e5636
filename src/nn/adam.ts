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

/** All weights, the gradient average and the squared-gradient average, each end to end. */
interface State {
  readonly weights: tf.Variable<tf.Rank.R1>;
  readonly average: tf.Variable<tf.Rank.R1>;
  readonly squares: tf.Variable<tf.Rank.R1>;
}

/**
 * Optimises the given variables; owns its own state: call `dispose` when done. The weights are taken over at
 * the first step, so they may be set until then, and not by others afterwards.
 */
export class Adam {
  private readonly sizes: readonly number[];
  private state: State | null = null;
  private steps = 0;

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly options: AdamOptions,
  ) {
    this.sizes = variables.map((variable) => variable.size);
  }

  private initialise(): State {
    const weights = flatten(this.variables);
    const zeros = () => tf.variable(tf.zerosLike(weights), false);
    return { weights: tf.variable(weights, false), average: zeros(), squares: zeros() };
  }

  /**
   * One step down the gradient of `total`. Whatever else the function returns outlives the gradient's tape and
   * belongs to the caller's tidy.
   */
  minimise<T extends tf.NamedTensorMap>(loss: () => T & { total: tf.Scalar }): T & { total: tf.Scalar } {
    return tf.tidy(() => {
      const kept: tf.NamedTensorMap = {};
      const { grads } = tf.variableGrads(() => {
        const values = loss();
        for (const [name, value] of Object.entries(values)) kept[name] = tf.keep(value.clone());
        return values.total;
      }, [...this.variables]);
      this.apply(this.variables.map((variable) => grads[variable.name]));
      const released = Object.entries(kept).map(([name, value]) => [name, value.clone()]);
      tf.dispose(kept);
      return Object.fromEntries(released);
    });
  }

  private apply(gradients: readonly tf.Tensor[]): void {
    const { learningRate, beta1, beta2 } = this.options;
    this.state ??= this.initialise();
    const { weights, average, squares } = this.state;
    this.steps++;
    const gradient = flatten(gradients);
    average.assign(tf.add(tf.mul(average, beta1), tf.mul(gradient, 1 - beta1)));
    squares.assign(tf.add(tf.mul(squares, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
    // Bias corrections folded into two scalars, so that no corrected copy of either average is made.
    const rootCorrection = Math.sqrt(1 - beta2 ** this.steps);
    const rate = (learningRate * rootCorrection) / (1 - beta1 ** this.steps);
    const divisor = tf.add(tf.sqrt(squares), EPSILON * rootCorrection);
    weights.assign(tf.sub(weights, tf.mul(tf.div(average, divisor), rate)));
    const parts = tf.split(weights, [...this.sizes]);
    this.variables.forEach((variable, i) => {
      variable.assign(tf.reshape(parts[i], variable.shape));
    });
  }

  dispose(): void {
    if (this.state) tf.dispose({ ...this.state });
    this.state = null;
  }
}

function flatten(tensors: readonly tf.Tensor[]): tf.Tensor1D {
  const flat = tensors.map((tensor) => tf.reshape(tensor, [tensor.size]) as tf.Tensor1D);
  return flat.length === 1 ? flat[0] : tf.concat1d(flat);
}
