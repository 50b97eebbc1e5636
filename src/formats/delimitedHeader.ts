/** The header of delimited text: which separator, which columns, and whether it is a header at all. */
import { COMMA } from './ascii.ts';
import { type Column, columnRoles } from './columns.ts';
import type { DecimalSign } from './layout.ts';
import { isMissing } from './numbers.ts';
import { readCells } from './records.ts';
import { FormatError } from './report.ts';
import { shortened } from './shorten.ts';

const DELIMITERS = [';', '\t', ','] as const;

const isNumber = (cell: string) => /^\s*[+-]?(\d+[.,]?\d*|[.,]\d+)(e[+-]?\d+)?\s*$/i.test(cell);

/** A header line, cut. */
export interface HeaderCells {
  readonly delimiter: number;
  readonly cells: readonly string[];
  /** Where the last cell begins if a double quote leaves it open: it goes on in the next line. Else −1. */
  readonly openAt: number;
  /** True where a quote is closed in the middle of a cell of another line. */
  readonly stray: boolean;
}

/** True where some cell is known to name no feature: the line was cut where it should be. */
const hasKnownName = (names: readonly string[]) =>
  columnRoles(names).some((role, i) => role !== 'feature' && names[i] !== '');

/**
 * Cells of a line under its separator: the one given, or else one that gives a name that is known (a feature's name may
 * hold more commas than the line has semicolons), and of those the one that gives most.
 */
export function headerCells(line: Uint8Array, separator: number | null): HeaderCells {
  const cut = (delimiter: number): HeaderCells => {
    const { cells, open, stray, last } = readCells(line, 0, line.length, delimiter, 'csv');
    return { delimiter, cells, openAt: open ? last : -1, stray };
  };
  if (separator !== null) return cut(separator);
  const tried = DELIMITERS.map((d) => cut(d.charCodeAt(0))).filter(({ cells }) => cells.length > 1);
  const telling = tried.filter(({ cells }) => hasKnownName(cells.map((c) => c.trim())));
  const names = ({ cells }: HeaderCells) => cells.filter((c) => c.trim() !== '').length;
  const best = (telling.length > 0 ? telling : tried).reduce<HeaderCells | null>(
    (most, t) => (most && names(most) >= names(t) ? most : t),
    null,
  );
  return best ?? cut(DELIMITERS[0].charCodeAt(0));
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
  /** Cells of the line, those behind the last name included. */
  readonly cells: number;
}

/**
 * Reads a header.
 * @throws FormatError where the line has one cell only, or is a line of data.
 */
export function parseHeader({ delimiter, cells }: HeaderCells, file: string, line: number): DelimitedHeader {
  const names = cells.map((c) => c.trim());
  while (names.length > 1 && names.at(-1) === '') names.pop();
  const address = { file, line };
  if (names.length < 2) {
    throw new FormatError(
      address,
      `a single column, "${shortened(names[0])}"`,
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
  const columns = names.map((name, i) => ({ name, role: roles[i] }));
  return { delimiter, columns, cells: cells.length };
}

/**
 * The decimal sign of a file, told from some of its rows: a comma only where commas separate nothing, some cell is
 * written with one and none with a point. Null where no cell tells.
 */
export function decimalSign(delimiter: number, rows: readonly (readonly string[])[]): DecimalSign | null {
  if (delimiter === COMMA) return '.';
  const cells = rows.flat();
  const comma = cells.some((c) => /^\s*[+-]?\d*,\d+(e[+-]?\d+)?\s*$/i.test(c));
  const point = cells.some((c) => /^\s*[+-]?\d*\.\d+(e[+-]?\d+)?\s*$/i.test(c));
  if (point) return '.';
  return comma ? ',' : null;
}
