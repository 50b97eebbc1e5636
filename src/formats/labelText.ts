/**
 * The lines of a label file, and what kind of file its first lines show. Streams; knows no labels.
 */
import { CR, LF } from './ascii.ts';
import { textOf } from './bytes.ts';
import type { InputFile } from './input.ts';
import { FormatError } from './report.ts';

/** One line without its end. */
export interface Line {
  readonly bytes: Uint8Array;
  /** Counted from 1. */
  readonly number: number;
}

/** What a line, the first that decides, shows of its file; null where it decides nothing. */
export type LabelKind = 'iemocap' | 'msp-improv' | 'arff' | 'delimited';

const LONGEST_LINE = 2 ** 20;

const IEMOCAP_HEADER = /^%\s*\[START_TIME\b/i;
const IEMOCAP_TURN = /^\[\s*\d+(\.\d+)?\s*-\s*\d+(\.\d+)?\s*\]\s+\S+\s+\w+\s+\[/;
/** A turn in one rater's own file. */
const IEMOCAP_RATER = /^Ses\d+[FM]_\w+\s+:\s*[a-z]/i;
const MSP_IMPROV_TURN = /^(UTD|MSP)-IMPROV-[\w-]+(\.\w+)?\s*;/i;

/** The kind of file that a line belongs to; null for blank lines and comments, which say nothing. */
export function kindOfLine(text: string): LabelKind | null {
  const line = text.replace(/^\uFEFF/, '').trim();
  if (IEMOCAP_HEADER.test(line) || IEMOCAP_TURN.test(line) || IEMOCAP_RATER.test(line)) return 'iemocap';
  if (MSP_IMPROV_TURN.test(line)) return 'msp-improv';
  if (/^@(relation|attribute)\b/i.test(line)) return 'arff';
  return line === '' || line.startsWith('%') ? null : 'delimited';
}

function refuseEndless(file: string, line: number): never {
  throw new FormatError(
    { file, line },
    `a line of more than ${LONGEST_LINE / 2 ** 20} MB`,
    'a line for each utterance, with its labels',
    'Choose the file with the labels.',
  );
}

/**
 * The lines of a file, unpacked and in UTF-8, a batch for each chunk that arrives.
 * @throws FormatError for empty, binary and damaged files and for a line that never ends; the signal's reason where
 * it is aborted.
 */
export async function* linesOf(
  input: InputFile,
  signal?: AbortSignal,
): AsyncGenerator<Line[], void, undefined> {
  let rest: Uint8Array = new Uint8Array(0);
  let number = 1;
  const line = (bytes: Uint8Array, start: number, end: number): Line => ({
    bytes: bytes.subarray(start, end > start && bytes[end - 1] === CR ? end - 1 : end),
    number: number++,
  });
  const chunks = textOf(
    input.stream(),
    input.name,
    () => undefined,
    signal,
    () => input.stream(),
  );
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(rest.length + chunk.length);
    bytes.set(rest);
    bytes.set(chunk, rest.length);
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LF, rest.length); end >= 0; end = bytes.indexOf(LF, start)) {
      lines.push(line(bytes, start, end));
      start = end + 1;
    }
    rest = bytes.subarray(start);
    if (rest.length > LONGEST_LINE) refuseEndless(input.name, number);
    yield lines;
    signal?.throwIfAborted();
  }
  if (rest.length > 0) yield [line(rest, 0, rest.length)];
}
