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
  sameClassLoss,
  sameDistributionLoss,
} from '../nn/losses.ts';
import type { Mlp, PassOptions } from '../nn/mlp.ts';
import { oneHotRows, tf } from '../nn/tf.ts';
import type { EmotionQuestion } from './cycleVariant.ts';

export interface GanNetworks {
  readonly G_ST: Mlp;
  readonly G_TS: Mlp;
  readonly D_S: Mlp;
  readonly D_T: Mlp;
}

/** The emotion classifier as the generators see it, its weights held and batch norm folded, and what it is asked. */
export interface EmotionJudge {
  readonly F: Mlp;
  readonly question: EmotionQuestion;
}

/** A paired batch; all matrices `[batch, …]`. */
export interface GanBatch {
  readonly S: tf.Tensor2D;
  readonly T: tf.Tensor2D;
  /** One-hot label of each source row. */
  readonly y: tf.Tensor2D;
  /** One-hot random class of each target row; drawn for every method, so that all see the same chance elsewhere. */
  readonly zRandom: tf.Tensor2D;
  /** ε of the gradient penalties, `[batch, 1]`. */
  readonly epsS: tf.Tensor2D;
  readonly epsT: tf.Tensor2D;
  /** Added to the fakes before they are taken back; absent where the cycle has no noise. */
  readonly noise?: Fakes;
}

export interface LossOptions {
  /** Whether G_TS takes the condition Z. */
  readonly conditioned: boolean;
  readonly adversarial: AdversarialKind;
  readonly mse: Reduction;
  readonly pairedTerm: 'source' | 'target';
  readonly weights: LossWeights;
  /** False where the loss is only looked at: running statistics of batch norm then stay. Default true. */
  readonly follow?: boolean;
}

export interface Fakes {
  readonly fakeS: tf.Tensor2D;
  readonly fakeT: tf.Tensor2D;
}

/** What a discriminator makes of a batch: constants, the same for both updates. */
export interface Judged {
  /** Real rows and, below them, fake ones, `[2 · batch, features]`. */
  readonly rows: tf.Tensor2D;
  /** Outputs of every layer at these rows. */
  readonly outputs: readonly tf.Tensor2D[];
}

export type BothJudged = Readonly<Record<'D_S' | 'D_T', Judged>>;

/** The emotion losses of one question. */
type EmotionTerms = Readonly<
  Partial<Record<'conditionalEmotion' | 'randomConditionalEmotion' | 'semanticConsistency', tf.Scalar>>
>;

export interface GeneratorTerms extends EmotionTerms {
  readonly adversarialST: tf.Scalar;
  readonly adversarialTS: tf.Scalar;
  readonly identity: tf.Scalar;
  readonly cycle: tf.Scalar;
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
  options: Pick<PassOptions, 'trainable' | 'inputGradient' | 'follow'> = {},
  conditions: readonly tf.Tensor2D[] = [],
): tf.Tensor2D[] {
  const passes = inputs.length;
  const condition = conditions.length > 0 ? stack(conditions) : undefined;
  const outputs = network.apply(stack(inputs), { ...options, passes, condition });
  return passes === 1 ? [outputs] : tf.split(outputs, passes, 0);
}

function judge(discriminator: Mlp, real: tf.Tensor2D, fake: tf.Tensor2D): Judged {
  const rows = stack([real, fake]);
  return { rows, outputs: discriminator.pass(rows, { trainable: false, inputGradient: false }) };
}

/** Both discriminators' passes over a batch and its fakes; nothing is differentiated through them. */
export const judgeBatch = (nets: GanNetworks, { S, T }: GanBatch, { fakeS, fakeT }: Fakes): BothJudged => ({
  D_S: judge(nets.D_S, S, fakeS),
  D_T: judge(nets.D_T, T, fakeT),
});

/** The frozen discriminator's logits of fake rows, differentiable by these, from what is known of them. */
function logitsOfFakes(discriminator: Mlp, fake: tf.Tensor2D, { outputs }: Judged): tf.Tensor2D {
  const rows = fake.shape[0];
  const known = outputs.map((output) => tf.slice(output, [rows, 0], [rows, -1]));
  return discriminator.apply(fake, { trainable: false, known });
}

/** eqs. 5 and 6, unweighted: whether F hears the class that G_TS was told in making `[cycleS, paired, randomS]`. */
function conditionalTerms(
  F: Mlp,
  made: readonly [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D],
  { y, zRandom }: GanBatch,
): EmotionTerms {
  const [cycleLogits, pairedLogits, randomLogits] = together(F, made, { trainable: false });
  return {
    conditionalEmotion: conditionalEmotionLoss(cycleLogits, pairedLogits, y),
    randomConditionalEmotion: randomConditionalEmotionLoss(randomLogits, zRandom),
  };
}

/** How semantic consistency is measured, and whether on the way T → S too. */
const CONSISTENCY = {
  'same-class': { loss: sameClassLoss, bothWays: true },
  'same-distribution': { loss: sameDistributionLoss, bothWays: false },
} as const;

/** Semantic consistency, unweighted: whether F hears in translated rows what it heard before. */
function consistencyTerms(
  F: Mlp,
  question: keyof typeof CONSISTENCY,
  { S, T }: GanBatch,
  { fakeS, fakeT }: Fakes,
): EmotionTerms {
  const { loss, bothWays } = CONSISTENCY[question];
  const held = { trainable: false };
  const before = together(F, bothWays ? [S, T] : [S], { ...held, inputGradient: false });
  const after = together(F, bothWays ? [fakeT, fakeS] : [fakeT], held);
  const losses = after.map((logits, i) => loss(before[i], logits));
  return { semanticConsistency: losses.reduce((a, b) => tf.add(a, b)) };
}

/**
 * The generators' loss on one batch (eqs. 1–7, or what the method has in place of eqs. 5 and 6), every term unweighted,
 * with what the discriminators make of the batch, which their own update uses again. What the method has not is not
 * computed.
 */
export function generatorLoss(
  nets: GanNetworks,
  batch: GanBatch,
  options: LossOptions,
  judge: EmotionJudge | null,
): { terms: GeneratorTerms; judged: BothJudged } {
  const { S, T, y, zRandom, noise } = batch;
  const { mse, adversarial, pairedTerm, weights, conditioned, follow } = options;
  const data = { inputGradient: false, follow };
  const told = (...classes: tf.Tensor2D[]) => (conditioned ? classes : []);

  const [fakeT, idT] = together(nets.G_ST, [S, T], data);
  const [fakeS, idS, randomS] =
    judge?.question === 'conditional'
      ? together(nets.G_TS, [T, S, T], data, told(y, y, zRandom))
      : together(nets.G_TS, [T, S], data, told(y, y));
  const taken = (fake: 'fakeS' | 'fakeT', made: tf.Tensor2D) =>
    noise ? tf.add<tf.Tensor2D>(made, noise[fake]) : made;
  const [cycleT] = together(nets.G_ST, [taken('fakeS', fakeS)], { follow });
  const [cycleS] = together(nets.G_TS, [taken('fakeT', fakeT)], { follow }, told(y));
  const paired = pairedTerm === 'source' ? idS : fakeS;
  const emotion =
    judge === null
      ? {}
      : judge.question === 'conditional'
        ? conditionalTerms(judge.F, [cycleS, paired, randomS], batch)
        : consistencyTerms(judge.F, judge.question, batch, { fakeS, fakeT });

  const judged = judgeBatch(nets, batch, { fakeS, fakeT });

  const source = { output: idS, input: S };
  const target = { output: idT, input: T };
  const terms = {
    adversarialST: generatorAdversarialLoss(logitsOfFakes(nets.D_T, fakeT, judged.D_T), adversarial),
    adversarialTS: generatorAdversarialLoss(logitsOfFakes(nets.D_S, fakeS, judged.D_S), adversarial),
    identity: identityLoss(source, target, mse),
    cycle: cycleLoss({ ...source, output: cycleS }, { ...target, output: cycleT }, mse),
  };
  const total = generatorTotal(terms, Object.values(emotion), weights);
  return { terms: { ...terms, ...emotion, total }, judged };
}

/** What a discriminator's update needs to know of its batch. */
export interface Constants extends Judged {
  /** Outputs of the hidden layers at the penalty's points between each real row and its fake. */
  readonly between: readonly tf.Tensor2D[];
}

/** Adds to the discriminators' passes over a batch what their gradient penalties need, off any tape. */
export function discriminatorConstants(
  nets: GanNetworks,
  { epsS, epsT }: GanBatch,
  judged: BothJudged,
): Readonly<Record<'D_S' | 'D_T', Constants>> {
  const complete = (name: 'D_S' | 'D_T', epsilon: tf.Tensor2D): Constants => ({
    ...judged[name],
    between: nets[name].between(judged[name].outputs[0], epsilon),
  });
  return { D_S: complete('D_S', epsS), D_T: complete('D_T', epsT) };
}

/** The discriminators' loss on one batch: eq. 1 for both, plus the gradient penalties; fakes are constants. */
export function discriminatorLoss(
  nets: GanNetworks,
  constants: Readonly<Record<'D_S' | 'D_T', Constants>>,
  { adversarial, weights }: LossOptions,
): DiscriminatorTerms {
  const adversarialOf = (name: 'D_S' | 'D_T') => {
    const { rows, outputs } = constants[name];
    const [real, fake] = tf.split(nets[name].apply(rows, { inputGradient: false, known: outputs }), 2, 0);
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
export function makeFakes(
  nets: GanNetworks,
  batch: Pick<GanBatch, 'S' | 'T' | 'y'>,
  { conditioned }: LossOptions,
): Fakes {
  const frozen = { trainable: false, inputGradient: false };
  return {
    fakeT: nets.G_ST.apply(batch.S, frozen),
    fakeS: nets.G_TS.apply(batch.T, { ...frozen, ...(conditioned && { condition: batch.y }) }),
  };
}

/** The class condition Z for rows of the given classes. */
export const classCondition = (classes: Int8Array | readonly number[]) => oneHotRows(classes, CLASS_COUNT);
