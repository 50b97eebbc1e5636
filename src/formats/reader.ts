/**
 * The reader's states: first the header (of delimited text or ARFF), then rows. Fed with records, it fills a
 * table or throws with an address. Knows no labels and mends nothing.
 */

import { ArffHeader, beginsArff } from './arffHeader.ts';
import { BRACE, COMMA, PERCENT } from './ascii.ts';
import type { Column } from './columns.ts';
import { decimalSign, parseHeader } from './delimitedHeader.ts';
import { refuseRagged, refuseWord } from './faults.ts';
import { FrameGuard } from './frames.ts';
import { type Layout, settleLayout } from './layout.ts';
import { decode, type Quoting, Records, readCells } from './records.ts';
import { FormatError } from './report.ts';
import { RowReader } from './rows.ts';
import { counted, shortened } from './shorten.ts';
import { Table } from './table.ts';
import type { Warn } from './warnings.ts';

/** So many rows at most are looked at to tell the decimal sign. */
const DECIMAL_ROWS = 5;

interface Header {
  readonly columns: readonly Column[];
  readonly delimiter: number;
  readonly quoting: Quoting;
  /** The header line of delimited text, to know it again; null for ARFF. */
  readonly bytes: Uint8Array | null;
}

const sameBytes = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((x, i) => x === b[i]);

export class TableReader {
  table: Table | null = null;
  private readonly records: Records;
  private arff: ArffHeader | null = null;
  private header: Header | null = null;
  private rows: RowReader | null = null;
  private guard: FrameGuard | null = null;
  private names: readonly string[] | null = null;
  private times: readonly string[] | null = null;
  private repeatedHeaders = { count: 0, line: 0 };

  constructor(
    private readonly file: string,
    private readonly warn: Warn,
  ) {
    this.records = new Records(file);
  }

  /** Takes the next bytes; `expectedRows` guesses the rows of the whole file from those so far. */
  push(chunk: Uint8Array, expectedRows: (rows: number) => number): void {
    this.records.push(chunk);
    this.drain(expectedRows, false);
  }

  /** Ends the file. @throws FormatError where it holds no rows. */
  finish(): Table {
    this.records.finish();
    this.drain((rows) => rows, true);
    if (this.repeatedHeaders.count > 0) {
      const { count, line } = this.repeatedHeaders;
      const message = `${counted(count, 'repetition')} of the header skipped, as files joined by cat have.`;
      this.warn('repeated-header', `line ${line}`, message);
    }
    if (this.table && this.table.rows > 0) {
      this.checkWords();
      return this.table;
    }
    const found = this.header
      ? 'a header and no rows'
      : this.arff
        ? 'a head without @data'
        : 'only blank lines';
    throw new FormatError({ file: this.file }, found, 'rows of utterances', 'Extract the features again.');
  }

  private drain(expectedRows: (rows: number) => number, last: boolean): void {
    const { records } = this;
    while (records.next()) {
      const { bytes, start, end } = records;
      if (start === end) continue;
      if (!this.header) this.headerLine(decode(bytes.subarray(start, end)));
      else if (this.isRow(this.header)) {
        if (!this.table && !this.begin(this.header, last)) return;
        if (!this.row(expectedRows, last)) return;
      }
    }
  }

  private headerLine(text: string): void {
    const { records, file } = this;
    if (text.trim() === '' || /^sep=.$/i.test(text)) return;
    if (!this.arff && beginsArff(text)) this.arff = new ArffHeader(file);
    if (this.arff) {
      if (!this.arff.line(text, records.line)) return;
      this.header = { columns: this.arff.columns(), delimiter: COMMA, quoting: 'arff', bytes: null };
      return;
    }
    const bytes = records.bytes.slice(records.start, records.end);
    this.header = { ...parseHeader(text, file, records.line), quoting: 'csv', bytes };
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
      if (bytes[start] === PERCENT) return false;
    } else if (header && end - start === header.length && sameBytes(bytes.subarray(start, end), header)) {
      if (this.repeatedHeaders.count++ === 0) this.repeatedHeaders.line = line;
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
      const { cells, open } = readCells(bytes, start, end, delimiter, quoting);
      if (!open) return cells;
      if (!records.extend()) return null;
    }
  }

  /** Settles the layout at the first row; false where more bytes are wanted to tell the decimal sign. */
  private begin(header: Header, last: boolean): boolean {
    const { columns, delimiter, quoting } = header;
    const { records, file } = this;
    const first = this.cells(header);
    if (!first) return false;
    const decimal = delimiter === COMMA ? '.' : this.peekDecimal(header, first, last);
    if (decimal === null) return false;
    const layout = settleLayout(columns, first, { delimiter, decimal, quoting }, file, this.warn);
    if (first.length < columns.length) {
      refuseRagged({ file, line: records.line, cells: first }, layout, false);
    }
    if (decimal === ',') {
      this.warn(
        'decimal-comma',
        'the whole file',
        'Numbers are written with a decimal comma: 1,5 is read as 1.5.',
      );
    }
    const table = new Table(layout);
    this.table = table;
    this.rows = new RowReader(layout, table);
    this.guard = new FrameGuard(file, layout.features);
    this.names = table.textOf('name');
    this.times = table.textOf('start');
    return true;
  }

  /** Looks a few rows ahead and comes back; null where they have not arrived yet. */
  private peekDecimal(header: Header, first: readonly string[], last: boolean): '.' | ',' | null {
    const { records } = this;
    const mark = records.mark();
    const rows: (readonly string[])[] = [first];
    while (rows.length < DECIMAL_ROWS && records.next()) {
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
    return decimalSign(header.delimiter, rows);
  }

  /** Reads the present record; false where it goes on in lines that have not arrived. */
  private row(expectedRows: (rows: number) => number, last: boolean): boolean {
    const { table, rows, records, file } = this;
    if (!table || !rows) return false;
    table.reserve(expectedRows(table.rows));
    let fault = rows.read(records.bytes, records.start, records.end, records.line);
    while (fault?.kind === 'open') {
      if (!records.extend()) return false;
      fault = rows.read(records.bytes, records.start, records.end, records.line);
    }
    const { line } = records;
    if (fault) {
      const record = { file, line, cells: this.cells(table.layout) ?? [''] };
      if (fault.kind === 'ragged') refuseRagged(record, table.layout, last && records.atEnd);
      refuseWord(record, table.layout, fault.column, fault.text);
    }
    const row = table.rows - 1;
    if (this.names) this.guard?.row(this.names[row], this.times?.[row], line);
    return true;
  }

  /** A column left aside for a word in its first row must not hold numbers below it. */
  private checkWords(): void {
    const { table, rows, file } = this;
    if (!table || !rows) return;
    for (const [column, count] of rows.wordCounts) {
      const { name, role } = table.layout.columns[column];
      if (role === 'feature' && count.numbers > count.words) {
        const record = { file, line: count.line, cells: [''] };
        refuseWord(record, table.layout, column, count.text);
      }
      const where = `column ${column + 1} "${shortened(name)}"`;
      this.warn('text-column-ignored', where, `It holds words ("${shortened(count.text)}"); left aside.`);
    }
  }
}
