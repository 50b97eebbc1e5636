/**
 * What reading a file found: the report that the page and `inspect` show, and the error with an address
 * that bad input gives. Plain data and no parsing.
 */
import type { Corpus, Task } from '../corpus/corpus.ts';

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

/** What `inspect` prints and the data panel shows. */
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
}

export interface ReadResult {
  readonly corpus: Corpus;
  readonly report: CorpusReport;
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
