/**
 * Adam, one pass over each variable in place, so that a step reads and writes every weight once. Knows no network and
 * no loss.
 */
import { differentiate, type Gradients } from './gradients.ts';
import { runAdam } from './ops/fused.ts';
import { copyOf, restoreVariables, type Saveable, type Saved } from './saved.ts';
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

/**
 * Optimises the given variables; owns its own state: call `dispose` when done. Variables are overwritten in place, so
 * a copy that must not move has to be a real copy, not a clone.
 */
export class Adam implements Saveable {
  /** From the first step on: two optimisers of the same weights, used in turn, need memory for one. */
  private slots: readonly Slot[] | null = null;
  private steps = 0;
  /** The step size of the next update; it may change between updates. */
  learningRate: number;

  constructor(
    private readonly variables: readonly tf.Variable[],
    private readonly options: AdamOptions,
  ) {
    this.learningRate = options.learningRate;
  }

  private initialise(): readonly Slot[] {
    // Not `zerosLike`, whose results may share memory.
    const zeros = ({ shape }: tf.Variable) => tf.tidy(() => tf.variable(tf.zeros(shape), false));
    return this.variables.map((weights) => ({ weights, average: zeros(weights), squares: zeros(weights) }));
  }

  /**
   * One step down the gradient of `total`. Whatever the function returns outlives the gradient's tape and belongs to
   * the caller's tidy.
   */
  minimise<T extends tf.TensorContainerObject & { total: tf.Scalar }>(loss: () => T): T {
    return tf.tidy(() => {
      const { values, gradients } = differentiate(loss);
      try {
        this.apply(gradients);
      } finally {
        gradients.dispose();
      }
      return values;
    });
  }

  private apply(gradients: Gradients): void {
    const { beta1, beta2 } = this.options;
    this.steps++;
    // Bias corrections folded into two scalars, so that no corrected copy of either average is made.
    const rootCorrection = Math.sqrt(1 - beta2 ** this.steps);
    const rate = (this.learningRate * rootCorrection) / (1 - beta1 ** this.steps);
    const attrs = { rate, beta1, beta2, epsilon: EPSILON * rootCorrection };
    this.slots ??= this.initialise();
    for (const slot of this.slots) {
      const gradient = gradients.take(slot.weights);
      runAdam({ inputs: { ...slot, gradient }, attrs });
      gradient.dispose();
    }
  }

  private averages(): readonly tf.Variable[] {
    return (this.slots ?? []).flatMap(({ average, squares }) => [average, squares]);
  }

  /** Both averages of every variable, none before the first step, and the steps done. Not the learning rate. */
  save(): Saved {
    return { tensors: this.averages().map(copyOf), count: this.steps };
  }

  restore(saved: Saved): void {
    this.steps = saved.count;
    // Nothing was averaged yet when it was saved: the averages begin anew with the next step.
    if (saved.tensors.length === 0) this.dispose();
    else {
      this.slots ??= this.initialise();
      restoreVariables(this.averages(), saved);
    }
  }

  dispose(): void {
    tf.dispose([...this.averages()]);
    this.slots = null;
  }
}
