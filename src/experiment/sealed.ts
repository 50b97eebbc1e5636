/**
 * The envelope of a stored file of our own: what it is, of which version, whole or not, and gzip around its content.
 * Knows nothing of the content.
 *
 * Four letters; one byte of version; CRC-32 of all that follows; length of the content (both 32 bits, little-endian);
 * the content, compressed.
 */
import { Gunzip, gzipSync } from 'fflate';
import { crc32 } from '../formats/crc.ts';

/** What kind of file it is. */
export interface Seal {
  /** Four ASCII letters at the beginning. */
  readonly letters: string;
  /** Version that is written; others are refused. */
  readonly version: number;
  /** What it is called in messages, e.g. "recorded run". */
  readonly what: string;
  /** Bytes of content at most. */
  readonly limit: number;
}

const CRC_AT = 5;
const LENGTH_AT = 9;
const CONTENT_AT = 13;
/** Compressed bytes that are unpacked at once: a file that claims less than it holds is given up soon. */
const CHUNK = 4096;

/** Bytes of a file with this content; the same content gives the same bytes. */
export function seal(content: Uint8Array, { letters, version }: Seal): Uint8Array {
  const packed = gzipSync(content, { level: 9, mtime: 0 });
  const file = new Uint8Array(CONTENT_AT + packed.length);
  file.set(new TextEncoder().encode(letters));
  file[letters.length] = version;
  const view = new DataView(file.buffer);
  view.setUint32(LENGTH_AT, content.length, true);
  file.set(packed, CONTENT_AT);
  view.setUint32(CRC_AT, crc32(file.subarray(LENGTH_AT)), true);
  return file;
}

function unpack(packed: Uint8Array, length: number): Uint8Array {
  const content = new Uint8Array(length);
  let filled = 0;
  const stream = new Gunzip((part) => {
    if (filled + part.length > length) throw new RangeError('more than was announced');
    content.set(part, filled);
    filled += part.length;
  });
  for (let at = 0; at < packed.length; at += CHUNK) {
    stream.push(packed.subarray(at, at + CHUNK), at + CHUNK >= packed.length);
  }
  if (filled < length) throw new RangeError('less than was announced');
  return content;
}

/**
 * The content of a file.
 * @throws a sentence that says what is wrong with it: another kind of file, another version, damaged, too long.
 */
export function unseal(file: Uint8Array, { letters, version, what, limit }: Seal): Uint8Array {
  if (file.length < CONTENT_AT || new TextDecoder().decode(file.subarray(0, letters.length)) !== letters) {
    throw new Error(`This is no ${what}: it does not begin as one does.`);
  }
  const found = file[letters.length];
  if (found !== version) {
    throw new Error(
      `This ${what} is of version ${found}, and version ${version} is read here: ` +
        `${found > version ? 'load the page anew, or update the program' : 'record it again'}.`,
    );
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (view.getUint32(CRC_AT, true) !== crc32(file.subarray(LENGTH_AT))) {
    throw new Error(`This ${what} is damaged: its checksum is not that of its content. Fetch it again.`);
  }
  const length = view.getUint32(LENGTH_AT, true);
  if (length > limit) {
    throw new Error(`This ${what} announces ${length} bytes, and at most ${limit} are read.`);
  }
  try {
    return unpack(file.subarray(CONTENT_AT), length);
  } catch (error) {
    throw new Error(`This ${what} cannot be unpacked: ${error instanceof Error ? error.message : error}.`);
  }
}
