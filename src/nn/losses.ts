/**
 * The loss terms of the paper and of the methods it compares with, each a named function with its equation. Inputs are
 * outputs of networks; which network fed which is the method's business. All return scalars.
 */
import type { Mlp } from './mlp.ts';
import type { LogitLossKind } from './ops/contract.ts';
import { run } from './ops/fused.ts';
import { tf } from './tf.ts';

export type AdversarialKind = 'bce' | 'wgan' | 'lsgan';
export type Reduction = 'mean' | 'sum';

/**
 * A scalar operation of one tensor whose gradient is an operation of the same tensor and dL/d(scalar). `target`, where
 * there is one, is a constant that x is compared with; both functions are given it, as it may be gone with the forward
 * pass.
 */
function lossOp<T extends tf.Tensor2D | null>(
  x: tf.Tensor2D,
  target: T,
  value: (x: tf.Tensor2D, target: T) => tf.Scalar,
  gradient: (x: tf.Tensor2D, target: T, dy: tf.Scalar) => tf.Tensor2D,
): tf.Scalar {
  const op = tf.customGrad((...args) => {
    const [input, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    save(target ? [input, target] : [input]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      gradient(saved[0] as tf.Tensor2D, (saved[1] ?? null) as T, dy as tf.Scalar);
    return { value: value(input, target), gradFunc };
  });
  return op(x) as tf.Scalar;
}

/** Mean over the rows of logits `[rows, 1]` of what `kind` names. */
const logitLoss = (logits: tf.Tensor2D, kind: LogitLossKind): tf.Scalar =>
  lossOp(
    logits,
    null,
    (x) => run('LogitLoss', { logits: x }, { kind }),
    (x, _, dy) => run('LogitLossGrad', { logits: x, dy }, { kind }),
  );

/** What the adversarial losses average over real and over fake logits, and the generators over fake ones. */
const ADVERSARIAL: Readonly<Record<AdversarialKind, Record<'real' | 'fake' | 'generator', LogitLossKind>>> = {
  bce: { real: 'softplus-negated', fake: 'softplus', generator: 'softplus-negated' },
  wgan: { real: 'mean-negated', fake: 'mean', generator: 'mean-negated' },
  lsgan: { real: 'square-to-one', fake: 'square', generator: 'square-to-one' },
};

/**
 * The generator's side of eq. 1: `bce` −log D(fake) (non-saturating), `wgan` −D(fake), `lsgan` (D(fake) − 1)²,
 * mean over the batch of logits `[rows, 1]`.
 */
export function generatorAdversarialLoss(fakeLogits: tf.Tensor2D, kind: AdversarialKind): tf.Scalar {
  return logitLoss(fakeLogits, ADVERSARIAL[kind].generator);
}

/**
 * The discriminator's side of eq. 1: `bce` −log D(real) − log(1 − D(fake)), `wgan` D(fake) − D(real),
 * `lsgan` (D(real) − 1)² + D(fake)²; means over the batch.
 */
export function discriminatorAdversarialLoss(
  realLogits: tf.Tensor2D,
  fakeLogits: tf.Tensor2D,
  kind: AdversarialKind,
): tf.Scalar {
  const { real, fake } = ADVERSARIAL[kind];
  return tf.add(logitLoss(realLogits, real), logitLoss(fakeLogits, fake));
}

/** ‖x − target‖², averaged over the batch and averaged (`mean`) or summed (`sum`) over features. */
function squaredError(x: tf.Tensor2D, target: tf.Tensor2D, reduction: Reduction): tf.Scalar {
  const [rows, columns] = x.shape;
  const scale = 1 / (reduction === 'mean' ? rows * columns : rows);
  return lossOp(
    x,
    target,
    (output, original) => run('SquaredError', { output, target: original }, { scale }),
    (output, original, dy) => run('SquaredErrorGrad', { output, target: original, dy }, { scale }),
  );
}

/** What a generator made of rows that it should have given back unchanged. */
export interface Reconstruction {
  readonly output: tf.Tensor2D;
  readonly input: tf.Tensor2D;
}

function reconstructionLoss(source: Reconstruction, target: Reconstruction, reduction: Reduction): tf.Scalar {
  return tf.add(
    squaredError(source.output, source.input, reduction),
    squaredError(target.output, target.input, reduction),
  );
}

/** eq. 3: ‖G_TS(S) − S‖² + ‖G_ST(T) − T‖². */
export function identityLoss(
  source: Reconstruction,
  target: Reconstruction,
  reduction: Reduction,
): tf.Scalar {
  return reconstructionLoss(source, target, reduction);
}

/** eq. 4: ‖G_TS(G_ST(S)) − S‖² + ‖G_ST(G_TS(T)) − T‖². */
export function cycleLoss(source: Reconstruction, target: Reconstruction, reduction: Reduction): tf.Scalar {
  return reconstructionLoss(source, target, reduction);
}

/** −log softmax(logits)ₖ of the one-hot class, mean over the batch; `[rows, classes]` both. */
export function crossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  return lossOp(
    logits,
    oneHot,
    (x, wanted) => run('CrossEntropy', { logits: x, oneHot: wanted }, {}),
    (x, wanted, dy) => run('CrossEntropyGrad', { logits: x, oneHot: wanted, dy }, {}),
  );
}

/**
 * eq. 5: ce(F_s(G_TS(G_ST(S), y)), y) + ce(F_s(G_TS(X, y)), y), from F_s's logits. X is S as printed, or the
 * paired target rows (setting `pairedTerm`). The minus sign that print omits is the cross-entropy's.
 */
export function conditionalEmotionLoss(
  cycleLogits: tf.Tensor2D,
  pairedLogits: tf.Tensor2D,
  labels: tf.Tensor2D,
): tf.Scalar {
  return tf.add(crossEntropy(cycleLogits, labels), crossEntropy(pairedLogits, labels));
}

/** eq. 6: ce(F_s(G_TS(T, z_r)), z_r) with a random class z_r for each target row. */
export function randomConditionalEmotionLoss(logits: tf.Tensor2D, randomLabels: tf.Tensor2D): tf.Scalar {
  return crossEntropy(logits, randomLabels);
}

/**
 * CyCADA's semantic consistency of one translation (Hoffman et al., 2018, eq. 4): −log of the probability that F_s
 * gives, after it, to the class it found most probable before. Logits `[rows, classes]`, those before constant; mean
 * over the batch.
 */
export function sameClassLoss(before: tf.Tensor2D, after: tf.Tensor2D): tf.Scalar {
  const found = tf.oneHot(tf.argMax(before, 1), before.shape[1], 1, 0, 'float32') as tf.Tensor2D;
  return crossEntropy(after, found);
}

/**
 * CycleEmotionGAN's emotional semantic consistency of one translation (Zhao et al., 2019): the symmetrised
 * Kullback-Leibler divergence KL(p‖q) + KL(q‖p) = Σₖ (pₖ − qₖ)(log pₖ − log qₖ) of F_s's probabilities before and after.
 * Logits `[rows, classes]`, those before constant; mean over the batch.
 */
export function sameDistributionLoss(before: tf.Tensor2D, after: tf.Tensor2D): tf.Scalar {
  const [logP, logQ] = [tf.logSoftmax(before), tf.logSoftmax(after)];
  const weighted = tf.mul(tf.sub(tf.exp(logP), tf.exp(logQ)), tf.sub(logP, logQ));
  return tf.div(tf.sum(weighted), before.shape[0]);
}

/** λ₁, λ₂, λ₃ of eq. 7 and the weight of the gradient penalty. */
export interface LossWeights {
  readonly identity: number;
  readonly cycle: number;
  readonly emotion: number;
  readonly gradientPenalty: number;
}

/**
 * eq. 7 for the generators: adversarial (eq. 2) + λ₁ identity + λ₂ cycle + λ₃ Σ `emotion`, which in the paper is
 * conditional + random, in other methods of the family semantic consistency, or nothing.
 */
export function generatorTotal(
  terms: {
    adversarialST: tf.Scalar;
    adversarialTS: tf.Scalar;
    identity: tf.Scalar;
    cycle: tf.Scalar;
  },
  emotion: readonly tf.Scalar[],
  weights: LossWeights,
): tf.Scalar {
  const weighted = [
    terms.adversarialST,
    terms.adversarialTS,
    tf.mul<tf.Scalar>(terms.identity, weights.identity),
    tf.mul<tf.Scalar>(terms.cycle, weights.cycle),
  ];
  if (emotion.length > 0) {
    const sum = emotion.reduce((a, b) => tf.add(a, b));
    weighted.push(tf.mul(sum, weights.emotion));
  }
  return tf.addN(weighted);
}

/**
 * mean of (‖∇D(x̂)‖ − 1)² with the norm sqrt(Σg² + 1e-12) (Gulrajani et al., 2017), from D's activations at x̂, which
 * are held constant.
 */
export function gradientPenalty(discriminator: Mlp, activations: readonly tf.Tensor2D[]): tf.Scalar {
  return lossOp(
    discriminator.inputGradient(activations),
    null,
    (g) => run('Penalty', { g }, {}),
    (g, _, dy) => run('PenaltyGrad', { g, dy }, {}),
  );
}
