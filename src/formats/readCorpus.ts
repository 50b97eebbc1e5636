/**
 * Reads one feature file into a corpus with its report. The same in a browser's worker (`file.stream()`) and
 * in Node (`Readable.toWeb(createReadStream(path))`); knows neither.
 */
import type { Corpus } from '../corpus/corpus.ts';
import { type ByteStream, textOf } from './bytes.ts';
import { cleanTable, warnDuplicates } from './clean.ts';
import { reportOf } from './describe.ts';
import { seconds } from './frames.ts';
import { readLabels, type TextColumn } from './labels.ts';
import { TEXT } from './layout.ts';
import { TableReader } from './reader.ts';
import type { ReadProgress, ReadResult } from './report.ts';
import type { Table } from './table.ts';
import { collectWarnings, type Warn } from './warnings.ts';

export interface ReadOptions {
  /** The file's name, for addresses and for the corpus. */
  readonly file: string;
  /** Size of the file as stored. */
  readonly bytesTotal: number;
  /** Called at most ten times a second, and at the end. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal;
}

const PROGRESS_MS = 100;

/** `Emo.v2.csv.gz` is called `Emo.v2`. */
const corpusName = (file: string) =>
  file
    .replace(/^.*[/\\]/, '')
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|tab|txt|arff|dat)$/i, '');

/** The text columns without the rows that were left out. */
function textColumns({ layout, texts }: Table, kept: Int32Array): TextColumn[] {
  return layout.columns.flatMap(({ name, role }, i) => {
    if (layout.kinds[i] !== TEXT) return [];
    return [{ name, role, number: i + 1, cells: Array.from(kept, (r) => texts[i][r]) }];
  });
}

/**
 * What each utterance is called: its name; where several rows share a file, with the segment's times; `row 1`,
 * `row 2` … where the file names none or calls all the same (openSMILE: "unknown").
 */
function utteranceNames(columns: readonly TextColumn[], rows: number, warn: Warn): string[] {
  const cells = columns.find((c) => c.role === 'name')?.cells.map((c) => c.trim());
  const start = columns.find((c) => c.role === 'start')?.cells;
  const end = columns.find((c) => c.role === 'end')?.cells;
  const different = new Set(cells).size;
  if (!cells || (different === 1 && rows > 1 && !start)) {
    const found = cells ? `Every row is called "${cells[0]}"` : 'No column names the utterances';
    warn('no-utterance-name', 'the whole file', `${found}; they are called by their row.`);
    return Array.from({ length: rows }, (_, r) => `row ${r + 1}`);
  }
  if (different === rows || !start) return cells;
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return cells.map((cell, r) => {
    if (counts.get(cell) === 1) return cell;
    const times = [start[r], end?.[r]].flatMap((t) => (t === undefined ? [] : [seconds(t).toFixed(2)]));
    return `${cell} [${times.join('–')} s]`;
  });
}

/**
 * Reads a file of features: delimited text or ARFF, gzip or not.
 * @throws FormatError with an address for bad input; the signal's reason where it is aborted.
 */
export async function readCorpus(stream: ByteStream, options: ReadOptions): Promise<ReadResult> {
  const { file, bytesTotal, onProgress, signal } = options;
  const { warnings, warn } = collectWarnings();
  const reader = new TableReader(file, warn);
  let bytesRead = 0;
  let told = performance.now();
  const tell = () => onProgress?.({ bytesRead, bytesTotal, rows: reader.table?.rows ?? 0 });
  const expectedRows = (rows: number) => (bytesRead > 0 ? rows * (bytesTotal / bytesRead) : rows);

  for await (const chunk of textOf(stream, file, (n) => (bytesRead += n), signal)) {
    reader.push(chunk, expectedRows);
    if (performance.now() - told < PROGRESS_MS) continue;
    tell();
    // Lets a waiting cancellation in, which chunks that are ready at once would keep out.
    await new Promise((resolve) => setTimeout(resolve));
    told = performance.now();
  }
  const table = reader.finish();
  tell();
  const corpus = corpusOf(table, file, warn);
  return { corpus, report: reportOf(corpus, warnings) };
}

function corpusOf(table: Table, file: string, warn: Warn): Corpus {
  const { values, features, kept } = cleanTable(table, table.textOf('name'), file, warn);
  const columns = textColumns(table, kept);
  const utterances = utteranceNames(columns, kept.length, warn);
  const lines = Array.from(kept, (r) => table.lines[r]);
  const keys = columns.some((c) => c.role === 'name') ? keysOf(columns, kept.length) : [];
  if (keys.length > 0) warnDuplicates(values, keys, lines, warn);
  const { speakers, emotions, labels } = readLabels(columns, table.layout.decimal, warn);
  const name = corpusName(file);
  const rows = kept.length;
  return { name, rows, features, values, utterances, speakers, emotions, labels, simulated: false };
}

/** What tells rows apart: name, start and end. */
function keysOf(columns: readonly TextColumn[], rows: number): string[] {
  const parts = columns.filter((c) => c.role === 'name' || c.role === 'start' || c.role === 'end');
  return Array.from({ length: rows }, (_, r) => parts.map((c) => c.cells[r]).join(' '));
}
