/** Files that may change or go away while they are read: what their reading throws becomes an error with an address. */
import type { ByteStream } from './chunks.ts';
import type { InputFile } from './input.ts';
import { FormatError } from './report.ts';

const refusal = (file: string, found: string) =>
  new FormatError(
    { file },
    found,
    'a file that stays as it is while it is read',
    'Wait until the program that writes it has ended, and choose it again.',
  );

function gone(file: string, error: unknown): FormatError {
  const message = error instanceof Error ? error.message : String(error);
  return refusal(file, `a file that changed or cannot be read (${message})`);
}

function guarded(stream: ByteStream, file: string): ByteStream {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(gone(file, error));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // One chunk is fetched while the one before is worked on.
    { highWaterMark: 1 },
  );
}

/** The same file, whose errors are FormatErrors that name it. */
export const steadyFile = (input: InputFile): InputFile => ({
  name: input.name,
  bytes: input.bytes,
  stream: () => guarded(input.stream(), input.name),
  slice: async (start, end) => {
    try {
      return await input.slice(start, end);
    } catch (error) {
      throw gone(input.name, error);
    }
  },
});

/** @throws FormatError where a file gave more or fewer bytes than it had. */
export function checkLength({ name, bytes }: InputFile, read: number): void {
  if (read === bytes) return;
  const sizes = [read, bytes].map((n) => n.toLocaleString('en-GB'));
  throw refusal(name, `${sizes[0]} bytes where there were ${sizes[1]}`);
}
