/**
 * Finds where a record ends whose cells go on over lines because a double quote is open. Looks at every byte once,
 * however many lines that are and in whatever chunks they arrive; knows nothing of what the cells hold.
 */
import { APOSTROPHE, CR, LF, QUOTE, SPACE } from './ascii.ts';

/** Position of the quote that closes a cell, a doubled one being none; −1 where that has not arrived. */
function closingQuote(bytes: Uint8Array, from: number): number {
  for (let p = bytes.indexOf(QUOTE, from); p >= 0 && p + 1 < bytes.length; p = bytes.indexOf(QUOTE, p + 2)) {
    if (bytes[p + 1] !== QUOTE) return p;
  }
  return -1;
}

/** The end of a cell in single quotes that begins at `from`, or `from` where its line closes none. */
function behindApostrophes(bytes: Uint8Array, from: number, delimiter: number): number {
  for (let p = from + 1; p < bytes.length && bytes[p] !== LF; p++) {
    if (bytes[p] !== APOSTROPHE) continue;
    const next = bytes[p + 1];
    if (next === delimiter || next === LF || (next === CR && bytes[p + 2] === LF)) return p + 1;
  }
  return from;
}

/**
 * What follows a closing quote at `close`: the next cell in double quotes (`opens` is where its content begins), or the
 * line feed that ends the record; both −1 where neither has arrived. Where the quote proves to be none that closes a
 * cell, the record ends with that line.
 */
function behind(bytes: Uint8Array, close: number, delimiter: number): { opens: number; lineEnd: number } {
  let p = close + 1;
  while (p < bytes.length && bytes[p] !== delimiter && bytes[p] !== LF && bytes[p] <= SPACE) p++;
  while (bytes[p] === delimiter) {
    p++;
    if (bytes[p] === QUOTE) return { opens: p + 1, lineEnd: -1 };
    if (bytes[p] === APOSTROPHE) p = behindApostrophes(bytes, p, delimiter);
    while (p < bytes.length && bytes[p] !== delimiter && bytes[p] !== LF) p++;
  }
  return { opens: -1, lineEnd: bytes.indexOf(LF, p) };
}

/** The search for the end of one record; goes on where it stopped when more has arrived. */
export class OpenQuote {
  /** Within an open cell, counted from the record's start: up to here it is not closed. */
  private searched: number;

  /** @param at the open cell's quote, counted from the record's start. */
  constructor(readonly at: number) {
    this.searched = at + 1;
  }

  /** Position of the line feed that ends the record which begins at `start`; −1 where it has not arrived. */
  lineEnd(bytes: Uint8Array, start: number, delimiter: number): number {
    for (;;) {
      const close = closingQuote(bytes, start + this.searched);
      if (close < 0) {
        this.searched = lastCertain(bytes, start + this.searched) - start;
        return -1;
      }
      this.searched = close - start;
      const { opens, lineEnd } = behind(bytes, close, delimiter);
      if (opens < 0) return lineEnd;
      this.searched = opens - start;
    }
  }
}

/** Where to go on in an open cell when more arrives: before the quotes at the end, which may be a pair or not. */
function lastCertain(bytes: Uint8Array, from: number): number {
  let p = bytes.length;
  while (p > from && bytes[p - 1] === QUOTE) p--;
  return p;
}
