/**
 * Unpacks gzip, of one member or of several (`cat a.gz b.gz`, bgzip). The engine's own stream is the fast way;
 * browsers' stop at the end of the first member, and Node's overlooks what stands behind zeros. Where it fails or
 * may have overlooked something, the archive is read anew by `fflate` and every member's checksum is compared.
 * Knows bytes only.
 */
import { FlateErrorCode, Gunzip } from 'fflate';
import { type Chunk, type Chunks, chunksOf } from './chunks.ts';
import { crc32 } from './crc.ts';
import { FormatError } from './report.ts';

/** Bytes of a member's end: CRC-32 of its content, and the content's length modulo 2^32. */
const TRAILER = 8;
/** Bytes pushed at once: few enough that a run of tiny members, each a call within a call, fits the stack. */
const PIECE = 2 ** 14;
/** Bytes kept before the present ones, to look up the end of a member once the next one's header has been read. */
const KEPT = 2 ** 17;

/** A fault of the archive, not of reading it. */
class Damaged extends Error {}

const message = (error: unknown) => (error instanceof Error ? error.message : 'damaged');

const refusal = (file: string, error: unknown) =>
  new FormatError(
    { file },
    `a gzip archive that cannot be unpacked (${message(error)})`,
    'a whole gzip archive',
    'It is damaged or cut off: copy or download it again, or pack it anew.',
  );

/** What has come out of a member: enough to write its end. */
class Content {
  private crc = 0;
  private length = 0;

  add(bytes: Uint8Array): void {
    this.crc = crc32(bytes, this.crc);
    this.length = (this.length + bytes.length) >>> 0;
  }

  /** The eight bytes with which the member must end. */
  trailer(): Uint8Array {
    const view = new DataView(new ArrayBuffer(TRAILER));
    view.setUint32(0, this.crc, true);
    view.setUint32(4, this.length, true);
    return new Uint8Array(view.buffer);
  }
}

/** How many zeros some bytes end in. */
function zerosAtEnd(bytes: Uint8Array): number {
  let n = 0;
  while (n < bytes.length && bytes[bytes.length - 1 - n] === 0) n++;
  return n;
}

function endsIn(bytes: Uint8Array, end: Uint8Array): boolean {
  const from = bytes.length - end.length;
  return from >= 0 && end.every((b, i) => bytes[from + i] === b);
}

/** `fflate`'s reader of members with what it does not look at: checksums, lengths, and bytes behind the end. */
class Members {
  private readonly gunzip: Gunzip;
  private content = new Content();
  /** The last bytes pushed, up to `position`. */
  private recent: Uint8Array = new Uint8Array(0);
  private position = 0;
  /** Zeros that may be the padding behind the last member: pushed once something follows. */
  private zeros = 0;
  private out: Chunk[] = [];

  constructor() {
    this.gunzip = new Gunzip((bytes) => {
      this.content.add(bytes);
      if (bytes.length > 0) this.out.push(bytes as Chunk);
    });
    this.gunzip.onmember = (offset) => {
      const end = this.recent.length - (this.position - offset);
      this.check(this.recent.subarray(0, Math.max(0, end)));
      this.content = new Content();
    };
  }

  /** What comes out of the next packed bytes. @throws Damaged */
  *push(bytes: Uint8Array): Generator<Chunk, void, undefined> {
    const zeros = zerosAtEnd(bytes);
    if (zeros < bytes.length) {
      for (; this.zeros > 0; this.zeros -= Math.min(this.zeros, PIECE)) {
        yield* this.piece(new Uint8Array(Math.min(this.zeros, PIECE)), false);
      }
      const end = bytes.length - zeros;
      for (let at = 0; at < end; at += PIECE) {
        yield* this.piece(bytes.subarray(at, Math.min(end, at + PIECE)), false);
      }
    }
    this.zeros += zeros;
  }

  /** Ends the archive. @throws Damaged where it is not whole, or is followed by anything but zeros. */
  *finish(): Generator<Chunk, void, undefined> {
    // The end's own zeros, and not so many more that they would be taken for a header.
    const own = new Uint8Array(Math.min(this.zeros, TRAILER));
    try {
      yield* this.piece(own, true);
    } catch (error) {
      // Zeros of the padding are no header, which `check` allows.
      if ((error as { code?: number }).code !== FlateErrorCode.InvalidHeader) throw error;
    }
    const trailer = this.content.trailer();
    if (zerosAtEnd(trailer) > this.zeros) throw new Damaged('its end is missing');
    const bytes = this.recent.subarray(0, this.recent.length - own.length);
    this.check(bytes, trailer.subarray(0, TRAILER - zerosAtEnd(trailer)));
  }

  private check(bytes: Uint8Array, end = this.content.trailer()): void {
    if (!endsIn(bytes, end)) throw new Damaged('its checksum does not fit, or something follows its end');
  }

  private *piece(bytes: Uint8Array, final: boolean): Generator<Chunk, void, undefined> {
    const kept = this.recent.subarray(-KEPT);
    this.recent = new Uint8Array(kept.length + bytes.length);
    this.recent.set(kept);
    this.recent.set(bytes, kept.length);
    this.position += bytes.length;
    this.out = [];
    let fault: { error: unknown } | null = null;
    try {
      // A copy: the reader keeps a view of what it has not used up.
      this.gunzip.push(bytes.slice(), final);
    } catch (error) {
      fault = { error };
    }
    yield* this.out;
    if (fault) throw fault.error;
  }
}

/** The content of a gzip file read strictly, without its first `skip` bytes. @throws FormatError */
async function* strictly(packed: Chunks, skip: number, file: string): Chunks {
  const members = new Members();
  let left = skip;
  const rest = (chunk: Chunk) => {
    const cut = Math.min(left, chunk.length);
    left -= cut;
    return chunk.subarray(cut);
  };
  const unpacked = function* (part: Generator<Chunk, void, undefined>) {
    for (;;) {
      try {
        const { done, value } = part.next();
        if (done) return;
        const chunk = rest(value);
        if (chunk.length > 0) yield chunk;
      } catch (error) {
        throw refusal(file, error);
      }
    }
  };
  for await (const chunk of packed) yield* unpacked(members.push(chunk));
  yield* unpacked(members.finish());
}

function streamOf(chunks: Chunks): ReadableStream<Chunk> {
  return new ReadableStream<Chunk>({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await chunks.return();
    },
  });
}

/** What of the packed bytes is wanted afterwards: the last four, and the error that ended them. */
class Packed {
  private last: Uint8Array = new Uint8Array(0);
  failure: { readonly error: unknown } | null = null;

  async *watch(chunks: Chunks): Chunks {
    try {
      for await (const chunk of chunks) {
        this.last = chunk.length >= 4 ? chunk.slice(-4) : Uint8Array.of(...this.last, ...chunk).slice(-4);
        yield chunk;
      }
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }

  /** The length of the content, modulo 2^32, where the archive has one member and nothing behind it. */
  get length(): number {
    const { buffer, byteLength } = this.last;
    return byteLength === 4 ? new DataView(buffer).getUint32(0, true) : Number.NaN;
  }
}

/**
 * The content of a gzip file.
 * @param packed the file from its beginning.
 * @param again the same once more; asked for at most once, where one pass does not do.
 * @throws FormatError for an archive that is damaged, cut off, or followed by anything but zeros; what reading the
 * chunks throws; the signal's reason where it is aborted.
 */
export async function* gunzip(
  packed: Chunks,
  again: () => Chunks,
  file: string,
  signal?: AbortSignal,
): Chunks {
  const archive = new Packed();
  let given = 0;
  try {
    const stream = streamOf(archive.watch(packed)).pipeThrough(new DecompressionStream('gzip'));
    for await (const chunk of chunksOf(stream, () => undefined, signal)) {
      given += chunk.length;
      yield chunk;
    }
    // One member ends in the length of its content; otherwise there may be more than was read.
    if (archive.length === given % 2 ** 32) return;
  } catch {
    signal?.throwIfAborted();
    if (archive.failure) throw archive.failure.error;
  }
  yield* strictly(again(), given, file);
}
