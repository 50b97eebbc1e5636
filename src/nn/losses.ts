/**
 * The loss terms of the paper, each a named function with its equation. Inputs are outputs of networks; which
 * network fed which is the method's business. All return scalars.
 */
import type { Mlp } from './mlp.ts';
import { tf } from './tf.ts';

export type AdversarialKind = 'bce' | 'wgan' | 'lsgan';
export type Reduction = 'mean' | 'sum';

/** mean of log(1 + exp(sign·x)) over the batch; numerically safe, gradient sign·sigmoid(sign·x)/rows. */
function meanSoftplus(x: tf.Tensor2D, sign: 1 | -1): tf.Scalar {
  const op = tf.customGrad((...args) => {
    const [logits, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const signed = sign === 1 ? logits : tf.neg(logits);
    save([signed]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => [
      tf.mul(tf.sigmoid(saved[0]), tf.mul(dy, sign / logits.shape[0])),
    ];
    return { value: tf.mean(tf.softplus(signed)), gradFunc };
  });
  return op(x) as tf.Scalar;
}

/**
 * The generator's side of eq. 1: `bce` −log D(fake) (non-saturating), `wgan` −D(fake), `lsgan` (D(fake) − 1)²,
 * mean over the batch of logits `[rows, 1]`.
 */
export function generatorAdversarialLoss(fakeLogits: tf.Tensor2D, kind: AdversarialKind): tf.Scalar {
  switch (kind) {
    case 'bce':
      return meanSoftplus(fakeLogits, -1);
    case 'wgan':
      return tf.neg(tf.mean(fakeLogits));
    case 'lsgan':
      return tf.mean(tf.square(tf.sub(fakeLogits, 1)));
  }
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
  switch (kind) {
    case 'bce':
      return tf.add(meanSoftplus(realLogits, -1), meanSoftplus(fakeLogits, 1));
    case 'wgan':
      return tf.sub(tf.mean(fakeLogits), tf.mean(realLogits));
    case 'lsgan':
      return tf.add(tf.mean(tf.square(tf.sub(realLogits, 1))), tf.mean(tf.square(fakeLogits)));
  }
}

/** ‖x − target‖², averaged over the batch and averaged (`mean`) or summed (`sum`) over features. */
function squaredError(x: tf.Tensor2D, target: tf.Tensor2D, reduction: Reduction): tf.Scalar {
  const [rows, columns] = x.shape;
  const scale = 1 / (reduction === 'mean' ? rows * columns : rows);
  const op = tf.customGrad((...args) => {
    const [output, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const difference = tf.sub(output, target);
    save([difference]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => [tf.mul(saved[0], tf.mul(dy, 2 * scale))];
    return { value: tf.mul(tf.sum(tf.square(difference)), scale), gradFunc };
  });
  return op(x) as tf.Scalar;
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
  const op = tf.customGrad((...args) => {
    const [z, save] = args as [tf.Tensor2D, tf.GradSaveFunc];
    const logProbability = tf.logSoftmax(z);
    save([logProbability]);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => [
      tf.mul(tf.sub(tf.exp(saved[0]), oneHot), tf.mul(dy, 1 / z.shape[0])),
    ];
    return { value: tf.mul(tf.sum(tf.mul(logProbability, oneHot)), -1 / z.shape[0]), gradFunc };
  });
  return op(logits) as tf.Scalar;
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

/** λ₁, λ₂, λ₃ of eq. 7 and the weight of the gradient penalty. */
export interface LossWeights {
  readonly identity: number;
  readonly cycle: number;
  readonly emotion: number;
  readonly gradientPenalty: number;
}

/** eq. 7 for the generators: adversarial (eq. 2) + λ₁ identity + λ₂ cycle + λ₃ (conditional + random). */
export function generatorTotal(
  terms: {
    adversarialST: tf.Scalar;
    adversarialTS: tf.Scalar;
    identity: tf.Scalar;
    cycle: tf.Scalar;
    conditionalEmotion: tf.Scalar;
    randomConditionalEmotion: tf.Scalar;
  },
  weights: LossWeights,
): tf.Scalar {
  return tf.addN([
    terms.adversarialST,
    terms.adversarialTS,
    tf.mul(terms.identity, weights.identity),
    tf.mul(terms.cycle, weights.cycle),
    tf.mul(tf.add(terms.conditionalEmotion, terms.randomConditionalEmotion), weights.emotion),
  ]);
}

/**
 * What the gradient penalty holds constant: D's activation masks at x̂ = ε·real + (1 − ε)·fake, with one ε
 * `[rows, 1]` per row. Computed before, and off, the tape of the penalty's gradient.
 */
export function penaltyMasks(
  discriminator: Mlp,
  real: tf.Tensor2D,
  fake: tf.Tensor2D,
  epsilon: tf.Tensor2D,
): tf.Tensor2D[] {
  return discriminator.masks(tf.add(fake, tf.mul(epsilon, tf.sub(real, fake))));
}

/** mean of (‖∇D(x̂)‖ − 1)² with the norm sqrt(Σg² + 1e-12) (Gulrajani et al., 2017). */
export function gradientPenalty(discriminator: Mlp, masks: readonly tf.Tensor2D[]): tf.Scalar {
  const gradient = discriminator.inputGradient(masks);
  const norm = tf.sqrt(tf.add(tf.sum(tf.square(gradient), 1), 1e-12));
  return tf.mean(tf.square(tf.sub(norm, 1)));
}
