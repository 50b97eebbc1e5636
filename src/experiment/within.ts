/**
 * Recognition inside one corpus, for comparison (paper, Table 1): of each corpus of a pair, one speaker at a time is
 * left out, and a network and a linear SVM trained on the others recognise him. Knows no transfer from one corpus to
 * the other.
 */
import { type Corpus, corpusClasses, type Task, UNLABELLED } from '../corpus/corpus.ts';
import { type MatchedPair, matchFeatures } from '../corpus/match.ts';
import { randomStream } from '../corpus/random.ts';
import {
  type LabelledRows,
  labelledRows,
  recogniseWithin,
  WITHIN_RECOGNISERS,
  type WithinContext,
  withinFolds,
  withinSteps,
} from '../methods/within.ts';
import { confusionMatrix, predictionShares, uar } from '../metrics/classification.ts';
import type { RunConfig } from './config.ts';
import type { RunEvent, Score, WithinRow } from './events.ts';
import { hyperplaneSteps } from './plan.ts';
import { chooseTarget } from './prepare.ts';
import type { RunEnvironment } from './run.ts';

/** The corpora of a pair by their part in a run, in the order of their rows in the table. */
export const SIDES = ['target', 'source'] as const;
export type Side = (typeof SIDES)[number];
export type CorpusPair = Readonly<Record<Side, Corpus>>;

/** What is asked of the corpora; the rest of a run's configuration does not matter here. */
export type WithinConfig = Pick<RunConfig, 'task' | 'settings' | 'seed'>;

export interface WithinOptions {
  /** Whose figures are wanted; both corpora's where not given. */
  readonly sides?: readonly Side[];
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

/** One corpus of the pair, and what the user should know of it; without a context it is left out. */
interface PreparedSide {
  readonly side: Side;
  readonly context: WithinContext | null;
  readonly notes: readonly string[];
}

/** How many speakers the rows name, and how many rows name none. */
function speakersOf({ x, speakers }: LabelledRows): { speakers: number; nameless: number } {
  const known = (speakers?.index ?? new Int32Array(0)).filter((speaker) => speaker >= 0);
  return { speakers: new Set(known).size, nameless: x.rows - known.length };
}

/** Why nothing can be learned from some of these rows and recognised in others; null where it can. */
function refusal(rows: LabelledRows, task: Task): string | null {
  if (new Set(rows.classes).size < 2) {
    const found = rows.x.rows === 0 ? `it has no ${task} labels` : `all ${task} labels are of one class`;
    return `${found}, and at least two classes are needed. Choose the other task or another file.`;
  }
  if (speakersOf(rows).speakers === 1) {
    return `all rows with ${task} labels are of one speaker, and a second is needed to be recognised.`;
  }
  return null;
}

/** What is not as it should be with a corpus that can be recognised within. */
function reservations(name: string, rows: LabelledRows, unlabelled: number, dropped: number): string[] {
  const { speakers, nameless } = speakersOf(rows);
  const notes: string[] = [];
  if (unlabelled > 0) notes.push(`${unlabelled} rows of "${name}" without labels are left out.`);
  if (speakers === 0) {
    notes.push(
      `"${name}" names no speakers: a fifth of its rows, drawn by chance, is held out at a time. Speakers may then ` +
        'stand on both sides, so its figures within the corpus are optimistic. A speaker column would mend that.',
    );
  } else if (nameless > 0) {
    notes.push(
      `${nameless} rows of "${name}" name no speaker; they are neither learned from nor recognised.`,
    );
  }
  if (dropped > 0) {
    notes.push(
      `${dropped} rows of "${name}" equal a held-out row in every feature; they are not learned from while that ` +
        'one is held out.',
    );
  }
  return notes;
}

/**
 * Rows that one corpus of the pair is recognised in: of the target those that a run is of, so that its figures are of the
 * same rows as all others.
 */
function rowsOfSide(
  side: Side,
  pair: CorpusPair,
  matched: MatchedPair,
  { task, settings }: WithinConfig,
): { readonly rows: LabelledRows; readonly shared: number } {
  const classes = corpusClasses(pair[side], task);
  const { speakers } = pair[side];
  if (side === 'source' || settings.data.sharedRows === 'keep') {
    return { rows: labelledRows(matched[side], classes, speakers), shared: 0 };
  }
  const ofSource = corpusClasses(pair.source, task);
  const learned = Int32Array.from(ofSource.keys()).filter((row) => ofSource[row] >= 0);
  const { rows, shared } = chooseTarget(matched, learned, settings.data);
  const kept = new Int8Array(classes.length).fill(UNLABELLED);
  for (const row of rows) kept[row] = classes[row];
  return { rows: labelledRows(matched[side], kept, speakers), shared };
}

/** Brings one corpus of the pair, on the columns both share, to its folds. */
function prepareSide(side: Side, pair: CorpusPair, matched: MatchedPair, config: WithinConfig): PreparedSide {
  const { task, settings, seed } = config;
  const corpus = pair[side];
  const { rows, shared } = rowsOfSide(side, pair, matched, config);
  const leftOut = (reason: string): PreparedSide => ({
    side,
    context: null,
    notes: [`"${corpus.name}" is left out of recognition within one corpus: ${reason}`],
  });
  const reason = refusal(rows, task);
  if (reason) return leftOut(reason);
  const sideSeed = randomStream(seed, `within/${side}`).integer(2 ** 31);
  const { folds, dropped } = withinFolds(rows, sideSeed);
  if (folds.some(({ train }) => train.length === 0)) {
    return leftOut('while some rows are held out, all others equal one of them in every feature.');
  }
  const notes = reservations(corpus.name, rows, corpus.rows - shared - rows.x.rows, dropped);
  if (shared > 0) {
    notes.push(`${shared} rows of "${corpus.name}" that equal a labelled row of the source are left out.`);
  }
  const context = {
    rows,
    folds,
    task,
    settings,
    seed: sideSeed,
    hyperplaneSteps: hyperplaneSteps(settings, rows.x.rows, rows.x.columns),
  };
  return { side, context, notes };
}

function prepareSides(
  config: WithinConfig,
  pair: CorpusPair,
  { sides = SIDES }: WithinOptions,
): PreparedSide[] {
  const matched = matchFeatures(pair.source, pair.target);
  return sides.map((side) => prepareSide(side, pair, matched, config));
}

/** The rows of the table that can be filled, in its order, and the steps each takes. */
function plannedRows(sides: readonly PreparedSide[]) {
  return sides.flatMap(({ side, context }) => {
    if (!context) return [];
    return WITHIN_RECOGNISERS.map((recogniser) => ({
      row: `${side}-${recogniser}` satisfies WithinRow,
      recogniser,
      context,
      steps: sum(withinSteps(recogniser, context)),
    }));
  });
}

/**
 * Training steps of `runWithin`, for its progress, an SVM's hyperplane counted as the network's steps that take as long;
 * 0 where no side can be recognised within.
 * @throws where the corpora share no column.
 */
export function plannedWithinSteps(
  config: WithinConfig,
  pair: CorpusPair,
  options: WithinOptions = {},
): number {
  return sum(plannedRows(prepareSides(config, pair, options)).map(({ steps }) => steps));
}

/** Scores what was recognised, all folds together; rows that no fold tested (prediction −1) do not count. */
function scoreWithin(row: WithinRow, classes: Int8Array, prediction: Int8Array): Score {
  const truth = classes.filter((_, r) => prediction[r] >= 0);
  const tested = prediction.filter((k) => k >= 0);
  const confusion = confusionMatrix(truth, tested);
  return { set: row, repeat: 0, uar: 100 * uar(confusion), confusion, shares: predictionShares(tested) };
}

/**
 * Leave-one-speaker-out within each corpus of the pair, on the columns both share, so that its figures compare with
 * those from one corpus to the other. Yields the phase `recognisers`, notes on what is left out, its steps and
 * losses, and a score a row of `WITHIN_ROWS`, repeat 0, the UAR over all held-out predictions together.
 * @returns the scores; none where no corpus has labels of two classes.
 * @throws where the corpora share no column. DivergenceError where a loss is no longer finite.
 */
export async function* runWithin(
  config: WithinConfig,
  pair: CorpusPair,
  { now }: Pick<RunEnvironment, 'now'>,
  options: WithinOptions = {},
): AsyncGenerator<RunEvent, readonly Score[]> {
  const sides = prepareSides(config, pair, options);
  const rows = plannedRows(sides);
  const of = sum(rows.map(({ steps }) => steps));
  yield { type: 'phase', phase: 'recognisers', steps: of };
  for (const message of sides.flatMap(({ notes }) => notes)) {
    yield { type: 'note', phase: 'recognisers', message };
  }
  const scores: Score[] = [];
  let offset = 0;
  for (const { row, recogniser, context, steps } of rows) {
    const prediction = yield* recogniseWithin(recogniser, context, { offset, of, now });
    const score = scoreWithin(row, context.rows.classes, prediction);
    scores.push(score);
    yield { type: 'score', score };
    offset += steps;
  }
  return scores;
}
