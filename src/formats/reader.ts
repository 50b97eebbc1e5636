/**
 * The reader's states: first the head, then rows. Fed with bytes, it fills a table or throws with an address. Knows no labels and mends nothing but what the rules say.
 */

import { BRACE, COMMA, CR, PERCENT } from './ascii.ts';
import { decimalSign } from './delimitedHeader.ts';
import {
  isSameHeader,
  refuseMixedLineEnds,
  refuseOtherHeader,
  refuseRagged,
  refuseSlippedHeader,
  refuseStrayQuote,
  refuseWord,
} from './faults.ts';
import { FrameGuard } from './frames.ts';
import { type Head, type Header, HeadReader } from './head.ts';
import { type DecimalSign, type KnownColumns, type Layout, settleLayout } from './layout.ts';
import type { ReadingRules } from './recipe.ts';
import { decode, type Quoting, Records, readCells } from './records.ts';
import { FormatError } from './report.ts';
import { type Fault, RowReader } from './rows.ts';
import { counted, shortened } from './shorten.ts';
import { countRow, type RowCount, type Table } from './table.ts';
import type { Warn } from './warnings.ts';

/** So many rows at most are looked at to tell the decimal sign. */
const DECIMAL_ROWS = 5;

/** Who takes the rows: told of a file's layout, gives the table to fill, or null where the file is not to be read. */
export type OpenTable = (layout: Layout) => Table | null;

export interface ReaderOptions {
  readonly rules: ReadingRules;
  readonly warn: Warn;
  readonly open: OpenTable;
  /** Guesses the rows of the whole matrix in the end. */
  readonly expectedRows: () => number;
  readonly known?: KnownColumns;
  readonly lastHead?: Head | null;
  /** The decimal sign, where an earlier reading told it. */
  readonly decimal?: DecimalSign;
}

/** Numbers below a file's first rows have another decimal sign than was thought: it is to be read again with that. */
export class OtherDecimal extends Error {
  constructor(readonly sign: DecimalSign) {
    super('Numbers are written with another decimal sign.');
  }
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '');

const sameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((x, i) => x === b[i]);

export class TableReader {
  table: Table | null = null;
  /** True once the file is known to be none that is read: nothing more need be pushed. */
  refused = false;
  /** The file's head, once its layout is settled. */
  head: Head | null = null;
  private readonly records: Records;
  private readonly headReader: HeadReader;
  private header: Header | null = null;
  /** The head of the file before, if this file's is the same; undefined until that is known. */
  private reused: Head | null | undefined;
  private rows: RowReader | null = null;
  /** Cells of a whole line, with the empty ones behind the last column. */
  private wholeCells = 0;
  private guard: FrameGuard | null = null;
  private names: readonly string[] | null = null;
  private times: readonly string[] | null = null;
  /** Faults before there is a table. */
  private readonly early = { ragged: { count: 0, line: 0 }, repeated: { count: 0, line: 0 } };

  constructor(
    private readonly file: string,
    private readonly options: ReaderOptions,
  ) {
    this.records = new Records(file);
    this.headReader = new HeadReader(file, this.records);
    if (!options.lastHead) this.reused = null;
  }

  /** Bytes of text used up, and those of them before the first row. */
  get consumed(): { readonly all: number; readonly head: number } {
    return { all: this.records.consumed, head: this.head?.bytes.length ?? 0 };
  }

  /** Takes the next bytes. */
  push(chunk: Uint8Array): void {
    this.records.push(chunk);
    this.drain(false);
  }

  /** Ends the file; null where it is none that is read. @throws FormatError where it holds no rows. */
  finish(): Table | null {
    this.records.finish();
    this.drain(true);
    if (this.refused) return null;
    this.table?.close();
    if (this.table && this.table.rows > 0) return this.table;
    const { count } = this.ragged();
    let found = 'only blank lines';
    if (count > 0) found = `${counted(count, 'row')}, each with too few or too many cells`;
    else if (this.header) found = 'a header and no rows';
    else if (this.headReader.isArff) found = 'a head without @data';
    throw new FormatError({ file: this.file }, found, 'rows of utterances', 'Extract the features again.');
  }

  private ragged = (): RowCount => this.table?.ragged ?? this.early.ragged;

  private drain(last: boolean): void {
    const { records, options } = this;
    if (this.reused === undefined && !this.compareHead(options.lastHead)) return;
    while (!this.refused && records.next()) {
      const { start, end } = records;
      if (!this.header) {
        if (!this.headReader.line()) return;
        this.header = this.headReader.header;
      } else if (start < end && this.isRow(this.header)) {
        if (!this.table && !this.begin(this.header, last)) return;
        if (this.table && !this.row(last)) return;
      }
    }
  }

  /** Leaves out a head that is that of the file before; false where too little has arrived to tell. */
  private compareHead(head: Head | null = null): boolean {
    const same = head !== null && this.records.beginsWith(head.bytes);
    if (same === null) return false;
    this.reused = same ? head : null;
    if (!same || !head) return true;
    this.header = head.header;
    this.records.skip(head.bytes.length, head.lines);
    return true;
  }

  /** False for blank lines, comments and repeated headers. */
  private isRow({ delimiter, quoting, bytes: header }: Header): boolean {
    const { bytes, start, end, line } = this.records;
    if (quoting === 'arff') {
      if (bytes[start] === BRACE) {
        throw new FormatError(
          { file: this.file, line },
          `a sparse row, "${shortened(decode(bytes.subarray(start, end)))}"`,
          'one value for every attribute',
          'Write the file without the sparse format (Weka: filter SparseToNonSparse).',
        );
      }
      if (bytes[start] === PERCENT) {
        if (bytes.subarray(start, end).includes(CR)) refuseMixedLineEnds(this.file, line);
        return false;
      }
    } else if (header && end - start === header.length && sameBytes(bytes.subarray(start, end), header)) {
      countRow(this.table?.repeatedHeaders ?? this.early.repeated, line);
      return false;
    }
    // A spreadsheet's empty rows are lines of separators and blanks.
    let p = start;
    while (p < end && (bytes[p] === delimiter || bytes[p] <= 32)) p++;
    return p < end;
  }

  /** The present record's cells, going on over lines while a double quote is open; null where it has not all arrived. */
  private cells({ delimiter, quoting }: Pick<Layout, 'delimiter' | 'quoting'>): string[] | null {
    const { records } = this;
    for (;;) {
      const { bytes, start, end } = records;
      const { cells, open, stray, last } = readCells(bytes, start, end, delimiter, quoting);
      if (stray) return this.firstLine(delimiter, quoting);
      if (!open) return cells;
      if (!records.extend(last, delimiter)) return null;
    }
  }

  /** The cells of the present record's first line alone, whose quote is none that belongs to the lines behind it. */
  private firstLine(delimiter: number, quoting: Quoting): string[] {
    const { records } = this;
    if (this.options.rules.ragged === 'refuse') refuseStrayQuote(this.file, records.line);
    records.shorten();
    return readCells(records.bytes, records.start, records.end, delimiter, quoting).cells;
  }

  /**
   * Settles the layout at the first row and asks for a table. False where more bytes are wanted; true without a table
   * where the row is left out, or the file is not to be read.
   */
  private begin(header: Header, last: boolean): boolean {
    const { reused } = this;
    const first = this.cells(header);
    if (!first) return false;
    const { line } = this.records;
    if (isSameHeader(first, header.columns)) {
      countRow(this.early.repeated, line);
      return true;
    }
    const lines = reused?.lines ?? this.headReader.lines;
    refuseSlippedHeader(
      { file: this.file, line, cells: first },
      { line: lines, cells: header.cells },
      header.columns,
    );
    const decimal = this.decimalOf(header, first, last);
    if (decimal === null) return false;
    const { sign, other: otherSign } = decimal;
    const again = reused?.layout.decimal === sign ? reused : null;
    const layout = again?.layout ?? this.settle(header, first, sign);
    if (layout.features.length > 0 && first.length < header.columns.length) {
      this.leaveOut(first, layout, false);
      return true;
    }
    const table = this.options.open(layout);
    if (!table) {
      this.refused = true;
      return true;
    }
    this.head = again ?? { bytes: reused?.bytes ?? this.headReader.bytes(), lines, header, layout };
    this.table = table;
    Object.assign(table.ragged, this.early.ragged);
    Object.assign(table.repeatedHeaders, this.early.repeated);
    const fits = isBlank(first.slice(layout.columns.length));
    this.wholeCells = Math.max(header.cells, fits ? first.length : 0);
    const wordsAreMissing = this.options.rules.words === 'missing';
    this.rows = new RowReader(layout, table, { wordsAreMissing, otherSign, cells: this.wholeCells });
    this.guard = new FrameGuard(this.file, layout.features);
    this.names = table.textOf('name');
    this.times = table.textOf('start');
    return true;
  }

  private settle(
    { columns, delimiter, quoting }: Header,
    first: readonly string[],
    decimal: DecimalSign,
  ): Layout {
    const { warn, known } = this.options;
    const layout = settleLayout(columns, first, { delimiter, decimal, quoting }, warn, known);
    if (decimal === ',') {
      const message = 'Numbers are written with a decimal comma: 1,5 is read as 1.5.';
      warn('decimal-comma', 'the whole file', message);
    }
    return layout;
  }

  /**
   * The file's decimal sign, and the other where rows farther down may show that it is that; null where too little has
   * arrived to tell.
   */
  private decimalOf(
    header: Header,
    first: readonly string[],
    last: boolean,
  ): { sign: DecimalSign; other: DecimalSign | null } | null {
    const { decimal } = this.options;
    if (decimal) return { sign: decimal, other: decimal === ',' ? '.' : null };
    if (header.delimiter === COMMA) return { sign: '.', other: null };
    const rows = this.peekRows(header, first, last);
    const sign = rows && decimalSign(header.delimiter, rows);
    return rows && { sign: sign ?? '.', other: sign ? null : ',' };
  }

  /** Looks a few rows ahead and comes back; null where they have not arrived yet. */
  private peekRows(header: Header, first: readonly string[], last: boolean): string[][] | null {
    const { records } = this;
    const mark = records.mark();
    const rows: (readonly string[])[] = [first];
    while (rows.length < DECIMAL_ROWS && records.next()) {
      if (records.start === records.end) continue;
      const cells = this.cells(header);
      if (!cells) break;
      rows.push(cells);
    }
    const enough = rows.length === DECIMAL_ROWS || last;
    records.reset(mark);
    if (!enough) {
      records.putBack();
      return null;
    }
    // A name such as 1.5 or 2,7 says nothing of how numbers are written.
    return rows.map((cells) => cells.filter((_, c) => header.columns[c]?.role !== 'name'));
  }

  /** Reads the present record; false where it goes on in lines that have not arrived. */
  private row(last: boolean): boolean {
    const { table, rows, records } = this;
    if (!table || !rows) return false;
    table.reserve(this.options.expectedRows());
    let fault = rows.read(records.bytes, records.start, records.end, records.line);
    while (fault?.kind === 'open') {
      if (!records.extend(fault.at, table.layout.delimiter)) return false;
      fault = rows.read(records.bytes, records.start, records.end, records.line);
    }
    if (fault) return this.atFault(fault, table, last);
    if (this.names) {
      const row = table.rows - 1;
      this.guard?.row(this.names[row], this.times?.[row], records.line);
    }
    return true;
  }

  /** A row that slipped, with a word in it, is ragged first of all. False where more of it has yet to arrive. */
  private atFault(fault: Fault, { layout, ragged }: Table, last: boolean): boolean {
    const { records, file } = this;
    if (fault.kind === 'decimal') throw new OtherDecimal(fault.sign);
    if (fault.kind === 'stray') {
      this.firstLine(layout.delimiter, layout.quoting);
      countRow(ragged, records.line);
      return true;
    }
    const cells = this.cells(layout);
    if (!cells) return false;
    const width = layout.columns.length;
    if (fault.kind === 'word' && cells.length >= width && isBlank(cells.slice(width))) {
      if (this.isRepeatedHeader(cells, layout)) return true;
      refuseOtherHeader({ file, line: records.line, cells }, layout);
      refuseWord({ file, line: records.line }, layout.columns, fault.column, fault.text);
    }
    this.leaveOut(cells, layout, last && records.atEnd);
    return true;
  }

  /** Counts a header that comes again in another spelling than the first. */
  private isRepeatedHeader(cells: readonly string[], { columns, quoting }: Layout): boolean {
    if (quoting === 'arff' || !isSameHeader(cells, columns)) return false;
    countRow(this.table?.repeatedHeaders ?? this.early.repeated, this.records.line);
    return true;
  }

  /** Leaves the present record out, where the rules allow it. */
  private leaveOut(cells: readonly string[], layout: Layout, cutOff: boolean): void {
    const record = { file: this.file, line: this.records.line, cells };
    refuseOtherHeader(record, layout);
    if (this.options.rules.ragged === 'refuse') refuseRagged(record, layout, this.wholeCells, cutOff);
    countRow(this.ragged(), record.line);
  }
}
