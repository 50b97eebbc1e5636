/** Files of the machine for the commands: opens them for the readers that the page uses too. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteStream } from '../src/formats/bytes.ts';
import { readCorpus } from '../src/formats/readCorpus.ts';
import type { ReadProgress, ReadResult } from '../src/formats/report.ts';

/**
 * Reads a feature file.
 * @throws FormatError for bad input; Error with a one-line message where the file cannot be opened.
 */
export async function readCorpusFile(
  path: string,
  onProgress?: (progress: ReadProgress) => void,
): Promise<ReadResult> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new Error(`${path}: no such file`);
  if (!found.isFile()) throw new Error(`${path}: not a file`);
  const stream = Readable.toWeb(createReadStream(path, { highWaterMark: 2 ** 18 })) as ByteStream;
  return readCorpus(stream, { file: basename(path), bytesTotal: found.size, onProgress });
}
