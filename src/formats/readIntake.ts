/**
 * From files to their content, before anything is decided about it: recognises what each file is, reads those of
 * features as one corpus, and gives those of labels back unread. The same in a browser's worker and in Node.
 */
import { textOf } from './bytes.ts';
import { corpusName, isPlainlyNoTable, lastPart } from './fileNames.ts';
import type { Head } from './head.ts';
import type { InputFile } from './input.ts';
import type { CellFault, Intake, ReadFile, ReadingFaults, RowFault } from './intake.ts';
import { isLabelText } from './labelFiles.ts';
import type { DecimalSign } from './layout.ts';
import { readParquet } from './parquet.ts';
import { Progress } from './progress.ts';
import { OtherDecimal, TableReader } from './reader.ts';
import type { ReadingRules } from './recipe.ts';
import { decode } from './records.ts';
import { FormatError, type ReadProgress, type Warning } from './report.ts';
import { counted, listed } from './shorten.ts';
import { isGzip } from './sniff.ts';
import { steadyFile } from './steadyFile.ts';
import type { CellCount, RowCount, Table } from './table.ts';
import { Union } from './union.ts';
import { LateNumbers, uniteColumns } from './unitedColumns.ts';

export interface IntakeOptions {
  readonly rules: ReadingRules;
  /** Called at most twenty times a second, and at the end. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Features of the corpus that labels among the files would be joined to where the files hold none themselves. */
  readonly heldFeatures?: readonly string[];
}

export interface IntakeResult {
  /** Null where no file holds features. */
  readonly intake: Intake | null;
  /** The files that hold labels and no features, unread. */
  readonly labelFiles: readonly InputFile[];
}

/** Files are numbered by 16 bits. */
const MOST_FILES = 2 ** 16 - 1;
/** Bytes; a chunk is read in pieces, so that a cancellation never waits long. */
const PIECE = 2 ** 20;
/** Bytes of text that are looked at to recognise evaluation texts. */
const HEAD = 2 ** 12;

const PARQUET = 'PAR1';
const byName = new Intl.Collator('en', { numeric: true });

/** Notes with the file they are of, or null for all. */
interface Note extends Warning {
  readonly file: string | null;
}

/** One reading of all files. */
class Pass {
  private readonly union: Union;
  private readonly notes: Note[] = [];
  private readonly labels = new Set<number>();
  private readonly progress: Progress;
  private lastHead: Head | null = null;

  constructor(
    private readonly files: readonly InputFile[],
    private readonly options: IntakeOptions,
    /** Columns known to hold numbers, whatever their first cells say. */
    private readonly forced: ReadonlySet<string>,
  ) {
    this.union = new Union(files.length > 1, options.heldFeatures);
    this.progress = new Progress(files, options);
  }

  async run(aside: readonly string[]): Promise<IntakeResult> {
    for (const index of this.files.keys()) await this.read(index, false);
    const features = this.union.settle((index) => this.files[index].name);
    for (const index of features) await this.read(index, true);
    for (const index of this.union.undecided.keys()) {
      if (features.includes(index)) continue;
      this.labels.add(index);
      this.progress.begin(index);
      this.progress.end(false);
    }
    const intake = this.union.parts.length > 0 ? this.intake(aside) : null;
    this.progress.tell(intake?.rows ?? 0);
    return { intake, labelFiles: this.files.filter((_, index) => this.labels.has(index)) };
  }

  private warnOf = (file: string | null) => (code: string, where: string, message: string) =>
    void this.notes.push({ file, code, where, message });

  private async read(index: number, certain: boolean): Promise<void> {
    const input = this.files[index];
    this.options.signal?.throwIfAborted();
    const { parquet, unpacked } = await sniff(input);
    this.progress.begin(index, unpacked);
    const open: Open = (layout) => this.union.open(index, input.name, layout, certain);
    if (parquet) await this.readParquet(input, open);
    else await this.readText(input, index, open, unpacked);
    this.progress.end(this.union.undecided.has(index) && !certain);
  }

  private async readParquet(input: InputFile, open: Open): Promise<void> {
    const { rules, signal } = this.options;
    const known = this.union.knownColumns(this.forced);
    const { name } = input;
    const rowsBefore = this.union.rows;
    const onProgress = ({ bytesRead, rows }: ReadProgress) =>
      this.progress.tell(rowsBefore + rows, bytesRead);
    const table = await readParquet(input, {
      rules,
      warn: this.warnOf(name),
      open,
      known,
      onProgress,
      signal,
    });
    if (table) this.union.add({ name, format: 'parquet', table });
  }

  /** Reads a file of text; anew where rows farther down show another decimal sign than the first do. */
  private async readText(
    input: InputFile,
    index: number,
    open: Open,
    unpacked: number | null,
    decimal?: DecimalSign,
  ): Promise<void> {
    const noted = this.notes.length;
    try {
      await this.readRows(input, index, open, decimal);
    } catch (error) {
      if (!(error instanceof OtherDecimal)) throw error;
      this.notes.length = noted;
      this.progress.begin(index, unpacked);
      await this.readText(input, index, open, unpacked, error.sign);
    }
  }

  /** Reads a file of text, unless it holds labels, or may. @throws OtherDecimal */
  private async readRows(input: InputFile, index: number, open: Open, decimal?: DecimalSign): Promise<void> {
    const { rules, signal } = this.options;
    const { name } = input;
    const { progress, union } = this;
    const rowsBefore = union.rows;
    const reader: TableReader = new TableReader(name, {
      rules,
      warn: this.warnOf(name),
      open,
      known: union.knownColumns(this.forced),
      lastHead: this.lastHead,
      decimal,
      expectedRows: () => progress.expectedRows(rowsBefore, reader.table?.rows ?? 0, reader.consumed),
    });
    let first = true;
    const again = () => input.stream();
    for await (const chunk of textOf(input.stream(), name, (n) => progress.add(n), signal, again)) {
      if (first && isLabelText(decode(chunk.subarray(0, HEAD)))) {
        this.labels.add(index);
        return;
      }
      first = false;
      for (let at = 0; at < chunk.length && !reader.refused; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        progress.arrived(piece.length);
        reader.push(piece);
        await progress.pause(rowsBefore + (reader.table?.rows ?? 0));
      }
      if (reader.refused) return;
    }
    const table = reader.finish();
    if (!table) return;
    this.lastHead = reader.head;
    progress.check(index);
    union.add({ name, format: table.layout.quoting === 'arff' ? 'arff' : 'delimited', table });
  }

  private intake(aside: readonly string[]): Intake {
    const { parts, features, matrix } = this.union;
    const { rows } = this.union;
    const columns = uniteColumns(parts, this.options.rules, this.warnOf(null));
    if (aside.length > 0) {
      const message = 'By their names no tables of features; left aside.';
      this.warnOf(null)('file-ignored', `${counted(aside.length, 'file')} ${listed(aside)}`, message);
    }
    const fileOf = new Uint16Array(rows);
    const lines = new Int32Array(rows);
    parts.forEach(({ table }, file) => {
      fileOf.fill(file, table.firstRow, table.firstRow + table.rows);
      lines.set(table.lines, table.firstRow);
    });
    return {
      name: corpusName(parts.map(({ name }) => name)),
      files: parts.map(({ name, format, table }): ReadFile => ({ name, format, rows: table.rows })),
      rows,
      features,
      values: matrix ? matrix.filled(rows, parts[0].name) : new Float32Array(0),
      fileOf,
      lines,
      columns,
      faults: faultsOf(parts.map(({ table }) => table)),
      notes: mergedNotes(
        this.notes.filter(({ file }) => file === null || parts.some(({ name }) => name === file)),
        parts.length,
      ),
    };
  }
}

type Open = (layout: Table['layout']) => Table | null;

/** What a file's first bytes show; of a gzip archive, the length of its content that its last bytes give. */
async function sniff(input: InputFile): Promise<{ parquet: boolean; unpacked: number | null }> {
  const { bytes } = input;
  if (bytes < PARQUET.length) return { parquet: false, unpacked: null };
  const head = new Uint8Array(await input.slice(0, PARQUET.length));
  const parquet = String.fromCharCode(...head) === PARQUET;
  if (!isGzip(head)) return { parquet, unpacked: null };
  const end = await input.slice(bytes - 4, bytes);
  return { parquet, unpacked: end.byteLength === 4 ? new DataView(end).getUint32(0, true) : null };
}

/** The faults of all tables, each with the file of the first. */
function faultsOf(tables: readonly Table[]): ReadingFaults {
  const first = <T extends RowCount>(of: (table: Table) => T) => {
    const file = tables.findIndex((table) => of(table).count > 0);
    const count = tables.reduce((sum, table) => sum + of(table).count, 0);
    return file < 0 ? null : { ...of(tables[file]), count, file };
  };
  const cells = (of: (table: Table) => CellCount): CellFault | null => {
    const found = first(of);
    if (!found) return null;
    const { name: columnName } = tables[found.file].layout.columns[found.column];
    return { ...found, column: found.column + 1, columnName };
  };
  const rows = (of: (table: Table) => RowCount): RowFault | null => first(of);
  return {
    missing: cells(({ missing }) => missing),
    infinite: cells(({ infinite }) => infinite),
    words: cells(({ words }) => words),
    ragged: rows(({ ragged }) => ragged),
    repeatedHeaders: rows(({ repeatedHeaders }) => repeatedHeaders),
  };
}

/** The same note of several files is said once, with the first that it is of. */
function mergedNotes(notes: readonly Note[], files: number): Warning[] {
  const merged = new Map<string, { note: Note; of: Set<string | null> }>();
  for (const note of notes) {
    const key = [note.code, note.where, note.message].join('\n');
    const found = merged.get(key) ?? { note, of: new Set() };
    merged.set(key, found);
    found.of.add(note.file);
  }
  return [...merged.values()].map(({ note: { file, code, where, message }, of }) => {
    const others = of.size > 1 ? ` and ${counted(of.size - 1, 'other file')}` : '';
    const placed = file === null || files === 1 ? where : `${file}${others}, ${where}`;
    return { code, where: placed, message };
  });
}

/**
 * Reads files as one corpus: delimited text, ARFF or Parquet, in the order of their names. Values keep their gaps as
 * NaN. Files of labels alone come back unread; plainly other files of a dropped folder are left aside with a note.
 * @throws FormatError with an address for bad input; the signal's reason where it is aborted.
 */
export async function readIntake(files: readonly InputFile[], options: IntakeOptions): Promise<IntakeResult> {
  const tables = files.filter(({ name }) => !isPlainlyNoTable(name));
  const read = tables.length > 0 ? tables : files;
  const count = counted(files.length, 'file');
  if (files.length === 0 || files.length > MOST_FILES) {
    throw new FormatError({ file: count }, count, `1 to ${MOST_FILES} files`, 'Choose files of features.');
  }
  const aside = (read === files ? [] : files.filter(({ name }) => isPlainlyNoTable(name))).map(({ name }) =>
    lastPart(name),
  );
  const inOrder = read.map(steadyFile).sort((a, b) => byName.compare(a.name, b.name));
  const forced = new Set<string>();
  for (;;) {
    try {
      const { intake, labelFiles } = await new Pass(inOrder, options, forced).run(aside);
      return { intake, labelFiles };
    } catch (error) {
      if (!(error instanceof LateNumbers) || error.columns.every((name) => forced.has(name))) throw error;
      for (const name of error.columns) forced.add(name);
    }
  }
}
