/**
 * Rows that are the same: within a corpus, where openSMILE's append mode or a copied recording left them, and across
 * corpora, where they tell training the labels of the target. Knows nothing of labels, files or splits.
 */
import type { Matrix } from './corpus.ts';
import { type MatrixView, widthOf } from './match.ts';

/** The bits of a float32 −0, which is to equal 0, and of one NaN for all. */
const NEGATIVE_ZERO = 0x80000000 | 0;
const ONE_NAN = 0x7fc00000;
const INFINITY_BITS = 0x7f800000;

/** Reads a row's values as bits that are the same where the values are; missing values (NaN) count as the same. */
type RowReader = (row: number, into: Int32Array) => void;

function rowReader({ columns, values, picked }: MatrixView): RowReader {
  const bits = new Int32Array(values.buffer, values.byteOffset, values.length);
  const canonical = (cell: number) => {
    if (cell === NEGATIVE_ZERO) return 0;
    return (cell & 0x7fffffff) > INFINITY_BITS ? ONE_NAN : cell;
  };
  return (row, into) => {
    const start = row * columns;
    if (picked) {
      for (let c = 0; c < into.length; c++) into[c] = canonical(bits[start + picked[c]]);
    } else {
      for (let c = 0; c < into.length; c++) into[c] = canonical(bits[start + c]);
    }
  };
}

/** FNV-1a over words. */
function hashOf(words: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) {
    hash = Math.imul(hash ^ words[i], 0x01000193);
    // The product carries differences to higher bits only.
    hash ^= hash >>> 15;
  }
  return hash;
}

const equal = (a: Int32Array, b: Int32Array): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** A row that was the first of its kind. */
interface FirstRow {
  readonly read: RowReader;
  readonly row: number;
  readonly key: string;
  readonly number: number;
}

/** Tells of row after row, all of one width, which earlier one was the same. Takes time in proportion to the values. */
class FirstRows {
  private readonly byHash = new Map<number, FirstRow[]>();
  private readonly own: Int32Array;
  private readonly other: Int32Array;

  constructor(width: number) {
    this.own = new Int32Array(width);
    this.other = new Int32Array(width);
  }

  /** The number under which the first row with this key and these values was noted; that of this one where it is it. */
  first(candidate: FirstRow): number {
    candidate.read(candidate.row, this.own);
    const hash = hashOf(this.own);
    const alike = this.byHash.get(hash);
    const twin = alike?.find(({ read, row, key }) => {
      if (key !== candidate.key) return false;
      read(row, this.other);
      return equal(this.own, this.other);
    });
    if (twin) return twin.number;
    if (alike) alike.push(candidate);
    else this.byHash.set(hash, [candidate]);
    return candidate.number;
  }
}

/**
 * Numbers the rows of matrices of the same columns, end to end: equal rows, in whichever of them, share the number of
 * the first. 0 and −0 are equal.
 */
export function twinNumbers(...parts: readonly MatrixView[]): Int32Array {
  const numbers = new Int32Array(parts.reduce((sum, { rows }) => sum + rows, 0));
  const seen = new FirstRows(parts.length > 0 ? widthOf(parts[0]) : 0);
  let number = 0;
  for (const part of parts) {
    const read = rowReader(part);
    for (let row = 0; row < part.rows; row++, number++) {
      numbers[number] = seen.first({ read, row, key: '', number });
    }
  }
  return numbers;
}

/**
 * Rows, ascending, with the key and the values of an earlier one; values may be missing (NaN). `keys` has the name of
 * each row, with its times where it has some. Only rows whose key occurs again are looked at.
 */
export function duplicateRows(matrix: Matrix, keys: readonly string[]): Int32Array {
  const occurred = new Set<string>();
  const again = new Set<string>();
  for (const key of keys) {
    if (occurred.has(key)) again.add(key);
    occurred.add(key);
  }
  const read = rowReader(matrix);
  const seen = new FirstRows(matrix.columns);
  const duplicates: number[] = [];
  keys.forEach((key, row) => {
    if (again.has(key) && seen.first({ read, row, key, number: row }) !== row) duplicates.push(row);
  });
  return Int32Array.from(duplicates);
}

/** Rows of one corpus that another has as well. */
export interface SharedRows {
  /** Target rows that equal a source row in every column. */
  readonly count: number;
  /** The first of them: `[source row, target row]`. */
  readonly examples: readonly (readonly [number, number])[];
}

const MOST_EXAMPLES = 10;

/** Target rows that equal a source row in every column, both over the same columns; none where there is no column. */
export function sharedRows(source: MatrixView, target: MatrixView): SharedRows {
  if (widthOf(source) === 0) return { count: 0, examples: [] };
  const twins = twinNumbers(source, target);
  const examples: [number, number][] = [];
  let count = 0;
  for (let row = 0; row < target.rows; row++) {
    const twin = twins[source.rows + row];
    if (twin >= source.rows) continue;
    count++;
    if (examples.length < MOST_EXAMPLES) examples.push([twin, row]);
  }
  return { count, examples };
}

/** The target rows, ascending, whose number none of the given source rows has; numbers are `twinNumbers` of both. */
export function unsharedRows(ofSource: Int32Array, ofTarget: Int32Array): Int32Array {
  const known = new Set(ofSource);
  return Int32Array.from(ofTarget.keys()).filter((row) => !known.has(ofTarget[row]));
}
