/**
 * Splits of a corpus into rows to learn from and rows to be tested on. A split comes before any balancing and any
 * scaling. Knows nothing of labels, and of features only whether two rows are the same.
 */
import type { Matrix, NamedColumn } from './corpus.ts';
import type { Random } from './random.ts';

/** One split; `train` and `test` are ascending row indices without a common row. */
export interface Fold {
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** The speaker held out; null where the corpus names too few and the rows were split by chance. */
  readonly speaker: string | null;
}

const FOLDS_WITHOUT_SPEAKERS = 5;

/** The part of each row to one fold per part that occurs; rows of part −1 are on neither side. */
function foldsOf(parts: Int32Array, count: number, names: readonly string[] | null): Fold[] {
  const folds: Fold[] = [];
  for (let p = 0; p < count; p++) {
    const train: number[] = [];
    const test: number[] = [];
    parts.forEach((part, row) => {
      if (part === p) test.push(row);
      else if (part >= 0) train.push(row);
    });
    if (test.length > 0) {
      folds.push({ train: Int32Array.from(train), test: Int32Array.from(test), speaker: names?.[p] ?? null });
    }
  }
  return folds;
}

/**
 * One fold per speaker: he is tested, the others are learned from. Rows of unknown speaker are on neither
 * side, because they might be his. Where there are fewer than two speakers, five folds of rows drawn by
 * chance instead (fewer where there are fewer rows), `random` being used only then; these may share a
 * speaker, so their scores are optimistic.
 * @throws where there are fewer than two rows, which nothing can split.
 */
export function leaveOneSpeakerOut(speakers: NamedColumn | null, rows: number, random: Random): Fold[] {
  if (rows < 2) throw new Error(`A corpus of ${rows} rows cannot be split: two are needed at least.`);
  if (speakers) {
    const folds = foldsOf(speakers.index, speakers.names.length, speakers.names);
    if (folds.length >= 2) return folds;
  }
  const count = Math.min(FOLDS_WITHOUT_SPEAKERS, rows);
  const parts = new Int32Array(rows);
  random.permutation(rows).forEach((row, i) => {
    parts[row] = i % count;
  });
  return foldsOf(parts, count, null);
}

/** The bits of a float32 −0, which equals 0 although theirs differ. */
const NEGATIVE_ZERO = 0x80000000;

/** For every row of `x` the first row that is equal to it in every feature, often itself. */
function firstTwins({ rows, columns, values }: Matrix): Int32Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const equal = (a: number, b: number) => {
    for (let c = 0; c < columns; c++) if (values[a * columns + c] !== values[b * columns + c]) return false;
    return true;
  };
  const firstOfHash = new Map<number, number[]>();
  return Int32Array.from({ length: rows }, (_, row) => {
    let hash = 0x811c9dc5;
    for (let i = row * columns; i < (row + 1) * columns; i++) {
      hash = Math.imul(hash ^ (bits[i] === NEGATIVE_ZERO ? 0 : bits[i]), 0x01000193);
      // The product carries differences to higher bits only.
      hash ^= hash >>> 15;
    }
    const candidates = firstOfHash.get(hash) ?? [];
    const twin = candidates.find((candidate) => equal(candidate, row));
    if (twin !== undefined) return twin;
    firstOfHash.set(hash, [...candidates, row]);
    return row;
  });
}

/** Folds whose two sides have no row in common, not even under two numbers. */
export interface ApartFolds {
  readonly folds: readonly Fold[];
  /** How many rows of the corpus one fold or more may not learn from, because a held-out row is the same. */
  readonly dropped: number;
}

/**
 * Takes out of each fold's training rows those that equal one of its held-out rows in every feature of `x`
 * `[rows, features]`: the same recording under two names would be learned by heart. A fold may be left with no row
 * to learn from.
 */
export function keepTwinsApart(folds: readonly Fold[], x: Matrix): ApartFolds {
  const twin = firstTwins(x);
  const dropped = new Set<number>();
  const apart = folds.map((fold) => {
    const heldOut = new Set(Array.from(fold.test, (row) => twin[row]));
    const train = fold.train.filter((row) => {
      if (!heldOut.has(twin[row])) return true;
      dropped.add(row);
      return false;
    });
    return { ...fold, train };
  });
  return { folds: apart, dropped: dropped.size };
}
