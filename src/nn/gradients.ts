/**
 * Gradients of weights, apart from tfjs's tape: as the backward pass reaches a use of some weights, the use is noted,
 * and the gradient of all uses is computed when it is asked for, one variable at a time. So no gradient is added to
 * another in memory, and only one of them need exist at once. Knows no network and no optimiser.
 */
import type { Activated, FusedOps } from './ops/contract.ts';
import { run } from './ops/fused.ts';
import { tf } from './tf.ts';

/** One use of affine weights: what `AffineGradWeights` needs to know of it. */
interface Use extends Omit<FusedOps['AffineGradWeights']['inputs'], 'plus'> {
  readonly attrs: Activated & { readonly bias: boolean };
}

/** The loss being differentiated, if one is. */
let present: Collector | null = null;

/** A tensor that outlives the tape until it is disposed of. */
const hold = <T extends tf.Tensor>(tensor: T): T => tf.keep(tensor.clone()) as T;

class Collector {
  private readonly uses = new Map<number, Use[]>();
  private readonly sums = new Map<number, tf.Tensor2D>();

  /** The number by which the tape reaches operations whose input is data: its own gradient is of no interest. */
  constructor(readonly anchor: tf.Scalar) {}

  noteUse(weights: tf.Variable, { x, dy, y, attrs }: Use): void {
    const uses = this.uses.get(weights.id) ?? [];
    uses.push({ x: hold(x), dy: hold(dy), y: hold(y), attrs });
    this.uses.set(weights.id, uses);
  }

  noteGradient(variable: tf.Variable, gradient: tf.Tensor2D): void {
    const sum = this.sums.get(variable.id);
    this.sums.set(variable.id, hold(sum ? (tf.add(sum, gradient) as tf.Tensor2D) : gradient));
    sum?.dispose();
  }

  has({ id }: tf.Variable): boolean {
    return this.sums.has(id) || this.uses.has(id);
  }

  take(variable: tf.Variable): tf.Tensor2D {
    const sum = this.sums.get(variable.id);
    if (sum) {
      this.sums.delete(variable.id);
      return sum;
    }
    const uses = this.uses.get(variable.id);
    if (!uses) throw new Error('The loss does not depend on all of the weights.');
    let gradient: tf.Tensor2D | undefined;
    try {
      for (const { attrs, ...inputs } of uses) {
        const next = run('AffineGradWeights', { ...inputs, ...(gradient && { plus: gradient }) }, attrs);
        gradient?.dispose();
        gradient = next;
      }
    } catch (error) {
      gradient?.dispose();
      throw error;
    } finally {
      this.uses.delete(variable.id);
      for (const { x, dy, y } of uses) tf.dispose([x, dy, y]);
    }
    return gradient as tf.Tensor2D;
  }

  dispose(): void {
    for (const uses of this.uses.values()) {
      for (const { x, dy, y } of uses) tf.dispose([x, dy, y]);
    }
    tf.dispose([...this.sums.values()]);
    this.uses.clear();
    this.sums.clear();
  }
}

/** Notes a use of affine weights on the way back; for the gradient functions of operations. */
export function noteUse(weights: tf.Variable, use: Use): void {
  present?.noteUse(weights, use);
}

/** Notes a gradient that is already there, of a small variable. */
export function noteGradient(variable: tf.Variable, gradient: tf.Tensor2D): void {
  present?.noteGradient(variable, gradient);
}

/**
 * What an operation differentiates by when its input is data and only its weights are trained; null where no loss is
 * being differentiated, and nothing needs to be noted.
 */
export const anchor = (): tf.Scalar | null => present?.anchor ?? null;

/** Gradients to be taken, each once. */
export interface Gradients {
  /** Whether the loss depends on the variable, and its gradient was not taken yet. */
  has(variable: tf.Variable): boolean;
  /**
   * The gradient by one variable, which the caller disposes of.
   * @throws where the loss does not depend on it, or it was taken before.
   */
  take(variable: tf.Variable): tf.Tensor2D;
  /** Forgets those that were not taken. */
  dispose(): void;
}

/** Applies `f` to every tensor of a nested record. */
function mapTensors<T extends tf.TensorContainer>(values: T, f: (tensor: tf.Tensor) => tf.Tensor): T {
  if (values instanceof tf.Tensor) return f(values) as unknown as T;
  if (Array.isArray(values)) return values.map((value) => mapTensors(value, f)) as unknown as T;
  const entries = Object.entries(values as tf.TensorContainerObject);
  return Object.fromEntries(entries.map(([name, value]) => [name, mapTensors(value, f)])) as T;
}

/**
 * Computes a loss and goes back through it. `total` is what is differentiated; whatever else the function returns
 * outlives the tape and belongs, like the total, to the caller's tidy.
 */
export function differentiate<T extends tf.TensorContainerObject & { total: tf.Scalar }>(
  loss: () => T,
): { values: T; gradients: Gradients } {
  const outer = present;
  let values: T | null = null;
  let collector: Collector | null = null;
  try {
    const back = tf.grad((anchored) => {
      collector = new Collector(anchored as tf.Scalar);
      present = collector;
      const computed = loss();
      values = mapTensors(computed, hold);
      return computed.total;
    });
    tf.dispose(back(tf.scalar(0)));
    if (!values || !collector) throw new Error('The loss was never computed.');
    const released = mapTensors(values as T, (tensor) => tensor.clone());
    return { values: released, gradients: collector };
  } catch (error) {
    (collector as Collector | null)?.dispose();
    throw error;
  } finally {
    present = outer;
    if (values) tf.dispose(values);
  }
}
