/**
 * Pre-training F_s on the source, and finding its number of epochs by leave-one-speaker-out (method.md, procedure 3).
 * Knows no GAN and no target.
 */
import { randomStream } from '../corpus/random.ts';
import { type Fold, keepTwinsApart, leaveOneSpeakerOut } from '../corpus/split.ts';
import { confusionMatrix, uar } from '../metrics/classification.ts';
import type { Mlp } from '../nn/mlp.ts';
import { balancedRows, ClassifierTraining, predict } from './classifier.ts';
import { CLASSIFIER_TERMS, type TrainingEvent } from './events.ts';
import type { MethodContext } from './method.ts';
import { pickRows, rowSet } from './rows.ts';
import { stepsPerEpoch, trainingLoop } from './training.ts';

interface ClassifierPlan {
  /** Held-out speakers of the search for epochs; 0 where they are fixed. */
  readonly folds: number;
  /** Epochs at most. */
  readonly epochs: number;
  readonly perEpoch: number;
}

/** The steps of the search for epochs, at most. */
export const stepsToFindEpochs = ({ folds, epochs, perEpoch }: ClassifierPlan) => folds * epochs * perEpoch;

/** The steps of pre-training F_s, at most: the search, if any, the training itself, and that of a second judge. */
export const stepsToPretrain = (plan: ClassifierPlan, judged: boolean) =>
  stepsToFindEpochs(plan) + (judged ? 2 : 1) * plan.epochs * plan.perEpoch;

/** What the settings ask of F_s for data of this size. */
export function classifierPlan({ data, settings, task }: Omit<MethodContext, 'now'>): ClassifierPlan {
  const { classifier } = settings;
  const perEpoch = stepsPerEpoch(balancedRows(data.sourceClasses), classifier.batch);
  if (classifier.epochs === 'fixed') {
    const epochs = task === 'activation' ? classifier.epochsActivation : classifier.epochsValence;
    return { folds: 0, epochs, perEpoch };
  }
  const folds = leaveOneSpeakerOut(data.sourceSpeakers, data.source.rows, randomStream(0, 'count')).length;
  return { folds, epochs: classifier.maximumEpochs, perEpoch };
}

/** The number of epochs: searched where the settings ask for it, else what they fix. */
async function* chooseEpochs(
  context: MethodContext,
  plan: ClassifierPlan,
  planned: number,
): AsyncGenerator<TrainingEvent, number> {
  if (plan.folds === 0) return plan.epochs;
  const found = yield* searchEpochs(context, plan, planned);
  const message = `Leave-one-speaker-out on the source found ${found} epochs for F_s.`;
  yield { type: 'note', phase: 'classifier', message };
  return found;
}

/** How many epochs the recognisers of a method without F_s are trained for: as many as F_s would be. */
export async function* findEpochs(context: MethodContext): AsyncGenerator<TrainingEvent, number> {
  const plan = classifierPlan(context);
  const steps = stepsToFindEpochs(plan);
  if (steps > 0) yield { type: 'phase', phase: 'classifier', steps };
  return yield* chooseEpochs(context, plan, steps);
}

/** Trains a classifier of F_s's kind on the balanced source, from weights and in an order that `name` fixes. */
async function* trainOnSource(
  { data, settings, seed, now }: MethodContext,
  name: 'classifier' | 'judge',
  epochs: number,
  shown: { readonly offset: number; readonly of: number },
): AsyncGenerator<TrainingEvent, ClassifierTraining> {
  const set = { x: rowSet(data.source), classes: data.sourceClasses };
  const training = new ClassifierTraining(set, settings.classifier, seed, name);
  const loop = trainingLoop({
    phase: 'classifier',
    steps: epochs * training.stepsPerEpoch,
    stepsPerEpoch: training.stepsPerEpoch,
    ...shown,
    terms: CLASSIFIER_TERMS,
    now,
    step: () => training.step(),
  });
  let trained = false;
  try {
    // Losses of this phase are those of F_s: a second curve in it would look like a fall back.
    for await (const event of loop) if (name === 'classifier' || event.type !== 'losses') yield event;
    trained = true;
    return training;
  } finally {
    // Also where the run is stopped in the middle: nobody else knows of it then.
    if (!trained) training.dispose();
  }
}

/** F_s, and what was trained beside it. */
interface Pretrained {
  /** Able to learn on; the caller disposes it. */
  readonly training: ClassifierTraining;
  /** A classifier trained alike from another seed; null where none was asked for. The caller disposes it. */
  readonly secondJudge: Mlp | null;
  /** The epochs that both were trained for. */
  readonly epochs: number;
}

/** Pre-trains F_s on the balanced source (method.md, procedure 3) and, where `judged`, a second judge. */
export async function* pretrainClassifier(
  context: MethodContext,
  judged: boolean,
): AsyncGenerator<TrainingEvent, Pretrained> {
  const plan = classifierPlan(context);
  const offset = stepsToFindEpochs(plan);
  const of = stepsToPretrain(plan, judged);
  yield { type: 'phase', phase: 'classifier', steps: of };
  const epochs = yield* chooseEpochs(context, plan, of);
  const training = yield* trainOnSource(context, 'classifier', epochs, { offset, of });
  if (!judged) return { training, secondJudge: null, epochs };
  let judge: ClassifierTraining | null = null;
  try {
    const after = offset + epochs * training.stepsPerEpoch;
    judge = yield* trainOnSource(context, 'judge', epochs, { offset: after, of });
    return { training, secondJudge: judge.frozen(), epochs };
  } finally {
    if (judge) judge.dispose();
    else training.dispose();
  }
}

/** The folds of the search, without those in which every other row equals a held-out one. */
async function* searchFolds({ data, seed }: MethodContext): AsyncGenerator<TrainingEvent, Fold[]> {
  const speakers = leaveOneSpeakerOut(data.sourceSpeakers, data.source.rows, randomStream(seed, 'folds'));
  const { folds, dropped } = keepTwinsApart(speakers, data.sourceTwins);
  if (dropped > 0) {
    const message =
      `${dropped} source rows equal a row of another speaker in every feature; neither tells how long to train ` +
      'for the other.';
    yield { type: 'note', phase: 'classifier', message };
  }
  const usable = folds.filter(({ train }) => train.length > 0);
  if (usable.length > 0) return usable;
  throw new Error(
    'The epochs of F_s cannot be searched for: whoever is held out of the source, all other rows equal one of ' +
      'his in every feature. Set "Epochs of F_s" to fixed, or check the file.',
  );
}

/** The median, over held-out speakers, of the epoch with the best UAR on that speaker. */
async function* searchEpochs(
  context: MethodContext,
  { epochs, perEpoch }: ClassifierPlan,
  planned: number,
): AsyncGenerator<TrainingEvent, number> {
  const { data, settings, seed, now } = context;
  const source = rowSet(data.source);
  const { patience } = settings.classifier;
  const folds = yield* searchFolds(context);
  const best: number[] = [];
  for (const [f, fold] of folds.entries()) {
    // Learn from the fold's training rows only; balancing happens after the split, inside.
    const classes = new Int8Array(data.sourceClasses.length).fill(-1);
    for (const row of fold.train) classes[row] = data.sourceClasses[row];
    const truth = Array.from(fold.test, (row) => data.sourceClasses[row]);
    const heldOut = pickRows(source, fold.test);
    const training = new ClassifierTraining({ x: source, classes }, settings.classifier, seed, `fold/${f}`);
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
        steps: epochs * training.stepsPerEpoch,
        stepsPerEpoch: training.stepsPerEpoch,
        // A fold has fewer rows than the plan counts on, so its steps never reach into the next one's.
        offset: f * epochs * perEpoch,
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
