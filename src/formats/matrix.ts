/**
 * The values of all rows while they are read: one array that is allocated with room for what is expected, so that a
 * large corpus is in memory once. Knows neither bytes nor columns.
 */
import { allocateValues } from './memory.ts';
import { FormatError } from './report.ts';

/** Values; what is allocated before anything is known about the number of rows, and before much is. */
const FIRST = 2 ** 18;
const SECOND = 2 ** 21;
/** Values; a filled part up to here is copied into an array of its own size. */
const SMALL = 2 ** 22;
/** Share of the array that may be left over. */
const MOST_WASTE = 0.03;
/** Bytes; engines have no larger buffers. */
const LARGEST = 2 ** 32 - 1;

const bytesOf = (values: number) => values * Float32Array.BYTES_PER_ELEMENT;

export class Matrix {
  /** `[capacity, width]`, row-major. */
  values: Float32Array = new Float32Array(0);
  private growth = 1.03;

  constructor(
    readonly width: number,
    private readonly allocate: (length: number) => Float32Array = allocateValues,
  ) {}

  /**
   * Makes room for `rows` rows. `expected` guesses the whole; with a good guess the array is allocated three times,
   * twice of them while it is small. `file` is the one that is read, for the error.
   * @throws FormatError where there is no such memory, or clearly will not be.
   */
  reserve(rows: number, expected: number, file: string): void {
    const { width } = this;
    if (rows * width <= this.values.length) return;
    const informed = this.values.length >= SECOND;
    const likely = Math.max(expected, rows);
    if (bytesOf(rows * width) > LARGEST || (informed && bytesOf(likely * width) > 1.05 * LARGEST)) {
      this.refuse(likely, file);
    }
    let target = Math.ceil(likely * 1.02) + 4;
    if (!informed)
      target = Math.min(target, Math.ceil((this.values.length < FIRST ? FIRST : SECOND) / width));
    else {
      // A guess that keeps being too low must not cost a copy for every row.
      target = Math.max(target, Math.ceil((this.values.length / width) * this.growth));
      this.growth = Math.min(1.5, 2 * this.growth - 1);
    }
    target = Math.max(rows, Math.min(target, Math.floor(LARGEST / bytesOf(width))));
    const larger = this.room(target * width, likely, file);
    larger.set(this.values);
    this.values = larger;
  }

  /** The first `rows` rows: a view where little or nothing is left over behind them, else a copy. */
  filled(rows: number, file: string): Float32Array {
    const length = rows * this.width;
    const { values } = this;
    if (length === values.length) return values;
    if (length > SMALL && values.length - length <= MOST_WASTE * values.length)
      return values.subarray(0, length);
    const exact = this.room(length, rows, file);
    exact.set(values.subarray(0, length));
    return exact;
  }

  private room(length: number, rows: number, file: string): Float32Array {
    try {
      return this.allocate(length);
    } catch (error) {
      if (error instanceof RangeError) this.refuse(rows, file);
      throw error;
    }
  }

  private refuse(rows: number, file: string): never {
    const shape = [rows, this.width].map((n) => Math.round(n).toLocaleString('en-GB')).join(' × ');
    const gigabytes = (bytesOf(rows * this.width) / 1e9).toPrecision(2);
    throw new FormatError(
      { file },
      `about ${shape} values, which need ${gigabytes} GB of memory`,
      `a table that fits in memory, and in ${(LARGEST / 1e9).toPrecision(2)} GB at most`,
      'Read fewer rows, or extract a smaller feature set.',
    );
  }
}
