/**
 * All that stands in a text file before its rows: blank lines, Excel's line with the separator, and the header of
 * delimited text or of ARFF. Reads records; knows nothing of rows.
 */
import { ArffHeader, beginsArff } from './arffHeader.ts';
import { COMMA } from './ascii.ts';
import type { Column } from './columns.ts';
import { headerCells, parseHeader } from './delimitedHeader.ts';
import { refuseStrayQuote } from './faults.ts';
import type { Layout } from './layout.ts';
import { decode, type Quoting, type Records } from './records.ts';

export interface Header {
  readonly columns: readonly Column[];
  readonly delimiter: number;
  readonly quoting: Quoting;
  /** Cells of the header line, those behind the last name included; 0 for ARFF. */
  readonly cells: number;
  /** The header line of delimited text, to know it again; null for ARFF. */
  readonly bytes: Uint8Array | null;
}

/** The head of a file that was read before, so that one with the same head need not be parsed again. */
export interface Head {
  /** All bytes before the first row. */
  readonly bytes: Uint8Array;
  readonly lines: number;
  readonly header: Header;
  readonly layout: Layout;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export class HeadReader {
  header: Header | null = null;
  /** Lines up to the end of the header. */
  lines = 0;
  private arff: ArffHeader | null = null;
  /** Told by Excel's line `sep=;`. */
  private separator: number | null = null;
  private readonly parts: Uint8Array[] = [];

  constructor(
    private readonly file: string,
    private readonly records: Records,
  ) {}

  get isArff(): boolean {
    return this.arff !== null;
  }

  /** All bytes of the head. */
  bytes(): Uint8Array {
    return joined(this.parts);
  }

  /**
   * Takes the present record; false where it goes on in lines that have not arrived.
   * @throws FormatError for a header that is none.
   */
  line(): boolean {
    const { records } = this;
    const text = decode(records.bytes.subarray(records.start, records.end));
    const named = /^sep=(.)$/i.exec(text);
    if (named) this.separator = named[1].charCodeAt(0);
    else if (text.trim() !== '') {
      if (!this.arff && beginsArff(text)) this.arff = new ArffHeader(this.file);
      this.header = this.arff ? this.arffHeader(this.arff, text) : this.delimitedHeader();
      if (!this.arff && !this.header) return false;
    }
    this.lines = records.lines;
    this.parts.push(records.bytes.slice(records.start, records.after));
    return true;
  }

  /** The header, where this line ends it. */
  private arffHeader(arff: ArffHeader, text: string): Header | null {
    if (!arff.line(text, this.records.line)) return null;
    return { columns: arff.columns(), delimiter: COMMA, quoting: 'arff', cells: 0, bytes: null };
  }

  /** The header in the present record, whose names may hold line ends; null where it has not arrived in full. */
  private delimitedHeader(): Header | null {
    const { records, file } = this;
    for (;;) {
      const { start, line } = records;
      const bytes = records.bytes.slice(start, records.end);
      const cut = headerCells(bytes, this.separator);
      if (cut.stray) refuseStrayQuote(file, line, false);
      if (cut.openAt < 0) return { ...parseHeader(cut, file, line), quoting: 'csv', bytes };
      if (!records.extend(start + cut.openAt, cut.delimiter)) return null;
    }
  }
}
