/**
 * What reading a file found: the report that the page and `inspect` show, and the error with an address
 * that bad input gives. Plain data and no parsing.
 */
import type { Corpus, Task } from '../corpus/corpus.ts';
import type { ReadFile } from './intake.ts';
import type { ReadingRules, Recipe } from './recipe.ts';

/** Where in a file something was found; lines and columns count from 1. */
export interface Address {
  readonly file: string;
  readonly line?: number;
  /** The column's number. */
  readonly column?: number;
  /** The column's name, where the file has a header. */
  readonly columnName?: string;
}

/** Something the user should know about a file that was read all the same. */
export interface Warning {
  /** Stable machine-readable name, e.g. `constant-column`. */
  readonly code: string;
  /** The place, in words, e.g. `column 17 "F0finEnv_sma_minPos"`. */
  readonly where: string;
  /** What was found and what was done about it. */
  readonly message: string;
}

/** What can be done about a kind of fault. `recipe`: a part of the corpus's recipe; `run`: a setting of the run. */
export interface Repair {
  readonly in: 'recipe' | 'run';
  /** The path of what is set, e.g. `repairs.missing` or `data.clipPercentile`, and the value that does it. */
  readonly path: string;
  readonly value: string | number;
  /** What the button says, e.g. `Leave these rows out`. */
  readonly label: string;
}

/** One kind of fault in a corpus, listed with its place, its count and what can be done. */
export interface QualityIssue {
  readonly code:
    | 'missing-cells'
    | 'infinite-cells'
    | 'word-cells'
    | 'ragged-rows'
    | 'repeated-header'
    | 'empty-rows'
    | 'empty-columns'
    | 'constant-columns'
    | 'duplicate-rows'
    | 'outliers'
    | 'activation-reversed';
  readonly count: number;
  /** The place of the first, in words, e.g. `emo.csv, line 12, column 3 "pcm_loudness"`. */
  readonly where: string;
  /** What was found and what is done about it under the present recipe. */
  readonly message: string;
  /** Names or lines of those at fault, the first hundred. */
  readonly examples: readonly string[];
  /** Every choice there is, the one in force included. */
  readonly repairs: readonly Repair[];
}

/** A text column that could be a label or a speaker, as the editors list it. */
export interface ColumnSummary {
  readonly name: string;
  readonly in: 'features' | 'labels';
  readonly kind: 'numbers' | 'words';
  /**
   * Different words and how often each stands there, most frequent first; the first hundred, and of the others those
   * that stand for a class.
   */
  readonly words: readonly { readonly word: string; readonly count: number }[];
  /** Where numbers, taken for ratings, would be cut into three classes; null for words. */
  readonly cuts: readonly [number, number] | null;
}

/** How a label file fitted. */
export interface JoinReport {
  readonly file: string;
  /** How rows were matched, in words, e.g. `base name without extension`. */
  readonly by: string;
  readonly matched: number;
  /** Utterances that the label file does not name. */
  readonly unlabelled: Sample;
  /** Keys of the label file that no utterance has. */
  readonly unused: Sample;
  /** Keys that the label file gives more than once with different content; the first counts. */
  readonly repeated: Sample;
}

/** How many, and the first few. */
export interface Sample {
  readonly count: number;
  readonly examples: readonly string[];
}

/** What `inspect` prints and the data page shows. */
export interface CorpusReport {
  readonly rows: number;
  readonly features: number;
  /** Name of the recognised feature set, e.g. `emobase2010`, or null. */
  readonly featureSet: string | null;
  /** Number of different speakers, or null where the file names none. */
  readonly speakers: number | null;
  readonly tasks: Readonly<Partial<Record<Task, { low: number; mid: number; high: number }>>>;
  readonly constantColumns: readonly string[];
  readonly warnings: readonly Warning[];
  readonly quality: readonly QualityIssue[];
  readonly files: readonly ReadFile[];
  readonly columns: readonly ColumnSummary[];
  /** Null where no label file was joined. */
  readonly join: JoinReport | null;
}

export interface ReadResult {
  readonly corpus: Corpus;
  readonly report: CorpusReport;
  /** What was decided, with every `auto` settled. */
  readonly recipe: Recipe;
}

/** Progress of reading: bytes of the file as stored (compressed, if it is). */
export interface ReadProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly rows: number;
}

/** Bad input, with an address: what was found, what was expected, what to do. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  constructor(
    readonly address: Address,
    /** What stands there; long content is shortened. */
    readonly found: string,
    /** What should stand there. */
    readonly expected: string,
    /** What the user can do. */
    readonly advice: string,
    /** The reading rule under which the file is read all the same; absent where there is none. */
    readonly remedy?: Partial<ReadingRules>,
  ) {
    super(`${formatAddress(address)}: found ${found}, expected ${expected}. ${advice}`);
  }
}

/** `name.csv, line 12, column 3 "pcm_loudness"`. */
function formatAddress({ file, line, column, columnName }: Address): string {
  const parts = [file];
  if (line !== undefined) parts.push(`line ${line}`);
  if (column !== undefined) parts.push(`column ${column}${columnName ? ` "${columnName}"` : ''}`);
  return parts.join(', ');
}
