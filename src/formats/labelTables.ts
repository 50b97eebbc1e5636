/**
 * Tables of labels: delimited text in its usual dialects, and ARFF without features. Every column is kept as text,
 * with what it is by its name. Knows lines, no streams; what the labels mean is for `labels.ts` to find.
 */
import { ArffHeader } from './arffHeader.ts';
import { COMMA, LF } from './ascii.ts';
import { columnRoles } from './columns.ts';
import { decimalSign } from './delimitedHeader.ts';
import { MSP_EMOTIONS } from './emotionCodes.ts';
import { refuseStrayQuote } from './faults.ts';
import type { LabelTable, TextColumn } from './intake.ts';
import { type LabelReader, LabelRows } from './labelRows.ts';
import { cellNumber, isMissing } from './numbers.ts';
import { decode, readCells } from './records.ts';
import { FormatError, type Warning } from './report.ts';
import { counted, listed, shortened } from './shorten.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** A quoted cell may go on over so many lines, in so many bytes. */
const MOST_LINES = 1000;
const LONGEST_ROW = 2 ** 20;

const encoder = new TextEncoder();

interface Heads {
  readonly names: readonly string[];
  readonly delimiter: number;
}

/** Names of a header line under one separator. */
function cutHeader(bytes: Uint8Array, delimiter: number): Heads {
  const names = readCells(bytes, 0, bytes.length, delimiter, 'csv').cells.map((n) => n.trim());
  while (names.length > 1 && names.at(-1) === '') names.pop();
  return { names, delimiter };
}

const known = ({ names }: Heads) =>
  columnRoles(names).filter((role, i) => role !== 'feature' && names[i] !== '').length;

/** Names of a header line under the separator that gives most names that are known, or else most names. */
function splitHeader(bytes: Uint8Array): Heads {
  const tried = DELIMITERS.map((d) => cutHeader(bytes, d.charCodeAt(0)));
  const most = (of: (heads: Heads) => number) => Math.max(...tried.map(of));
  const count = (heads: Heads) => known(heads) * (most(({ names }) => names.length) + 1) + heads.names.length;
  return tried.reduce((best, t) => (count(t) > count(best) ? t : best));
}

/**
 * Rows of cells under names, and the table that they make.
 * A column's role follows from its name; one of unknown name is `words` where a cell holds a word.
 */
class Grid {
  private readonly rows: LabelRows;
  private unread = 0;
  private headers = 0;
  private firstUnread = 0;

  constructor(
    private readonly file: string,
    private readonly names: readonly string[],
    private readonly delimiter: number,
  ) {
    this.rows = new LabelRows(names.map((name, i) => ({ name, number: i + 1, role: 'words' })));
  }

  /** @throws FormatError for a row with too few or too many cells. */
  add(cells: readonly string[], line: number): void {
    const trimmed = cells.map((c) => c.trim());
    while (trimmed.length > this.names.length && trimmed.at(-1) === '') trimmed.pop();
    if (trimmed.every((c) => c === '')) return;
    if (trimmed.length !== this.names.length) this.refuseRagged(cells.length, line);
    if (trimmed.every((c, i) => c === this.names[i])) this.headers++;
    else this.rows.add('', line, trimmed);
  }

  /** @throws FormatError where no column names the utterances, or there are no rows. */
  finish(): LabelTable {
    const notes: Warning[] = [];
    const note = (code: string, where: string, message: string) => notes.push({ code, where, message });
    const bare = this.rows.table(this.file, 'table', notes);
    const sign = decimalSign(this.delimiter, this.rows.cells);
    if (sign === ',') note('decimal-comma', bare.name, 'Commas in numbers are read as decimal commas.');
    const roles = columnRoles(this.names);
    const columns = bare.columns.map((column, i): TextColumn => {
      const cells = sign === ',' ? column.cells.map(withPoint) : column.cells;
      const words = roles[i] === 'feature' && cells.some((c) => cellNumber(c, '.') === null);
      return { ...column, cells, role: words ? 'words' : roles[i] };
    });
    const key = this.keyColumn(columns, note);
    if (this.headers > 0) {
      note('repeated-header', bare.name, `${counted(this.headers, 'repetition')} of the header skipped.`);
    }
    const named = this.namedRows(key.cells);
    if (this.unread > 0) {
      const message = `${counted(this.unread, 'row')} without a name left out.`;
      note('label-row-without-name', `line ${this.firstUnread}`, message);
    }
    const kept = columns
      .filter((c) => c !== key && c.name !== '')
      .map((c) => mspCodes({ ...c, name: this.nameOf(c), cells: named.map((r) => c.cells[r]) }, note));
    return {
      ...bare,
      keys: named.map((r) => key.cells[r]),
      lines: bare.lines.filter((_, r) => key.cells[r] !== ''),
      columns: kept,
    };
  }

  /** A column's name, told apart from earlier ones of the same name. */
  private nameOf({ name, number }: TextColumn): string {
    const earlier = this.names.slice(0, number - 1).filter((n) => n === name).length;
    return earlier === 0 ? name : `${name} (${earlier + 1})`;
  }

  /** Rows that say of which utterance they are. */
  private namedRows(keys: readonly string[]): number[] {
    const named: number[] = [];
    keys.forEach((key, r) => {
      if (key !== '') {
        named.push(r);
        return;
      }
      if (this.unread++ === 0) this.firstUnread = this.rows.lines[r];
    });
    return named;
  }

  /** The column that names the utterances: one called so, or else the first with words that are all different. */
  private keyColumn(
    columns: readonly TextColumn[],
    note: (code: string, where: string, message: string) => void,
  ): TextColumn {
    const called = columns.find((c) => c.role === 'name');
    if (called) return called;
    const unique = columns.find(
      ({ cells, role }) =>
        ['words', 'feature', 'ignored'].includes(role) &&
        new Set(cells).size === cells.length &&
        cells.every((c) => cellNumber(c, '.') === null),
    );
    if (unique) {
      const where = `column ${unique.number} "${unique.name}"`;
      note(
        'label-key-assumed',
        where,
        'Its words are all different; they are taken for the utterances’ names.',
      );
      return unique;
    }
    throw new FormatError(
      { file: this.file, line: 1 },
      `${counted(columns.length, 'column')} (${listed(this.names)}) and none that names utterances`,
      'a header with a column called file, name, utterance or the like',
      'Name that column so, or add a header line such as file,emotion.',
    );
  }

  private refuseRagged(cells: number, line: number): never {
    throw new FormatError(
      { file: this.file, line },
      counted(cells, 'cell'),
      counted(this.names.length, 'cell'),
      'Mend or remove the line; put text that contains the separator into double quotes.',
    );
  }
}

const withPoint = (cell: string) =>
  cell.includes(',') && cellNumber(cell, ',') !== null ? cell.replace(',', '.') : cell;

/** MSP-Podcast writes emotions as letters; its speakers that nobody knows are called Unknown. */
function mspCodes(
  column: TextColumn,
  note: (code: string, where: string, message: string) => void,
): TextColumn {
  const { role, name, cells } = column;
  if (role === 'speaker') {
    return { ...column, cells: cells.map((c) => (/^unknown$/i.test(c) ? '' : c)) };
  }
  const coded = (c: string) => isMissing(c) || Object.hasOwn(MSP_EMOTIONS, c);
  if (name.toLowerCase() !== 'emoclass' || !cells.every(coded)) return column;
  note('emotion-codes', `column "${name}"`, 'Letters read as MSP-Podcast’s emotions; X is no agreement.');
  return { ...column, cells: cells.map((c) => MSP_EMOTIONS[c] ?? '') };
}

/** Delimited text with a header line. */
export class DelimitedLabels implements LabelReader {
  private grid: Grid | null = null;
  private heads: Heads | null = null;
  /** The separator that the file names itself. */
  private separator: number | null = null;
  /** The lines of a row that a double quote leaves open. */
  private open: Uint8Array = new Uint8Array(0);
  private openLines = 0;
  private openFrom = 0;

  constructor(private readonly file: string) {}

  line(bytes: Uint8Array, number: number): void {
    if (this.openLines === 0) {
      const text = bytes.length < 64 ? decode(bytes) : 'a row';
      if (text.trim() === '') return;
      // Excel names its separator in a line before the header.
      const named = this.heads ? null : /^\uFEFF?sep=(.)\s*$/i.exec(text);
      if (named) {
        this.separator = named[1].charCodeAt(0);
        return;
      }
      this.openFrom = number;
    }
    const row = this.openLines === 0 ? bytes : joined(this.open, bytes);
    if (!this.grid) this.header(row, number);
    else this.row(row, this.grid);
  }

  finish(): LabelTable {
    if (this.openLines > 0) this.refuseOpen();
    return (this.grid ?? new Grid(this.file, [], COMMA)).finish();
  }

  private header(bytes: Uint8Array, line: number): void {
    this.heads = this.separator === null ? splitHeader(bytes) : cutHeader(bytes, this.separator);
    const { names, delimiter } = this.heads;
    const roles = columnRoles(names);
    if (names.length < 2 || roles.every((role) => role === 'feature')) {
      throw new FormatError(
        { file: this.file, line },
        names.length < 2
          ? `a single column, "${shortened(names[0])}"`
          : `a line of other things (${listed(names)})`,
        'a header line with the names of the columns, such as file,emotion,speaker',
        'Add the line, with the columns separated by comma, semicolon, tab or |.',
      );
    }
    this.grid = new Grid(this.file, names, delimiter);
  }

  private row(bytes: Uint8Array, grid: Grid): void {
    const delimiter = this.heads?.delimiter ?? COMMA;
    const { cells, open, stray } = readCells(bytes, 0, bytes.length, delimiter, 'csv');
    if (stray) refuseStrayQuote(this.file, this.openFrom);
    this.openLines = open ? this.openLines + 1 : 0;
    if (!open) grid.add(cells, this.openFrom);
    else if (this.openLines > MOST_LINES || bytes.length > LONGEST_ROW) this.refuseOpen();
    else this.open = bytes;
  }

  private refuseOpen(): never {
    throw new FormatError(
      { file: this.file, line: this.openFrom },
      'a double quote that is never closed',
      'a closing quote',
      'Close the quote, or remove it.',
    );
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + 1 + b.length);
  bytes.set(a);
  bytes[a.length] = LF;
  bytes.set(b, a.length + 1);
  return bytes;
}

/** ARFF. */
export class ArffLabels implements LabelReader {
  private readonly header: ArffHeader;
  private grid: Grid | null = null;

  constructor(private readonly file: string) {
    this.header = new ArffHeader(file);
  }

  line(bytes: Uint8Array, number: number): void {
    const text = decode(bytes).trim();
    if (this.grid) {
      if (text === '' || text.startsWith('%')) return;
      const row = encoder.encode(text);
      this.grid.add(readCells(row, 0, row.length, COMMA, 'arff').cells, number);
    } else if (this.header.line(text, number)) {
      const names = this.header.columns().map((c) => c.name);
      this.grid = new Grid(this.file, names, COMMA);
    }
  }

  finish(): LabelTable {
    return (this.grid ?? new Grid(this.file, [], COMMA)).finish();
  }
}
