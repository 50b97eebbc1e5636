/** A sheet as a file for the browser, made in parts so that the worker hears other calls between them. */
import type { Sheet } from '../src/formats/sheet.ts';
import { type SheetFormat, write } from '../src/formats/write.ts';
import type { MadeFile } from './protocol.ts';

/** Bytes gathered into one part; parts may lie on the disk, which is the browser's to decide. */
const PART_BYTES = 2 ** 22;

const TYPES: Record<SheetFormat, string> = {
  csv: 'text/csv',
  arff: 'text/plain',
  parquet: 'application/vnd.apache.parquet',
};

/**
 * Writes a sheet.
 * @param onProgress hears the bytes written so far, once a part.
 */
export async function fileOf(
  sheet: Sheet,
  format: SheetFormat,
  onProgress: (bytes: number) => void,
): Promise<MadeFile> {
  const parts: Blob[] = [];
  let chunks: BlobPart[] = [];
  let gathered = 0;
  let bytes = 0;
  for (const chunk of write(sheet, format)) {
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
    gathered += chunk.length;
    if (gathered < PART_BYTES) continue;
    parts.push(new Blob(chunks));
    bytes += gathered;
    chunks = [];
    gathered = 0;
    onProgress(bytes);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { blob: new Blob([...parts, ...chunks], { type: TYPES[format] }), rows: sheet.rows };
}
