/** The demo corpora as a pair to look at, and samples made of their rows as tests want them. */
import { type Corpus, type Matrix, matrixRows } from '../corpus/corpus.ts';
import { demoCorpora } from '../corpus/demo.ts';
import { matchFeatures } from '../corpus/match.ts';
import { scalePair } from '../corpus/scale.ts';
import type { Synthetic, SyntheticSets } from '../methods/events.ts';
import { type InspectedPair, inspectedPair, type PairParts } from './inspectPair.ts';

/** Two corpora, scaled as training scales them by default. */
export function pairParts(
  { source, target }: { readonly source: Corpus; readonly target: Corpus } = demoCorpora({
    seed: 3,
    sourceRows: 400,
    targetRows: 360,
  }),
): PairParts {
  const matched = matchFeatures(source, target);
  const speakers = { source: source.speakers, target: target.speakers };
  const scaled = scalePair(matched, { scaler: 'minmax-per-corpus', clipPercentile: 0 }, speakers);
  return { source, target, matched, scaled };
}

export const demoPair = (): InspectedPair => inspectedPair(pairParts(), null);

/** Rows as if they had been made from rows `first`, `first + 1` … of a corpus. */
export const madeFrom = (matrix: Matrix, first = 0): Synthetic => ({
  ...matrix,
  classes: new Int8Array(matrix.rows),
  origin: Int32Array.from({ length: matrix.rows }, (_, row) => first + row),
});

/** No samples of any type but those given. */
export function setsOf(pair: InspectedPair, sets: Partial<SyntheticSets>): SyntheticSets {
  const none = madeFrom(matrixRows(pair.scaled.source, []));
  return { A: none, B: none, C: none, ...sets };
}

/** Every value of a matrix as `change` gives it. */
export const changed = (
  matrix: Matrix,
  change: (value: number, column: number, row: number) => number,
): Matrix => ({
  ...matrix,
  values: matrix.values.map((value, i) => change(value, i % matrix.columns, Math.floor(i / matrix.columns))),
});
