/**
 * The parts of a network as differentiable operations: the affine map with its activation, batch norm with its
 * activation, and the backward pass of an affine map taken as a forward operation, for the gradient penalty. Each is
 * one operation on the tape, its gradient by its input written out; uses of weights are noted for theirs. Knows no loss.
 */
import { anchor, noteGradient, noteUse } from './gradients.ts';
import type { Activated, Normalised } from './ops/contract.ts';
import { run } from './ops/fused.ts';
import { tf } from './tf.ts';

/** Which gradients are wanted: those of frozen weights and of data are not computed. */
export interface Wanted {
  /** False where the weights are frozen. */
  readonly trainable: boolean;
  /** False where `x` is data. */
  readonly inputGradient: boolean;
}

export interface AffineOptions extends Activated, Wanted {
  /** False where the bias has no effect, as in front of batch norm: its gradient is then exactly zero. */
  readonly bias: boolean;
  /** The result, where it was computed before with the same weights and input. */
  readonly known?: tf.Tensor2D;
}

/** act(x W + b) of `x` `[rows, p]` and `weights` `[p + 1, q]`, whose last row is the bias: `[rows, q]`. */
export function affine(
  x: tf.Tensor2D,
  weights: tf.Variable<tf.Rank.R2>,
  options: AffineOptions,
): tf.Tensor2D {
  const { activation, slope, bias, trainable, inputGradient, known } = options;
  const attrs = { activation, slope };
  const forward = () => known?.clone() ?? run('Affine', { x, weights }, attrs);
  const by = inputGradient ? x : trainable ? anchor() : null;
  if (by === null) return forward();
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const value = forward();
    // x is saved too: tfjs disposes what the forward pass made unless it is saved.
    save(trainable ? [value, x] : [value]);
    const gradFunc = (d: tf.Tensor, saved: tf.Tensor[]) => {
      const [y, input] = saved as tf.Tensor2D[];
      const dy = d as tf.Tensor2D;
      if (trainable) noteUse(weights, { x: input, dy, y, attrs: { ...attrs, bias } });
      return inputGradient ? run('AffineGradInput', { dy, y, weights }, attrs) : by.clone();
    };
    return { value, gradFunc };
  });
  return op(by) as tf.Tensor2D;
}

export interface NormaliseOptions extends Normalised {
  /** False where γ and β are frozen. */
  readonly trainable: boolean;
  /** Told the statistics of the batch, `[2 · passes, q]`: mean and biased variance of each pass in turn. */
  readonly onStatistics?: (statistics: tf.Tensor2D) => void;
}

/** act(batch norm of `z` `[rows, q]`) with γ and β as the rows of `norm` `[2, q]`; always differentiable by z. */
export function normalise(
  z: tf.Tensor2D,
  norm: tf.Variable<tf.Rank.R2>,
  options: NormaliseOptions,
): tf.Tensor2D {
  const { trainable, onStatistics, ...attrs } = options;
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const [y, statistics] = run('Normalise', { z, norm }, attrs);
    onStatistics?.(statistics);
    save([y, z, statistics]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [out, x, moments] = saved as tf.Tensor2D[];
      const inputs = { dy: dy as tf.Tensor2D, y: out, z: x, statistics: moments, norm };
      const [dz, dnorm] = run('NormaliseGrad', inputs, attrs);
      if (trainable) noteGradient(norm, dnorm);
      return dz;
    };
    return { value: y, gradFunc };
  });
  return op(z) as tf.Tensor2D;
}

/**
 * (u ∘ act′(y)) Wᵀ, the backward pass of an affine map with output y, `[rows, q]` → `[rows, p]`, differentiable by u
 * and the weights. With act′(y) held constant that is exact almost everywhere for piecewise linear activations.
 */
export function backwards(
  u: tf.Tensor2D,
  y: tf.Tensor2D,
  weights: tf.Variable<tf.Rank.R2>,
  { activation, slope, inputGradient }: Activated & Pick<Wanted, 'inputGradient'>,
): tf.Tensor2D {
  const attrs = { activation, slope };
  const forward = () => run('AffineGradInput', { dy: u, y, weights }, attrs);
  const by = inputGradient ? u : anchor();
  if (by === null) return forward();
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    save([u, y]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [before, out] = saved as tf.Tensor2D[];
      const g = dy as tf.Tensor2D;
      noteUse(weights, { x: g, dy: before, y: out, attrs: { ...attrs, bias: false } });
      return inputGradient ? run('AffineGradGrad', { g, y: out, weights }, attrs) : by.clone();
    };
    return { value: forward(), gradFunc };
  });
  return op(by) as tf.Tensor2D;
}
