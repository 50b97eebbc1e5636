/**
 * The rows that the frame was not fitted on, placed into it as synthetic rows are, so that the map shows all of them. In
 * steps and in blocks: a corpus may be as large as the memory that a copy of it would take. Knows nothing of workers.
 */
import type { Matrix } from '../corpus/corpus.ts';
import type { Machine } from '../kernels/machine.ts';
import { type Coordinates, type Frame, frameCoordinates, gather, locateRows, subSample } from './frame.ts';
import type { Steps } from './steps.ts';

/** Most rows of either corpus on the map: beyond that, marks hide one another. */
const MOST_SHOWN = 25_000;
/** Rows placed at once. */
const BLOCK = 2048;

/** Both corpora in training space, `[rows, features]` each. */
export interface RowPair {
  readonly source: Matrix;
  readonly target: Matrix;
}

type Side = keyof RowPair;

/** Rows of the corpora to be placed beside the fitted ones; ascending. */
export interface OtherRows {
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** Of both corpora. */
  readonly count: number;
}

/** A map of real rows of both corpora. */
export interface RealMap<K extends 'pca' | 'umap' = 'pca' | 'umap'> {
  readonly kind: K;
  /** `[x0, y0, x1, y1, …]`, a place for each of `sourceRows`. */
  readonly source: Coordinates;
  readonly target: Coordinates;
  /** Ascending. */
  readonly sourceRows: Int32Array;
  readonly targetRows: Int32Array;
}

/** The maps of a frame; null where there is none, or where it is as it was. */
export interface WholeMap {
  readonly pca: RealMap<'pca'> | null;
  readonly umap: RealMap<'umap'> | null;
}

/** The newest map of a frame that was just fitted: of the fitted rows alone. */
export function fittedMap(frame: Frame): WholeMap {
  const map = <K extends 'pca' | 'umap'>(kind: K): RealMap<K> => ({
    kind,
    ...frameCoordinates(frame, kind)!,
    // Copies: what is handed on may be transferred, and the frame keeps its rows.
    sourceRows: frame.sourceRows.slice(),
    targetRows: frame.targetRows.slice(),
  });
  return frame.umap ? { pca: null, umap: map('umap') } : { pca: map('pca'), umap: null };
}

/** Rows of `all` that are not in `some`; both ascending. */
function without(all: Int32Array, some: Int32Array): Int32Array {
  let next = 0;
  return all.filter((row) => {
    while (next < some.length && some[next] < row) next++;
    return some[next] !== row;
  });
}

/**
 * Which rows are to be placed beside those that the frame of this pair and seed is fitted on: all, or of a corpus beyond
 * 25,000 a seeded sub-sample.
 */
export function otherRows({ source, target }: RowPair, frame: Frame, seed: number): OtherRows {
  const of = (side: Side, { rows }: Matrix) => {
    const fitted = side === 'source' ? frame.sourceRows : frame.targetRows;
    const left = without(
      Int32Array.from({ length: rows }, (_, row) => row),
      fitted,
    );
    const kept = subSample(left.length, MOST_SHOWN - fitted.length, seed, `others/${side}`);
    return Int32Array.from(kept, (n) => left[n]);
  };
  const rows = { source: of('source', source), target: of('target', target) };
  return { ...rows, count: rows.source.length + rows.target.length };
}

interface PlacedRows {
  readonly rows: Int32Array;
  readonly at: Coordinates;
}

/** Coordinates of two lists of rows, as one list with ascending rows. */
function merged(a: PlacedRows, b: PlacedRows): PlacedRows {
  const rows = new Int32Array(a.rows.length + b.rows.length);
  const at = new Float32Array(2 * rows.length);
  for (let o = 0, i = 0, j = 0; o < rows.length; o++) {
    const takeA = j >= b.rows.length || (i < a.rows.length && a.rows[i] < b.rows[j]);
    const from = takeA ? a : b;
    const n = takeA ? i++ : j++;
    rows[o] = from.rows[n];
    at[2 * o] = from.at[2 * n];
    at[2 * o + 1] = from.at[2 * n + 1];
  }
  return { rows, at };
}

/** Passes steps on as a part of more work. */
function* partOf<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  try {
    for (;;) {
      const next = steps.next();
      if (next.done) return next.value;
      yield from + (to - from) * next.value;
    }
  } finally {
    // Where this is left half-way, the steps must give back what they hold of the kernels' memory.
    steps.return(undefined as T);
  }
}

/** Coordinates of the given rows of a matrix on both maps, block by block. */
function* located(
  frame: Frame,
  matrix: Matrix,
  rows: Int32Array,
  machine: Machine | null,
): Steps<{ pca: Coordinates; umap: Coordinates }> {
  const pca = new Float32Array(2 * rows.length);
  const umap = new Float32Array(2 * rows.length);
  for (let from = 0; from < rows.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows.length);
    const block = gather([{ matrix, rows: rows.subarray(from, to) }]);
    const steps = locateRows(frame, block, machine);
    const at = yield* partOf(steps, from / rows.length, to / rows.length);
    pca.set(at.pca, 2 * from);
    if (at.umap) umap.set(at.umap, 2 * from);
  }
  return { pca, umap };
}

/**
 * Both maps with the other rows among the fitted ones, by ascending row. Yields the share done, in [0, 1].
 * @throws where the frame has no UMAP coordinates yet.
 */
export function* addOthers(
  frame: Frame,
  { source, target }: RowPair,
  others: OtherRows,
  machine: Machine | null = null,
): Steps<WholeMap> {
  const fitted = { pca: frameCoordinates(frame, 'pca'), umap: frameCoordinates(frame, 'umap') };
  if (!fitted.umap)
    throw new Error('Rows are placed once the frame is complete: it has no UMAP coordinates yet.');
  const share = others.source.length / others.count;
  const ofSource = yield* partOf(located(frame, source, others.source, machine), 0, share);
  const ofTarget = yield* partOf(located(frame, target, others.target, machine), share, 1);
  const map = <K extends 'pca' | 'umap'>(kind: K): RealMap<K> => {
    const at = fitted[kind]!;
    const s = merged({ rows: frame.sourceRows, at: at.source }, { rows: others.source, at: ofSource[kind] });
    const t = merged({ rows: frame.targetRows, at: at.target }, { rows: others.target, at: ofTarget[kind] });
    return { kind, source: s.at, target: t.at, sourceRows: s.rows, targetRows: t.rows };
  };
  return { pca: map('pca'), umap: map('umap') };
}
