/**
 * What is written to a file: columns of text beside one matrix of features, and how a corpus or synthetic samples
 * become that. Knows no file format.
 */
import {
  CLASSES,
  type Corpus,
  classIndices,
  countedRatings,
  type Matrix,
  type NamedColumn,
  TASKS,
  type Task,
} from '../corpus/corpus.ts';

/** A column beside the features. */
export interface SheetColumn {
  readonly name: string;
  /** `numbers`: every cell is a number or empty. */
  readonly kind: 'text' | 'numbers';
  /** All words that the cells may hold, where that is settled. */
  readonly words?: readonly string[];
  /** The cell of a row, empty where there is nothing. */
  cell(row: number): string;
}

/** A table to write. */
export interface Sheet {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly SheetColumn[];
  readonly features: readonly string[];
  /** `[rows, features]`, row-major, finite. */
  readonly values: Float32Array;
}

/**
 * Names of the columns of ratings: known to the reader as ratings, and not those that it takes first, which are the
 * classes', so that cuts made by hand survive.
 */
const RATINGS: Readonly<Record<Task, string>> = { activation: 'EmoAct', valence: 'EmoVal' };

const classColumn = (task: Task, classes: Int8Array): SheetColumn => ({
  name: task,
  kind: 'text',
  words: CLASSES,
  cell: (row) => CLASSES[classes[row]] ?? '',
});

const namedColumn = (name: string, column: NamedColumn | null): SheetColumn[] =>
  column ? [{ name, kind: 'text', cell: (row) => column.names[column.index[row]] ?? '' }] : [];

function labelColumns({ labels }: Corpus, task: Task): SheetColumn[] {
  const column = labels[task];
  if (!column) return [];
  const classes = classColumn(task, classIndices(column));
  if (column.kind !== 'continuous') return [classes];
  const ratings = countedRatings(column);
  const cell = (row: number) => (Number.isNaN(ratings[row]) ? '' : shortNumber(ratings[row]));
  return [classes, { name: RATINGS[task], kind: 'numbers', cell }];
}

/** A corpus as it was read: name, speaker, emotion, the classes of both tasks, ratings, features in their units. */
export function corpusSheet(corpus: Corpus): Sheet {
  const { name, rows, features, values, utterances, speakers, emotions } = corpus;
  const columns: SheetColumn[] = [
    { name: 'name', kind: 'text', cell: (row) => utterances[row] },
    ...namedColumn('speaker', speakers),
    ...namedColumn('emotion', emotions),
    ...TASKS.flatMap((task) => labelColumns(corpus, task)),
  ];
  return { name, rows, columns, features, values };
}

/** The types of synthetic samples: source made into target and back, source made into target, target made into source. */
const TYPES = ['A', 'B', 'C'] as const;

/** What belongs to synthetic samples of one type. */
export interface SyntheticRows {
  readonly type: (typeof TYPES)[number];
  readonly task: Task;
  readonly features: readonly string[];
  /** `[rows, features]`, in original units. */
  readonly matrix: Matrix;
  /** Class index of each row; negative is written as an empty cell. */
  readonly classes: Int8Array;
  /** Row of the corpus that each row was made from. */
  readonly origin: Int32Array;
  /** That corpus. */
  readonly from: Pick<Corpus, 'name' | 'utterances'>;
}

/** Synthetic samples: the utterance each was made from, its row (from 1) and corpus, the type, the class, features. */
export function syntheticSheet(samples: SyntheticRows): Sheet {
  const { type, task, features, matrix, classes, origin, from } = samples;
  const columns: SheetColumn[] = [
    { name: 'name', kind: 'text', cell: (row) => from.utterances[origin[row]] },
    { name: 'origin_row', kind: 'numbers', cell: (row) => `${origin[row] + 1}` },
    { name: 'origin', kind: 'text', cell: () => from.name },
    { name: 'type', kind: 'text', words: TYPES, cell: () => type },
    classColumn(task, classes),
  ];
  return { name: `synthetic ${type}`, rows: matrix.rows, columns, features, values: matrix.values };
}

/** Text of a float32 that reads back as the same bits. */
export function exactNumber(value: number): string {
  // Nine significant digits tell any two float32 apart; toPrecision forgets the sign of zero.
  if (Object.is(value, -0)) return '-0';
  return Number.isInteger(value) && Math.abs(value) < 1e9 ? `${value}` : value.toPrecision(9);
}

/** The shortest text of a float32 that reads back as the same bits, for cells that people read. */
export function shortNumber(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return exactNumber(value);
}
