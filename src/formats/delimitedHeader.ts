/** The first line of delimited text: which separator, which columns, and whether it is a header at all. */
import { type Column, columnRoles } from './columns.ts';
import { isMissing } from './numbers.ts';
import { readCells } from './records.ts';
import { FormatError } from './report.ts';
import { shortened } from './shorten.ts';

const DELIMITERS = [';', '\t', ','] as const;
const encoder = new TextEncoder();

const isNumber = (cell: string) => /^\s*[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?\s*$/i.test(cell);

/** Cells of a line under the separator that gives most of them. */
function split(line: string): { delimiter: number; cells: string[] } {
  const bytes = encoder.encode(line);
  const tried = DELIMITERS.map((d) => {
    const delimiter = d.charCodeAt(0);
    return { delimiter, cells: readCells(bytes, 0, bytes.length, delimiter, 'csv').cells };
  });
  return tried.reduce((best, t) => (t.cells.length > best.cells.length ? t : best));
}

/** True where the line holds values instead of names; names 0, 1, 2 … of an embedding are names. */
function isData(cells: readonly string[]): boolean {
  const numbers = cells.slice(1).filter((c) => isNumber(c) || isMissing(c));
  if (numbers.length * 2 < cells.length - 1) return false;
  const plain = cells.filter((c) => c.trim() !== '' && isNumber(c)).map(Number);
  return plain.length === 0 || !plain.every((n, i) => Number.isInteger(n) && n === plain[0] + i);
}

export interface DelimitedHeader {
  readonly delimiter: number;
  readonly columns: readonly Column[];
}

/**
 * Reads a header line.
 * @throws FormatError where the line has one cell only, or is a line of data.
 */
export function parseHeader(text: string, file: string, line: number): DelimitedHeader {
  const { delimiter, cells } = split(text);
  const names = cells.map((c) => c.trim());
  while (names.length > 1 && names.at(-1) === '') names.pop();
  const address = { file, line };
  if (names.length < 2) {
    throw new FormatError(
      address,
      `a single column, "${shortened(text)}"`,
      'columns separated by comma, semicolon or tab',
      'Choose a file with one row an utterance and one column a feature.',
    );
  }
  if (isData(names)) {
    throw new FormatError(
      address,
      `values (${names.length} cells, the first "${shortened(names[0])}")`,
      'a header line with the names of the columns',
      'Features are matched by name: extract again with a header (openSMILE: -headercsv 1), or add the line.',
    );
  }
  const roles = columnRoles(names);
  return { delimiter, columns: names.map((name, i) => ({ name, role: roles[i] })) };
}

/**
 * The decimal sign of a file, told from its first rows: a comma only where commas separate nothing, some cell
 * is written with one and none with a point.
 */
export function decimalSign(delimiter: number, rows: readonly (readonly string[])[]): '.' | ',' {
  if (delimiter === ','.charCodeAt(0)) return '.';
  const cells = rows.flat();
  const comma = cells.some((c) => /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i.test(c));
  const point = cells.some((c) => /^\s*[+-]?\d*\.\d+(e[+-]?\d+)?\s*$/i.test(c));
  return comma && !point ? ',' : '.';
}
