/** Turns a record that is no row into an error with an address, saying the likeliest cause. Reads no streams. */
import { featureSetName, featureSetOfSize } from './featureSets.ts';
import type { Layout } from './layout.ts';
import { type Address, FormatError } from './report.ts';
import { counted, shortened } from './shorten.ts';

/** The record at fault, cut into cells. */
export interface BadRecord {
  readonly file: string;
  readonly line: number;
  readonly cells: readonly string[];
}

/** @throws FormatError for files joined by `cat`: a second header that differs from the first. */
export function refuseOtherHeader({ file, line, cells }: BadRecord, layout: Layout): void {
  const again = cells[0].trim() === layout.columns[0].name;
  if (!again && !/^@(relation|attribute)\b/i.test(cells[0])) return;
  throw new FormatError(
    { file, line },
    'another header, different from the first',
    `rows with the ${layout.columns.length} columns of the first header`,
    'Two different files were joined; load them one by one.',
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

/** @throws FormatError: a row with too few or too many cells. */
export function refuseRagged({ file, line, cells }: BadRecord, layout: Layout, cutOff: boolean): never {
  const expected = layout.columns.length;
  const others = expected - layout.features.length;
  const here = featureSetOfSize(cells.length - others);
  const whole = featureSetName(layout.features);
  let advice = 'Remove or mend the line, or extract the features again.';
  if (here && featureSetOfSize(layout.features.length) !== here) {
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

/** @throws FormatError: a quote that goes on over separators and is closed in the middle of a cell. */
export function refuseStrayQuote(file: string, line: number): never {
  throw new FormatError(
    { file, line },
    'a quote that is closed in the middle of another cell',
    'a closing quote at the end of its cell',
    'Close the quote, or remove it.',
    { ragged: 'drop' },
  );
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
  throw new FormatError(
    address,
    `"${shortened(text)}"`,
    'a number',
    'Mend the cell, leave it empty, or remove the column if it is no feature.',
    { words: 'missing' },
  );
}
