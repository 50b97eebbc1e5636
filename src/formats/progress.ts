/** How far the reading of several files has come, and how many rows it will give. Lets cancellations in. */
import type { InputFile } from './input.ts';
import type { ReadProgress } from './report.ts';
import { checkLength } from './steadyFile.ts';

/** Milliseconds of work between two moments at which the page is told and may cancel. */
const WORK_MS = 50;

export interface ProgressOptions {
  readonly onProgress?: (progress: ReadProgress) => void;
  readonly signal?: AbortSignal;
}

export class Progress {
  private readonly bytesTotal: number;
  /** Bytes of the files that are done with, and of the present one as stored and as text. */
  private done = 0;
  private stored = 0;
  private text = 0;
  private bytes = 0;
  private unpacked: number | null = null;
  private told = performance.now();

  constructor(
    private readonly files: readonly InputFile[],
    private readonly options: ProgressOptions,
  ) {
    this.bytesTotal = files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Begins a file. `unpacked` is the length of its text where a gzip archive says so; it may be that of a part. */
  begin(index: number, unpacked: number | null = null): void {
    this.unpacked = unpacked;
    this.bytes = this.files[index].bytes;
    this.stored = 0;
    this.text = 0;
  }

  /** More bytes of the present file, as stored. */
  add(bytes: number): void {
    this.stored += bytes;
  }

  /** More bytes of its text. */
  arrived(bytes: number): void {
    this.text += bytes;
  }

  /** Ends a file; `again` where it will be read later on, and then counts. */
  end(again: boolean): void {
    if (!again) this.done += this.bytes;
    this.stored = 0;
    this.bytes = 0;
  }

  /** @throws FormatError where the present file, read to its end, gave more or fewer bytes than it had. */
  check(index: number): void {
    checkLength(this.files[index], this.stored);
  }

  /**
   * Guesses the rows of all files in the end, those before the present file being `rowsBefore`.
   * @param consumed bytes of text behind which `rows` rows of the present file lie, and those of its head.
   */
  expectedRows(
    rowsBefore: number,
    rows: number,
    consumed: { readonly all: number; readonly head: number },
  ): number {
    if (rows === 0 || this.stored === 0) return rowsBefore + 1;
    const textTotal = Math.max(this.text, this.textTotal());
    const perRow = (consumed.all - consumed.head) / rows;
    const withThis = rowsBefore + rows + (textTotal - consumed.all) / perRow;
    const later = this.bytesTotal - this.done - this.bytes;
    return withThis * (1 + later / (this.done + this.bytes));
  }

  /** What an archive says where it is likely; otherwise what goes by the share read, which runs ahead of its text. */
  private textTotal(): number {
    const byShare = (this.bytes * this.text) / this.stored;
    const said = this.unpacked ?? 0;
    return said > 0.9 * byShare && said < 1.5 * byShare ? said : byShare;
  }

  /** Tells `stored` bytes of the present file and `rows` rows of all. */
  tell(rows: number, stored = this.stored): void {
    const bytesRead = Math.min(this.bytesTotal, this.done + stored);
    this.options.onProgress?.({ bytesRead, bytesTotal: this.bytesTotal, rows });
    this.told = performance.now();
  }

  /** After a piece of work: from time to time tells, and lets a waiting cancellation in. @throws the signal's reason */
  async pause(rows: number): Promise<void> {
    if (performance.now() - this.told < WORK_MS) return;
    this.tell(rows);
    await new Promise((resolve) => setTimeout(resolve));
    this.options.signal?.throwIfAborted();
  }
}
