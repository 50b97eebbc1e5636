/** A file to read, wherever it lies: in a browser (`File`), on a disk (`cli/files.ts`), in memory (tests). */
import type { ByteStream } from './bytes.ts';

export interface InputFile {
  /** Its name for addresses, with its folder where one was dropped. */
  readonly name: string;
  readonly bytes: number;
  /** Its bytes from the beginning, anew at each call. */
  stream(): ByteStream;
  /** The bytes `[start, end)`. */
  slice(start: number, end: number): Promise<ArrayBuffer>;
}

/** A file of the browser's. */
export const inputOf = (file: File): InputFile => ({
  name: file.webkitRelativePath || file.name,
  bytes: file.size,
  stream: () => file.stream(),
  slice: (start, end) => file.slice(start, end).arrayBuffer(),
});
