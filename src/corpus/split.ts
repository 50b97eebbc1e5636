/**
 * Splits of a corpus into rows to learn from and rows to be tested on. A split comes before any balancing and any
 * scaling. Knows nothing of labels and features; which rows are the same is told by `duplicates.ts`.
 */
import type { NamedColumn } from './corpus.ts';
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

/** Folds whose two sides have no row in common, not even under two numbers. */
export interface ApartFolds {
  readonly folds: readonly Fold[];
  /** How many rows of the corpus one fold or more may not learn from, because a held-out row is the same. */
  readonly dropped: number;
}

/**
 * Takes out of each fold's training rows those that equal one of its held-out rows: the same recording under two names
 * would be learned by heart. `twins` has a number for every row, shared by equal ones (`twinNumbers`); it is to be of
 * the rows in the units of their file, as a scale of each speaker's own makes equal rows differ. A fold may be left
 * with no row to learn from.
 */
export function keepTwinsApart(folds: readonly Fold[], twins: Int32Array): ApartFolds {
  const dropped = new Set<number>();
  const apart = folds.map((fold) => {
    const heldOut = new Set(Array.from(fold.test, (row) => twins[row]));
    const train = fold.train.filter((row) => {
      if (!heldOut.has(twins[row])) return true;
      dropped.add(row);
      return false;
    });
    return { ...fold, train };
  });
  return { folds: apart, dropped: dropped.size };
}
