import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Chunks } from './chunks.ts';
import { gunzip } from './gzip.ts';
import { FormatError } from './report.ts';

const Native = globalThis.DecompressionStream;
afterEach(() => vi.unstubAllGlobals());

/** A browser's stream: it takes one member, and any byte behind it is an error. */
class OneMember {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;

  constructor() {
    const through = new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        buffered.push(chunk);
        const size = ends.find((end) => end <= sizeOf(buffered));
        if (size === undefined) return;
        const whole = Buffer.concat(buffered);
        const member = new ReadableStream<BufferSource>({
          start: (c) => {
            c.enqueue(whole.subarray(0, size));
            c.close();
          },
        });
        for await (const part of member.pipeThrough(new Native('gzip'))) controller.enqueue(part);
        if (whole.length > size) throw new TypeError('Junk found after end of compressed data.');
      },
      flush() {
        if (!ends.some((end) => end === sizeOf(buffered)))
          throw new TypeError('Compressed input was truncated.');
      },
    });
    const buffered: Uint8Array[] = [];
    const sizeOf = (parts: readonly Uint8Array[]) => parts.reduce((n, p) => n + p.length, 0);
    this.readable = through.readable;
    this.writable = through.writable;
  }
}
/** Where the first member of the present archive ends, for `OneMember`. */
let ends: number[] = [];

async function* cut(bytes: Uint8Array, size: number): Chunks {
  for (let at = 0; at < bytes.length; at += size) yield new Uint8Array(bytes.subarray(at, at + size));
}

async function unpack(bytes: Uint8Array, size = 1000): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of gunzip(cut(bytes, size), () => cut(bytes, size), 'x.gz')) parts.push(part);
  return Buffer.concat(parts);
}

const refused = async (bytes: Uint8Array, size?: number) => {
  const error = await unpack(bytes, size).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(FormatError);
  return error as FormatError;
};

const text = (n: number) =>
  Buffer.from(Array.from({ length: n }, (_, i) => `${i},${(i * 7919) % 1000}\n`).join(''));

describe.each(['this engine', 'a browser'] as const)('gunzip in %s', (engine) => {
  const begin = (first: Uint8Array) => {
    ends = [first.length];
    if (engine === 'a browser') vi.stubGlobal('DecompressionStream', OneMember);
  };

  it('reads any members in any chunks, with or without zeros behind them', async () => {
    const member = fc.record({
      content: fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc.constant(new Uint8Array(70_000)),
        fc.constant(text(3000)),
      ),
      level: fc.constantFrom(0, 1, 9),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { minLength: 1, maxLength: 5 }),
        fc.nat(20),
        fc.constantFrom(100, 1000, 16_384, 1e6),
        async (members, zeros, size) => {
          const packed = members.map(({ content, level }) => gzipSync(content, { level }));
          begin(packed[0]);
          const whole = Buffer.concat([...packed, Buffer.alloc(zeros)]);
          const content = Buffer.concat(members.map((m) => m.content));
          expect((await unpack(whole, size)).equals(content)).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('reads thousands of tiny members, as bgzip may write', async () => {
    const tiny = gzipSync('a\n');
    begin(tiny);
    const content = await unpack(Buffer.concat(Array.from({ length: 9000 }, () => tiny)), 2 ** 18);
    expect(content.length).toBe(18_000);
  });

  it('refuses an archive with any byte of it changed or cut off', async () => {
    const packed = Buffer.concat([gzipSync(text(40)), gzipSync(text(20))]);
    const first = gzipSync(text(40)).length;
    const content = Buffer.concat([text(40), text(20)]);
    begin(packed.subarray(0, first));
    // The first header's time, flags for speed and system carry nothing.
    const silent = (i: number) => (i >= 4 && i <= 9) || (i >= first + 4 && i <= first + 9);
    for (let i = 0; i < packed.length; i++) {
      if (i !== first) await refused(packed.subarray(0, i || 1));
      if (silent(i)) continue;
      const changed = Buffer.from(packed);
      changed[i] ^= 0x41;
      const got = await unpack(changed).catch((e: unknown) => e);
      if (Buffer.isBuffer(got)) expect(got.equals(content), `byte ${i}`).toBe(true);
      else expect(got).toBeInstanceOf(FormatError);
    }
  });

  it.each([
    ['text', Buffer.from('garbage')],
    ['one byte', Buffer.from('x')],
    ['half a magic number', Buffer.of(0x1f)],
    ['zeros and text', Buffer.from('\0\0\0\0\0x')],
    ['zeros and a member', Buffer.concat([Buffer.alloc(12), gzipSync('a')])],
  ])('refuses %s behind the end', async (_, behind) => {
    const member = gzipSync(text(10));
    begin(member);
    const error = await refused(Buffer.concat([member, behind]));
    expect(error.message).toContain('x.gz: found a gzip archive that cannot be unpacked');
    expect(error.advice).toContain('copy or download it again');
  });

  it('hands on what reading the file throws, and stops where it is told to', async () => {
    const member = gzipSync(text(10));
    begin(member);
    async function* failing(): Chunks {
      yield new Uint8Array(member.subarray(0, 20));
      throw new DOMException('gone', 'NotReadableError');
    }
    const read = async (chunks: Chunks, signal?: AbortSignal) => {
      for await (const _ of gunzip(chunks, failing, 'x.gz', signal));
    };
    await expect(read(failing())).rejects.toMatchObject({ name: 'NotReadableError' });
    await expect(read(cut(member, 10), AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
