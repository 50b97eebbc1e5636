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

/** Outputs of every layer of each discriminator at a batch of real rows and, below them, the fakes. */
export interface Activations {
  readonly D_S: readonly tf.Tensor2D[];
  readonly D_T: readonly tf.Tensor2D[];
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

const stack = (rows: readonly tf.Tensor2D[]): tf.Tensor2D =>
  rows.length === 1 ? rows[0] : tf.concat2d([...rows], 0);

/** Runs a network once over several inputs stacked along the rows, each with its condition where there are some. */
function together(
  network: Mlp,
  inputs: readonly tf.Tensor2D[],
  options: { trainable?: boolean; inputGradient?: boolean } = {},
  conditions: readonly tf.Tensor2D[] = [],
): tf.Tensor2D[] {
  const passes = inputs.length;
  const condition = conditions.length > 0 ? stack(conditions) : undefined;
  const outputs = network.apply(stack(inputs), { ...options, passes, condition });
  return passes === 1 ? [outputs] : tf.split(outputs, passes, 0);
}

/** Outputs of every layer of a discriminator at real rows and, below them, fake ones; constants. */
const judge = (discriminator: Mlp, real: tf.Tensor2D, fake: tf.Tensor2D): tf.Tensor2D[] =>
  discriminator.pass(stack([real, fake]), { trainable: false, inputGradient: false });

/** The frozen discriminator's logits of fake rows, differentiable by these, from what `judge` has computed. */
function judgement(discriminator: Mlp, fake: tf.Tensor2D, judged: readonly tf.Tensor2D[]): tf.Tensor2D {
  const rows = fake.shape[0];
  const known = judged.map((outputs) => tf.slice(outputs, [rows, 0], [rows, -1]));
  return discriminator.apply(fake, { trainable: false, known });
}

/**
 * The generators' loss on one batch (eqs. 1–7), every term unweighted, with the fakes and what the discriminators made
 * of them, both of which the discriminators' update uses again.
 */
export function generatorLoss(
  nets: GanNetworks,
  batch: GanBatch,
  options: LossOptions,
): { terms: GeneratorTerms; fakes: Fakes; judged: Activations } {
  const { S, T, y, zRandom } = batch;
  const { mse, adversarial, pairedTerm, weights } = options;
  const data = { inputGradient: false };
  const frozen = { trainable: false };

  const [fakeT, idT] = together(nets.G_ST, [S, T], data);
  const [fakeS, idS, randomS] = together(nets.G_TS, [T, S, T], data, [y, y, zRandom]);
  const [cycleT] = together(nets.G_ST, [fakeS]);
  const [cycleS] = together(nets.G_TS, [fakeT], {}, [y]);
  const paired = pairedTerm === 'source' ? idS : fakeS;
  const [cycleLogits, pairedLogits, randomLogits] = together(nets.F, [cycleS, paired, randomS], frozen);

  const judged = { D_S: judge(nets.D_S, S, fakeS), D_T: judge(nets.D_T, T, fakeT) };

  const source = { output: idS, input: S };
  const target = { output: idT, input: T };
  const terms = {
    adversarialST: generatorAdversarialLoss(judgement(nets.D_T, fakeT, judged.D_T), adversarial),
    adversarialTS: generatorAdversarialLoss(judgement(nets.D_S, fakeS, judged.D_S), adversarial),
    identity: identityLoss(source, target, mse),
    cycle: cycleLoss({ ...source, output: cycleS }, { ...target, output: cycleT }, mse),
    conditionalEmotion: conditionalEmotionLoss(cycleLogits, pairedLogits, y),
    randomConditionalEmotion: randomConditionalEmotionLoss(randomLogits, zRandom),
  };
  const total = generatorTotal(terms, weights);
  return { terms: { ...terms, total }, fakes: { fakeS, fakeT }, judged };
}

/** What a discriminator's update needs to know of its rows, all of it constant. */
export interface Constants {
  /** Real rows, then fake ones, `[2 · batch, features]`, and the outputs of every layer at them. */
  readonly rows: tf.Tensor2D;
  readonly known: readonly tf.Tensor2D[];
  /** Outputs of the hidden layers at the penalty's points between each real row and its fake. */
  readonly between: readonly tf.Tensor2D[];
}

/**
 * The discriminators' passes over one batch, computed before, and off, the tape of their update. `judged` are the
 * outputs at the fakes where the generators' update has computed them, with the same discriminators.
 */
export function discriminatorConstants(
  nets: GanNetworks,
  batch: GanBatch,
  { fakeS, fakeT }: Fakes,
  judged: Activations | null,
): Record<'D_S' | 'D_T', Constants> {
  const of = (
    network: Mlp,
    real: tf.Tensor2D,
    fake: tf.Tensor2D,
    epsilon: tf.Tensor2D,
    outputs: readonly tf.Tensor2D[] | undefined,
  ): Constants => {
    const known = outputs ?? judge(network, real, fake);
    return { rows: stack([real, fake]), known, between: network.between(known[0], epsilon) };
  };
  return {
    D_S: of(nets.D_S, batch.S, fakeS, batch.epsS, judged?.D_S),
    D_T: of(nets.D_T, batch.T, fakeT, batch.epsT, judged?.D_T),
  };
}

/** The discriminators' loss on one batch: eq. 1 for both, plus the gradient penalties; fakes are constants. */
export function discriminatorLoss(
  nets: GanNetworks,
  constants: Record<'D_S' | 'D_T', Constants>,
  { adversarial, weights }: LossOptions,
): DiscriminatorTerms {
  const adversarialOf = (name: 'D_S' | 'D_T') => {
    const { rows, known } = constants[name];
    const [real, fake] = tf.split(nets[name].apply(rows, { inputGradient: false, known }), 2, 0);
    return discriminatorAdversarialLoss(real as tf.Tensor2D, fake as tf.Tensor2D, adversarial);
  };
  const terms = {
    adversarialS: adversarialOf('D_S'),
    adversarialT: adversarialOf('D_T'),
    gradientPenaltyS: gradientPenalty(nets.D_S, constants.D_S.between),
    gradientPenaltyT: gradientPenalty(nets.D_T, constants.D_T.between),
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
    fakeS: nets.G_TS.apply(batch.T, { ...frozen, condition: batch.y }),
  };
}

/** The class condition Z for rows of the given classes. */
export const classCondition = (classes: Int8Array | readonly number[]) => oneHotRows(classes, CLASS_COUNT);
