/**
 * What samples are held against: real rows of both corpora in principal components, cut into two halves, so that real rows
 * can be held against real rows. Sizes are chosen here, so that figures of samples and of anchors are of equally many
 * rows. Uses no label of the target.
 */
import { CLASSES, type Matrix, matrixRows } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import type { Machine } from '../kernels/machine.ts';
import { fitPca, type Pca, projectRows } from '../projection/pca.ts';
import { finish, type Steps } from '../projection/steps.ts';
import { ORIGIN, REFERENCE, type SampleType } from './evidence.ts';
import { type Clusters, fitClusters } from './kmeans.ts';
import { draw, trimmedVariance, typicalSquare } from './points.ts';

type Side = 'source' | 'target';

/** A pair of corpora in the scale of training. */
export interface BasisData {
  /** Every row, `[rows, features]`: origins of samples are rows of these. */
  readonly source: Matrix;
  readonly target: Matrix;
  /** The rows that training knows, ascending. */
  readonly sourceRows: Int32Array;
  readonly targetRows: Int32Array;
  /** Class of every row of the source. */
  readonly sourceClasses: Int8Array;
  /** Samples of a type in a snapshot, at most; of type C as many of each class. */
  readonly rows: number;
}

/** Real rows in two halves of the same size, each in random order: a first part of one is a random part. */
export interface Halves {
  /** What samples are held against, `[n, components]`, and which rows of the corpus these are. */
  readonly reference: Matrix;
  readonly rows: Int32Array;
  /** Rows that are held against them instead of samples. */
  readonly others: Matrix;
  readonly otherRows: Int32Array;
  /** Median squared distance of two rows. */
  readonly typicalSquare: number;
}

/** Real rows that a set of samples is held against, and what its figures are relative to. */
export interface Reference {
  readonly real: Matrix;
  /** Rows of samples that are compared, at most. */
  readonly rows: number;
  /** Whether the samples should be distributed as `real`; classes of B should lie within it, and no more. */
  readonly whole: boolean;
  /** Trimmed total variance that the samples should have. */
  readonly variance: number;
  /** Median squared distance of two real rows, σ² of the Vendi score. */
  readonly width: number;
  readonly clusters: Clusters | null;
}

/** Everything that measuring needs of real rows. */
export interface Basis {
  readonly data: BasisData;
  readonly pca: Pca;
  readonly machine: Machine | null;
  readonly halves: Readonly<Record<Side, Halves>>;
  /** Of the source; null where a class has too few rows. */
  readonly classHalves: readonly (Halves | null)[];
  /** Null where a corpus or a class has too few rows. */
  readonly references: Readonly<
    Record<SampleType, { readonly all: Reference | null; readonly classes: readonly (Reference | null)[] }>
  >;
}

/** Fewest rows of a set that are compared: five neighbours need six, and fewer than eight say nothing. */
export const LEAST_ROWS = 8;
/** Most rows of a set that are compared, and on which the components are fitted. */
const MOST_ROWS = 1000;
const MOST_PCA_ROWS = 2000;
/** Share of the variance of both corpora that is rounding. */
const NEGLIGIBLE = 1e-9;
/** What the samples of a pair are compared by does not depend on the run's seed: runs can be compared. */
const SEED = 0;

const everyRow = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

/** Rows in principal components, `[rows, components]`. */
export const toComponents = ({ pca, machine }: Pick<Basis, 'pca' | 'machine'>, rows: Matrix): Matrix =>
  finish(projectRows(pca, rows, machine));

function* fitComponents(
  { source, target, sourceRows, targetRows }: BasisData,
  machine: Machine | null,
): Steps<Pca> {
  // Both corpora in proportion; the components belong to the pair.
  const most = MOST_PCA_ROWS / (sourceRows.length + targetRows.length);
  const part = (matrix: Matrix, rows: Int32Array, name: string) => {
    const count = Math.ceil(rows.length * Math.min(1, most));
    return matrixRows(matrix, draw(rows, count, randomStream(SEED, `diagnosis/pca/${name}`)));
  };
  const [some, others] = [part(source, sourceRows, 'source'), part(target, targetRows, 'target')];
  const values = new Float32Array(some.values.length + others.values.length);
  values.set(some.values);
  values.set(others.values, some.values.length);
  const both = { rows: some.rows + others.rows, columns: source.columns, values };
  return yield* fitPca(both, everyRow(both.rows), randomStream(SEED, 'diagnosis/pca'), machine);
}

/** Halves of the given rows, of at most `most` each; null where they would be too small. */
function halve(
  basis: Pick<Basis, 'pca' | 'machine'>,
  matrix: Matrix,
  rows: Int32Array,
  most: number,
  name: string,
): Halves | null {
  const size = Math.min(most, MOST_ROWS, rows.length >> 1);
  if (size < LEAST_ROWS) return null;
  const drawn = draw(rows, 2 * size, randomStream(SEED, `diagnosis/halves/${name}`));
  const [first, second] = [drawn.slice(0, size), drawn.slice(size)];
  const reference = toComponents(basis, matrixRows(matrix, first));
  return {
    reference,
    rows: first,
    typicalSquare: typicalSquare(reference),
    others: toComponents(basis, matrixRows(matrix, second)),
    otherRows: second,
  };
}

/** A corpus too small to be halved: nothing is held against it. */
const NO_ROWS = (columns: number): Halves => {
  const none = { rows: 0, columns, values: new Float32Array(0) };
  return {
    reference: none,
    rows: new Int32Array(0),
    others: none,
    otherRows: new Int32Array(0),
    typicalSquare: 0,
  };
};

/** The reference that real rows are for samples that should be distributed as they are. Less than `negligible` is no width. */
function wholeReference(
  { reference: real, typicalSquare: width }: Halves,
  rows: number,
  name: string,
  negligible: number,
): Reference | null {
  if (real.rows < LEAST_ROWS) return null;
  const variance = trimmedVariance(real);
  return {
    real,
    rows: Math.min(rows, real.rows),
    whole: true,
    variance: variance > negligible ? variance : 0,
    width: width > negligible ? width : 0,
    clusters: fitClusters(real, randomStream(SEED, `diagnosis/clusters/${name}`)),
  };
}

/**
 * The reference of a class of B: the whole target, since its labels are not used, and the width that the class has in the
 * source, as much wider as the target is than the source.
 */
function translatedReference(
  target: Reference | null,
  source: Reference | null,
  ofClass: Reference | null,
): Reference | null {
  if (!target || !source || !ofClass) return null;
  const wider = (own: number, before: number, after: number) => (before > 0 ? (own * after) / before : 0);
  return {
    ...target,
    rows: Math.min(ofClass.rows, target.rows),
    whole: false,
    variance: wider(ofClass.variance, source.variance, target.variance),
    width: wider(ofClass.width, source.width, target.width),
    clusters: null,
  };
}

/**
 * Prepares a pair: components (at most 50, seeded), halves, references. Takes a second at 10,000 rows of 1,582 features.
 * @throws where a corpus has no row, or their columns differ.
 */
export function* prepareBasis(data: BasisData, machine: Machine | null = null): Steps<Basis> {
  const { source, target, sourceRows, targetRows, sourceClasses } = data;
  const pca = yield* fitComponents(data, machine);
  const tools = { pca, machine };
  const half = (matrix: Matrix, rows: Int32Array, name: Side) =>
    halve(tools, matrix, rows, data.rows, name) ?? NO_ROWS(pca.count);
  const halves = { source: half(source, sourceRows, 'source'), target: half(target, targetRows, 'target') };
  yield 1;
  const classRows = CLASSES.map((_, k) => sourceRows.filter((row) => sourceClasses[row] === k));
  const classHalves = classRows.map((rows, k) => halve(tools, source, rows, data.rows, `class/${k}`));
  yield 1;
  const negligible = NEGLIGIBLE * pca.variances.reduce((sum, variance) => sum + variance, 0);
  const all = {
    source: wholeReference(halves.source, data.rows, 'source', negligible),
    target: wholeReference(halves.target, data.rows, 'target', negligible),
  };
  // Probes are a random part of the source, so a class has its share of them; C asks every probe for every class.
  const probes = Math.min(1, data.rows / sourceRows.length);
  const ofClass = (most: (k: number) => number) =>
    classHalves.map((own, k) => {
      const rows = Math.floor(most(k));
      return own && rows >= LEAST_ROWS ? wholeReference(own, rows, `class/${k}`, negligible) : null;
    });
  const natural = ofClass((k) => classRows[k].length * probes);
  return {
    data,
    ...tools,
    halves,
    classHalves,
    references: {
      A: { all: all.source, classes: natural },
      B: {
        all: all.target,
        classes: natural.map((own) => translatedReference(all.target, all.source, own)),
      },
      C: { all: all.source, classes: ofClass(() => data.rows) },
    },
  };
}

/** The halves of the corpora that a type comes from and is held against. */
export const sidesOf = ({ halves }: Basis, type: SampleType) => ({
  home: halves[ORIGIN[type]],
  reference: halves[REFERENCE[type]],
});
