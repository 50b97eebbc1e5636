/**
 * The rows read so far: one Float32Array that grows, and the text columns. NaN marks a missing cell.
 * Knows nothing of bytes.
 */
import { type Layout, TEXT } from './layout.ts';

/** The first of some cells at fault and how many there are. */
export interface CellCount {
  count: number;
  line: number;
  column: number;
}

export class Table {
  rows = 0;
  /** `[capacity, features]`, row-major; the first `rows` are filled. */
  values: Float32Array<ArrayBuffer>;
  /** The cells of each text column, by the column's number; empty for the others. */
  readonly texts: string[][];
  /** Line of each row in the file. */
  readonly lines: number[] = [];
  readonly missing: CellCount = { count: 0, line: 0, column: 0 };

  constructor(readonly layout: Layout) {
    this.values = new Float32Array(layout.features.length * 256);
    this.texts = layout.columns.map(() => []);
  }

  /**
   * Makes room for one more row. `expectedRows` is a guess at the whole; with a good one the array grows once,
   * so that a large file is not held several times over.
   */
  reserve(expectedRows: number): void {
    const width = this.layout.features.length;
    if ((this.rows + 1) * width <= this.values.length) return;
    const rows = Math.ceil(Math.max(this.rows * 1.4, expectedRows * 1.02) + 16);
    const larger = new Float32Array(rows * width);
    larger.set(this.values.subarray(0, this.rows * width));
    this.values = larger;
  }

  /** Cells of the first text column with this role, or null. */
  textOf(role: string): string[] | null {
    const { columns, kinds } = this.layout;
    const found = columns.findIndex((c, i) => c.role === role && kinds[i] === TEXT);
    return found < 0 ? null : this.texts[found];
  }
}
