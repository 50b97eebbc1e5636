/** Files of the machine for the commands: opens them for the readers that the page uses too. */
import { createReadStream, openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import type { ByteStream } from '../src/formats/bytes.ts';
import type { InputFile } from '../src/formats/input.ts';
import { readCorpus } from '../src/formats/readCorpus.ts';
import type { Recipe } from '../src/formats/recipe.ts';
import type { ReadProgress, ReadResult } from '../src/formats/report.ts';

/** Bytes that a stream gives at once. */
const CHUNK = 2 ** 20;

const inputFile = (path: string, name: string, bytes: number): InputFile => ({
  name,
  bytes,
  stream: () => Readable.toWeb(createReadStream(path, { highWaterMark: CHUNK })) as ByteStream,
  slice: async (start, end) => (await openAsBlob(path)).slice(start, end).arrayBuffer(),
});

/** The file at a path, or all files of a folder and its folders, in the order of their names. */
export async function inputsAt(path: string): Promise<InputFile[]> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new Error(`${path}: no such file`);
  if (found.isFile()) return [inputFile(path, basename(path), found.size)];
  if (!found.isDirectory()) throw new Error(`${path}: neither a file nor a folder`);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files
      .sort()
      .map(async (file) =>
        inputFile(file, join(basename(path), relative(path, file)), (await stat(file)).size),
      ),
  );
}

interface Choices {
  /** What was decided about the corpus; the reader decides where this is absent. */
  readonly recipe?: Recipe;
  /** Files of labels to join, beside those recognised among the others. */
  readonly labels?: readonly string[];
  readonly onProgress?: (progress: ReadProgress) => void;
}

/**
 * Reads files, or folders of them, as one corpus.
 * @throws FormatError for bad input; Error with a one-line message where a file cannot be opened.
 */
export async function readCorpusFiles(
  paths: readonly string[],
  { labels = [], ...options }: Choices = {},
): Promise<ReadResult> {
  const all = async (of: readonly string[]) => (await Promise.all(of.map(inputsAt))).flat();
  return readCorpus(await all(paths), { ...options, labels: await all(labels) });
}
