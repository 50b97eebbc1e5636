/**
 * Cuts a stream of text chunks into records (lines, except inside double quotes) and records into cells.
 * Knows quoting; knows nothing of what the cells mean.
 */
import { APOSTROPHE, BACKSLASH, CR, LF, QUOTE, SPACE } from './ascii.ts';
import { OpenQuote } from './openQuotes.ts';
import { FormatError } from './report.ts';

const LONGEST_RECORD = 16 * 2 ** 20;

/**
 * How cells are quoted. `csv`: double quotes doubled inside (RFC 4180), and openSMILE's single quotes, which
 * leave quotes inside as they are. `arff`: either quote, with backslash escapes.
 */
export type Quoting = 'csv' | 'arff';

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('windows-1252');

/** Text of some bytes; bytes that are no UTF-8 are read as Windows-1252. */
export function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin1.decode(bytes);
  }
}

/** A cell's text without its quotes, and the position of the separator or record end after it. */
export interface Cell {
  readonly text: string;
  readonly next: number;
  /** True where a double quote is not closed in this record: the cell may go on in the next line. */
  readonly open: boolean;
  /** True where a quote that goes on over cells or lines is closed within one: it joined what does not belong together. */
  readonly stray: boolean;
}

type Quoted = Omit<Cell, 'stray'>;

function quotedCsv(bytes: Uint8Array, start: number, end: number): Quoted {
  let doubled = false;
  for (let p = start + 1; p < end; p++) {
    if (bytes[p] !== QUOTE) continue;
    if (bytes[p + 1] === QUOTE && p + 1 < end) {
      doubled = true;
      p++;
    } else {
      const text = decode(bytes.subarray(start + 1, p));
      return { text: doubled ? text.replaceAll('""', '"') : text, next: p + 1, open: false };
    }
  }
  return { text: decode(bytes.subarray(start, end)), next: end, open: true };
}

function quotedOpenSmile(bytes: Uint8Array, start: number, end: number, delimiter: number): Quoted | null {
  for (let p = start + 1; p < end && bytes[p] !== LF; p++) {
    if (bytes[p] === APOSTROPHE && (p + 1 === end || bytes[p + 1] === delimiter)) {
      return { text: decode(bytes.subarray(start + 1, p)), next: p + 1, open: false };
    }
  }
  return null;
}

/** What a backslash and a letter stand for in ARFF, as Weka writes it; before any other letter it says nothing. */
const ARFF_ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };
/** A path of Windows whose backslashes a program put between quotes as they were. */
const BARE_PATH = /^[A-Za-z]:\\[^\\]/;

const unescapedArff = (text: string) =>
  BARE_PATH.test(text)
    ? text.replace(/\\(['"])/g, '$1')
    : text.replace(/\\(.)/g, (_, letter: string) => ARFF_ESCAPES[letter] ?? letter);

function quotedArff(bytes: Uint8Array, start: number, end: number): Quoted | null {
  for (let p = start + 1; p < end; p++) {
    if (bytes[p] === BACKSLASH) p++;
    else if (bytes[p] === bytes[start]) {
      const text = decode(bytes.subarray(start + 1, p));
      return { text: text.includes('\\') ? unescapedArff(text) : text, next: p + 1, open: false };
    }
  }
  return null;
}

/** Reads the cell at `start` of a record that ends before `end`; a single quote that never closes is plain text. */
export function readCell(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  quoting: Quoting,
): Cell {
  const first = bytes[start];
  let quoted: Quoted | null = null;
  if (start < end && (first === QUOTE || first === APOSTROPHE)) {
    if (quoting === 'arff') quoted = quotedArff(bytes, start, end);
    else if (first === QUOTE) quoted = quotedCsv(bytes, start, end);
    else quoted = quotedOpenSmile(bytes, start, end, delimiter);
  }
  let next = quoted?.next ?? start;
  let rest = false;
  for (; next < end && bytes[next] !== delimiter; next++) rest ||= bytes[next] > SPACE;
  // A blank that follows a closing quote belongs to no cell; where more follows, the quotes are the cell's own.
  if (quoted && !rest) return { ...quoted, next, stray: false };
  const cell = bytes.subarray(start, next);
  const joins = cell.includes(LF) || cell.includes(delimiter);
  return { text: decode(cell), next, open: false, stray: quoted !== null && joins };
}

/** All cells of a record, where the last begins and whether a double quote leaves it open, and whether a quote in it is astray. */
export function readCells(
  bytes: Uint8Array,
  start: number,
  end: number,
  delimiter: number,
  quoting: Quoting,
): { cells: string[]; open: boolean; stray: boolean; last: number } {
  const cells: string[] = [];
  let stray = false;
  for (let p = start; ; p++) {
    const last = p;
    const cell = readCell(bytes, p, end, delimiter, quoting);
    cells.push(cell.text);
    stray ||= cell.stray;
    p = cell.next;
    if (p >= end) return { cells, open: cell.open, stray, last };
  }
}

/** A byte order mark stands at the beginning of a line where files were joined by `cat`. */
const MARK_BYTES = 3;
const beginsWithMark = (bytes: Uint8Array, at: number) =>
  bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;

/** A place in the records. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly position: number;
  readonly nextLine: number;
}

/** The records of a text that arrives in chunks: push a chunk, then take records while `next()` is true. */
export class Records {
  /** What has arrived and is not used up yet; overwritten by the next `push`. */
  bytes: Uint8Array = new Uint8Array(0);
  /** Bounds of the present record in `bytes`, without its line end. */
  start = 0;
  end = 0;
  /** Number of the present record's first line, counted from 1. */
  line = 0;
  /** Memory that is used again for every chunk. */
  private store = new Uint8Array(0);
  private position = 0;
  /** Up to here no line end follows `position`. */
  private searched = 0;
  private before = 0;
  private nextLine = 1;
  private finished = false;
  /** The search for the end of a record that has not arrived in full, and the record's line. */
  private search: { readonly line: number; readonly quote: OpenQuote } | null = null;

  constructor(private readonly file: string) {}

  /** Takes a copy of the chunk, behind what is left of those before. */
  push(chunk: Uint8Array): void {
    const { position } = this;
    const rest = this.bytes.length - position;
    const length = rest + chunk.length;
    if (length > this.store.length) {
      const larger = new Uint8Array(length + (length >> 2));
      larger.set(this.bytes.subarray(position));
      this.store = larger;
    } else if (position > 0) this.store.copyWithin(0, position, position + rest);
    this.store.set(chunk, rest);
    this.bytes = this.store.subarray(0, length);
    this.before += position;
    this.searched = Math.max(0, this.searched - position);
    this.position = 0;
  }

  /** Lines up to the end of the present record. */
  get lines(): number {
    return this.nextLine - 1;
  }

  /** Where the next record begins in `bytes`. */
  get after(): number {
    return this.position;
  }

  /** Bytes of the text before the next record. */
  get consumed(): number {
    return this.before + this.position;
  }

  /** Says that no chunk follows; gives the last line the line end that it may lack. */
  finish(): void {
    this.finished = true;
    if (this.position < this.bytes.length && this.bytes[this.bytes.length - 1] !== LF) {
      this.push(Uint8Array.of(LF));
    }
  }

  /**
   * Advances to the next line; false where it has not arrived in full.
   * @throws FormatError where a line never ends.
   */
  next(): boolean {
    const { bytes, position } = this;
    if (position >= bytes.length) return false;
    const lineEnd = bytes.indexOf(LF, Math.max(position, this.searched));
    if (lineEnd < 0) {
      this.searched = bytes.length;
      if (bytes.length - position > LONGEST_RECORD) this.refuseEndless();
      return false;
    }
    this.start = beginsWithMark(bytes, position) ? position + MARK_BYTES : position;
    this.line = this.nextLine;
    this.take(lineEnd);
    return true;
  }

  /**
   * Lets the present record, left open by the double quote at `openAt`, go on to its end, lines away. False where that
   * has not arrived in full; `next()` then gives the record anew.
   * @throws FormatError where the quote is never closed.
   */
  extend(openAt: number, delimiter: number): boolean {
    const { bytes, start, line } = this;
    const at = openAt - start;
    if (this.search?.line !== line || this.search.quote.at !== at) {
      this.search = { line, quote: new OpenQuote(at) };
    }
    const lineEnd = this.search.quote.lineEnd(bytes, start, delimiter);
    const whole = lineEnd >= 0;
    const length = (whole ? lineEnd : bytes.length) - start;
    if (length > LONGEST_RECORD || (!whole && this.finished)) this.refuseOpenQuote();
    if (!whole) {
      this.putBack();
      return false;
    }
    while (this.position <= lineEnd) this.take(bytes.indexOf(LF, this.position));
    return true;
  }

  /** True where the text begins with `head`, false where it does not, null where too little has arrived. */
  beginsWith(head: Uint8Array): boolean | null {
    const { bytes } = this;
    const known = Math.min(head.length, bytes.length);
    for (let i = 0; i < known; i++) if (bytes[i] !== head[i]) return false;
    return known === head.length ? true : this.finished ? false : null;
  }

  /** Leaves out the first `bytes` of the text, which are `lines` whole lines. */
  skip(bytes: number, lines: number): void {
    this.position = bytes;
    this.nextLine = lines + 1;
  }

  /** The present record, to come back to with `reset` before the next `push`. */
  mark(): Mark {
    const { start, end, line, position, nextLine } = this;
    return { start, end, line, position, nextLine };
  }

  reset(mark: Mark): void {
    Object.assign(this, mark);
    this.searched = 0;
  }

  /** Cuts the present record, which goes on over several lines, back to its first. */
  shorten(): void {
    this.putBack();
    this.next();
  }

  /** Puts the present record back, so that `next()` gives it again. */
  putBack(): void {
    this.position = this.start;
    this.nextLine = this.line;
    this.searched = 0;
  }

  /** True where no record follows the present one. */
  get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  private take(lineEnd: number): void {
    this.position = lineEnd + 1;
    this.end = lineEnd > this.start && this.bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    this.nextLine++;
  }

  private refuseOpenQuote(): never {
    throw new FormatError(
      { file: this.file, line: this.line },
      'a double quote that is never closed',
      'a closing quote',
      'Close the quote, or remove it.',
    );
  }

  private refuseEndless(): never {
    throw new FormatError(
      { file: this.file, line: this.nextLine },
      `a line of more than ${LONGEST_RECORD / 2 ** 20} MB`,
      'one line for each utterance',
      'Choose a table with one row an utterance.',
    );
  }
}
