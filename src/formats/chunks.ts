/** A file's bytes as chunks that are asked for one by one. Knows nothing of what they mean. */

export type Chunk = Uint8Array<ArrayBuffer>;
export type Chunks = AsyncGenerator<Chunk, void, undefined>;

/** A stream of a file's bytes: `file.stream()`, or `Readable.toWeb(createReadStream(path))` in Node. */
export type ByteStream = ReadableStream<Uint8Array>;

/** The chunks of a stream, each told to `onBytes` by its length; the stream is let go however the reading ends. */
export async function* chunksOf(
  stream: ByteStream,
  onBytes: (n: number) => void,
  signal?: AbortSignal,
): Chunks {
  const reader = stream.getReader();
  let open = true;
  try {
    while (open) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) open = false;
      else if (value.length > 0) {
        onBytes(value.length);
        yield value as Chunk;
      }
    }
  } finally {
    // Also reached when the reader of these chunks stops early: the file must be let go.
    if (open) await reader.cancel().catch(() => undefined);
  }
}
