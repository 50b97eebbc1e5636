/** Help for the tests of the readers: files made of text or bytes. */
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

/** Reads text, or bytes, as a file. */
export function readText(
  content: string | Uint8Array,
  file = 'test.csv',
  size?: number,
): Promise<ReadResult> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return readCorpus(streamOf(bytes, size), { file, bytesTotal: bytes.length });
}

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

export const codes = ({ report }: ReadResult): string[] => report.warnings.map((w) => w.code);

/** The warning with a code. @throws where there is none. */
export function warning({ report }: ReadResult, code: string) {
  const found = report.warnings.find((w) => w.code === code);
  if (!found) throw new Error(`no ${code} among ${report.warnings.map((w) => w.code).join(', ')}`);
  return found;
}
