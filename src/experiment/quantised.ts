/**
 * Sets of samples in a byte a number: each column of each type between its least and its greatest value over all
 * moments, and of a row that the moment before has too only what has changed, which compresses well. Knows no file.
 */
import { SYNTHETIC_TYPES, type Synthetic, type SyntheticSets, type SyntheticType } from './events.ts';

const LEVELS = 255;
const ORIGIN_BYTES = 4;

/** Rows of each type in a moment. */
export type RowCounts = Readonly<Record<SyntheticType, number>>;

/** Bytes of moments with so many rows; ranges first, then every moment's classes, origins and values. */
export function quantisedBytes(moments: readonly RowCounts[], columns: number): number {
  const ranges = SYNTHETIC_TYPES.length * columns * 2 * Float32Array.BYTES_PER_ELEMENT;
  const rows = moments.reduce((sum, { A, B, C }) => sum + A + B + C, 0);
  return ranges + rows * (1 + ORIGIN_BYTES + columns);
}

/** `[columns, 2]`: least and greatest finite value of each column over all sets; 0, 0 where there is none. */
function columnRanges(sets: readonly Synthetic[], columns: number): Float32Array {
  const ranges = new Float32Array(2 * columns);
  for (let c = 0; c < columns; c++) {
    let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { values } of sets) {
      for (let i = c; i < values.length; i += columns) {
        if (!Number.isFinite(values[i])) continue;
        least = Math.min(least, values[i]);
        greatest = Math.max(greatest, values[i]);
      }
    }
    if (least <= greatest) ranges.set([least, greatest], 2 * c);
  }
  return ranges;
}

/** Writes one type of all moments; `take` gives the next so many bytes to fill. */
function quantiseType(
  sets: readonly Synthetic[],
  columns: number,
  take: (bytes: number) => Uint8Array,
): void {
  const ranges = columnRanges(sets, columns);
  const view = viewOf(take(ranges.byteLength));
  ranges.forEach((limit, i) => {
    view.setFloat32(4 * i, limit, true);
  });
  let before = new Uint8Array();
  for (const { rows, values, classes, origin } of sets) {
    take(rows).set(classes);
    const origins = viewOf(take(ORIGIN_BYTES * rows));
    origin.forEach((row, i) => {
      origins.setUint32(ORIGIN_BYTES * i, row, true);
    });
    const codes = Uint8Array.from(values, (value, i) => {
      const least = ranges[2 * (i % columns)];
      const share = (value - least) / (ranges[2 * (i % columns) + 1] - least);
      // What is not finite lies at the edge of the range; a column of one value has no range.
      return Math.round(LEVELS * Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)));
    });
    const bytes = take(codes.length);
    bytes.set(codes);
    if (before.length === codes.length) for (let i = 0; i < bytes.length; i++) bytes[i] -= before[i];
    before = codes;
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);

/** Hands out the bytes of an array one piece after another. */
function pieces(bytes: Uint8Array): (length: number) => Uint8Array {
  let at = 0;
  return (length) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
}

/** The bytes of these moments' samples, `quantisedBytes` long. */
export function quantise(moments: readonly SyntheticSets[], columns: number): Uint8Array {
  const counts = moments.map(({ A, B, C }) => ({ A: A.rows, B: B.rows, C: C.rows }));
  const bytes = new Uint8Array(quantisedBytes(counts, columns));
  const take = pieces(bytes);
  for (const type of SYNTHETIC_TYPES) {
    quantiseType(
      moments.map((sets) => sets[type]),
      columns,
      take,
    );
  }
  return bytes;
}

/** Reads one type of all moments back. */
function restoreType(
  rowsOf: readonly number[],
  columns: number,
  take: (bytes: number) => Uint8Array,
): Synthetic[] {
  const limits = viewOf(take(2 * columns * Float32Array.BYTES_PER_ELEMENT));
  const ranges = Float32Array.from({ length: 2 * columns }, (_, i) => limits.getFloat32(4 * i, true));
  let before = new Uint8Array();
  return rowsOf.map((rows) => {
    const classes = Int8Array.from(take(rows));
    const origins = viewOf(take(ORIGIN_BYTES * rows));
    const origin = Int32Array.from({ length: rows }, (_, i) => origins.getUint32(ORIGIN_BYTES * i, true));
    const codes = Uint8Array.from(take(rows * columns));
    if (before.length === codes.length) for (let i = 0; i < codes.length; i++) codes[i] += before[i];
    before = codes;
    const values = Float32Array.from(codes, (code, i) => {
      const least = ranges[2 * (i % columns)];
      return least + (code / LEVELS) * (ranges[2 * (i % columns) + 1] - least);
    });
    return { rows, columns, values, classes, origin };
  });
}

/** Samples from their bytes, of which there must be `quantisedBytes`; what they say is not checked. */
export function restore(bytes: Uint8Array, counts: readonly RowCounts[], columns: number): SyntheticSets[] {
  const take = pieces(bytes);
  const [A, B, C] = SYNTHETIC_TYPES.map((type) =>
    restoreType(
      counts.map((rows) => rows[type]),
      columns,
      take,
    ),
  );
  return counts.map((_, i) => ({ A: A[i], B: B[i], C: C[i] }));
}
