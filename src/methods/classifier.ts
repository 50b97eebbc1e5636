/**
 * The three-class emotion classifier: F_s and the recognisers are both one of these. Also finds F_s's number of
 * epochs by leave-one-speaker-out on the source.
 */
import { upsample } from '../corpus/balance.ts';
import { CLASS_COUNT, type Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { leaveOneSpeakerOut } from '../corpus/split.ts';
import { confusionMatrix, uar } from '../metrics/classification.ts';
import { Adam } from '../nn/adam.ts';
import { crossEntropy } from '../nn/losses.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import type { Phase, TrainingEvent } from './events.ts';
import { classCondition } from './ganStep.ts';
import type { MethodContext } from './method.ts';
import { gatherRows, pickRows, type RowSet, rowSet, sliceRows } from './rows.ts';
import type { Settings } from './settings.ts';
import { RowStream, stepsPerEpoch, trainingLoop } from './training.ts';

/** Rows classified at once. */
const PREDICTION_BATCH = 1024;

/** Loss reported while a classifier trains. */
const CLASSIFIER_TERMS = ['crossEntropy'] as const;

/** A classifier in training; owns its network: call `dispose` when done. */
export class ClassifierTraining {
  private readonly network: Mlp;
  private readonly optimiser: Adam;
  private readonly rows: RowStream;
  private readonly batch: number;
  readonly stepsPerEpoch: number;

  /**
   * `x` `[rows, features]`; `classes` has one class a row, −1 for rows not to learn from.
   * Classes are balanced by up-sampling. `seed` and `name` fix initialisation and order.
   */
  constructor(
    private readonly x: RowSet,
    private readonly classes: Int8Array,
    settings: Settings['classifier'],
    seed: number,
    name: string,
  ) {
    const sizes = [x.columns, ...settings.hidden, CLASS_COUNT];
    const shape = { ...SHAPE_DEFAULTS, sizes, hidden: 'relu', batchNorm: settings.batchNorm } as const;
    this.network = Mlp.create(shape, randomStream(seed, `${name}/weights`));
    const { learningRate } = settings;
    this.optimiser = new Adam(this.network.variables(), { learningRate, beta1: 0.9, beta2: 0.999 });
    const balanced = upsample(classes, randomStream(seed, `${name}/balance`));
    this.rows = new RowStream(balanced, randomStream(seed, `${name}/order`));
    this.batch = Math.min(settings.batch, balanced.length);
    this.stepsPerEpoch = stepsPerEpoch(balanced.length, this.batch);
  }

  /** One Adam step on the cross-entropy; returns the loss as `[1]`. */
  step(): tf.Tensor1D {
    return tf.tidy(() => {
      const rows = this.rows.next(this.batch);
      const x = gatherRows(this.x, rows);
      const y = classCondition(Array.from(rows, (row) => this.classes[row]));
      const { total } = this.optimiser.minimise(() => ({
        total: crossEntropy(this.network.apply(x, { inputGradient: false }), y),
      }));
      return tf.reshape(total, [1]);
    });
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

/** The most probable class of every row, from a frozen classifier. */
async function predict(classifier: Mlp, x: Matrix): Promise<Int8Array> {
  const { rows } = x;
  const prediction = new Int8Array(rows);
  for (let start = 0; start < rows; start += PREDICTION_BATCH) {
    const size = Math.min(PREDICTION_BATCH, rows - start);
    const classes = tf.tidy(() =>
      tf.argMax(classifier.apply(sliceRows(x, start, size), { trainable: false, inputGradient: false }), 1),
    );
    prediction.set(await classes.data(), start);
    classes.dispose();
  }
  return prediction;
}

/** Steps that pre-training F_s takes at most: the search, if any, and the training itself. */
export function classifierPlan({ data, settings, task }: Omit<MethodContext, 'now'>): {
  folds: number;
  epochs: number;
  perEpoch: number;
} {
  const { classifier } = settings;
  const perEpoch = stepsPerEpoch(balancedRows(data.sourceClasses), classifier.batch);
  if (classifier.epochs === 'fixed') {
    const epochs = task === 'activation' ? classifier.epochsActivation : classifier.epochsValence;
    return { folds: 0, epochs, perEpoch };
  }
  const folds = leaveOneSpeakerOut(data.sourceSpeakers, data.source.rows, randomStream(0, 'count')).length;
  return { folds, epochs: classifier.maximumEpochs, perEpoch };
}

function balancedRows(classes: Int8Array): number {
  return upsample(classes, randomStream(0, 'count')).length;
}

/**
 * Pre-trains F_s on the balanced source (method.md, procedure 3).
 * @returns the frozen classifier, which the caller disposes, and the epochs it was trained for.
 */
export async function* pretrainClassifier(
  context: MethodContext,
): AsyncGenerator<TrainingEvent, { classifier: Mlp; epochs: number }> {
  const { data, settings, seed } = context;
  const source = rowSet(data.source);
  const plan = classifierPlan(context);
  const planned = (plan.folds + 1) * plan.epochs * plan.perEpoch;
  yield { type: 'phase', phase: 'classifier', steps: planned };
  let epochs = plan.epochs;
  if (plan.folds > 0) {
    epochs = yield* searchEpochs(context, source, planned);
    yield {
      type: 'note',
      phase: 'classifier',
      message: `Leave-one-speaker-out on the source found ${epochs} epochs for F_s.`,
    };
  }
  const training = new ClassifierTraining(
    source,
    data.sourceClasses,
    settings.classifier,
    seed,
    'classifier',
  );
  try {
    yield* trainingLoop({
      phase: 'classifier',
      steps: epochs * training.stepsPerEpoch,
      stepsPerEpoch: training.stepsPerEpoch,
      offset: plan.folds * plan.epochs * plan.perEpoch,
      of: planned,
      terms: CLASSIFIER_TERMS,
      now: context.now,
      step: () => training.step(),
    });
    return { classifier: training.frozen(), epochs };
  } finally {
    training.dispose();
  }
}

/** The median, over held-out speakers, of the epoch with the best UAR on that speaker. */
async function* searchEpochs(
  { data, settings, seed, now }: MethodContext,
  source: RowSet,
  planned: number,
): AsyncGenerator<TrainingEvent, number> {
  const { maximumEpochs, patience } = settings.classifier;
  const folds = leaveOneSpeakerOut(data.sourceSpeakers, data.source.rows, randomStream(seed, 'folds'));
  const best: number[] = [];
  for (const [f, fold] of folds.entries()) {
    // Learn from the fold's training rows only; balancing happens after the split, inside.
    const classes = new Int8Array(data.sourceClasses.length).fill(-1);
    for (const row of fold.train) classes[row] = data.sourceClasses[row];
    const truth = Array.from(fold.test, (row) => data.sourceClasses[row]);
    const heldOut = pickRows(source, fold.test);
    const training = new ClassifierTraining(source, classes, settings.classifier, seed, `fold/${f}`);
    const stepsOfFold = Math.floor(planned / (folds.length + 1));
    const tracker = { uar: -1, epoch: 1 };
    async function* score(done: number): AsyncGenerator<TrainingEvent | false> {
      if (done % training.stepsPerEpoch !== 0) return;
      const epoch = done / training.stepsPerEpoch;
      const frozen = training.frozen();
      const value = uar(confusionMatrix(truth, await predict(frozen, heldOut)));
      frozen.dispose();
      if (value > tracker.uar) Object.assign(tracker, { uar: value, epoch });
      else if (epoch - tracker.epoch >= patience) yield false;
    }
    try {
      yield* trainingLoop({
        phase: 'classifier',
        steps: maximumEpochs * training.stepsPerEpoch,
        stepsPerEpoch: training.stepsPerEpoch,
        offset: f * stepsOfFold,
        of: planned,
        terms: CLASSIFIER_TERMS,
        now,
        step: () => training.step(),
        after: score,
      });
      best.push(tracker.epoch);
    } finally {
      training.dispose();
    }
  }
  return Math.round(best.sort((a, b) => a - b)[Math.floor(best.length / 2)]);
}

/** A recogniser's training set: rows with their classes. */
export interface RecogniserSet {
  readonly x: RowSet;
  readonly classes: Int8Array;
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
  const training = new ClassifierTraining(set.x, set.classes, settings.classifier, seed, 'recogniser');
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
