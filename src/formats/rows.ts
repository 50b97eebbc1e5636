/**
 * The fast loop: one record of bytes into one row of float32. Plain decimal numbers are summed up from their
 * digits without making a string; anything else goes through the slow path of `numbers.ts`.
 */
import { LETTER_E, LOWER, MINUS, PLUS, SPACE, ZERO } from './ascii.ts';
import { FEATURE, type Layout } from './layout.ts';
import { cellNumber, EXACT_POWER, isInfinite, POWERS, wideNumber } from './numbers.ts';
import { readCell } from './records.ts';
import { type CellCount, countCell, type Table } from './table.ts';

/** So many digits are a 32-bit integer, and an exact double. */
const MOST_DIGITS = 9;
const MOST_POWER_DIGITS = 3;

/**
 * Why a record is no row: too few or too many cells, a word where a number should stand, or a double quote
 * that is still open at the line's end.
 */
export type Fault =
  | { readonly kind: 'open' }
  | { readonly kind: 'ragged' }
  | { readonly kind: 'word'; readonly column: number; text: string };

export class RowReader {
  private fault: Fault | null = null;
  private readonly decimalByte: number;
  private readonly kept: Uint8Array;
  /** The present row before its features are put into the matrix's order. */
  private readonly scratch: Float32Array;

  /** `wordsAreMissing`: a word where a number should stand is counted and read as missing. */
  constructor(
    private readonly layout: Layout,
    private readonly table: Table,
    private readonly wordsAreMissing: boolean,
  ) {
    this.decimalByte = layout.decimal.charCodeAt(0);
    this.kept = Uint8Array.from(layout.columns, (_, c) => (table.keepsText(c) ? 1 : 0));
    this.scratch = new Float32Array(table.order ? table.order.length : 0);
  }

  /**
   * Reads the record `bytes[start, end)` of line `line` into the table's next row; room must be reserved.
   * `bytes[end]` must exist and be a line end. Returns null, or the fault that kept the row from being added.
   */
  read(bytes: Uint8Array, start: number, end: number, line: number): Fault | null {
    const { missing, infinite, words } = this.table;
    const before = [missing.count, infinite.count, words.count];
    this.fault = null;
    const fault = this.cells(bytes, start, end, line);
    if (fault) {
      [missing.count, infinite.count, words.count] = before;
      return fault;
    }
    this.putInOrder();
    this.table.lines.push(line);
    this.table.rows++;
    return null;
  }

  private cells(bytes: Uint8Array, start: number, end: number, line: number): Fault | null {
    const { kinds, delimiter } = this.layout;
    const { values, firstRow, rows, matrix } = this.table;
    const { decimalByte } = this;
    const last = kinds.length - 1;
    let o = (firstRow + rows) * matrix.width;
    let p = start;
    for (let c = 0; c <= last; c++, p++) {
      if (kinds[c] === FEATURE) {
        const next = plain(bytes, p, end, values, o, delimiter, decimalByte);
        p = next >= 0 ? next : this.odd(bytes, p, end, c, line, o);
        o++;
      } else p = this.other(bytes, p, end, c);
      if (this.fault || (p >= end && c < last)) return this.fault ?? { kind: 'ragged' };
    }
    return p <= end && !this.onlySeparators(bytes, p, end) ? { kind: 'ragged' } : null;
  }

  /** Cells beyond the last column may stand there if they are empty. */
  private onlySeparators(bytes: Uint8Array, start: number, end: number): boolean {
    for (let p = start; p < end; p++) {
      if (bytes[p] !== this.layout.delimiter && bytes[p] !== SPACE) return false;
    }
    return true;
  }

  /** A feature's cell that is no short plain number: long, quoted, missing … Returns the cell's end. */
  private odd(
    bytes: Uint8Array,
    start: number,
    end: number,
    column: number,
    line: number,
    o: number,
  ): number {
    const { delimiter, quoting, decimal } = this.layout;
    const { values, missing, infinite, words } = this.table;
    let p = start;
    while (p < end && bytes[p] !== delimiter) p++;
    values[o] = wideNumber(bytes, start, p, this.decimalByte);
    if (Number.isFinite(values[o])) return p;
    const { text, next, open } = readCell(bytes, start, end, delimiter, quoting);
    const value = cellNumber(text, decimal);
    const count = (cells: CellCount) => countCell(cells, line, column);
    values[o] = value ?? Number.NaN;
    if (open) this.fault = { kind: 'open' };
    else if (value === null && !this.wordsAreMissing) this.fault = { kind: 'word', column, text };
    else if (value === null) count(words);
    else if (Number.isNaN(value)) count(isInfinite(text) ? infinite : missing);
    return next;
  }

  /** A cell that is no feature. Returns its end. */
  private other(bytes: Uint8Array, start: number, end: number, column: number): number {
    const { delimiter, quoting } = this.layout;
    const { text, next, open } = readCell(bytes, start, end, delimiter, quoting);
    if (open) this.fault = { kind: 'open' };
    if (this.kept[column] === 1) this.table.texts[column][this.table.rows] = text;
    return next;
  }

  private putInOrder(): void {
    const { order, values, firstRow, rows, matrix } = this.table;
    if (!order) return;
    const from = (firstRow + rows) * matrix.width;
    this.scratch.set(values.subarray(from, from + matrix.width));
    for (let i = 0; i < order.length; i++) values[from + order[i]] = this.scratch[i];
  }
}

/**
 * Sets `out[o]` to the plain decimal number of up to nine digits at `start`. Returns the cell's end, or −1
 * where the cell is something else.
 */
function plain(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float32Array,
  o: number,
  delimiter: number,
  decimal: number,
): number {
  let p = start;
  const negative = bytes[p] === MINUS;
  if (negative) p++;
  const first = p;
  // A digit is the only byte that differs from "0" by at most 9 in its bits. Nine digits fit in 32 bits,
  // whose product is quick; a longer number overflows here and is read again by `odd`.
  let mantissa = 0;
  for (let d = bytes[p] ^ ZERO; d <= 9; d = bytes[++p] ^ ZERO) mantissa = (Math.imul(mantissa, 10) + d) | 0;
  let digits = p - first;
  let exponent = 0;
  if (bytes[p] === decimal) {
    const point = p++;
    for (let d = bytes[p] ^ ZERO; d <= 9; d = bytes[++p] ^ ZERO) mantissa = (Math.imul(mantissa, 10) + d) | 0;
    exponent = point + 1 - p;
    digits = p - first - 1;
  }
  if (digits === 0 || digits > MOST_DIGITS) return -1;
  if ((bytes[p] | LOWER) === LETTER_E) {
    const sign = bytes[++p];
    if (sign === MINUS || sign === PLUS) p++;
    const from = p;
    let power = 0;
    for (let d = bytes[p] ^ ZERO; d <= 9; d = bytes[++p] ^ ZERO) power = (Math.imul(power, 10) + d) | 0;
    if (p === from || p - from > MOST_POWER_DIGITS) return -1;
    exponent += sign === MINUS ? -power : power;
  }
  if (exponent > EXACT_POWER || exponent < -EXACT_POWER) return -1;
  if (bytes[p] !== delimiter && p !== end) return -1;
  const value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
  out[o] = negative ? -value : value;
  return p;
}
