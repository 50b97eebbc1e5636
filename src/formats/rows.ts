/**
 * The fast loop: one record of bytes into one row of float32. Plain decimal numbers are summed up from their
 * digits without making a string; anything else goes through the slow path of `numbers.ts`.
 */
import { LETTER_E, LOWER, MINUS, PLUS, SPACE, ZERO } from './ascii.ts';
import { FEATURE, type Layout, TEXT, WORDS } from './layout.ts';
import { cellNumber, EXACT_POWER, POWERS, wideNumber } from './numbers.ts';
import { readCell } from './records.ts';
import type { Table } from './table.ts';

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

/** Words in a column of unknown name: how many cells are numbers all the same, and the first that is not. */
export interface WordCount {
  numbers: number;
  words: number;
  line: number;
  text: string;
}

export class RowReader {
  /** By column number, for the columns left aside because their first cell was a word. */
  readonly wordCounts = new Map<number, WordCount>();
  private fault: Fault | null = null;
  /** Cells of the present row in those columns. */
  private readonly words = new Map<number, string>();
  private readonly decimalByte: number;

  constructor(
    private readonly layout: Layout,
    private readonly table: Table,
  ) {
    this.decimalByte = layout.decimal.charCodeAt(0);
  }

  /**
   * Reads the record `bytes[start, end)` of line `line` into the table's next row; room must be reserved.
   * `bytes[end]` must exist and be a line end. Returns null, or the fault that kept the row from being added.
   */
  read(bytes: Uint8Array, start: number, end: number, line: number): Fault | null {
    const { kinds } = this.layout;
    const last = kinds.length - 1;
    const { values, missing, rows } = this.table;
    const missingBefore = missing.count;
    this.fault = null;
    let o = rows * this.layout.features.length;
    let p = start;
    for (let c = 0; c <= last; c++, p++) {
      if (kinds[c] === FEATURE) {
        const next = this.plain(bytes, p, end, values, o);
        p = next >= 0 ? next : this.odd(bytes, p, end, c, line, o);
        o++;
      } else p = this.other(bytes, p, end, c);
      if (this.fault || (p >= end && c < last)) {
        missing.count = missingBefore;
        return this.fault ?? { kind: 'ragged' };
      }
    }
    if (p <= end && !this.onlySeparators(bytes, p, end)) return { kind: 'ragged' };
    this.countWords(line);
    this.table.lines.push(line);
    this.table.rows++;
    return null;
  }

  /**
   * Sets `out[o]` to the plain decimal number of up to nine digits at `start`. Returns the cell's end, or −1
   * where the cell is something else.
   */
  private plain(bytes: Uint8Array, start: number, end: number, out: Float32Array, o: number): number {
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
    if (bytes[p] === this.decimalByte) {
      const point = p++;
      for (let d = bytes[p] ^ ZERO; d <= 9; d = bytes[++p] ^ ZERO)
        mantissa = (Math.imul(mantissa, 10) + d) | 0;
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
    if (bytes[p] !== this.layout.delimiter && p !== end) return -1;
    const value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    out[o] = negative ? -value : value;
    return p;
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
    const { values, missing } = this.table;
    let p = start;
    while (p < end && bytes[p] !== delimiter) p++;
    values[o] = wideNumber(bytes, start, p, this.decimalByte);
    if (Number.isFinite(values[o])) return p;
    const { text, next, open } = readCell(bytes, start, end, delimiter, quoting);
    const value = cellNumber(text, decimal);
    if (open) this.fault = { kind: 'open' };
    else if (value === null) this.fault = { kind: 'word', column, text };
    else if (Number.isNaN(value) && missing.count++ === 0) {
      missing.line = line;
      missing.column = column;
    }
    values[o] = value ?? Number.NaN;
    return next;
  }

  /** A cell that is no feature. Returns its end. */
  private other(bytes: Uint8Array, start: number, end: number, column: number): number {
    const { kinds, delimiter, quoting } = this.layout;
    const { text, next, open } = readCell(bytes, start, end, delimiter, quoting);
    if (open) this.fault = { kind: 'open' };
    if (kinds[column] === TEXT) this.table.texts[column][this.table.rows] = text;
    else if (kinds[column] === WORDS) this.words.set(column, text);
    return next;
  }

  private countWords(line: number): void {
    for (const [column, text] of this.words) {
      const number = cellNumber(text, this.layout.decimal);
      const count = this.wordCounts.get(column) ?? { numbers: 0, words: 0, line, text };
      if (number === null) count.words++;
      else if (!Number.isNaN(number)) count.numbers++;
      this.wordCounts.set(column, count);
    }
  }
}
