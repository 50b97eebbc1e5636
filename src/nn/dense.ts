/**
 * The parts of a network as differentiable operations: the affine map with its activation, batch norm with its
 * activation, and the backward pass of an affine map taken as a forward operation, for the gradient penalty. Each is
 * one operation on the tape, its gradient written out. Knows no loss.
 */
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
export function affine(x: tf.Tensor2D, weights: tf.Tensor2D, options: AffineOptions): tf.Tensor2D {
  const { activation, slope, bias, trainable, inputGradient, known } = options;
  const attrs = { activation, slope };
  const forward = () => known?.clone() ?? run('Affine', { x, weights }, attrs);
  const inputs: tf.Tensor[] = [...(inputGradient ? [x] : []), ...(trainable ? [weights] : [])];
  if (inputs.length === 0) return forward();
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    const value = forward();
    // x is saved too: tfjs disposes what the forward pass made unless it is saved.
    save(trainable ? [value, x] : [value]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [y, input] = saved as tf.Tensor2D[];
      const d = dy as tf.Tensor2D;
      return [
        ...(inputGradient ? [run('AffineGradInput', { dy: d, y, weights }, attrs)] : []),
        ...(trainable ? [run('AffineGradWeights', { x: input, dy: d, y }, { ...attrs, bias })] : []),
      ];
    };
    return { value, gradFunc };
  });
  return op(...inputs) as tf.Tensor2D;
}

export interface NormaliseOptions extends Normalised {
  /** False where γ and β are frozen. */
  readonly trainable: boolean;
  /** Told the statistics of the batch, `[2 · passes, q]`: mean and biased variance of each pass in turn. */
  readonly onStatistics?: (statistics: tf.Tensor2D) => void;
}

/** act(batch norm of `z` `[rows, q]`) with γ and β as the rows of `norm` `[2, q]`; always differentiable by z. */
export function normalise(z: tf.Tensor2D, norm: tf.Tensor2D, options: NormaliseOptions): tf.Tensor2D {
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
      return trainable ? [dz, dnorm] : [dz];
    };
    return { value: y, gradFunc };
  });
  return op(...(trainable ? [z, norm] : [z])) as tf.Tensor2D;
}

/**
 * (u ∘ act′(y)) Wᵀ, the backward pass of an affine map with output y, `[rows, q]` → `[rows, p]`, differentiable by u
 * and the weights. With act′(y) held constant that is exact almost everywhere for piecewise linear activations.
 */
export function backwards(
  u: tf.Tensor2D,
  y: tf.Tensor2D,
  weights: tf.Tensor2D,
  { activation, slope, inputGradient }: Activated & Pick<Wanted, 'inputGradient'>,
): tf.Tensor2D {
  const attrs = { activation, slope };
  const op = tf.customGrad((...args) => {
    const save = args.at(-1) as tf.GradSaveFunc;
    save([u, y]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [before, out] = saved as tf.Tensor2D[];
      const g = dy as tf.Tensor2D;
      const kernel = run('AffineGradWeights', { x: g, dy: before, y: out }, { ...attrs, bias: false });
      return inputGradient ? [run('AffineGradGrad', { g, y: out, weights }, attrs), kernel] : [kernel];
    };
    return { value: run('AffineGradInput', { dy: u, y, weights }, attrs), gradFunc };
  });
  return op(...(inputGradient ? [u, weights] : [weights])) as tf.Tensor2D;
}
