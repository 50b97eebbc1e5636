/**
 * From two corpora to what training sees: shared columns, one scale, labelled source rows. The target's labels
 * are split off here and only scoring sees them again.
 */
import {
  CLASSES,
  type Corpus,
  corpusClasses,
  type Matrix,
  type NamedColumn,
  type Task,
} from '../corpus/corpus.ts';
import { matchFeatures } from '../corpus/match.ts';
import { type ScaledPair, scalePair } from '../corpus/scale.ts';
import { twinNumbers } from '../corpus/split.ts';
import type { TrainingData } from '../methods/method.ts';
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

function selectRows({ columns, values }: Matrix, rows: Int32Array): Matrix {
  const selected = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    selected.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return { rows: rows.length, columns, values: selected };
}

const selectNames = ({ names, index }: NamedColumn, rows: Int32Array): NamedColumn => ({
  names,
  index: rows.map((row) => index[row]),
});

/**
 * Prepares a pair of corpora for a task (method.md, procedure 1).
 * @throws where they share no column, or where the source has no labels, or fewer than two classes of them.
 */
export function prepare(source: Corpus, target: Corpus, task: Task, settings: Settings): Prepared {
  const matched = matchFeatures(source, target);
  const scaled = scalePair(matched, settings.data, { source: source.speakers, target: target.speakers });
  const classes = corpusClasses(source, task);
  const sourceRows = Int32Array.from(classes.keys()).filter((row) => classes[row] >= 0);
  if (new Set(sourceRows.map((row) => classes[row])).size < 2) {
    throw new Error(
      sourceRows.length === 0
        ? `The source corpus "${source.name}" has no ${task} labels: choose the other task or another file.`
        : `All labelled rows of "${source.name}" have the same ${task} class: there is nothing to learn.`,
    );
  }
  const notes: string[] = [];
  const dropped = { source: source.features.length, target: target.features.length };
  for (const side of ['source', 'target'] as const) {
    const missing = dropped[side] - matched.features.length;
    if (missing > 0) notes.push(`${missing} columns only the ${side} has are left out.`);
  }
  if (sourceRows.length < source.rows) {
    notes.push(`${source.rows - sourceRows.length} source rows without labels for ${task} are left out.`);
  }
  const present = new Set(sourceRows.map((row) => classes[row]));
  const missing = CLASSES.filter((_, k) => !present.has(k));
  if (missing.length > 0) {
    notes.push(
      `No source row is labelled ${missing.join(' or ')}: F_s cannot know that class, and samples of type C that ask for it mean nothing.`,
    );
  }
  const targetClasses = corpusClasses(target, task);
  const twins = twinNumbers(matched.source);
  return {
    data: {
      source: sourceRows.length === source.rows ? scaled.source : selectRows(scaled.source, sourceRows),
      sourceClasses: Int8Array.from(sourceRows, (row) => classes[row]),
      sourceSpeakers: source.speakers && selectNames(source.speakers, sourceRows),
      sourceTwins: sourceRows.map((row) => twins[row]),
      target: scaled.target,
    },
    targetClasses: targetClasses.some((k) => k >= 0) ? targetClasses : null,
    sourceRows,
    scaled,
    notes,
  };
}
