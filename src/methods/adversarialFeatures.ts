/**
 * A classifier whose features two corpora share: an encoder feeds an emotion head and, through gradient reversal, a
 * domain head that tries to tell labelled rows from target rows (Ganin et al., 2016; for speech emotion Abdelwahab
 * and Busso, 2018). Knows no target label, and not what the labelled rows are: DANN gives it the source, CyCADA
 * translated samples.
 *
 * `adaptationPlan` counts the steps; `trainAdapted({ labelled, target }, context)` trains as many classifiers as
 * there are repeats and returns what they predict for the target.
 */
import { CLASS_COUNT, type Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { Adam } from '../nn/adam.ts';
import { crossEntropy, discriminatorAdversarialLoss } from '../nn/losses.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { reverseGradient } from '../nn/reversal.ts';
import { tf } from '../nn/tf.ts';
import { balancedRows, LabelledBatches, predict, type RecogniserSet } from './classifier.ts';
import { ADAPTATION_TERMS, type TrainingEvent } from './events.ts';
import type { MethodContext } from './method.ts';
import { seedOfRepeat } from './recognisers.ts';
import { gatherRows, type RowSet, rowSet } from './rows.ts';
import type { Settings } from './settings.ts';
import { type LoopResult, RowStream, stepsPerEpoch, trainingLoop } from './training.ts';

/** What an adapted classifier learns from. */
export interface AdaptationSet {
  /** Rows `[rows, features]` with their classes, −1 for rows not to learn from; balanced by up-sampling. */
  readonly labelled: RecogniserSet;
  /** Rows that shall look the same to the heads, `[rows, features]`; they are also what is predicted. */
  readonly target: Matrix;
}

export interface AdaptationPlan {
  readonly perEpoch: number;
  /** Steps of one classifier. */
  readonly perClassifier: number;
  /** Steps of all repeats: those of the phase `adaptation`. */
  readonly total: number;
}

/** The steps that classifiers take to adapt rows of these classes to so many target rows. */
export function adaptationPlan(
  classes: Int8Array,
  targetRows: number,
  { dann, recogniser }: Settings,
): AdaptationPlan {
  const perEpoch = stepsPerEpoch(Math.max(balancedRows(classes), targetRows), dann.batch);
  const all = dann.epochs * perEpoch;
  const perClassifier = dann.steps > 0 ? Math.min(all, dann.steps) : all;
  return { perEpoch, perClassifier, total: recogniser.seeds * perClassifier };
}

/**
 * λ · (2 / (1 + e^(−γp)) − 1): from 0 to nearly λ as training goes from p = 0 to 1 (Ganin et al., 2016, sec. 5.2, where
 * λ at the end is 1).
 */
export const reversalWeight = (
  progress: number,
  { lambda, gamma }: Pick<Settings['dann'], 'lambda' | 'gamma'>,
): number => lambda * (2 / (1 + Math.exp(-gamma * progress)) - 1);

/** As a GAN's: with 0.9 the encoder runs away from the domain head, whose loss grows far beyond 2 ln 2. */
const DECAYS = { beta1: 0.5, beta2: 0.999 } as const;

/** One classifier in training; owns its networks: call `dispose` when done. */
export class AdaptedTraining {
  /** Encoder and emotion head end to end; the encoder's last output is one of the hidden layers'. */
  private readonly classifier: Mlp;
  private readonly domainHead: Mlp;
  private readonly optimiser: Adam;
  private readonly batches: LabelledBatches;
  private readonly targetRows: RowStream;
  private readonly target: RowSet;

  /** `seed` fixes initial weights and batches. */
  constructor(
    { labelled, target }: AdaptationSet,
    private readonly settings: Settings['dann'],
    seed: number,
  ) {
    const { encoder, heads, learningRate } = settings;
    const make = (name: string, sizes: number[]) =>
      Mlp.create(
        { ...SHAPE_DEFAULTS, sizes, hidden: 'relu', batchNorm: false },
        randomStream(seed, `adapted/${name}`),
      );
    this.classifier = make('classifier', [target.columns, ...encoder, ...heads, CLASS_COUNT]);
    this.domainHead = make('domain', [encoder[encoder.length - 1], ...heads, 1]);
    const variables = [...this.classifier.variables(), ...this.domainHead.variables()];
    this.optimiser = new Adam(variables, { learningRate, ...DECAYS });
    this.batches = new LabelledBatches(labelled, settings.batch, seed, 'adapted');
    this.target = rowSet(target);
    this.targetRows = new RowStream(target.rows, randomStream(seed, 'adapted/target'));
  }

  /**
   * One Adam step at `progress` 0 … 1 of the training on ce(labelled) and, with the gradient that reaches the encoder
   * reversed, on −mean log d(labelled) − mean log(1 − d(target)) (Ganin et al., 2016, eq. 9, whose λ is in the
   * reversal); returns both, `ADAPTATION_TERMS`. A domain head that cannot tell the rows apart has 2 ln 2.
   */
  step(progress: number): tf.Tensor1D {
    return tf.tidy(() => {
      const { x, y } = this.batches.next();
      const target = gatherRows(this.target, this.targetRows.next(this.batches.size));
      const both = tf.concat2d([x, target], 0);
      const weight = reversalWeight(progress, this.settings);
      const { emotion, domain } = this.optimiser.minimise(() => {
        const outputs = this.classifier.pass(both, { inputGradient: false });
        const features = outputs[this.settings.encoder.length - 1];
        const logits = tf.slice(outputs[outputs.length - 1], [0, 0], [this.batches.size, CLASS_COUNT]);
        const judged = this.domainHead.apply(reverseGradient(features, weight));
        const [ofLabelled, ofTarget] = tf.split<tf.Tensor2D>(judged, 2, 0);
        const terms = {
          emotion: crossEntropy(logits, y),
          domain: discriminatorAdversarialLoss(ofLabelled, ofTarget, 'bce'),
        };
        return { ...terms, total: tf.add(terms.emotion, terms.domain) as tf.Scalar };
      });
      return tf.stack([emotion, domain]) as tf.Tensor1D;
    });
  }

  /** Encoder and emotion head as a frozen copy for inference; the caller disposes it. */
  frozen(): Mlp {
    return this.classifier.folded();
  }

  dispose(): void {
    for (const owned of [this.classifier, this.domainHead, this.optimiser]) owned.dispose();
  }
}

/** Trains one classifier as events; returns the classes it predicts for the target. */
async function* trainOne(
  set: AdaptationSet,
  { settings, seed, now }: Pick<MethodContext, 'settings' | 'seed' | 'now'>,
  { perClassifier, perEpoch, total }: AdaptationPlan,
  offset: number,
): AsyncGenerator<TrainingEvent, LoopResult & { readonly prediction: Int8Array }> {
  const training = new AdaptedTraining(set, settings.dann, seed);
  try {
    const result = yield* trainingLoop({
      phase: 'adaptation',
      steps: perClassifier,
      stepsPerEpoch: perEpoch,
      offset,
      of: total,
      terms: ADAPTATION_TERMS,
      now,
      step: (index) => training.step(index / perClassifier),
    });
    const frozen = training.frozen();
    try {
      return { ...result, prediction: await predict(frozen, set.target) };
    } finally {
      frozen.dispose();
    }
  } finally {
    training.dispose();
  }
}

/**
 * The phase `adaptation`: trains `settings.recogniser.seeds` classifiers, from the seeds that the recognisers of the
 * other rows take, and returns their predictions for every target row, the steps of all and the mean time of one.
 * @throws DivergenceError where a loss is no longer finite.
 */
export async function* trainAdapted(
  set: AdaptationSet,
  context: Pick<MethodContext, 'settings' | 'seed' | 'now'>,
): AsyncGenerator<TrainingEvent, LoopResult & { readonly predictions: readonly Int8Array[] }> {
  const { settings, seed } = context;
  const plan = adaptationPlan(set.labelled.classes, set.target.rows, settings);
  yield { type: 'phase', phase: 'adaptation', steps: plan.total };
  const predictions: Int8Array[] = [];
  let steps = 0;
  let busy = 0;
  for (let repeat = 0; repeat < settings.recogniser.seeds; repeat++) {
    const ofRepeat = { ...context, seed: seedOfRepeat(seed, repeat) };
    const result = yield* trainOne(set, ofRepeat, plan, steps);
    predictions.push(result.prediction);
    busy += result.steps * result.msPerStep;
    steps += result.steps;
  }
  return { predictions, steps, msPerStep: steps > 0 ? busy / steps : 0 };
}
