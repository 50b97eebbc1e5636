/**
 * The fast loop: one record of bytes into one row of float32. Plain decimal numbers are summed up from their
 * digits without making a string; anything else goes through the slow path of `numbers.ts`.
 */
import { LETTER_E, LOWER, MINUS, PLUS, SPACE, ZERO } from './ascii.ts';
import { type DecimalSign, FEATURE, type Layout } from './layout.ts';
import { cellNumber, EXACT_POWER, isInfinite, POWERS, wideNumber } from './numbers.ts';
import { readCell } from './records.ts';
import { countCell, type Table } from './table.ts';

/** So many digits are a 32-bit integer, and an exact double. */
const MOST_DIGITS = 9;
const MOST_POWER_DIGITS = 3;

/** A power of ten that no double is. */
const BEYOND = 10_000;

/** The factor of a number without and with a minus: signs are as good as random, and a branch would be guessed wrong. */
const SIGNS = Float64Array.of(1, -1);

/**
 * Why a record is no row: too few or too many cells, a word where a number should stand, a number with the other decimal
 * sign where the file's is not certain, a double quote that is still open at the line's end, or one that is closed in the
 * middle of another row's cell.
 */
export type Fault =
  | { readonly kind: 'open'; readonly at: number }
  | { readonly kind: 'stray' | 'ragged' }
  | { readonly kind: 'decimal'; readonly sign: DecimalSign }
  | { readonly kind: 'word'; readonly column: number; text: string };

const RAGGED: Fault = { kind: 'ragged' };
const STRAY: Fault = { kind: 'stray' };
const GAP = '?'.charCodeAt(0);

/** True for ARFF's sign of a missing value, which is not quoted. */
function isArffGap(bytes: Uint8Array, start: number, end: number): boolean {
  let [from, to] = [start, end];
  while (from < to && bytes[from] <= SPACE) from++;
  while (to > from && bytes[to - 1] <= SPACE) to--;
  return to - from === 1 && bytes[from] === GAP;
}

export interface RowRules {
  /** A word where a number should stand is counted and read as missing. */
  readonly wordsAreMissing: boolean;
  /** The decimal sign that the file may have instead of its layout's; null where that is certain. */
  readonly otherSign: DecimalSign | null;
  /** Cells of a whole line, with the empty ones behind the last column. */
  readonly cells: number;
}

export class RowReader {
  private fault: Fault | null = null;
  private exponent = 0;
  private readonly decimalByte: number;
  private readonly kept: Uint8Array;
  /** For each column the one behind the last feature that follows without another column between. */
  private readonly runEnds: Int32Array;
  /** The present row before its features are put into the matrix's order. */
  private readonly scratch: Float32Array;

  constructor(
    private readonly layout: Layout,
    private readonly table: Table,
    private readonly rules: RowRules,
  ) {
    this.decimalByte = layout.decimal.charCodeAt(0);
    this.kept = Uint8Array.from(layout.columns, (_, c) => (table.keepsText(c) ? 1 : 0));
    const { kinds } = layout;
    this.runEnds = new Int32Array(kinds.length);
    for (let c = kinds.length - 1; c >= 0; c--) {
      const goesOn = c + 1 < kinds.length && kinds[c] === FEATURE && kinds[c + 1] === FEATURE;
      this.runEnds[c] = goesOn ? this.runEnds[c + 1] : c + 1;
    }
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
    const { kinds } = this.layout;
    const { firstRow, rows, matrix } = this.table;
    const columns = kinds.length;
    let o = (firstRow + rows) * matrix.width;
    let p = start;
    for (let c = 0; c < columns; ) {
      const from = c;
      c = this.runEnds[c];
      if (kinds[from] === FEATURE) {
        p = this.numbers(bytes, p, end, from, c, o, line);
        o += c - from;
      } else p = this.other(bytes, p, end, from);
      if (this.fault || p > (c < columns ? end : end + 1)) return this.fault ?? RAGGED;
    }
    // One byte behind the last cell's separator.
    const trailing = p <= end ? this.trailingCells(bytes, p - 1, end) : 0;
    return trailing < 0 || this.slipped(bytes, p - 1, trailing) ? RAGGED : null;
  }

  /**
   * Reads the cells of the columns `[from, to)`, all of them features, from `start` on. Returns the position behind
   * the last one's separator; farther beyond `end` where the record ends too early.
   *
   * A digit is the only byte that differs from "0" by at most 9 in its bits. Nine digits fit in 32 bits, whose product
   * is quick; a longer number overflows and is read again by `odd`. Zeros in front do not count.
   */
  private numbers(
    bytes: Uint8Array,
    start: number,
    end: number,
    from: number,
    to: number,
    first: number,
    line: number,
  ): number {
    const { decimalByte } = this;
    const { delimiter } = this.layout;
    const { values } = this.table;
    let p = start;
    let o = first;
    for (let c = from; c < to; c++, p++, o++) {
      if (p > end) return p + 1;
      const cell = p;
      const negative = bytes[p] === MINUS ? 1 : 0;
      p += negative;
      const whole = p;
      let mantissa = 0;
      let d = bytes[p] ^ ZERO;
      while (d <= 9) {
        mantissa = (Math.imul(mantissa, 10) + d) | 0;
        d = bytes[++p] ^ ZERO;
      }
      let figures = p - whole;
      let digits = mantissa === 0 && figures <= MOST_DIGITS ? 0 : figures;
      let exponent = 0;
      if ((d ^ ZERO) === decimalByte) {
        const fraction = ++p;
        if (digits === 0) while (bytes[p] === ZERO) p++;
        digits -= p;
        d = bytes[p] ^ ZERO;
        while (d <= 9) {
          mantissa = (Math.imul(mantissa, 10) + d) | 0;
          d = bytes[++p] ^ ZERO;
        }
        digits += p;
        exponent = fraction - p;
        figures -= exponent;
      }
      if (figures > 0 && digits <= MOST_DIGITS) {
        if (((d ^ ZERO) | LOWER) === LETTER_E) {
          p = this.power(bytes, p + 1);
          exponent += this.exponent;
          d = bytes[p] ^ ZERO;
        }
        if (((d ^ ZERO) === delimiter || p === end) && exponent <= EXACT_POWER && exponent >= -EXACT_POWER) {
          const signed = mantissa * SIGNS[negative];
          values[o] = exponent < 0 ? signed / POWERS[-exponent] : signed * POWERS[exponent];
          continue;
        }
      }
      p = this.odd(bytes, cell, end, c, line, o);
      if (this.fault) return p;
    }
    return p;
  }

  /** Reads the power of ten at `start` into `exponent`, `BEYOND` where it is none. Returns the position behind it. */
  private power(bytes: Uint8Array, start: number): number {
    const sign = bytes[start];
    const first = sign === MINUS || sign === PLUS ? start + 1 : start;
    let p = first;
    let size = 0;
    for (let d = bytes[p] ^ ZERO; d <= 9; d = bytes[++p] ^ ZERO) size = (Math.imul(size, 10) + d) | 0;
    if (p === first || p - first > MOST_POWER_DIGITS) this.exponent = BEYOND;
    else this.exponent = sign === MINUS ? -size : size;
    return p;
  }

  /** Empty cells beyond the last column, whose first separator is at `start`; −1 where one of them is not empty. */
  private trailingCells(bytes: Uint8Array, start: number, end: number): number {
    const { delimiter } = this.layout;
    let count = 0;
    for (let p = start; p < end; p++) {
      if (bytes[p] === delimiter) count++;
      else if (bytes[p] !== SPACE) return -1;
    }
    return count;
  }

  /**
   * True for a row that lacks a separator of a whole line's, while its last cell, which ends at `end`, is empty: one lost
   * between cells moves all behind it by a column and takes the missing one from those behind the last.
   */
  private slipped(bytes: Uint8Array, end: number, trailing: number): boolean {
    const { columns, delimiter } = this.layout;
    if (columns.length + trailing >= this.rules.cells) return false;
    let p = end - 1;
    while (bytes[p] === SPACE) p--;
    return bytes[p] === delimiter;
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
    const { wordsAreMissing, otherSign } = this.rules;
    let p = start;
    while (p < end && bytes[p] !== delimiter) p++;
    values[o] = wideNumber(bytes, start, p, this.decimalByte);
    if (Number.isFinite(values[o])) return p;
    const { text, next, open, stray } = readCell(bytes, start, end, delimiter, quoting);
    const value = cellNumber(text, decimal);
    values[o] = value ?? Number.NaN;
    if (open || stray) this.fault = open ? { kind: 'open', at: start } : STRAY;
    else if (value === null && otherSign && cellNumber(text, otherSign) !== null) {
      this.fault = { kind: 'decimal', sign: otherSign };
    } else if (value === null && !wordsAreMissing) this.fault = { kind: 'word', column, text };
    else if (value === null) countCell(words, line, column);
    else if (Number.isNaN(value)) countCell(isInfinite(text) ? infinite : missing, line, column);
    return next;
  }

  /** A cell that is no feature. Returns the position behind its separator. */
  private other(bytes: Uint8Array, start: number, end: number, column: number): number {
    const { delimiter, quoting } = this.layout;
    const { text, next, open, stray } = readCell(bytes, start, end, delimiter, quoting);
    if (open || stray) this.fault = open ? { kind: 'open', at: start } : STRAY;
    if (this.kept[column] === 1) {
      const gap = quoting === 'arff' && isArffGap(bytes, start, next);
      this.table.texts[column][this.table.rows] = gap ? '' : text;
    }
    return next + 1;
  }

  private putInOrder(): void {
    const { order, values, firstRow, rows, matrix } = this.table;
    if (!order) return;
    const from = (firstRow + rows) * matrix.width;
    this.scratch.set(values.subarray(from, from + matrix.width));
    for (let i = 0; i < order.length; i++) values[from + order[i]] = this.scratch[i];
  }
}
