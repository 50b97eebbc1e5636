/** Sheets as files of any format that is written. */
import type { Sheet } from './sheet.ts';
import { writeArff } from './writeArff.ts';
import { writeCsv } from './writeCsv.ts';
import { writeParquet } from './writeParquet.ts';

export const SHEET_FORMATS = ['csv', 'arff', 'parquet'] as const;
export type SheetFormat = (typeof SHEET_FORMATS)[number];

function* encoded(text: Iterable<string>): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for (const part of text) yield encoder.encode(part);
}

/** The bytes of a file, in chunks made as they are asked for. */
export function write(sheet: Sheet, format: SheetFormat): Generator<Uint8Array, void, undefined> {
  if (format === 'parquet') return writeParquet(sheet);
  return encoded(format === 'csv' ? writeCsv(sheet) : writeArff(sheet));
}
