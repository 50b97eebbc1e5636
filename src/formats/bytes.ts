/**
 * From a stream as stored to chunks of UTF-8 text: counts what was read, unpacks gzip, turns UTF-16 and old
 * Mac line ends into the usual ones. Knows nothing of cells; the same in a browser's worker and in Node.
 */
import { CR, LF } from './ascii.ts';
import { type ByteStream, type Chunk, type Chunks, chunksOf } from './chunks.ts';
import { gunzip } from './gzip.ts';
import { hasUtf8Mark, isGzip, refuseBinary, utf16Encoding } from './sniff.ts';

export type { ByteStream };

const PEEK = 512;

/** The first bytes (`PEEK` of them, fewer in a shorter file) and the chunks with those bytes still in front. */
async function peek(chunks: Chunks): Promise<{ head: Chunk; chunks: Chunks }> {
  let head: Chunk = new Uint8Array(0);
  while (head.length < PEEK) {
    const { done, value } = await chunks.next();
    if (done) break;
    head = joined(head, value);
  }
  async function* whole(): Chunks {
    if (head.length > 0) yield head;
    yield* chunks;
  }
  return { head, chunks: whole() };
}

async function* fromUtf16(chunks: Chunks, encoding: string): Chunks {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

async function* withoutMark(chunks: Chunks): Chunks {
  let first = true;
  for await (const chunk of chunks) {
    yield first ? chunk.subarray(3) : chunk;
    first = false;
  }
}

/** True for a lone carriage return as line end, false for a line feed, null where no line has ended yet. */
function loneReturn(chunk: Chunk): boolean | null {
  const lf = chunk.indexOf(LF);
  const cr = chunk.indexOf(CR);
  if (lf >= 0) return cr >= 0 && cr < lf - 1;
  return cr >= 0 && cr < chunk.length - 1 ? true : null;
}

/** Line ends of old Macs (a lone carriage return) as line feeds. */
async function* withLineFeeds(chunks: Chunks): Chunks {
  let lone: boolean | null = null;
  /** What a first carriage return ends, before it is known whether a line feed follows. */
  let held: Chunk | null = null;
  for await (const chunk of chunks) {
    const whole: Chunk = held ? joined(held, chunk) : chunk;
    lone ??= loneReturn(whole);
    held = lone === null && whole.at(-1) === CR ? whole : null;
    if (!held) yield lone ? lineFeeds(whole) : whole;
  }
  if (held) yield lineFeeds(held);
}

const lineFeeds = (chunk: Chunk): Chunk => chunk.map((b) => (b === CR ? LF : b));

function joined(a: Chunk, b: Chunk): Chunk {
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

/** Counts bytes over passes from the beginning: those that an earlier pass has read are not told again. */
function countOnce(onBytes: (n: number) => void) {
  let told = 0;
  return () => {
    let at = 0;
    return (n: number) => {
      at += n;
      if (at <= told) return;
      onBytes(at - told);
      told = at;
    };
  };
}

/**
 * The text of a file as chunks of UTF-8 bytes without byte order mark. `onBytes` hears of every chunk of the
 * file as stored. `again` gives the stream anew: a gzip archive of several members may need a second pass.
 * @throws FormatError for empty, binary and damaged files; the signal's reason where it is aborted.
 */
export async function* textOf(
  stream: ByteStream,
  file: string,
  onBytes: (n: number) => void,
  signal: AbortSignal | undefined,
  again: () => ByteStream,
): Chunks {
  const count = countOnce(onBytes);
  let { head, chunks } = await peek(chunksOf(stream, count(), signal));
  if (isGzip(head)) {
    const anew = () => chunksOf(again(), count(), signal);
    ({ head, chunks } = await peek(gunzip(chunks, anew, file, signal)));
  }
  refuseBinary(head, file);
  const encoding = utf16Encoding(head);
  if (encoding) chunks = fromUtf16(chunks, encoding);
  else if (hasUtf8Mark(head)) chunks = withoutMark(chunks);
  yield* withLineFeeds(chunks);
}
