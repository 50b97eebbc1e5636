/**
 * What files hold before anything was decided about it: the matrix with its gaps, the columns of text, and where in
 * which file each row stood. A recipe (`recipe.ts`) makes a corpus of it. Plain data that crosses worker boundaries.
 */
import type { Role } from './columns.ts';
import type { Warning } from './report.ts';

/** A column of text: of a feature file (a row an utterance) or of a label file (a row a key). */
export interface TextColumn {
  readonly name: string;
  /** Counted from 1. */
  readonly number: number;
  readonly role: Role;
  readonly cells: readonly string[];
}

/** One of the files that were read as one corpus. */
export interface ReadFile {
  readonly name: string;
  readonly format: 'delimited' | 'arff' | 'parquet';
  readonly rows: number;
}

/** Cells at fault: how many, and the place of the first. */
export interface CellFault {
  readonly count: number;
  /** Index into `files`. */
  readonly file: number;
  readonly line: number;
  /** Column of the file, counted from 1, and its name. */
  readonly column: number;
  readonly columnName: string;
}

/** Rows that were left out while reading, or put right: how many, and the line of the first. */
export interface RowFault {
  readonly count: number;
  readonly file: number;
  readonly line: number;
}

/** What reading noticed in rows and cells. */
export interface ReadingFaults {
  /** Empty cells, `?`, NaN, NA …; NaN in `values`. */
  readonly missing: CellFault | null;
  /** inf, and numbers too large for 32 bits; NaN in `values` as well. */
  readonly infinite: CellFault | null;
  /** Words where numbers should stand, read as missing because the recipe says so. */
  readonly words: CellFault | null;
  /** Rows with too few or too many cells, left out because the recipe says so. */
  readonly ragged: RowFault | null;
  /** The header again in the middle (files joined by `cat`), skipped. */
  readonly repeatedHeaders: RowFault | null;
}

/** The content of one feature file, or of several read as one corpus. */
export interface Intake {
  /** The corpus's name: the file's without its extensions. */
  readonly name: string;
  readonly files: readonly ReadFile[];
  readonly rows: number;
  readonly features: readonly string[];
  /** `[rows, features]`, row-major; NaN is missing. Memory shared between threads where the page allows it. */
  readonly values: Float32Array;
  /** File and line of each row. */
  readonly fileOf: Uint16Array;
  readonly lines: Int32Array;
  /** Text columns, whose cells use a decimal point whatever the file used. */
  readonly columns: readonly TextColumn[];
  readonly faults: ReadingFaults;
  /** What reading decided, such as the decimal comma. */
  readonly notes: readonly Warning[];
}

/** A file of labels: a key a row, and what is said of it. */
export interface LabelTable {
  /** The file's name, or `12 files`. */
  readonly name: string;
  readonly format: 'table' | 'iemocap' | 'msp-improv';
  /** What the row is of: an utterance's file name, with or without folder and extension. */
  readonly keys: readonly string[];
  readonly lines: Int32Array;
  readonly columns: readonly TextColumn[];
  readonly notes: readonly Warning[];
}
