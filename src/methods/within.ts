/**
 * Leave-one-speaker-out inside one corpus (paper, Table 1): for every speaker a recogniser that has seen none of his
 * rows, in no scale, no balancing and no stopping. Knows no other corpus; it predicts, others score.
 */
import { type Matrix, type NamedColumn, pickNames, type Task } from '../corpus/corpus.ts';
import { twinNumbers } from '../corpus/duplicates.ts';
import { randomStream } from '../corpus/random.ts';
import { type SpokenRows, scaleFold } from '../corpus/scale.ts';
import { type ApartFolds, type Fold, keepTwinsApart, leaveOneSpeakerOut } from '../corpus/split.ts';
import { recogniserSteps, trainRecogniser } from './classifier.ts';
import type { TrainingEvent } from './events.ts';
import { pickRows, rowSet } from './rows.ts';
import type { Settings } from './settings.ts';
import { classify, trainSvm } from './svm.ts';

/** What recognises: the network of all other rows of a results table, or a linear SVM. */
export const WITHIN_RECOGNISERS = ['dnn', 'svm'] as const;
export type WithinRecogniser = (typeof WITHIN_RECOGNISERS)[number];

/** Rows of one corpus, `[rows, features]` in its units, with a class each. */
export interface LabelledRows extends SpokenRows {
  readonly classes: Int8Array;
}

/** What is recognised, and how. */
export interface WithinContext {
  readonly rows: LabelledRows;
  /** Those of `withinFolds`. */
  readonly folds: readonly Fold[];
  readonly task: Task;
  readonly settings: Settings;
  readonly seed: number;
  /** Steps of the network that one of the SVM's hyperplanes counts as, so that progress goes with time. */
  readonly hyperplaneSteps: number;
}

/** Where steps stand among those of their phase: after `offset`, out of `of`; and the clock of the run. */
export interface WithinProgress {
  readonly offset: number;
  readonly of: number;
  readonly now: () => number;
}

const pick = ({ x, speakers, classes }: LabelledRows, rows: Int32Array): LabelledRows => ({
  x: pickRows(rowSet(x), rows),
  speakers: speakers && pickNames(speakers, rows),
  classes: Int8Array.from(rows, (row) => classes[row]),
});

/** The rows of a corpus, `x` `[rows, features]`, whose class is known. */
export function labelledRows(x: Matrix, classes: Int8Array, speakers: NamedColumn | null): LabelledRows {
  const all = { x, classes, speakers };
  const known = Int32Array.from(classes.keys()).filter((row) => classes[row] >= 0);
  return known.length === classes.length ? all : pick(all, known);
}

/**
 * The folds of a corpus: one speaker held out in each, or a fifth of the rows where none is named; no row held out
 * is learned from under another number.
 * @throws where there are fewer than two rows.
 */
export function withinFolds({ x, speakers }: LabelledRows, seed: number): ApartFolds {
  const folds = leaveOneSpeakerOut(speakers, x.rows, randomStream(seed, 'within/folds'));
  return keepTwinsApart(folds, twinNumbers(x));
}

/** The network is trained for as many epochs as the settings fix for F_s, whether or not F_s's are searched. */
const fixedEpochs = ({ settings: { classifier }, task }: WithinContext) =>
  task === 'activation' ? classifier.epochsActivation : classifier.epochsValence;

/** Steps a recogniser takes on each fold: those of training the network; each class's hyperplane counts as several. */
export function withinSteps(recogniser: WithinRecogniser, context: WithinContext): readonly number[] {
  const { rows, folds, settings, hyperplaneSteps } = context;
  return folds.map(({ train }) => {
    const classes = Int8Array.from(train, (row) => rows.classes[row]);
    return recogniser === 'svm'
      ? new Set(classes).size * hyperplaneSteps
      : recogniserSteps(classes, settings, fixedEpochs(context));
  });
}

/** Trains an SVM on `train`, each hyperplane telling so many steps; returns its predictions for `test`. Both are scaled. */
async function* recogniseBySvm(
  train: LabelledRows,
  test: Matrix,
  hyperplaneSteps: number,
  { offset, of }: WithinProgress,
): AsyncGenerator<TrainingEvent, Int8Array> {
  const training = trainSvm(train.x, train.classes);
  for (let step = offset + hyperplaneSteps; ; step += hyperplaneSteps) {
    const { done, value } = training.next();
    if (done) return classify(value, test);
    yield { type: 'step', phase: 'recognisers', step, steps: of, epoch: 0, epochs: 0 };
  }
}

/**
 * Trains a recogniser a fold and has it predict the rows held out. Scaling is fitted, classes are balanced and
 * identical rows are dropped on the training side of the fold only, and chance depends on the seed and on who is held
 * out. So nothing of the held-out rows, labels least of all, reaches the model that judges them.
 * @returns a class for every row, −1 for rows that no fold tests, whose speaker is unknown.
 */
export async function* recogniseWithin(
  recogniser: WithinRecogniser,
  context: WithinContext,
  { offset, of, now }: WithinProgress,
): AsyncGenerator<TrainingEvent, Int8Array> {
  const { rows, folds, settings, seed, hyperplaneSteps } = context;
  const steps = withinSteps(recogniser, context);
  const prediction = new Int8Array(rows.x.rows).fill(-1);
  let before = offset;
  for (const [f, fold] of folds.entries()) {
    const train = pick(rows, fold.train);
    const scaled = scaleFold({ train, test: pick(rows, fold.test) }, settings.data);
    const progress = { offset: before, of, now };
    const foldSeed = randomStream(seed, `within/${fold.speaker ?? f}`).integer(2 ** 31);
    const classifierEpochs = fixedEpochs(context);
    const set = { x: rowSet(scaled.train), classes: train.classes };
    const predicted = yield* recogniser === 'svm'
      ? recogniseBySvm({ ...train, x: scaled.train }, scaled.test, hyperplaneSteps, progress)
      : trainRecogniser(set, scaled.test, { settings, classifierEpochs, seed: foldSeed, ...progress });
    fold.test.forEach((row, i) => {
      prediction[row] = predicted[i];
    });
    before += steps[f];
  }
  return prediction;
}
