/**
 * From two corpora to what training sees: shared columns, one scale, labelled source rows. The target's labels
 * are split off here and only scoring sees them again.
 */
import { CLASSES, type Corpus, corpusClasses, type Matrix, pickNames, type Task } from '../corpus/corpus.ts';
import { twinNumbers, unsharedRows } from '../corpus/duplicates.ts';
import { type MatchedPair, matchFeatures } from '../corpus/match.ts';
import { type ScaledPair, scalePair } from '../corpus/scale.ts';
import type { TrainingData } from '../methods/method.ts';
import { pickRows, rowSet } from '../methods/rows.ts';
import type { Settings } from './config.ts';

export interface Prepared {
  readonly data: TrainingData;
  /** Classes of the rows of `data.target`, for scoring only; null where none has a label for the task. */
  readonly targetClasses: Int8Array | null;
  /** Row of the source corpus that each row of `data.source` is. */
  readonly sourceRows: Int32Array;
  /** Row of the target corpus that each row of `data.target` is, and so of every prediction. */
  readonly targetRows: Int32Array;
  /** The scale, and the way back to the units of the files. */
  readonly scaled: ScaledPair;
  readonly notes: readonly string[];
}

/** The columns that only one corpus of the pair has. */
function columnNotes(pair: Readonly<Record<'source' | 'target', Corpus>>, matched: MatchedPair): string[] {
  return (['source', 'target'] as const).flatMap((side) => {
    const missing = pair[side].features.length - matched.features.length;
    return missing > 0 ? [`${missing} columns only the ${side} has are left out.`] : [];
  });
}

/** What is missing among the labels of the source. */
function labelNotes(rows: number, present: ReadonlySet<number>, labelled: number, task: Task): string[] {
  const missing = CLASSES.filter((_, k) => !present.has(k));
  const notes: string[] = [];
  if (labelled < rows) notes.push(`${rows - labelled} source rows without labels for ${task} are left out.`);
  if (missing.length > 0) {
    notes.push(
      `No source row is labelled ${missing.join(' or ')}: F_s cannot know that class, and samples of type C that ask for it mean nothing.`,
    );
  }
  return notes;
}

/** Target rows that are labelled source rows as well, and the target rows that a run is of. */
export interface TargetChoice {
  /** Ascending rows of the target corpus. */
  readonly rows: Int32Array;
  /** A number for each of the given source rows, shared by rows equal in every feature. */
  readonly sourceTwins: Int32Array;
  /** How many target rows equal one of the source rows, whether or not they are left out. */
  readonly shared: number;
}

/** Chooses the rows of the target by those of the source that are labelled, as the settings ask. */
export function chooseTarget(
  matched: MatchedPair,
  sourceRows: Int32Array,
  { sharedRows }: Settings['data'],
): TargetChoice {
  const twins = twinNumbers(matched.source, matched.target);
  const sourceTwins = sourceRows.map((row) => twins[row]);
  const unshared = unsharedRows(sourceTwins, twins.subarray(matched.source.rows));
  const { rows } = matched.target;
  return {
    rows: sharedRows === 'drop' ? unshared : Int32Array.from({ length: rows }, (_, row) => row),
    sourceTwins,
    shared: rows - unshared.length,
  };
}

/** What is to be said of target rows that are source rows as well. */
function sharedRowsNotes({ rows, shared }: TargetChoice, all: number): string[] {
  if (shared === 0) return [];
  const which =
    shared === all
      ? 'Every target row equals a labelled source row in every feature'
      : `${shared} of ${all} target rows equal a labelled source row in every feature`;
  if (rows.length < all) {
    return [
      `${which}; they are left out, neither trained on nor scored: figures are of the ${rows.length} others.`,
    ];
  }
  return [
    `${which}, so that training knows their labels: figures on them say nothing of another corpus. Choose a target ` +
      'without them, or leave them out by the setting "Rows of both corpora", unless a corpus against itself is what ' +
      'you want to see.',
  ];
}

/** The rows of a matrix, itself where they are all of it. */
const rowsOf = (matrix: Matrix, rows: Int32Array): Matrix =>
  rows.length === matrix.rows ? matrix : pickRows(rowSet(matrix), rows);

/**
 * Prepares a pair of corpora for a task (method.md, procedure 1).
 * @throws where they share no column, where the source has no labels, or fewer than two classes of them, or where no
 * target row would be left.
 */
export function prepare(source: Corpus, target: Corpus, task: Task, settings: Settings): Prepared {
  const matched = matchFeatures(source, target);
  const scaled = scalePair(matched, settings.data, { source: source.speakers, target: target.speakers });
  const classes = corpusClasses(source, task);
  const sourceRows = Int32Array.from(classes.keys()).filter((row) => classes[row] >= 0);
  const present = new Set(sourceRows.map((row) => classes[row]));
  if (present.size < 2) {
    throw new Error(
      sourceRows.length === 0
        ? `The source corpus "${source.name}" has no ${task} labels: choose the other task or another file.`
        : `All labelled rows of "${source.name}" have the same ${task} class: there is nothing to learn.`,
    );
  }
  const chosen = chooseTarget(matched, sourceRows, settings.data);
  if (chosen.rows.length === 0) {
    throw new Error(
      `Every row of the target corpus "${target.name}" equals a labelled row of "${source.name}" in every feature, ` +
        'and the setting "Rows of both corpora" leaves such rows out: none remains. Choose another target, or keep them.',
    );
  }
  const ofTarget = corpusClasses(target, task);
  const targetClasses = Int8Array.from(chosen.rows, (row) => ofTarget[row]);
  return {
    data: {
      source: rowsOf(scaled.source, sourceRows),
      sourceClasses: Int8Array.from(sourceRows, (row) => classes[row]),
      sourceSpeakers: source.speakers && pickNames(source.speakers, sourceRows),
      sourceTwins: chosen.sourceTwins,
      // Scaled by the whole target, as the map scales it, on which both kinds of rows are shown.
      target: rowsOf(scaled.target, chosen.rows),
    },
    targetClasses: targetClasses.some((k) => k >= 0) ? targetClasses : null,
    sourceRows,
    targetRows: chosen.rows,
    scaled,
    notes: [
      ...columnNotes({ source, target }, matched),
      ...labelNotes(source.rows, present, sourceRows.length, task),
      ...sharedRowsNotes(chosen, target.rows),
    ],
  };
}
