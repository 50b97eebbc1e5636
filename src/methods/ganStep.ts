/**
 * One step of the cycle-GAN family: which network sees what, and which loss terms come of it (eqs. 1–7). Rows
 * that pass through the same network are stacked, so that each network runs once a stage: the same
 * mathematics, with batch norm still normalising every pass by itself.
 */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import {
  type AdversarialKind,
  conditionalEmotionLoss,
  cycleLoss,
  discriminatorAdversarialLoss,
  generatorAdversarialLoss,
  generatorTotal,
  gradientPenalty,
  identityLoss,
  type LossWeights,
  penaltyMasks,
  type Reduction,
  randomConditionalEmotionLoss,
} from '../nn/losses.ts';
import type { Mlp } from '../nn/mlp.ts';
import { oneHotRows, tf } from '../nn/tf.ts';

export interface GanNetworks {
  readonly G_ST: Mlp;
  readonly G_TS: Mlp;
  readonly D_S: Mlp;
  readonly D_T: Mlp;
  /** The frozen emotion classifier, batch norm folded. */
  readonly F: Mlp;
}

/** A paired batch; all matrices `[batch, …]`. */
export interface GanBatch {
  readonly S: tf.Tensor2D;
  readonly T: tf.Tensor2D;
  /** One-hot label of each source row. */
  readonly y: tf.Tensor2D;
  /** One-hot random class of each target row. */
  readonly zRandom: tf.Tensor2D;
  /** ε of the gradient penalties, `[batch, 1]`. */
  readonly epsS: tf.Tensor2D;
  readonly epsT: tf.Tensor2D;
}

export interface LossOptions {
  readonly adversarial: AdversarialKind;
  readonly mse: Reduction;
  readonly pairedTerm: 'source' | 'target';
  readonly weights: LossWeights;
}

export interface Fakes {
  readonly fakeS: tf.Tensor2D;
  readonly fakeT: tf.Tensor2D;
}

export interface GeneratorTerms {
  readonly adversarialST: tf.Scalar;
  readonly adversarialTS: tf.Scalar;
  readonly identity: tf.Scalar;
  readonly cycle: tf.Scalar;
  readonly conditionalEmotion: tf.Scalar;
  readonly randomConditionalEmotion: tf.Scalar;
  readonly total: tf.Scalar;
}

export interface DiscriminatorTerms {
  readonly adversarialS: tf.Scalar;
  readonly adversarialT: tf.Scalar;
  readonly gradientPenaltyS: tf.Scalar;
  readonly gradientPenaltyT: tf.Scalar;
  readonly total: tf.Scalar;
}

/** Runs a network once over several inputs stacked along the rows. */
function together(
  network: Mlp,
  inputs: readonly tf.Tensor2D[],
  options: { trainable?: boolean; inputGradient?: boolean } = {},
): tf.Tensor2D[] {
  const passes = inputs.length;
  const stacked = passes === 1 ? inputs[0] : tf.concat2d([...inputs], 0);
  const outputs = network.apply(stacked, { ...options, passes });
  return passes === 1 ? [outputs] : tf.split(outputs, passes, 0);
}

const conditioned = (x: tf.Tensor2D, z: tf.Tensor2D): tf.Tensor2D => tf.concat2d([x, z], 1);

/**
 * The generators' loss on one batch (eqs. 1–7), every term unweighted, with the fakes, which the
 * discriminators' update uses again.
 */
export function generatorLoss(
  nets: GanNetworks,
  batch: GanBatch,
  options: LossOptions,
): GeneratorTerms & Fakes {
  const { S, T, y, zRandom } = batch;
  const { mse, adversarial, pairedTerm, weights } = options;
  const data = { inputGradient: false };
  const frozen = { trainable: false };

  const [fakeT, idT] = together(nets.G_ST, [S, T], data);
  const [fakeS, idS, randomS] = together(
    nets.G_TS,
    [conditioned(T, y), conditioned(S, y), conditioned(T, zRandom)],
    data,
  );
  const [cycleT] = together(nets.G_ST, [fakeS]);
  const [cycleS] = together(nets.G_TS, [conditioned(fakeT, y)]);
  const paired = pairedTerm === 'source' ? idS : fakeS;
  const [cycleLogits, pairedLogits, randomLogits] = together(nets.F, [cycleS, paired, randomS], frozen);

  const source = { output: idS, input: S };
  const target = { output: idT, input: T };
  const terms = {
    adversarialST: generatorAdversarialLoss(nets.D_T.apply(fakeT, frozen), adversarial),
    adversarialTS: generatorAdversarialLoss(nets.D_S.apply(fakeS, frozen), adversarial),
    identity: identityLoss(source, target, mse),
    cycle: cycleLoss({ ...source, output: cycleS }, { ...target, output: cycleT }, mse),
    conditionalEmotion: conditionalEmotionLoss(cycleLogits, pairedLogits, y),
    randomConditionalEmotion: randomConditionalEmotionLoss(randomLogits, zRandom),
  };
  return { ...terms, total: generatorTotal(terms, weights), fakeS, fakeT };
}

/** Activation masks for both gradient penalties; call outside the tape. */
export function discriminatorMasks(nets: GanNetworks, batch: GanBatch, { fakeS, fakeT }: Fakes) {
  return {
    S: penaltyMasks(nets.D_S, batch.S, fakeS, batch.epsS),
    T: penaltyMasks(nets.D_T, batch.T, fakeT, batch.epsT),
  };
}

/** The discriminators' loss on one batch: eq. 1 for both, plus the gradient penalties; fakes are constants. */
export function discriminatorLoss(
  nets: GanNetworks,
  batch: GanBatch,
  { fakeS, fakeT }: Fakes,
  masks: ReturnType<typeof discriminatorMasks>,
  { adversarial, weights }: LossOptions,
): DiscriminatorTerms {
  const data = { inputGradient: false };
  const [realLogitsS, fakeLogitsS] = together(nets.D_S, [batch.S, fakeS], data);
  const [realLogitsT, fakeLogitsT] = together(nets.D_T, [batch.T, fakeT], data);
  const terms = {
    adversarialS: discriminatorAdversarialLoss(realLogitsS, fakeLogitsS, adversarial),
    adversarialT: discriminatorAdversarialLoss(realLogitsT, fakeLogitsT, adversarial),
    gradientPenaltyS: gradientPenalty(nets.D_S, masks.S),
    gradientPenaltyT: gradientPenalty(nets.D_T, masks.T),
  };
  const penalty: tf.Scalar = tf.mul(
    tf.add(terms.gradientPenaltyS, terms.gradientPenaltyT),
    weights.gradientPenalty,
  );
  return { ...terms, total: tf.addN<tf.Scalar>([terms.adversarialS, terms.adversarialT, penalty]) };
}

/** Both fakes without any gradient, for additional discriminator steps. */
export function makeFakes(nets: GanNetworks, batch: GanBatch): Fakes {
  const frozen = { trainable: false, inputGradient: false };
  return {
    fakeT: nets.G_ST.apply(batch.S, frozen),
    fakeS: nets.G_TS.apply(conditioned(batch.T, batch.y), frozen),
  };
}

/** The class condition Z for rows of the given classes. */
export const classCondition = (classes: Int8Array | readonly number[]) => oneHotRows(classes, CLASS_COUNT);
