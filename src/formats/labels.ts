/**
 * From the text of label columns to labels: words, ordinals or ratings; from an emotion where the file names
 * no activation and no valence. Every choice made on the user's behalf is warned about.
 */
import {
  CLASSES,
  type LabelColumn,
  type NamedColumn,
  TASKS,
  type Task,
  UNLABELLED,
} from '../corpus/corpus.ts';
import { proposeScale } from '../corpus/cuts.ts';
import { circumplexOf, classOfWord, ordinalStart } from './emotions.ts';
import type { TextColumn } from './intake.ts';
import { cellNumber, isMissing } from './numbers.ts';
import { listed } from './shorten.ts';
import type { Warn } from './warnings.ts';

/** What the columns of a file say by themselves. */
export interface FoundLabels {
  /** The column of emotions, for display. */
  readonly emotions: TextColumn | null;
  readonly labels: Partial<Record<Task, LabelColumn>>;
}

const NO_LABEL = new Set(['unknown', 'xxx', 'unlabelled', 'unlabeled']);

/** SciPy's ARFF reader leaves words as `b'high'`. */
const clean = (cell: string) => cell.trim().replace(/^b'(.*)'$/, '$1');

/** Whether a cell says nothing: it is missing, or a word for that nobody knows. */
export const isAbsent = (cell: string): boolean => isMissing(cell) || NO_LABEL.has(cell.toLowerCase());

/** Each different string once, in the order of first appearance; −1 where there is none. */
export function namedColumn(cells: readonly string[]): NamedColumn {
  const position = new Map<string, number>();
  const index = Int32Array.from(cells, (raw) => {
    const cell = clean(raw);
    if (isAbsent(cell)) return -1;
    const known = position.get(cell);
    if (known !== undefined) return known;
    position.set(cell, position.size);
    return position.size - 1;
  });
  return { names: [...position.keys()], index };
}

const place = (column: TextColumn) => `column ${column.number} "${column.name}"`;

/** Ratings of a numeric column, NaN where missing; null where a cell is a word. */
export function ratingsOf(column: TextColumn): Float32Array | null {
  const ratings = new Float32Array(column.cells.length);
  for (let r = 0; r < ratings.length; r++) {
    const cell = clean(column.cells[r]);
    const value = isAbsent(cell) ? Number.NaN : cellNumber(cell, '.');
    if (value === null) return null;
    ratings[r] = value;
  }
  return ratings;
}

function labelsFromWords(column: TextColumn, task: Task, warn: Warn): LabelColumn | null {
  const named = namedColumn(column.cells);
  const mapping = named.names.map((word) => classOfWord(word, task));
  if (mapping.every((k) => k === UNLABELLED)) return null;
  const unknown = named.names.filter((_, i) => mapping[i] === UNLABELLED);
  if (unknown.length > 0) {
    const message = `No class is known for ${listed(unknown)}; such rows are unlabelled.`;
    warn('unknown-label', place(column), message);
  }
  return { kind: 'categorical', column: column.name, ...named, mapping };
}

function labelsFromNumbers(column: TextColumn, ratings: Float32Array, warn: Warn): LabelColumn | null {
  const values = new Set(ratings.filter((r) => !Number.isNaN(r)));
  // openSMILE writes 0.0 into every row where it was given no class.
  if (values.size < 2) return null;
  const start = ordinalStart(values);
  if (start !== null) {
    const named = namedColumn(column.cells);
    const mapping = named.names.map((n) => Number(n) - start);
    const meaning = named.names.map((n, i) => `${n} = ${CLASSES[mapping[i]]}`).join(', ');
    warn('ordinal-labels', place(column), `Whole numbers read as classes: ${meaning}.`);
    return { kind: 'categorical', column: column.name, ...named, mapping };
  }
  const { name, cuts, fromData } = proposeScale(ratings);
  const bounds = `low up to ${shortNumber(cuts[0])}, high from ${shortNumber(cuts[1])}`;
  const message = fromData
    ? `Ratings from ${name}: cut at their terciles (${bounds}); check that this is meant.`
    : `Ratings on a scale from ${name}: ${bounds}.`;
  warn('label-cuts', place(column), message);
  return { kind: 'continuous', column: column.name, ratings, cuts };
}

const shortNumber = (value: number) => String(Number(value.toPrecision(4)));

function labelsOf(column: TextColumn, task: Task, warn: Warn): LabelColumn | null {
  const ratings = ratingsOf(column);
  return ratings ? labelsFromNumbers(column, ratings, warn) : labelsFromWords(column, task, warn);
}

/** The first column of a role that holds labels; others of that role are named and left aside. */
function labelsOfTask(columns: readonly TextColumn[], task: Task, warn: Warn) {
  let labels: LabelColumn | null = null;
  for (const column of columns.filter((c) => c.role === task)) {
    if (labels) {
      warn('label-column-ignored', place(column), `"${labels.column}" is taken for ${task}.`);
      continue;
    }
    labels = labelsOf(column, task, warn);
    if (!labels) warn('label-column-ignored', place(column), `It holds no ${task} that could be read.`);
  }
  return labels;
}

/** Labels of a task by where the file's emotions lie on the circumplex. */
function labelsFromEmotion(column: TextColumn, emotions: NamedColumn, task: Task): LabelColumn {
  const mapping = emotions.names.map((word) => circumplexOf(word)?.[task] ?? UNLABELLED);
  return { kind: 'categorical', column: column.name, ...emotions, mapping };
}

/**
 * Columns called emotion, label or class: those that hold emotions, and those that hold classes or numbers.
 * "neutral" alone is both; what stands beside it settles which.
 */
function sortEmotionColumns(columns: readonly TextColumn[]) {
  const emotions: TextColumn[] = [];
  const classes: TextColumn[] = [];
  for (const column of columns.filter((c) => c.role === 'emotion')) {
    const { names } = namedColumn(column.cells);
    if (names.length === 0) continue;
    const placed = names.filter((w) => circumplexOf(w)).length;
    const classed = names.filter((w) => classOfWord(w, 'activation') !== UNLABELLED).length;
    const numeric = ratingsOf(column) !== null;
    (numeric || classed > placed ? classes : emotions).push(column);
  }
  return { emotions, classes };
}

/** Classes under a name that does not say of which task, where no column says more. */
function assumeActivation(classes: readonly TextColumn[], warn: Warn): LabelColumn | null {
  for (const column of classes) {
    const found = labelsOf(column, 'activation', warn);
    if (!found) continue;
    const message = 'It does not say of which task its classes are; they are taken for activation.';
    warn('class-column-assumed-activation', place(column), message);
    return found;
  }
  return null;
}

/** Fills the tasks that have no labels by where the emotions lie on the circumplex. */
function fillFromEmotions(
  column: TextColumn,
  emotions: NamedColumn,
  labels: Partial<Record<Task, LabelColumn>>,
  warn: Warn,
): void {
  const tasks = TASKS.filter((task) => !labels[task]);
  const unknown = emotions.names.filter((w) => !circumplexOf(w));
  if (tasks.length === 0) return;
  if (unknown.length < emotions.names.length) {
    for (const task of tasks) labels[task] = labelsFromEmotion(column, emotions, task);
    const message = `${tasks.join(' and ')} placed by the emotion on the circumplex of activation and valence.`;
    warn('labels-from-emotion', place(column), message);
  }
  if (unknown.length > 0) {
    const message = `No place on the circumplex is known for ${listed(unknown)}; such rows are unlabelled.`;
    warn('unknown-label', place(column), message);
  }
}

/** Reads the labels that columns hold, as far as their names and contents say it. */
export function findLabels(columns: readonly TextColumn[], warn: Warn): FoundLabels {
  const labels: Partial<Record<Task, LabelColumn>> = {};
  for (const task of TASKS) {
    const found = labelsOfTask(columns, task, warn);
    if (found) labels[task] = found;
  }
  const sorted = sortEmotionColumns(columns);
  if (!labels.activation && !labels.valence) {
    const assumed = assumeActivation(sorted.classes, warn);
    if (assumed) labels.activation = assumed;
  }
  const [emotions] = sorted.emotions;
  if (emotions) fillFromEmotions(emotions, namedColumn(emotions.cells), labels, warn);
  return { emotions: emotions ?? null, labels };
}
