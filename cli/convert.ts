/** `convert FILE… --out FILE`: reads files as `inspect` does and writes the corpus as CSV, ARFF or Parquet. */
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { dirname, extname, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { corpusSheet } from '../src/formats/sheet.ts';
import { SHEET_FORMATS, type SheetFormat, write } from '../src/formats/write.ts';
import { readCorpusFiles } from './files.ts';
import { READING_OPTIONS, readingChoices } from './reading.ts';
import { reporter } from './reporter.ts';

/** What `convert` prints. */
interface Converted {
  readonly rows: number;
  readonly features: number;
  readonly out: string;
}

/** The format of a file to write, by its name. */
function formatOf(out: string): SheetFormat {
  const extension = extname(out).slice(1).toLowerCase();
  const format = SHEET_FORMATS.find((f) => f === extension);
  if (format) return format;
  throw new Error(`convert: --out "${out}" should end in .${SHEET_FORMATS.join(', .')}`);
}

/** Refuses to write over what is read, or into a folder that is read as a whole. */
async function checkPlace(out: string, inputs: readonly string[]): Promise<void> {
  const place = resolve(out);
  const read = inputs.find(
    (input) => place === resolve(input) || place.startsWith(`${resolve(input)}${sep}`),
  );
  if (read !== undefined) {
    throw new Error(`convert: --out ${out} is among what is read (${read}); write it elsewhere`);
  }
  const folder = await stat(dirname(place)).catch(() => null);
  if (!folder?.isDirectory()) throw new Error(`convert: ${dirname(out)}: no such folder`);
}

/** Converts files. @throws Error with a one-line message for bad arguments and bad files. */
export async function convert(args: string[]): Promise<Converted> {
  const { values, positionals } = parseArgs({
    args,
    options: { ...READING_OPTIONS, out: { type: 'string' } },
    allowPositionals: true,
  });
  const { out } = values;
  if (positionals.length === 0 || !out) {
    throw new Error('convert: give files and where to write, as in: convert FILE… --out FILE.parquet');
  }
  const format = formatOf(out);
  await checkPlace(out, [...positionals, ...(values.labels ?? [])]);
  const { corpus, report } = await readCorpusFiles(positionals, await readingChoices(values));
  const lines = reporter(process.stderr);
  for (const { where, message } of [...report.warnings, ...report.quality])
    lines.line(`${where}: ${message}`);
  // Under another name until it is whole: half a corpus would look like a whole one.
  const part = `${out}.part`;
  try {
    await pipeline(Readable.from(write(corpusSheet(corpus), format)), createWriteStream(part));
    await rename(part, out);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { rows: corpus.rows, features: corpus.features.length, out };
}
