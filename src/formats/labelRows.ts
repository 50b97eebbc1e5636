/** The rows of a label table as they are read, and the kinds of labels' columns. Knows no format. */
import type { Role } from './columns.ts';
import type { LabelTable } from './intake.ts';
import { FormatError, type Warning } from './report.ts';

/** What takes a label file's lines, one after another. */
export interface LabelReader {
  /** @throws FormatError for a line that does not belong in such a file. */
  line(bytes: Uint8Array, number: number): void;
  /** @throws FormatError where the file held no labels. */
  finish(): LabelTable;
}

/** A column of labels before its cells. */
export interface ColumnHead {
  readonly name: string;
  /** Counted from 1. */
  readonly number: number;
  readonly role: Role;
}

/** Keys, lines and cells that grow row by row. */
export class LabelRows {
  readonly keys: string[] = [];
  readonly lines: number[] = [];
  /** Cells by column. */
  readonly cells: string[][];

  constructor(private readonly heads: readonly ColumnHead[]) {
    this.cells = heads.map(() => []);
  }

  add(key: string, line: number, cells: readonly string[]): void {
    this.keys.push(key);
    this.lines.push(line);
    this.cells.forEach((column, i) => {
      column.push(cells[i]);
    });
  }

  /** @throws FormatError where there is no row. */
  table(name: string, format: LabelTable['format'], notes: readonly Warning[]): LabelTable {
    if (this.keys.length === 0) {
      throw new FormatError(
        { file: name },
        'no labels',
        'a line for each utterance, with its labels',
        'Choose the file with the labels.',
      );
    }
    return this.tableOrEmpty(name, format, notes);
  }

  /** The table even where it has no row. */
  tableOrEmpty(name: string, format: LabelTable['format'], notes: readonly Warning[]): LabelTable {
    const columns = this.heads.map((head, i) => ({ ...head, cells: this.cells[i] }));
    return { name, format, keys: this.keys, lines: Int32Array.from(this.lines), columns, notes };
  }
}
