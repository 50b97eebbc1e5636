/** Help for the tests of the readers: files made of text or bytes. */
import type { InputFile } from './input.ts';
import { readCorpus } from './readCorpus.ts';
import { FormatError, type ReadResult } from './report.ts';

/** A stream that gives some bytes in chunks of at most `size`. */
export function streamOf(bytes: Uint8Array, size = bytes.length || 1): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

/** A file in memory that gives its bytes in chunks of at most `size`. */
export function fileOf(content: string | Uint8Array, name = 'test.csv', size?: number): InputFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    bytes: bytes.length,
    stream: () => streamOf(bytes, size),
    slice: async (start, end) => bytes.slice(start, end).buffer as ArrayBuffer,
  };
}

/** Reads text, or bytes, as a file. */
export const readText = (content: string | Uint8Array, file?: string, size?: number): Promise<ReadResult> =>
  readCorpus([fileOf(content, file, size)]);

/** The error that reading some text or bytes gives. @throws where it gives none, or another kind. */
export async function refusal(
  content: string | Uint8Array,
  file?: string,
  size?: number,
): Promise<FormatError> {
  const error = await readText(content, file, size).then(
    () => null,
    (e: unknown) => e,
  );
  if (error instanceof FormatError) return error;
  throw new Error(`expected a FormatError, got ${error}`);
}

/** Codes of what was noticed and of what is at fault. */
export const codes = ({ report }: ReadResult): string[] =>
  [...report.warnings, ...report.quality].map(({ code }) => code);

/** The warning, or the fault, with a code. @throws where there is none. */
export function warning(result: ReadResult, code: string) {
  const found = [...result.report.warnings, ...result.report.quality].find((w) => w.code === code);
  if (!found) throw new Error(`no ${code} among ${codes(result).join(', ')}`);
  return found;
}
