/** The three-class emotion classifier: F_s and the recognisers are both one of these. */
import { upsample } from '../corpus/balance.ts';
import { CLASS_COUNT, type Matrix } from '../corpus/corpus.ts';
import { type Random, randomStream } from '../corpus/random.ts';
import { Adam } from '../nn/adam.ts';
import { crossEntropy } from '../nn/losses.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import type { Saveable } from '../nn/saved.ts';
import { tf } from '../nn/tf.ts';
import { CLASSIFIER_TERMS, type Phase, type TrainingEvent } from './events.ts';
import { classCondition } from './ganStep.ts';
import { gatherRows, type RowSet, sliceRows } from './rows.ts';
import type { Settings } from './settings.ts';
import { RowStream, stepsPerEpoch, trainingLoop } from './training.ts';

/** Rows classified at once. */
const PREDICTION_BATCH = 1024;

/** Rows `[batch, features]` and the class probabilities asked for, `[batch, 3]`. */
export interface LabelledBatch {
  readonly x: tf.Tensor2D;
  readonly y: tf.Tensor2D;
}

/** What is done to a batch before it is learned from; called inside a tidy. */
export type Augmentation = (batch: LabelledBatch, random: Random) => LabelledBatch;

/** Endless batches of labelled rows, classes balanced by up-sampling. */
export class LabelledBatches {
  private readonly order: RowStream;
  private readonly random: Random;
  /** Rows of a batch: as many as asked for, where there are so many. */
  readonly size: number;
  /** Batches that cover the balanced rows once. */
  readonly perEpoch: number;

  /** `seed` and `name` fix balance, order and augmentation. */
  constructor(
    private readonly set: RecogniserSet,
    size: number,
    seed: number,
    name: string,
  ) {
    const balanced = upsample(set.classes, randomStream(seed, `${name}/balance`));
    this.order = new RowStream(balanced, randomStream(seed, `${name}/order`));
    this.random = randomStream(seed, `${name}/augmentation`);
    this.size = Math.min(size, balanced.length);
    this.perEpoch = stepsPerEpoch(balanced.length, this.size);
  }

  /** The next batch, augmented where the set asks for it; call inside a tidy. */
  next(): LabelledBatch {
    const { x, classes, augment } = this.set;
    const rows = this.order.next(this.size);
    const plain = {
      x: gatherRows(x, rows),
      y: classCondition(Array.from(rows, (row) => classes[row])),
    };
    return augment ? augment(plain, this.random) : plain;
  }
}

/** A classifier in training; owns its network: call `dispose` when done. */
export class ClassifierTraining {
  private readonly network: Mlp;
  private readonly optimiser: Adam;
  private readonly batches: LabelledBatches;

  /**
   * `set.x` `[rows, features]`; `set.classes` has one class a row, −1 for rows not to learn from.
   * Classes are balanced by up-sampling. `seed` and `name` fix initialisation and order.
   */
  constructor(set: RecogniserSet, settings: Settings['classifier'], seed: number, name: string) {
    const sizes = [set.x.columns, ...settings.hidden, CLASS_COUNT];
    const shape = { ...SHAPE_DEFAULTS, sizes, hidden: 'relu', batchNorm: settings.batchNorm } as const;
    this.network = Mlp.create(shape, randomStream(seed, `${name}/weights`));
    const { learningRate } = settings;
    this.optimiser = new Adam(this.network.variables(), { learningRate, beta1: 0.9, beta2: 0.999 });
    this.batches = new LabelledBatches(set, settings.batch, seed, name);
  }

  get stepsPerEpoch(): number {
    return this.batches.perEpoch;
  }

  /** One Adam step on the cross-entropy; returns the loss as `[1]`. */
  step(): tf.Tensor1D {
    return tf.tidy(() => tf.reshape(this.learn(this.batches.next()), [1]));
  }

  /** One Adam step on the mean cross-entropy of the rows given, constants; returns it. Call inside a tidy. */
  learn({ x, y }: LabelledBatch): tf.Scalar {
    return this.optimiser.minimise(() => ({
      total: crossEntropy(this.network.apply(x, { inputGradient: false }), y),
    })).total;
  }

  /** The mean cross-entropy of the rows given, as in a step, without one. Call inside a tidy. */
  loss({ x, y }: LabelledBatch): tf.Scalar {
    return crossEntropy(this.network.apply(x, { trainable: false, inputGradient: false }), y);
  }

  /** All that a step changes, but for the order of batches. */
  parts(): readonly Saveable[] {
    return [this.network, this.optimiser];
  }

  /** A frozen copy for inference; the caller disposes it. */
  frozen(): Mlp {
    return this.network.folded();
  }

  dispose(): void {
    this.network.dispose();
    this.optimiser.dispose();
  }
}

/** What `read` makes of a frozen classifier's logits `[rows, 3]` of every row, a batch at a time. */
async function readLogits(
  classifier: Mlp,
  x: Matrix,
  read: (logits: tf.Tensor2D) => tf.Tensor,
  take: (values: ArrayLike<number>, start: number) => void,
): Promise<void> {
  for (let start = 0; start < x.rows; start += PREDICTION_BATCH) {
    const size = Math.min(PREDICTION_BATCH, x.rows - start);
    const batch = tf.tidy(() =>
      read(classifier.apply(sliceRows(x, start, size), { trainable: false, inputGradient: false })),
    );
    take(await batch.data(), start);
    batch.dispose();
  }
}

/** The most probable class of every row, from a frozen classifier. */
export async function predict(classifier: Mlp, x: Matrix): Promise<Int8Array> {
  const classes = new Int8Array(x.rows);
  const mostProbable = (logits: tf.Tensor2D) => tf.argMax(logits, 1);
  await readLogits(classifier, x, mostProbable, (values, start) => classes.set(values, start));
  return classes;
}

/** Class probabilities of every row, `[rows, 3]`, from a frozen classifier. */
export async function probabilities(classifier: Mlp, x: Matrix): Promise<Float32Array> {
  const shares = new Float32Array(x.rows * CLASS_COUNT);
  const softmax = (logits: tf.Tensor2D) => tf.softmax(logits);
  await readLogits(classifier, x, softmax, (values, start) => shares.set(values, start * CLASS_COUNT));
  return shares;
}

/** How many rows there are once classes are balanced. */
export function balancedRows(classes: Int8Array): number {
  return upsample(classes, randomStream(0, 'count')).length;
}

/** A recogniser's training set: rows with their classes. */
export interface RecogniserSet {
  readonly x: RowSet;
  readonly classes: Int8Array;
  /** Changes every batch before it is learned from. */
  readonly augment?: Augmentation;
}

/** Steps that one recogniser takes on a set. */
export function recogniserSteps(classes: Int8Array, settings: Settings, classifierEpochs: number): number {
  const { epochs, steps } = settings.recogniser;
  const perEpoch = stepsPerEpoch(balancedRows(classes), settings.classifier.batch);
  const all = (epochs || classifierEpochs) * perEpoch;
  return steps > 0 ? Math.min(all, steps) : all;
}

/** Trains a recogniser on `set`; returns its predictions for `target` `[rows, features]`. */
export async function* trainRecogniser(
  set: RecogniserSet,
  target: Matrix,
  options: {
    settings: Settings;
    classifierEpochs: number;
    seed: number;
    offset: number;
    of: number;
    now: () => number;
  },
): AsyncGenerator<TrainingEvent, Int8Array> {
  const { settings, classifierEpochs, seed, offset, of, now } = options;
  const phase: Phase = 'recognisers';
  const training = new ClassifierTraining(set, settings.classifier, seed, 'recogniser');
  try {
    const steps = recogniserSteps(set.classes, settings, classifierEpochs);
    const terms = CLASSIFIER_TERMS;
    const step = () => training.step();
    yield* trainingLoop({
      phase,
      steps,
      stepsPerEpoch: training.stepsPerEpoch,
      offset,
      of,
      terms,
      now,
      step,
    });
    const frozen = training.frozen();
    const prediction = await predict(frozen, target);
    frozen.dispose();
    return prediction;
  } finally {
    training.dispose();
  }
}
