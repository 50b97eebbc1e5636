/** From decoded Parquet cells to the matrix and to text. Knows one column of one row group at a time. */
import { refuseWord } from './faults.ts';
import { FEATURE } from './layout.ts';
import { cellNumber, isInfinite } from './numbers.ts';
import type { Placed, Source } from './parquetColumns.ts';
import { FormatError } from './report.ts';
import { shortNumber } from './sheet.ts';
import { counted, shortened } from './shorten.ts';
import type { CellCount, Table } from './table.ts';

/** A column's cells in a row group, in the pieces that its pages came in. */
export type Pieces = readonly ArrayLike<unknown>[];

/** pandas' "not a time". */
const NO_TIME = -(2n ** 63n);

const isNumber = (cell: unknown): cell is number | bigint =>
  typeof cell === 'number' || typeof cell === 'bigint';

/** A cell as a text file would have it; empty where it is missing. */
export function cellText(cell: unknown, { content, unit, single }: Source): string {
  if (typeof cell === 'string') return cell;
  if (cell === null || cell === undefined || Number.isNaN(cell) || cell === NO_TIME) return '';
  if (content === 'times' && isNumber(cell)) return String(Number((Number(cell) * unit).toPrecision(15)));
  if (single && typeof cell === 'number') return shortNumber(cell);
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
  return typeof cell === 'object' ? '' : String(cell);
}

/** Counts a cell; the place kept is the first by line and column, in whichever order cells come. */
function countCell(cells: CellCount, line: number, column: number): void {
  const earlier = line < cells.line || (line === cells.line && column < cells.column);
  if (cells.count++ > 0 && !earlier) return;
  cells.line = line;
  cells.column = column;
}

/** Fills a table from columns. Rows count as lines, from 1. */
export class CellFiller {
  /** Position among the features of each feature column of the layout. */
  private readonly positions: Int32Array;

  constructor(
    private readonly table: Table,
    private readonly file: string,
    private readonly wordsAreMissing: boolean,
  ) {
    let next = 0;
    this.positions = Int32Array.from(table.layout.kinds, (kind) => (kind === FEATURE ? next++ : -1));
  }

  /** True for a column that has cells the table takes. */
  wants({ source, first, length }: Placed): boolean {
    if (source.content === 'other' || source.content === 'nested') return false;
    if (length !== null) return this.positions.subarray(first, first + length).some((f) => f >= 0);
    return this.positions[first] >= 0 || this.table.keepsText(first);
  }

  /** Puts a column's cells into the rows from `begin` on. @throws FormatError for cells that are no numbers. */
  fill(column: Placed, pieces: Pieces, begin: number, rows: number): void {
    let row = begin;
    for (const piece of pieces) {
      const count = Math.min(piece.length, begin + rows - row);
      if (column.length !== null) this.lists(column, piece, row, count);
      else if (this.table.keepsText(column.first)) this.texts(column, piece, row, count);
      else this.numbers(column, piece, row, count);
      row += count;
    }
  }

  /** Gives every text column that was not filled its empty cells. */
  finish(rows: number): void {
    this.table.texts.forEach((cells, column) => {
      while (this.table.keepsText(column) && cells.length < rows) cells.push('');
    });
    for (let r = 0; r < rows; r++) this.table.lines.push(r + 1);
    this.table.rows = rows;
  }

  private texts({ source, first }: Placed, piece: ArrayLike<unknown>, row: number, count: number): void {
    const cells = this.table.texts[first];
    for (let i = 0; i < count; i++) cells[row + i] = cellText(piece[i], source);
  }

  private numbers({ source, first }: Placed, piece: ArrayLike<unknown>, row: number, count: number): void {
    const { width, at } = this.place(first);
    const { values } = this.table;
    let o = (this.table.firstRow + row) * width + at;
    for (let i = 0; i < count; i++, o += width) this.put(values, o, piece[i], source, row + i, first);
  }

  private put(
    values: Float32Array,
    o: number,
    cell: unknown,
    source: Source,
    row: number,
    column: number,
  ): void {
    values[o] = typeof cell === 'number' ? cell * source.unit : this.other(cell, source, row, column);
    if (!Number.isFinite(values[o])) values[o] = this.gap(cell, row, column);
  }

  private lists(
    { source, first, length }: Placed,
    piece: ArrayLike<unknown>,
    row: number,
    count: number,
  ): void {
    const { values, firstRow } = this.table;
    for (let i = 0; i < count; i++) {
      const list: unknown = piece[i] ?? null;
      const cells: readonly unknown[] = Array.isArray(list) ? list : [];
      if (list !== null && cells.length !== length) this.refuseList(source, row + i, cells.length, length);
      for (let k = 0; k < (length ?? 0); k++) {
        if (this.positions[first + k] < 0) continue;
        const { width, at } = this.place(first + k);
        this.put(values, (firstRow + row + i) * width + at, cells[k], source, row + i, first + k);
      }
    }
  }

  private refuseList(source: Source, row: number, found: number, expected: number | null): never {
    const address = { file: this.file, line: row + 1, column: source.position + 1 };
    throw new FormatError(
      { ...address, columnName: shortened(source.name) },
      `a list of ${counted(found, 'number')}`,
      `${expected}, as in the first row`,
      'Pool over time first, so that every utterance has lists of the same length, or leave the column out.',
    );
  }

  private place(column: number): { width: number; at: number } {
    const { order, layout } = this.table;
    const feature = this.positions[column];
    return { width: layout.features.length, at: order ? order[feature] : feature };
  }

  /** The number in a cell that is not of type number. */
  private other(cell: unknown, { unit }: Source, row: number, column: number): number {
    if (typeof cell === 'bigint') return cell === NO_TIME ? Number.NaN : Number(cell) * unit;
    if (typeof cell === 'boolean') return cell ? 1 : 0;
    if (typeof cell !== 'string') return Number.NaN;
    const value = cellNumber(cell, '.');
    if (value !== null) return value;
    if (!this.wordsAreMissing) {
      refuseWord({ file: this.file, line: row + 1 }, this.table.layout.columns, column, cell);
    }
    return Number.NaN;
  }

  /** Counts a cell without a finite number. */
  private gap(cell: unknown, row: number, column: number): number {
    const { words, missing, infinite } = this.table;
    let fault = missing;
    if (typeof cell === 'string' && cellNumber(cell, '.') === null) fault = words;
    else if (
      typeof cell === 'string' ? isInfinite(cell) : isNumber(cell) && !Number.isNaN(cell) && cell !== NO_TIME
    ) {
      fault = infinite;
    }
    countCell(fault, row + 1, column);
    return Number.NaN;
  }
}
