/**
 * Reads Parquet into the same table that text files fill: row group by row group and a few columns at a time, so
 * that little more than the matrix is held. What the columns are stands in `parquetColumns.ts`; decoding is
 * hyparquet's. Knows no labels and mends nothing.
 */
import {
  type AsyncBuffer,
  type ColumnMetaData,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  type RowGroup,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { FrameGuard } from './frames.ts';
import type { InputFile } from './input.ts';
import { type KnownColumns, refuseNoFeatures } from './layout.ts';
import { isMissing } from './numbers.ts';
import { CellFiller, cellText, type Pieces } from './parquetCells.ts';
import { isUnsettled, type Placed, placeColumns, type Source, sourcesOf } from './parquetColumns.ts';
import { checkPages, rangeOf } from './parquetPages.ts';
import type { OpenTable } from './reader.ts';
import type { ReadingRules } from './recipe.ts';
import { FormatError, type ReadProgress } from './report.ts';
import { shortened } from './shorten.ts';
import { Table } from './table.ts';
import type { Warn } from './warnings.ts';

export interface ParquetOptions {
  readonly rules: ReadingRules;
  readonly warn: Warn;
  /** Gives the table to fill, or null where the file is not to be read; a table of its own unless told. */
  readonly open?: OpenTable;
  /** What columns of unknown name hold, where other files have told. */
  readonly known?: KnownColumns;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Columns are read together up to so many bytes once unpacked. */
const BATCH_BYTES = 2 ** 23;
/** Ranges of the file are fetched as one where no more than so many bytes lie between. */
const GAP = 2 ** 16;
/** Rows looked at to tell what a column of text holds. */
const FIRST_ROWS = 1000;

const MAGIC = 'PAR1';
const ENCRYPTED = 'PARE';
const AGAIN = 'Copy or download it again, or write it anew.';

const ascii = (buffer: ArrayBuffer) => String.fromCharCode(...new Uint8Array(buffer));

/** What reading one file needs in all its steps. */
class ParquetFile {
  constructor(
    readonly input: InputFile,
    private readonly signal?: AbortSignal,
  ) {}

  damaged(what: string, columnName?: string, column?: number): FormatError {
    const address = { file: this.input.name, column, columnName: columnName && shortened(columnName) };
    return new FormatError(address, `a damaged Parquet file (${what})`, 'a whole Parquet file', AGAIN);
  }

  /** The bytes `[start, end)`. What the file itself throws is no damage and goes through. */
  async bytes(start: number, end: number): Promise<ArrayBuffer> {
    this.signal?.throwIfAborted();
    if (!(start >= 0 && start <= end && end <= this.input.bytes)) throw this.damaged('data beyond its end');
    const buffer = await this.input.slice(start, end);
    if (buffer.byteLength === end - start) return buffer;
    const found = `${buffer.byteLength} bytes where ${end - start} were`;
    const advice = 'It seems to have changed while it was read; read it again.';
    throw new FormatError({ file: this.input.name }, found, 'an unchanged file', advice);
  }

  /** Runs a step of decoding, whose errors are the file's damage. */
  async decode<T>(step: () => T | Promise<T>, source?: Source): Promise<T> {
    try {
      return await step();
    } catch (error) {
      this.signal?.throwIfAborted();
      if (error instanceof FormatError || error instanceof DOMException) throw error;
      const message = error instanceof Error ? error.message : String(error);
      throw this.damaged(message, source?.name, source && source.position + 1);
    }
  }

  /** @throws FormatError where the file does not begin and end as Parquet does. */
  async footer(): Promise<FileMetaData> {
    const { name: file, bytes } = this.input;
    const advice = AGAIN;
    if (bytes < 12) throw new FormatError({ file }, 'the beginning of a Parquet file', 'a whole one', advice);
    const first = ascii(await this.bytes(0, 4));
    const last = ascii(await this.bytes(bytes - 4, bytes));
    if (first === ENCRYPTED || last === ENCRYPTED) {
      const open = 'Write it without encryption.';
      throw new FormatError(
        { file },
        'an encrypted Parquet file',
        'one that can be read without a key',
        open,
      );
    }
    if (first !== MAGIC || last !== MAGIC) {
      throw new FormatError({ file }, 'a Parquet file that is cut off', `${MAGIC} at its end`, advice);
    }
    return this.decode(async () => {
      const slice = (start: number, end = bytes) => this.bytes(start, end);
      const metadata = await parquetMetadataAsync({ byteLength: bytes, slice }, { geoparquet: false });
      settleDecimals(metadata);
      return metadata;
    });
  }

  /** The file's bytes of some ranges, fetched in few pieces. */
  async fetched(ranges: readonly { start: number; end: number }[]): Promise<AsyncBuffer> {
    const windows: { start: number; end: number }[] = [];
    for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
      const last = windows.at(-1);
      if (last && range.start <= last.end + GAP) last.end = Math.max(last.end, range.end);
      else windows.push({ ...range });
    }
    const buffers = await Promise.all(windows.map(({ start, end }) => this.bytes(start, end)));
    return {
      byteLength: this.input.bytes,
      slice: (start, end = this.input.bytes) => {
        const i = windows.findIndex((w) => w.start <= start && end <= w.end);
        return i < 0
          ? this.bytes(start, end)
          : buffers[i].slice(start - windows[i].start, end - windows[i].start);
      },
    };
  }
}

/** Newer writers may say "decimal" where hyparquet does not look. */
function settleDecimals({ schema }: FileMetaData): void {
  for (const element of schema) {
    if (element.logical_type?.type !== 'DECIMAL') continue;
    element.converted_type ??= 'DECIMAL';
    element.scale ??= element.logical_type.scale;
  }
}

/** A column's part of a row group. @throws FormatError where there is not one, or another than the schema says. */
function chunkOf(file: ParquetFile, group: RowGroup, source: Source): ColumnMetaData {
  const { name, path, position, type } = source;
  const found = group.columns.filter(({ meta_data: meta }) => meta?.path_in_schema[0] === name);
  const meta = found.length === 1 ? found[0].meta_data : undefined;
  const fits = meta?.type === type && meta?.path_in_schema.join('\0') === path.join('\0');
  if (!meta || !fits) throw file.damaged('a column that is not as announced', name, position + 1);
  return meta;
}

/** Columns in parts that unpack to about `BATCH_BYTES` in a row group. */
function batchesOf(columns: readonly Placed[], group: RowGroup): Placed[][] {
  const sizes = new Map<string, number>();
  for (const { meta_data: meta } of group.columns) {
    const name = meta?.path_in_schema[0] ?? '';
    sizes.set(name, (sizes.get(name) ?? 0) + Number(meta?.total_uncompressed_size ?? 0));
  }
  const batches: Placed[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const column of columns) {
    const more = sizes.get(column.source.name) ?? 0;
    if (bytes + more > BATCH_BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(column);
    bytes += more;
  }
  return batches;
}

/**
 * Cells of some columns in the first `rows` rows of a row group.
 * @throws FormatError where a column is damaged or packed in a way that is not read.
 */
async function readGroup(
  file: ParquetFile,
  metadata: FileMetaData,
  group: RowGroup,
  sources: readonly Source[],
  rows: number,
): Promise<Map<string, Pieces>> {
  const chunks = await file.decode(() =>
    sources.map((source) => {
      const meta = chunkOf(file, group, source);
      return { source, meta, ...rangeOf(meta) };
    }),
  );
  const buffer = await file.fetched(chunks);
  for (const { source, meta, start, end } of chunks) {
    if (meta.codec !== 'UNCOMPRESSED' && !(meta.codec in compressors)) {
      const address = {
        file: file.input.name,
        column: source.position + 1,
        columnName: shortened(source.name),
      };
      const advice = 'Write the file again with Snappy or Zstandard.';
      throw new FormatError(
        address,
        `the compression ${meta.codec}`,
        Object.keys(compressors).join(', '),
        advice,
      );
    }
    await file.decode(async () => checkPages(new Uint8Array(await buffer.slice(start, end)), meta), source);
  }
  const pieces = new Map<string, ArrayLike<unknown>[]>(sources.map(({ name }) => [name, []]));
  await file.decode(
    () =>
      parquetRead({
        file: buffer,
        metadata: { ...metadata, row_groups: [group], num_rows: group.num_rows },
        columns: sources.map(({ name }) => name),
        rowEnd: rows,
        compressors,
        geoparquet: false,
        onChunk: ({ columnName, columnData }) => pieces.get(columnName)?.push(columnData),
      }),
    sources.length === 1 ? sources[0] : undefined,
  );
  for (const source of sources) {
    const count = (pieces.get(source.name) ?? []).reduce((n, piece) => n + piece.length, 0);
    if (count < rows) throw file.damaged(`${count} of ${rows} rows`, source.name, source.position + 1);
  }
  return pieces;
}

/** Looks at the first rows of the columns whose cells say what they are. */
async function firstCellsOf(file: ParquetFile, metadata: FileMetaData, sources: readonly Source[]) {
  const first = new Map<Source, string | number>();
  const group = metadata.row_groups.find(({ num_rows }) => num_rows > 0n);
  if (!group) return first;
  const rows = Math.min(Number(group.num_rows), FIRST_ROWS);
  for (const source of sources.filter(isUnsettled)) {
    const pieces = await readGroup(file, metadata, group, [source], rows);
    for (const cell of cellsOf(pieces.get(source.name) ?? [])) {
      if (source.content === 'list' && Array.isArray(cell)) first.set(source, cell.length);
      const text = source.content === 'words' ? cellText(cell, source) : '';
      if (!isMissing(text)) first.set(source, text);
      if (first.has(source)) break;
    }
    // Nothing in sight: a word, so that the column is left aside.
    if (!first.has(source)) first.set(source, source.content === 'list' ? 0 : 'nothing');
  }
  return first;
}

function* cellsOf(pieces: Pieces): Generator<unknown, void, undefined> {
  for (const piece of pieces) for (let i = 0; i < piece.length; i++) yield piece[i];
}

/** Rows of the file. @throws FormatError where it has none, or its row groups do not add up. */
function rowsOf(file: ParquetFile, metadata: FileMetaData): number {
  const rows = metadata.row_groups.reduce((n, { num_rows }) => n + num_rows, 0n);
  if (rows !== metadata.num_rows) throw file.damaged(`${rows} of ${metadata.num_rows} rows`);
  if (rows > 0n) return Number(rows);
  const { name } = file.input;
  throw new FormatError(
    { file: name },
    'columns and no rows',
    'rows of utterances',
    'Extract the features again.',
  );
}

/** Refuses tables of frames, as the reader of text does. */
function refuseFrames(table: Table, file: string): void {
  const names = table.textOf('name');
  const times = table.textOf('start');
  if (!names) return;
  const guard = new FrameGuard(file, table.layout.features);
  for (let r = 0; r < table.rows; r++) guard.row(names[r], times?.[r], r + 1);
}

/** A table of the file's own. @throws FormatError where no column is a feature. */
const ownTable =
  (file: string): OpenTable =>
  (layout) => {
    if (layout.features.length === 0) refuseNoFeatures(layout, file);
    return new Table(layout, file);
  };

/**
 * Reads a Parquet file. Its rows count as lines, from 1. Null where `open` gave no table.
 * @throws FormatError for a file that is damaged, encrypted, packed in a way that is not read, nested, or no table
 * of features; what reading the file throws; the signal's reason where it is aborted.
 */
export async function readParquet(input: InputFile, options: ParquetOptions): Promise<Table | null> {
  const { rules, warn, known, open = ownTable(input.name), onProgress, signal } = options;
  const file = new ParquetFile(input, signal);
  const metadata = await file.footer();
  const rows = await file.decode(() => rowsOf(file, metadata));
  const sources = await file.decode(() => sourcesOf(metadata, input.name));
  const firstCells = await firstCellsOf(file, metadata, sources);
  const { layout, placed } = placeColumns(sources, firstCells, warn, known);
  const table = open(layout);
  if (!table) return null;
  table.matrix.reserve(table.firstRow + rows, table.firstRow + rows, input.name);
  const filler = new CellFiller(table, input.name, rules.words === 'missing');
  const wanted = placed.filter((p) => filler.wants(p));
  let bytesRead = 0;
  let begin = 0;
  for (const group of metadata.row_groups) {
    const groupRows = Number(group.num_rows);
    for (const batch of groupRows > 0 ? batchesOf(wanted, group) : []) {
      const columns = batch.map(({ source }) => source);
      const pieces = await readGroup(file, metadata, group, columns, groupRows);
      for (const p of batch) filler.fill(p, pieces.get(p.source.name) ?? [], begin, groupRows);
      for (const source of columns) bytesRead += Number(chunkOf(file, group, source).total_compressed_size);
      onProgress?.({ bytesRead, bytesTotal: input.bytes, rows: begin });
      // Lets a waiting cancellation in, which files in memory would keep out.
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
    begin += groupRows;
  }
  filler.finish(rows);
  refuseFrames(table, input.name);
  onProgress?.({ bytesRead: input.bytes, bytesTotal: input.bytes, rows });
  return table;
}
