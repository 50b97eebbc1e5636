/**
 * Writes tables in every dialect that the readers know, and says where in the file each cell came to stand, so that it
 * can be damaged there. Reads nothing.
 */
import fc from 'fast-check';
import { gzipSync } from 'fflate';
import type { PlainTable } from './tables.testing.ts';

type Quoting = 'none' | 'minimal' | 'all' | 'opensmile';

export interface Dialect {
  readonly format: 'delimited' | 'arff';
  readonly delimiter: ',' | ';' | '\t';
  readonly decimal: '.' | ',';
  readonly quoting: Quoting;
  readonly lineEnd: '\n' | '\r\n' | '\r';
  /** The last line has a line end too. */
  readonly lastEnd: boolean;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly mark: boolean;
  /** Excel's line that names the separator. */
  readonly sepLine: boolean;
  /** Separators behind the last cell of every line. */
  readonly trailing: number;
  readonly blankLines: boolean;
  /** Blanks around cells that are not quoted. */
  readonly padded: boolean;
  /** Members of a gzip archive; 0 for none. */
  readonly members: number;
  /** Numbers that put the columns in another order. */
  readonly order: readonly number[];
  /** Bytes of a chunk. */
  readonly chunk: number;
  /** Files that the rows are spread over. */
  readonly files: number;
}

const shared = {
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  lastEnd: fc.boolean(),
  encoding: fc.constantFrom('utf-8', 'utf-8', 'utf-8', 'utf-16le', 'utf-16be'),
  mark: fc.boolean(),
  blankLines: fc.boolean(),
  padded: fc.boolean(),
  members: fc.constantFrom(0, 0, 0, 1, 3),
  order: fc.array(fc.nat(99), { minLength: 11, maxLength: 11 }),
  chunk: fc.constantFrom(1, 2, 3, 7, 64, 511, 4096),
  files: fc.constantFrom(1, 1, 1, 2, 4),
} as const;

const delimited = fc.record({
  ...shared,
  format: fc.constant('delimited'),
  delimiter: fc.constantFrom(',', ';', '\t'),
  decimal: fc.constantFrom('.', '.', ','),
  quoting: fc.constantFrom('none', 'minimal', 'all', 'opensmile'),
  sepLine: fc.boolean(),
  trailing: fc.constantFrom(0, 0, 1, 2),
} as const);

const arff = fc.record({
  ...shared,
  format: fc.constant('arff'),
  delimiter: fc.constant(','),
  decimal: fc.constant('.'),
  quoting: fc.constantFrom('minimal', 'all'),
  sepLine: fc.constant(false),
  trailing: fc.constant(0),
} as const);

/** A dialect that can be: a comma cannot be both separator and decimal sign. */
export const anyDialect: fc.Arbitrary<Dialect> = fc
  .oneof({ weight: 3, arbitrary: delimited }, { weight: 1, arbitrary: arff })
  .map((d) => ({ ...d, decimal: d.delimiter === ',' ? '.' : d.decimal }));

/** What a stretch of a file holds. */
export interface Piece {
  readonly text: string;
  /** The row, −1 for all that stands before the first. */
  readonly row: number;
  /** The column's name; empty for separators and line ends. */
  readonly column: string;
}

interface Column {
  readonly name: string;
  /** Type in an ARFF file. */
  readonly type: string;
  cell(row: PlainTable['rows'][number]): string;
  readonly isNumber: boolean;
}

/** Columns of a table in the dialect's order; openSMILE's first is the name, the only one that it quotes. */
function columnsOf({ features, hasSpeakers, hasLabels }: PlainTable, { order, quoting }: Dialect): Column[] {
  const text = (name: string, type: string, cell: Column['cell']) => ({ name, type, cell, isNumber: false });
  const columns: Column[] = [text('file', 'string', (row) => row.name)];
  if (hasSpeakers) columns.push(text('speaker', 'STRING', (row) => row.speaker));
  if (hasLabels) columns.push(text('activation', 'string', (row) => row.label));
  features.forEach((name, f) => {
    const type = ['numeric', 'real', 'NUMERIC'][f % 3];
    columns.push({ name, type, cell: (row) => row.numbers[f].text, isNumber: true });
  });
  const key = new Map(
    columns.map((column, i) => [column, quoting === 'opensmile' && i === 0 ? -1 : order[i]]),
  );
  return columns.sort((a, b) => (key.get(a) ?? 0) - (key.get(b) ?? 0));
}

/** Names of the features in the order in which a file holds them. */
export const featureOrder = (table: PlainTable, dialect: Dialect): string[] =>
  columnsOf(table, dialect)
    .filter(({ isNumber }) => isNumber)
    .map(({ name }) => name);

/** A cell of delimited text, or null where the dialect cannot carry it. */
function delimitedCell(cell: string, isText: boolean, isHeader: boolean, d: Dialect): string | null {
  const { delimiter, quoting, lineEnd } = d;
  const breaks = /[\r\n]/.test(cell);
  if (breaks && isHeader) return null;
  const delicate = breaks || cell.includes(delimiter) || /^["'\s]|\s$/.test(cell);
  const doubled = () => `"${cell.replaceAll('"', '""').replaceAll('\n', lineEnd)}"`;
  if (quoting === 'all') return doubled();
  if (quoting === 'minimal' && (delicate || cell.includes('"'))) return doubled();
  if (quoting === 'opensmile' && isText && !isHeader) {
    return breaks || cell.includes(`'${delimiter}`) ? null : `'${cell}'`;
  }
  if (delicate) return null;
  return d.padded ? ` ${cell} ` : cell;
}

/** A cell of an ARFF file, or null where it cannot be carried. */
function arffCell(
  cell: string,
  isText: boolean,
  isHeader: boolean,
  { quoting, padded }: Dialect,
): string | null {
  if (/[\r\n]/.test(cell) || (isHeader && cell.includes('\t'))) return null;
  // A question mark that is not quoted is a gap.
  const delicate = /[\s,'"\\%{}]/.test(cell) || (isText && (cell === '' || cell === '?'));
  if (isText && (delicate || quoting === 'all')) {
    const quote = cell.length % 2 === 0 ? "'" : '"';
    return quote + cell.replace(/['"\\]/g, '\\$&') + quote;
  }
  return padded && !isHeader ? ` ${cell} ` : cell;
}

/** A number as the dialect writes it; nobody writes `3,` for 3. */
const signed = (text: string, decimal: '.' | ',') =>
  decimal === ',' ? text.replace(/(\d)\.(?!\d)/, '$1').replace(/\.(?=\d)/, ',') : text;

/** The pieces of a file, or null where the dialect cannot carry the table. */
export function writePieces(table: PlainTable, d: Dialect): Piece[] | null {
  const columns = columnsOf(table, d);
  const write = d.format === 'arff' ? arffCell : delimitedCell;
  const pieces: Piece[] = [];
  let possible = true;
  const put = (text: string | null, row: number, column = '') => {
    if (text === null) possible = false;
    else if (text !== '') pieces.push({ text, row, column });
  };
  const end = (row: number) => put(d.blankLines ? d.lineEnd + d.lineEnd : d.lineEnd, row);
  if (d.format === 'arff') {
    put(`% made up${d.lineEnd}@RELATION r${d.lineEnd}`, -1);
    for (const { name, type } of columns) {
      put('@attribute ', -1);
      put(write(name, true, true, d), -1, name);
      put(` ${type}`, -1);
      end(-1);
    }
    put('@data', -1);
  } else {
    if (d.sepLine) put(`sep=${d.delimiter}${d.lineEnd}`, -1);
    columns.forEach(({ name }, c) => {
      put(c > 0 ? d.delimiter : '', -1);
      put(write(name, true, true, d), -1, name);
    });
    put(d.delimiter.repeat(d.trailing), -1);
  }
  end(-1);
  table.rows.forEach((row, r) => {
    columns.forEach(({ name, isNumber, cell }, c) => {
      put(c > 0 ? d.delimiter : '', r);
      const text = isNumber ? signed(cell(row), d.decimal) : cell(row);
      const quoted = !isNumber && (d.quoting !== 'opensmile' || name === 'file');
      put(write(text, quoted, false, d), r, name);
    });
    put(d.delimiter.repeat(d.trailing), r);
    if (r < table.rows.length - 1) end(r);
    else if (d.lastEnd) put(d.lineEnd, r);
  });
  return possible ? pieces : null;
}

/** Bytes of a text in an encoding, without a mark. */
export function encoded(text: string, encoding: Dialect['encoding']): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), encoding === 'utf-16le');
  return bytes;
}

/** The bytes of pieces, not packed. Without a mark, UTF-16 is told by its first two letters. */
export function bytesOf(pieces: readonly Piece[], { encoding, mark }: Dialect): Uint8Array {
  const text = pieces.map((p) => p.text).join('');
  const needed = encoding !== 'utf-8' && !/^[\x20-\x7e]{2}/.test(text);
  return encoded(mark || needed ? `\uFEFF${text}` : text, encoding);
}

/** Packs bytes into a gzip archive of some members. */
export function packed(bytes: Uint8Array, members: number): Uint8Array {
  if (members === 0) return bytes;
  const size = Math.max(1, Math.ceil(bytes.length / members));
  const parts = Array.from({ length: members }, (_, m) => gzipSync(bytes.subarray(m * size, (m + 1) * size)));
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
