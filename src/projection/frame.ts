/**
 * The stable frame of the map: fitted once on real source and target rows, after which synthetic rows are
 * placed into it one by one, so that maps of different epochs can be compared. Knows nothing of networks,
 * workers or the page.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import type { Machine } from '../kernels/machine.ts';
import { membershipStrengths } from './fuzzyGraph.ts';
import { type Neighbours, nearestNeighbours } from './neighbours.ts';
import { fitPca, type Pca, projectRows } from './pca.ts';
import type { Steps } from './steps.ts';
import { fitUmap } from './umap.ts';

/** Most rows of either corpus on the map, and most of both that the components are fitted on. */
const MOST_ROWS = 3000;
const MOST_PCA_ROWS = 2000;
/** Neighbours of a row, both to lay the map out and to place rows into it. */
const NEIGHBOURS = 15;
/** Rows between two yields while distances in feature space are measured. */
const BLOCK = 256;

/** Two coordinates a row: `[x0, y0, x1, y1, …]`. */
export type Coordinates = Float32Array;

export interface Frame {
  /** Rows of the corpora that the frame was fitted on: all, or a seeded sub-sample of 3,000, ascending. */
  readonly sourceRows: Int32Array;
  readonly targetRows: Int32Array;
  readonly pca: Pca;
  /** `[rows, features]`, the fitted rows, source first. */
  readonly real: Matrix;
  /** `[rows, components]`, the same rows in principal components. */
  readonly reduced: Matrix;
  /** Median over the fitted rows of the mean distance to their neighbours, in feature space. */
  readonly typicalDistance: number;
  /** UMAP coordinates of the fitted rows; null until they are computed. */
  readonly umap: Coordinates | null;
}

/** What fitting tells: how far it is, and the frame when it has PCA, then UMAP coordinates. */
export type FrameStep =
  | { readonly type: 'progress'; readonly share: number; readonly stage: string }
  | { readonly type: 'frame'; readonly frame: Frame };

/** Rows placed into a frame. */
export interface Placement {
  readonly coordinates: Coordinates;
  /**
   * Mean distance of each row to its nearest real rows, over the typical such distance among real rows:
   * about 1 looks real, far above 1 lies off the data although the map shows it inside.
   */
  readonly offData: Float32Array;
}

/** Rows 0 … `rows` − 1, or a seeded sub-sample of `most` of them; ascending. `name` names the chance. */
export function subSample(rows: number, most: number, seed: number, name: string): Int32Array {
  const order = randomStream(seed, `projection/${name}`).permutation(rows);
  return rows <= most ? order.sort() : order.slice(0, most).sort();
}

/** The given rows of matrices of the same columns, one below the other. */
export function gather(parts: readonly { matrix: Matrix; rows: Int32Array }[]): Matrix {
  const { columns } = parts[0].matrix;
  const total = parts.reduce((sum, part) => sum + part.rows.length, 0);
  const values = new Float32Array(total * columns);
  let o = 0;
  for (const { matrix, rows } of parts) {
    for (const row of rows) {
      values.set(matrix.values.subarray(row * columns, (row + 1) * columns), o);
      o += columns;
    }
  }
  return { rows: total, columns, values };
}

/** The first two principal components of each row; 0 where there is only one. */
function firstTwo(reduced: Matrix): Coordinates {
  const coordinates = new Float32Array(2 * reduced.rows);
  for (let r = 0; r < reduced.rows; r++) {
    const base = r * reduced.columns;
    coordinates[2 * r] = reduced.values[base];
    coordinates[2 * r + 1] = reduced.columns > 1 ? reduced.values[base + 1] : 0;
  }
  return coordinates;
}

/** Distance of the rows that begin at `i` and `j`; four sums, as none then waits for the addition before. */
function distance(a: Float32Array, i: number, b: Float32Array, j: number, columns: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let c = 0;
  for (; c + 4 <= columns; c += 4) {
    const d0 = a[i + c] - b[j + c];
    const d1 = a[i + c + 1] - b[j + c + 1];
    const d2 = a[i + c + 2] - b[j + c + 2];
    const d3 = a[i + c + 3] - b[j + c + 3];
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; c < columns; c++) s0 += (a[i + c] - b[j + c]) ** 2;
  return Math.sqrt(s0 + s1 + (s2 + s3));
}

/**
 * Mean distance of each row to its neighbours, in the whole feature space: what lies off the data outside
 * the principal components must show too.
 */
function* meanDistances(rows: Matrix, real: Matrix, { k, indices }: Neighbours): Steps<Float32Array> {
  const { columns } = real;
  const means = new Float32Array(rows.rows);
  for (let r = 0; r < rows.rows; r++) {
    for (let n = r * k; n < (r + 1) * k; n++) {
      means[r] += distance(rows.values, r * columns, real.values, indices[n] * columns, columns) / k;
    }
    if (r % BLOCK === BLOCK - 1) yield (r + 1) / rows.rows;
  }
  return means;
}

/** The median; where more than half are 0 the mean, and 1 where all are: a distance to divide by. */
function typical(distances: Float32Array): number {
  const sorted = distances.slice().sort();
  const median = sorted[sorted.length >> 1] ?? 0;
  if (median > 0) return median;
  return sorted.reduce((sum, d) => sum + d / sorted.length, 0) || 1;
}

function* stage<T>(name: string, from: number, to: number, steps: Steps<T>): Generator<FrameStep, T, void> {
  try {
    for (;;) {
      const next = steps.next();
      if (next.done) return next.value;
      yield { type: 'progress', share: from + (to - from) * next.value, stage: name };
    }
  } finally {
    // Where this is left half-way, the steps must give back what they hold of the kernels' memory.
    steps.return(undefined as T);
  }
}

/**
 * Fits the frame on both corpora in training space, `[rows, features]` each, of the same features. Yields
 * a frame with PCA coordinates first, then one with UMAP's. Of a corpus of more than 3,000 rows a seeded
 * sub-sample is used. Same matrices and seed, same frame; on the kernels (`machine`) the components
 * differ in the last digits, which the layout lets grow.
 * @throws where there is no row at all.
 */
export function* fitFrame(
  source: Matrix,
  target: Matrix,
  seed: number,
  machine: Machine | null = null,
): Generator<FrameStep, Frame, void> {
  const sourceRows = subSample(source.rows, MOST_ROWS, seed, 'source');
  const targetRows = subSample(target.rows, MOST_ROWS, seed, 'target');
  const real = gather([
    { matrix: source, rows: sourceRows },
    { matrix: target, rows: targetRows },
  ]);
  const fitted = subSample(real.rows, MOST_PCA_ROWS, seed, 'pca-rows');
  const axes = fitPca(real, fitted, randomStream(seed, 'projection/pca'), machine);
  const pca = yield* stage('Principal components', 0, 0.25, axes);
  const reduced = yield* stage('Principal components', 0.25, 0.3, projectRows(pca, real, machine));
  const search = nearestNeighbours(reduced, reduced, NEIGHBOURS, true, machine);
  const neighbours = yield* stage('Nearest neighbours', 0.3, 0.38, search);
  const distances = meanDistances(real, real, neighbours);
  const typicalDistance = typical(yield* stage('Nearest neighbours', 0.38, 0.4, distances));
  const frame: Frame = { sourceRows, targetRows, pca, real, reduced, typicalDistance, umap: null };
  yield { type: 'frame', frame };
  const layout = fitUmap(neighbours, firstTwo(reduced), randomStream(seed, 'projection/umap'));
  const umap = yield* stage('UMAP', 0.4, 1, layout);
  const complete = { ...frame, umap };
  yield { type: 'frame', frame: complete };
  return complete;
}

/** The fitted rows' coordinates, of the source and of the target; null where not computed yet. */
export function frameCoordinates(
  frame: Frame,
  kind: 'pca' | 'umap',
): { source: Coordinates; target: Coordinates } | null {
  const all = kind === 'pca' ? firstTwo(frame.reduced) : frame.umap;
  if (!all) return null;
  const split = 2 * frame.sourceRows.length;
  return { source: all.slice(0, split), target: all.slice(split) };
}

/** Mean of the neighbours' coordinates, weighted by UMAP's membership strengths. */
function weightedMean({ k, indices, distances }: Neighbours, map: Coordinates): Coordinates {
  const rows = indices.length / k;
  const coordinates = new Float32Array(2 * rows);
  const weights = new Float32Array(k);
  for (let r = 0; r < rows; r++) {
    const own = distances.subarray(r * k, (r + 1) * k);
    // Strength falls from the nearest on, also where that is an equal row: it keeps the largest say.
    membershipStrengths(own, own[0], weights);
    let x = 0;
    let y = 0;
    let total = 0;
    for (let n = 0; n < k; n++) {
      const at = 2 * indices[r * k + n];
      x += weights[n] * map[at];
      y += weights[n] * map[at + 1];
      total += weights[n];
    }
    coordinates[2 * r] = x / total;
    coordinates[2 * r + 1] = y / total;
  }
  return coordinates;
}

/** Where rows lie on both maps, and which real rows are nearest to them. */
function* coordinatesOf(
  frame: Frame,
  matrix: Matrix,
  machine: Machine | null,
): Steps<{ pca: Coordinates; umap: Coordinates | null; neighbours: Neighbours }> {
  const reduced = yield* projectRows(frame.pca, matrix, machine);
  const neighbours = yield* nearestNeighbours(reduced, frame.reduced, NEIGHBOURS, false, machine);
  const umap = frame.umap && weightedMean(neighbours, frame.umap);
  return { pca: firstTwo(reduced), umap, neighbours };
}

/**
 * Coordinates of rows of training space, `[rows, features]`, in a frame. On the PCA map a row is where its components
 * put it; on the UMAP map at the weighted mean of its 15 nearest real rows in principal components, which depends on that
 * row alone and always lies inside the map.
 * @throws where the features differ from the frame's in number.
 */
export function* locateRows(
  frame: Frame,
  matrix: Matrix,
  machine: Machine | null = null,
): Steps<{ pca: Coordinates; umap: Coordinates | null }> {
  const { pca, umap } = yield* coordinatesOf(frame, matrix, machine);
  return { pca, umap };
}

/**
 * Places rows as `locateRows` does, and tells in `offData` what a map cannot show: how far they lie from all real rows.
 * @throws where the features differ from the frame's in number.
 */
export function* placeRows(
  frame: Frame,
  matrix: Matrix,
  machine: Machine | null = null,
): Steps<{ pca: Placement; umap: Placement | null }> {
  const { pca, umap, neighbours } = yield* coordinatesOf(frame, matrix, machine);
  const distances = yield* meanDistances(matrix, frame.real, neighbours);
  const offData = distances.map((d) => d / frame.typicalDistance);
  return {
    pca: { coordinates: pca, offData },
    umap: umap && { coordinates: umap, offData: offData.slice() },
  };
}
