/**
 * From the text of one cell to a float32: the powers of ten of the fast path, the check that lets numbers
 * with many digits skip the slow path, and the slow path itself. Knows cells only, no rows and no files.
 */
import { LETTER_E, LOWER, MINUS, PLUS, SPACE, ZERO } from './ascii.ts';

/** Up to here a power of ten is an exact double, so one division or product rounds correctly (Clinger). */
export const EXACT_POWER = 22;

const WIDEST_POWER = 270;
const MOST_DIGITS = 30;

/** `POWERS[k]` is 10^k, k = 0 … 270. */
export const POWERS = Float64Array.from({ length: WIDEST_POWER + 1 }, (_, k) => Number(`1e${k}`));

/**
 * mantissa × 10^exponent rounded to float32, or NaN where that cannot be told from the given figures.
 *
 * The mantissa was summed up digit by digit and has lost less than 2^-46 of its size by rounding; the exact
 * value therefore lies within d·(1 ± 2^-46). Where both ends round to the same float32, so does the value.
 */
function roundedProduct(mantissa: number, exponent: number, digits: number): number {
  if (digits > MOST_DIGITS || exponent > WIDEST_POWER || exponent < -WIDEST_POWER) return Number.NaN;
  const d = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
  const slack = d * 2 ** -46;
  const low = Math.fround(d - slack);
  return low === Math.fround(d + slack) ? low : Number.NaN;
}

/**
 * The plain decimal number in `bytes[start, end)` as a float32, blanks before it allowed; NaN where it is none,
 * or cannot be told without the slow path. `decimal` is the byte of the decimal sign.
 */
export function wideNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let p = start;
  while (p < end && bytes[p] === SPACE) p++;
  const negative = bytes[p] === MINUS;
  if (negative) p++;
  let mantissa = 0;
  let digits = 0;
  let exponent = 0;
  for (let fraction = false; p < end; p++) {
    const d = bytes[p] ^ ZERO;
    if (d <= 9) {
      mantissa = mantissa * 10 + d;
      digits++;
      if (fraction) exponent--;
    } else if (bytes[p] === decimal && !fraction) fraction = true;
    else break;
  }
  if (digits === 0) return Number.NaN;
  if (p < end) {
    if ((bytes[p] | LOWER) !== LETTER_E) return Number.NaN;
    const sign = bytes[++p];
    if (sign === MINUS || sign === PLUS) p++;
    if (p >= end || end - p > 3) return Number.NaN;
    let power = 0;
    for (; p < end; p++) {
      const d = bytes[p] ^ ZERO;
      if (d > 9) return Number.NaN;
      power = power * 10 + d;
    }
    exponent += sign === MINUS ? -power : power;
  }
  const value = roundedProduct(mantissa, exponent, digits);
  return negative ? -value : value;
}

const MISSING = new Set(['', '?', 'na', 'n/a', '#n/a', 'null', 'none', 'missing', 'nil', '-', '.']);
const NOT_FINITE = /^[+-]?(nan|inf|infinity|nan\(.*\)|1[.,]#(inf|ind|qnan|snan)\d*)$/i;
const INFINITE = /^[+-]?(inf|infinity|1[.,]#inf\d*)$/i;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** True for the ways in which files write "no value here". */
export function isMissing(text: string): boolean {
  const word = text.trim().toLowerCase();
  return MISSING.has(word) || NOT_FINITE.test(word);
}

/** Of a cell for which `cellNumber` gives NaN: true for infinities and numbers beyond float32, false for a missing one. */
export function isInfinite(text: string): boolean {
  const trimmed = text.trim();
  return INFINITE.test(trimmed) || DECIMAL.test(trimmed.replace(',', '.'));
}

/**
 * The number in a cell, rounded to float32; NaN for a missing or non-finite one; null for anything else.
 * `decimal` is the file's decimal sign.
 */
export function cellNumber(text: string, decimal: '.' | ','): number | null {
  const trimmed = text.trim();
  const plain = decimal === ',' ? trimmed.replace(',', '.') : trimmed;
  if (DECIMAL.test(plain) && !(decimal === ',' && trimmed.includes('.'))) {
    const value = Math.fround(Number(plain));
    return Number.isFinite(value) ? value : Number.NaN;
  }
  return isMissing(trimmed) ? Number.NaN : null;
}
