/**
 * Adam, one pass over each variable in place, so that a step reads and writes every weight once. Knows no network and
 * no loss.
 */
import { runAdam } from './ops/fused.ts';
import { tf } from './tf.ts';

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** Added to the root of the squared-gradient average (Kingma and Ba, 2015). */
const EPSILON = 1e-8;

/** A variable with the averages of its gradient and of the gradient's square. */
interface Slot {
  readonly weights: tf.Variable;
  readonly average: tf.Variable;
  readonly squares: tf.Variable;
}

/** Applies `f` to every tensor of a nested record. */
function mapTensors<T extends tf.TensorContainer>(values: T, f: (tensor: tf.Tensor) => tf.Tensor): T {
  if (values instanceof tf.Tensor) return f(values) as unknown as T;
  if (Array.isArray(values)) return values.map((value) => mapTensors(value, f)) as unknown as T;
  const entries = Object.entries(values as tf.TensorContainerObject);
  return Object.fromEntries(entries.map(([name, value]) => [name, mapTensors(value, f)])) as T;
}

/**
 * Optimises the given variables; owns its own state: call `dispose` when done. Variables are overwritten in place, so
 * a copy that must not move has to be a real copy, not a clone.
 */
export class Adam {
  private readonly slots: readonly Slot[];
  private steps = 0;

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly options: AdamOptions,
  ) {
    // Not `zerosLike`, whose results may share memory.
    const zeros = ({ shape }: tf.Variable) => tf.tidy(() => tf.variable(tf.zeros(shape), false));
    this.slots = variables.map((weights) => ({ weights, average: zeros(weights), squares: zeros(weights) }));
  }

  /**
   * One step down the gradient of `total`. Whatever else the function returns outlives the gradient's tape and
   * belongs to the caller's tidy.
   */
  minimise<T extends tf.TensorContainerObject>(
    loss: () => T & { total: tf.Scalar },
  ): T & { total: tf.Scalar } {
    return tf.tidy(() => {
      let kept: (T & { total: tf.Scalar }) | null = null;
      const { grads } = tf.variableGrads(() => {
        const values = loss();
        kept = mapTensors(values, (tensor) => tf.keep(tensor.clone()));
        return values.total;
      }, [...this.variables]);
      this.apply(this.variables.map(({ name }) => grads[name]));
      if (kept === null) throw new Error('The loss was never computed.');
      const released = mapTensors(kept as T & { total: tf.Scalar }, (tensor) => tensor.clone());
      tf.dispose(kept);
      return released;
    });
  }

  private apply(gradients: readonly tf.Tensor[]): void {
    const { learningRate, beta1, beta2 } = this.options;
    this.steps++;
    // Bias corrections folded into two scalars, so that no corrected copy of either average is made.
    const rootCorrection = Math.sqrt(1 - beta2 ** this.steps);
    const rate = (learningRate * rootCorrection) / (1 - beta1 ** this.steps);
    const attrs = { rate, beta1, beta2, epsilon: EPSILON * rootCorrection };
    this.slots.forEach((slot, i) => {
      runAdam({ inputs: { ...slot, gradient: gradients[i] }, attrs });
    });
  }

  dispose(): void {
    for (const { average, squares } of this.slots) tf.dispose([average, squares]);
  }
}
