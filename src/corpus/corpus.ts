/**
 * What a corpus is: utterances × features in one row-major matrix, with the names, speakers and labels
 * that belong to the rows. Plain data, so that it crosses worker boundaries by structured clone.
 * Knows nothing of files, networks or the page.
 */

/** The two emotion dimensions; one GAN is trained per task, because the class condition Z depends on it. */
export const TASKS = ['activation', 'valence'] as const;
export type Task = (typeof TASKS)[number];

/** The three classes of either task, in the order of their indices 0, 1, 2. */
export const CLASSES = ['low', 'mid', 'high'] as const;
export type EmotionClass = (typeof CLASSES)[number];
export const CLASS_COUNT = CLASSES.length;

/** The class index of a row that carries no label. */
export const UNLABELLED = -1;

/** A dense matrix: `values[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** A column of strings stored once each: row r holds `names[index[r]]`; −1 is missing. */
export interface NamedColumn {
  readonly names: readonly string[];
  readonly index: Int32Array;
}

/** Labels given as words or ordinals, each mapped to one of the three classes (or to none). */
export interface CategoricalLabels extends NamedColumn {
  readonly kind: 'categorical';
  /** The column of the file they came from. */
  readonly column: string;
  /** `mapping[i]` is the class of `names[i]`, or `UNLABELLED`. */
  readonly mapping: readonly number[];
}

/** Labels given on a continuous scale, cut into three classes at two boundaries. */
export interface ContinuousLabels {
  readonly kind: 'continuous';
  readonly column: string;
  /** One rating a row, as it was given; NaN is missing. */
  readonly ratings: Float32Array;
  /** Where the scale runs the other way: a rating r counts as `reversedFrom - r`. */
  readonly reversedFrom?: number;
  /** Of ratings as they count: low is `rating <= cuts[0]`, high is `rating >= cuts[1]`, mid lies strictly between. */
  readonly cuts: readonly [number, number];
}

export type LabelColumn = CategoricalLabels | ContinuousLabels;

/** One corpus of emotional speech, one row an utterance. */
export interface Corpus {
  /** Name shown to the user: the file's name without its extensions. */
  readonly name: string;
  readonly rows: number;
  /** Column names of `values`, in order. */
  readonly features: readonly string[];
  /** `[rows, features]`, row-major, finite. */
  readonly values: Float32Array;
  /** Name of each utterance, usually its audio file. */
  readonly utterances: readonly string[];
  readonly speakers: NamedColumn | null;
  /** The categorical emotion (anger, joy …) where the file has one; for display. */
  readonly emotions: NamedColumn | null;
  readonly labels: Readonly<Partial<Record<Task, LabelColumn>>>;
  /** True for the built-in demo corpora, which the interface must call simulated. */
  readonly simulated: boolean;
}

/** The ratings as they count, turned round where their scale runs the other way. */
export const countedRatings = ({
  ratings,
  reversedFrom,
}: Pick<ContinuousLabels, 'ratings' | 'reversedFrom'>): Float32Array =>
  reversedFrom === undefined ? ratings : ratings.map((r) => reversedFrom - r);

/**
 * Class of a rating. Ratings are float32 and boundaries are not: a rating lies on a boundary where both are the same
 * float32 number. On a scale that is turned round it does so too where they were the same before they were turned,
 * since either number may have lost digits that the other has.
 */
function classOfRating({ cuts: [low, high], reversedFrom }: ContinuousLabels): (rating: number) => number {
  const [lowest, highest] = [Math.fround(low), Math.fround(high)];
  const plain = (r: number) => (r <= lowest ? 0 : r >= highest ? 2 : 1);
  if (reversedFrom === undefined) return plain;
  const [from, to] = [Math.fround(reversedFrom - high), Math.fround(reversedFrom - low)];
  return (r) => (r >= to ? 0 : r <= from ? 2 : plain(Math.fround(reversedFrom - r)));
}

/** Class index of every row (`UNLABELLED` where unknown), length `rows`. */
export function classIndices(labels: LabelColumn): Int8Array {
  if (labels.kind === 'categorical') {
    return Int8Array.from(labels.index, (i) => (i < 0 ? UNLABELLED : labels.mapping[i]));
  }
  const classOf = classOfRating(labels);
  return Int8Array.from(labels.ratings, (r) => (Number.isNaN(r) ? UNLABELLED : classOf(r)));
}

/** Class index of every row of a corpus for a task; all `UNLABELLED` where the corpus has no such labels. */
export function corpusClasses(corpus: Corpus, task: Task): Int8Array {
  const labels = corpus.labels[task];
  return labels ? classIndices(labels) : new Int8Array(corpus.rows).fill(UNLABELLED);
}

/** Number of rows of each class `[low, mid, high]`; unlabelled rows are not counted. */
export function classCounts(classes: Int8Array): [number, number, number] {
  const counts: [number, number, number] = [0, 0, 0];
  for (const k of classes) if (k >= 0) counts[k]++;
  return counts;
}

/** The corpus as a matrix that shares its values. */
export function corpusMatrix(corpus: Corpus): Matrix {
  return { rows: corpus.rows, columns: corpus.features.length, values: corpus.values };
}

/** The names of the given rows, in their order; names that none of them has stay in the list. */
export const pickNames = ({ names, index }: NamedColumn, rows: Int32Array): NamedColumn => ({
  names,
  index: rows.map((row) => index[row]),
});

/** Mean of every column over the rows, `[columns]`. */
export function columnMeans({ rows, columns, values }: Matrix): Float64Array {
  const means = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) means[i % columns] += values[i] / rows;
  return means;
}

/** Copies of the given rows, in their order, `[rows.length, columns]`. */
export function matrixRows({ columns, values }: Matrix, rows: ArrayLike<number>): Matrix {
  const picked = new Float32Array(rows.length * columns);
  for (let i = 0; i < rows.length; i++) {
    picked.set(values.subarray(rows[i] * columns, (rows[i] + 1) * columns), i * columns);
  }
  return { rows: rows.length, columns, values: picked };
}
