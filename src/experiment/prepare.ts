/**
 * From two corpora to what training sees: shared columns, one scale, labelled source rows. The target's labels
 * are split off here and only scoring sees them again.
 */
import { CLASSES, type Corpus, corpusClasses, pickNames, type Task } from '../corpus/corpus.ts';
import { type MatchedPair, matchFeatures } from '../corpus/match.ts';
import { type ScaledPair, scalePair } from '../corpus/scale.ts';
import { twinNumbers } from '../corpus/split.ts';
import type { TrainingData } from '../methods/method.ts';
import { pickRows, rowSet } from '../methods/rows.ts';
import type { Settings } from './config.ts';

export interface Prepared {
  readonly data: TrainingData;
  /** Classes of the target rows, for scoring only; null where the target has no labels for the task. */
  readonly targetClasses: Int8Array | null;
  /** Row of the source corpus that each training row is. */
  readonly sourceRows: Int32Array;
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

/** How many target rows are source rows as well, from the `twinNumbers` of both. */
function sharedRowsNotes(ofSource: Int32Array, ofTarget: Int32Array): string[] {
  const learned = new Set(ofSource);
  const shared = ofTarget.filter((number) => learned.has(number)).length;
  if (shared === 0) return [];
  const which =
    shared === ofTarget.length
      ? 'Every target row equals a labelled source row in every feature'
      : `${shared} of ${ofTarget.length} target rows equal a labelled source row in every feature`;
  return [
    `${which}, so that training knows their labels: figures on them say nothing of another corpus. Choose a target ` +
      'without them, unless a corpus against itself is what you want to see.',
  ];
}

/**
 * Prepares a pair of corpora for a task (method.md, procedure 1).
 * @throws where they share no column, or where the source has no labels, or fewer than two classes of them.
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
  const targetClasses = corpusClasses(target, task);
  const twins = twinNumbers(matched.source, matched.target);
  const sourceTwins = sourceRows.map((row) => twins[row]);
  return {
    data: {
      source: sourceRows.length === source.rows ? scaled.source : pickRows(rowSet(scaled.source), sourceRows),
      sourceClasses: Int8Array.from(sourceRows, (row) => classes[row]),
      sourceSpeakers: source.speakers && pickNames(source.speakers, sourceRows),
      sourceTwins,
      target: scaled.target,
    },
    targetClasses: targetClasses.some((k) => k >= 0) ? targetClasses : null,
    sourceRows,
    scaled,
    notes: [
      ...columnNotes({ source, target }, matched),
      ...labelNotes(source.rows, present, sourceRows.length, task),
      ...sharedRowsNotes(sourceTwins, twins.subarray(source.rows)),
    ],
  };
}
