/**
 * The fast loop: one record of bytes into one row of float32. Plain decimal numbers are summed up from their
 * digits without making a string; anything else goes through the slow path of `numbers.ts`.
 */
import { FEATURE, type Layout, TEXT, WORDS } from './layout.ts';
import { cellNumber, EXACT_DIGITS, EXACT_POWER, POWERS, roundedProduct } from './numbers.ts';
import { readCell } from './records.ts';
import type { Table } from './table.ts';

const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const LOWER_E = 101;
const UPPER_E = 69;

/** Why a record is no row: too few or too many cells, or a word where a number should stand. */
export type Fault =
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
    const { kinds, delimiter } = this.layout;
    const columns = kinds.length;
    const out = this.table.values;
    const decimal = this.decimalByte;
    let o = this.table.rows * this.layout.features.length;
    let p = start;
    for (let c = 0; c < columns; c++) {
      const cell = p;
      if (kinds[c] !== FEATURE) {
        p = this.other(bytes, p, end, c, line);
      } else {
        while (bytes[p] === SPACE) p++;
        const negative = bytes[p] === MINUS;
        if (negative) p++;
        let mantissa = 0;
        let exponent = 0;
        const first = p;
        let digits = 0;
        let d = bytes[p] - ZERO;
        for (; d >= 0 && d <= 9; d = bytes[++p] - ZERO) mantissa = mantissa * 10 + d;
        digits = p - first;
        if (bytes[p] === decimal && p < end) {
          const fraction = ++p;
          for (d = bytes[p] - ZERO; d >= 0 && d <= 9; d = bytes[++p] - ZERO) mantissa = mantissa * 10 + d;
          exponent = fraction - p;
          digits -= exponent;
        }
        if (bytes[p] === LOWER_E || bytes[p] === UPPER_E) {
          const sign = bytes[++p];
          if (sign === MINUS || sign === PLUS) p++;
          let power = 0;
          const from = p;
          for (d = bytes[p] - ZERO; d >= 0 && d <= 9; d = bytes[++p] - ZERO) power = power * 10 + d;
          if (p === from) digits = 0;
          exponent += sign === MINUS ? -power : power;
        }
        let value = Number.NaN;
        if (digits > 0 && (p === end || bytes[p] === delimiter)) {
          if (digits > EXACT_DIGITS || exponent > EXACT_POWER || exponent < -EXACT_POWER) {
            value = roundedProduct(mantissa, exponent, digits);
          } else value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
        }
        if (value - value === 0) out[o] = negative ? -value : value;
        else p = this.odd(bytes, cell, end, c, line, o);
        o++;
      }
      if (this.fault) return this.takeFault();
      if (p >= end && c < columns - 1) return { kind: 'ragged' };
      p++;
    }
    if (p <= end && !this.onlySeparators(bytes, p, end)) return { kind: 'ragged' };
    this.table.lines.push(line);
    this.table.rows++;
    return null;
  }

  /** Cells beyond the last column may stand there if they are empty. */
  private onlySeparators(bytes: Uint8Array, start: number, end: number): boolean {
    for (let p = start; p < end; p++) {
      if (bytes[p] !== this.layout.delimiter && bytes[p] !== SPACE) return false;
    }
    return true;
  }

  private takeFault(): Fault | null {
    const { fault } = this;
    this.fault = null;
    return fault;
  }

  /** A feature's cell that is no plain number: quoted, missing, very long … Returns the cell's end. */
  private odd(
    bytes: Uint8Array,
    start: number,
    end: number,
    column: number,
    line: number,
    o: number,
  ): number {
    const { text, next } = readCell(bytes, start, end, this.layout.delimiter, this.layout.quoting);
    const value = cellNumber(text, this.layout.decimal);
    const { values, missing } = this.table;
    if (value === null) this.fault = { kind: 'word', column, text };
    else if (Number.isNaN(value)) {
      if (missing.count++ === 0) {
        missing.line = line;
        missing.column = column;
      }
      values[o] = Number.NaN;
    } else values[o] = value;
    return next;
  }

  /** A cell that is no feature. Returns its end. */
  private other(bytes: Uint8Array, start: number, end: number, column: number, line: number): number {
    const { kinds, delimiter, quoting, decimal } = this.layout;
    const { text, next } = readCell(bytes, start, end, delimiter, quoting);
    if (kinds[column] === TEXT) this.table.texts[column][this.table.rows] = text;
    else if (kinds[column] === WORDS) {
      const number = cellNumber(text, decimal);
      const count = this.wordCounts.get(column) ?? { numbers: 0, words: 0, line, text };
      if (number === null) count.words++;
      else if (!Number.isNaN(number)) count.numbers++;
      this.wordCounts.set(column, count);
    }
    return next;
  }
}
