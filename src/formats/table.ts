/**
 * The rows of one file as they are read: numbers into the matrix, which several files may share, text by column.
 * NaN marks a cell without a number. Knows nothing of bytes.
 */
import { type Layout, TEXT, WORDS } from './layout.ts';
import { Matrix } from './matrix.ts';

/** The first of some cells at fault and how many there are; the column counts from 0. */
export interface CellCount {
  count: number;
  line: number;
  column: number;
}

/** The first of some rows at fault and how many there are. */
export interface RowCount {
  count: number;
  line: number;
}

const noCells = (): CellCount => ({ count: 0, line: 0, column: 0 });

/** Counts one more cell; the first gives the place. */
export function countCell(cells: CellCount, line: number, column: number): void {
  if (cells.count++ > 0) return;
  cells.line = line;
  cells.column = column;
}

/** Counts one more row; the first gives the place. */
export function countRow(rows: RowCount, line: number): void {
  if (rows.count++ === 0) rows.line = line;
}

export class Table {
  rows = 0;
  /** The cells of each column that is kept as text, by the column's number; empty for the others. */
  readonly texts: string[][];
  /** Line of each row in the file. */
  readonly lines: number[] = [];
  readonly missing = noCells();
  readonly infinite = noCells();
  /** Words read as missing, where the rules say so. */
  readonly words = noCells();
  /** Rows with too few or too many cells, left out where the rules say so. */
  readonly ragged: RowCount = { count: 0, line: 0 };
  readonly repeatedHeaders: RowCount = { count: 0, line: 0 };

  /**
   * @param matrix where this file's numbers go, from row `firstRow` on; its width is the number of features.
   * @param order position in the matrix's rows of each feature of this file; null where they are in order.
   */
  constructor(
    readonly layout: Layout,
    private readonly file: string,
    readonly matrix = new Matrix(layout.features.length),
    readonly firstRow = 0,
    readonly order: Int32Array | null = null,
  ) {
    this.texts = layout.columns.map(() => []);
  }

  /** `[capacity, features]`, row-major; this file's rows begin at `firstRow`. Replaced as it grows. */
  get values(): Float32Array {
    return this.matrix.values;
  }

  /** Makes room for one more row. `expectedRows` is a guess at how many the matrix will hold in the end. */
  reserve(expectedRows: number): void {
    this.matrix.reserve(this.firstRow + this.rows + 1, expectedRows, this.file);
  }

  /** Cells of the first text column with this role, or null. */
  textOf(role: string): string[] | null {
    const { columns } = this.layout;
    const found = columns.findIndex((c, i) => c.role === role && this.keepsText(i));
    return found < 0 ? null : this.texts[found];
  }

  /** Ends the rows: forgets the text of a last row that proved to be none. */
  close(): void {
    for (const cells of this.texts) cells.length = Math.min(cells.length, this.rows);
  }

  /** True for a column whose cells are kept as text. */
  keepsText(column: number): boolean {
    const kind = this.layout.kinds[column];
    return kind === TEXT || kind === WORDS;
  }
}
