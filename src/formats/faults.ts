/** Turns a record that is no row into an error with an address, saying the likeliest cause. Reads no streams. */
import { featureSetName, featureSetOfSize } from './featureSets.ts';
import type { Layout } from './layout.ts';
import { cellNumber } from './numbers.ts';
import { type Address, FormatError } from './report.ts';
import { counted, shortened } from './shorten.ts';

/** The record at fault, cut into cells. */
export interface BadRecord {
  readonly file: string;
  readonly line: number;
  readonly cells: readonly string[];
}

/** True for the names of the columns again. */
export function isSameHeader(cells: readonly string[], columns: Layout['columns']): boolean {
  return (
    cells.length >= columns.length &&
    cells.every((cell, c) => cell.trim() === (columns[c]?.name.trim() ?? ''))
  );
}

/** @throws FormatError for files joined by `cat`: a second header that differs from the first. */
export function refuseOtherHeader({ file, line, cells }: BadRecord, { columns }: Layout): void {
  // pandas leaves the name of its index empty, as a row may leave its first cell.
  const named = columns.findIndex(({ name }) => name !== '');
  const again = cells[named]?.trim() === columns[named]?.name && cells[0].trim() === columns[0].name;
  if (!again && !/^@(relation|attribute)\b/i.test(cells[0])) return;
  throw new FormatError(
    { file, line },
    'another header, different from the first',
    `rows with the ${columns.length} columns of the first header`,
    'Two different files were joined; load them one by one.',
  );
}

/** @throws FormatError for a comment that holds the line ends of old Macs: what follows them is no comment. */
export function refuseMixedLineEnds(file: string, line: number): never {
  throw new FormatError(
    { file, line },
    'a comment with carriage returns in it',
    'one kind of line end in the whole file',
    'Two files with different line ends were joined; load them one by one.',
  );
}

/**
 * A header with a separator too many over rows that end in separators: all behind it would slip by one column.
 * @param header line and number of the header's cells.
 * @throws FormatError where it has more cells than the first row, whose last column is empty.
 */
export function refuseSlippedHeader(
  { file, cells }: BadRecord,
  header: { readonly line: number; readonly cells: number },
  columns: Layout['columns'],
): void {
  if (header.cells <= cells.length || cells[columns.length - 1]?.trim() !== '') return;
  throw new FormatError(
    { file, line: header.line },
    `a header of ${counted(header.cells, 'cell')} over a row of ${cells.length}, whose last column is empty`,
    'as many cells in the header as in the rows',
    'Look for a separator too many in the header, or too few in the row.',
  );
}

/**
 * A row with too few or too many cells; or with fewer empty ones behind an empty last one than other lines have.
 * @param lineCells cells of a whole line, with the empty ones behind the last column.
 * @throws FormatError
 */
export function refuseRagged(
  { file, line, cells }: BadRecord,
  layout: Layout,
  lineCells: number,
  cutOff: boolean,
): never {
  const columns = layout.columns.length;
  const slipped = cells.length >= columns && cells.slice(columns).every((cell) => cell.trim() === '');
  const expected = slipped ? lineCells : columns;
  const others = columns - layout.features.length;
  const here = featureSetOfSize(cells.length - others);
  const whole = featureSetName(layout.features);
  let advice = 'Remove or mend the line, or extract the features again.';
  if (slipped) {
    advice =
      'The line ends in fewer separators than the others, and its last cell is empty: look for one that is lost in it.';
  } else if (here && featureSetOfSize(layout.features.length) !== here) {
    advice = `The row has the size of ${here}${whole ? `, the file is ${whole}` : ''}: keep feature sets in files of their own.`;
  } else if (cutOff && cells.length < expected) {
    advice = 'The last line is not complete: the file seems cut off; copy or extract it again.';
  } else if (cells.length === expected + 1) {
    advice += ' (Written by R? Use col.names = NA, so that the row names have a header.)';
  }
  throw new FormatError({ file, line }, counted(cells.length, 'cell'), counted(expected, 'cell'), advice, {
    ragged: 'drop',
  });
}

/**
 * A quote that goes on over separators and is closed in the middle of a cell.
 * @param inRow true where the row can be left out instead.
 * @throws FormatError
 */
export function refuseStrayQuote(file: string, line: number, inRow = true): never {
  throw new FormatError(
    { file, line },
    'a quote that is closed in the middle of another cell',
    'a closing quote at the end of its cell',
    'Close the quote, or remove it.',
    inRow ? { ragged: 'drop' } : undefined,
  );
}

/** What to do about a word: it may be a number with another decimal sign than the file's. */
function adviceOnWord(text: string): string {
  const [point, comma] = [cellNumber(text, '.') !== null, cellNumber(text, ',') !== null];
  if (point === comma) return 'Mend the cell, leave it empty, or remove the column if it is no feature.';
  const [found, others] = comma ? ['comma', 'point'] : ['point', 'comma'];
  return `It has a decimal ${found} in a file that is read with decimal ${others}s: write all its numbers alike.`;
}

/** @throws FormatError: a word where a number should stand. */
export function refuseWord(
  { file, line }: Pick<BadRecord, 'file' | 'line'>,
  columns: Layout['columns'],
  column: number,
  text: string,
): never {
  const address: Address = {
    file,
    line,
    column: column + 1,
    columnName: shortened(columns[column].name),
  };
  throw new FormatError(address, `"${shortened(text)}"`, 'a number', adviceOnWord(text), {
    words: 'missing',
  });
}
