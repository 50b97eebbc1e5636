/**
 * The fused operations that the networks are made of: names, inputs, attributes and outputs, one entry each.
 * A backend that has a kernel of such a name runs it; for all others `stock.ts` says the same in tfjs ops.
 * All tensors are float32 and of rank 2 unless said otherwise. `act` below is the layer's activation.
 */
import type { tf } from '../tf.ts';

export type Activation = 'linear' | 'relu' | 'leakyrelu' | 'sigmoid';

/** A layer's activation; attributes of every operation that knows one. */
export interface Activated {
  readonly activation: Activation;
  /** Slope of the leaky ReLU below zero. */
  readonly slope: number;
}

/** Attributes of batch norm with the activation behind it. */
export interface Normalised extends Activated {
  /** Independent passes stacked along the rows, each normalised by its own statistics. */
  readonly passes: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/**
 * What is averaged over the rows of logits `[rows, 1]`: log(1 + eˣ), log(1 + e⁻ˣ), x, −x, x², (x − 1)². All
 * adversarial losses are sums of two of these.
 */
export type LogitLossKind =
  | 'softplus'
  | 'softplus-negated'
  | 'mean'
  | 'mean-negated'
  | 'square'
  | 'square-to-one';

/**
 * Weights of an affine map `[p + 1, q]`: `p` rows of the kernel, then the bias. act′ is taken from the output y,
 * whose sign is the pre-activation's.
 */
export interface FusedOps {
  /** y `[n, q]` = act(x W + b). */
  Affine: { inputs: { x: tf.Tensor2D; weights: tf.Tensor2D }; attrs: Activated; output: tf.Tensor2D };

  /** dL/dx `[n, p]` = (dy ∘ act′(y)) Wᵀ. */
  AffineGradInput: {
    inputs: { dy: tf.Tensor2D; y: tf.Tensor2D; weights: tf.Tensor2D };
    attrs: Activated;
    output: tf.Tensor2D;
  };

  /**
   * dL/d(weights) `[p + 1, q]`: xᵀ (dy ∘ act′(y)), and below it the column sums of dy ∘ act′(y), or zeros without
   * `bias`; added to `plus` where that is given, which may be overwritten: the caller has no further use for it.
   */
  AffineGradWeights: {
    inputs: { x: tf.Tensor2D; dy: tf.Tensor2D; y: tf.Tensor2D; plus?: tf.Tensor2D };
    attrs: Activated & { readonly bias: boolean };
    output: tf.Tensor2D;
  };

  /** The gradient of `AffineGradInput` by its dy: (g W) ∘ act′(y) `[n, q]`, for g `[n, p]`. */
  AffineGradGrad: {
    inputs: { g: tf.Tensor2D; y: tf.Tensor2D; weights: tf.Tensor2D };
    attrs: Activated;
    output: tf.Tensor2D;
  };

  /**
   * Output `[n, q]` of a leaky affine map at ε·x₁ + (1 − ε)·x₂ from its outputs `[2n, q]` at all x₁, then at all x₂, with
   * one ε `[n, 1]` a row: before its activation the map is linear, and a leaky ReLU can be undone.
   */
  Between: {
    inputs: { outputs: tf.Tensor2D; epsilon: tf.Tensor2D };
    attrs: { readonly slope: number };
    output: tf.Tensor2D;
  };

  /**
   * Batch norm, then activation: y `[n, q]` = act(γ (z − mean) / √(variance + epsilon) + β) by the statistics of
   * each of the stacked passes, and these `[2 · passes, q]`: row 2i the mean, row 2i + 1 the biased variance of
   * pass i. `norm` `[2, q]` holds γ, then β.
   */
  Normalise: {
    inputs: { z: tf.Tensor2D; norm: tf.Tensor2D };
    attrs: Normalised;
    output: [tf.Tensor2D, tf.Tensor2D];
  };

  /** dL/dz `[n, q]` through each pass's own statistics, and dL/d(norm) `[2, q]`. */
  NormaliseGrad: {
    inputs: {
      dy: tf.Tensor2D;
      y: tf.Tensor2D;
      z: tf.Tensor2D;
      statistics: tf.Tensor2D;
      norm: tf.Tensor2D;
    };
    attrs: Normalised;
    output: [tf.Tensor2D, tf.Tensor2D];
  };

  /** Scalar: scale · Σ (output − target)². */
  SquaredError: {
    inputs: { output: tf.Tensor2D; target: tf.Tensor2D };
    attrs: { readonly scale: number };
    output: tf.Scalar;
  };

  /** dL/d(output) = 2 · scale · dy · (output − target), dy a scalar. */
  SquaredErrorGrad: {
    inputs: { output: tf.Tensor2D; target: tf.Tensor2D; dy: tf.Scalar };
    attrs: { readonly scale: number };
    output: tf.Tensor2D;
  };

  /** Scalar: −mean over rows of Σ oneHot · log softmax(logits); `[n, classes]` both. */
  CrossEntropy: {
    inputs: { logits: tf.Tensor2D; oneHot: tf.Tensor2D };
    attrs: Record<string, never>;
    output: tf.Scalar;
  };

  /** dL/d(logits) = (softmax(logits) − oneHot) · dy / n, dy a scalar. */
  CrossEntropyGrad: {
    inputs: { logits: tf.Tensor2D; oneHot: tf.Tensor2D; dy: tf.Scalar };
    attrs: Record<string, never>;
    output: tf.Tensor2D;
  };

  /** Scalar: mean over rows of f(logit), f by `kind`; logits `[n, 1]`. */
  LogitLoss: {
    inputs: { logits: tf.Tensor2D };
    attrs: { readonly kind: LogitLossKind };
    output: tf.Scalar;
  };

  /** dL/d(logits) = f′(logit) · dy / n, dy a scalar. */
  LogitLossGrad: {
    inputs: { logits: tf.Tensor2D; dy: tf.Scalar };
    attrs: { readonly kind: LogitLossKind };
    output: tf.Tensor2D;
  };

  /** Scalar: mean over rows of (√(Σ g² + 1e-12) − 1)², for g `[n, p]` (Gulrajani et al., 2017). */
  Penalty: { inputs: { g: tf.Tensor2D }; attrs: Record<string, never>; output: tf.Scalar };

  /** dL/dg = dy · 2 (norm − 1) / norm · g / n, dy a scalar. */
  PenaltyGrad: {
    inputs: { g: tf.Tensor2D; dy: tf.Scalar };
    attrs: Record<string, never>;
    output: tf.Tensor2D;
  };
}

export type FusedName = keyof FusedOps;

/** The name under which a backend registers its kernel of an operation. */
export const kernelName = (name: FusedName | 'Adam' | 'Follow') => `Studio${name}`;

/**
 * In place, for backends that can (kernel name `StudioAdam`, no output): with a and s the averages of the gradient
 * and of its square, a ← β₁ a + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², w ← w − rate · a / (√s + epsilon). Bias
 * corrections are folded into `rate` and `epsilon`. Four tensors of equal size.
 */
export interface AdamUpdate {
  readonly inputs: { weights: tf.Tensor; average: tf.Tensor; squares: tf.Tensor; gradient: tf.Tensor };
  readonly attrs: {
    readonly rate: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
  };
}

/**
 * In place, for backends that can (kernel name `StudioFollow`, no output): running `[2, q]` ← keep · running +
 * (1 − keep) · mean over passes of `statistics` `[2 · passes, q]`.
 */
export interface FollowUpdate {
  readonly inputs: { running: tf.Tensor2D; statistics: tf.Tensor2D };
  readonly attrs: { readonly keep: number };
}
