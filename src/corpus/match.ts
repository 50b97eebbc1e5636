/** Bringing two corpora to the same columns, matched by name. Knows nothing of files or networks. */
import { type Corpus, corpusMatrix, type Matrix } from './corpus.ts';

/** Two matrices over the columns both corpora have, in the source's order. */
export interface MatchedPair {
  readonly features: readonly string[];
  readonly source: Matrix;
  readonly target: Matrix;
}

/** A matrix of which only some columns count, in the order given; all of them where none are picked. */
export interface MatrixView extends Matrix {
  /** Column c of the view is column `picked[c]` of the matrix. */
  readonly picked?: Int32Array;
}

/** How many columns of a view count. */
export const widthOf = ({ columns, picked }: MatrixView): number => picked?.length ?? columns;

/** The matrix of the chosen columns; shares the values where nothing changes. */
function selectColumns(corpus: Corpus, columns: readonly number[]): Matrix {
  const width = corpus.features.length;
  if (columns.length === width && columns.every((c, i) => c === i)) {
    return { rows: corpus.rows, columns: width, values: corpus.values };
  }
  const values = new Float32Array(corpus.rows * columns.length);
  for (let r = 0, o = 0; r < corpus.rows; r++) {
    const base = r * width;
    for (let c = 0; c < columns.length; c++) values[o++] = corpus.values[base + columns[c]];
  }
  return { rows: corpus.rows, columns: columns.length, values };
}

/** Pairs `[index in a, index in b]` of the names both lists have, in the order of `a`. */
export function sharedFeatures(a: readonly string[], b: readonly string[]): [number, number][] {
  const position = new Map(b.map((name, i) => [name, i]));
  return a.flatMap((name, i): [number, number][] => {
    const j = position.get(name);
    return j === undefined ? [] : [[i, j]];
  });
}

/**
 * Keeps the columns both corpora share, by name, never by position.
 * @throws where they share none.
 */
export function matchFeatures(source: Corpus, target: Corpus): MatchedPair {
  const shared = sharedFeatures(source.features, target.features);
  const fromSource = shared.map(([i]) => i);
  const fromTarget = shared.map(([, j]) => j);
  if (fromSource.length === 0) {
    throw new Error(
      `"${source.name}" and "${target.name}" share no feature: the first begins with "${source.features[0]}", ` +
        `the second with "${target.features[0]}". Extract both with the same feature set.`,
    );
  }
  return {
    features: fromSource.map((i) => source.features[i]),
    source: selectColumns(source, fromSource),
    target: selectColumns(target, fromTarget),
  };
}

/**
 * The columns both corpora share, by name, in the source's order, looked at in place: neither matrix is copied. Without
 * a shared column both views have a width of 0.
 */
export function sharedViews(
  source: Corpus,
  target: Corpus,
): { readonly features: readonly string[]; readonly source: MatrixView; readonly target: MatrixView } {
  const shared = sharedFeatures(source.features, target.features);
  return {
    features: shared.map(([i]) => source.features[i]),
    source: { ...corpusMatrix(source), picked: Int32Array.from(shared, ([i]) => i) },
    target: { ...corpusMatrix(target), picked: Int32Array.from(shared, ([, j]) => j) },
  };
}
