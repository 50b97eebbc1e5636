/** The figures of one set of rows against real ones, in principal components. Knows neither types of samples nor moments. */
import type { Matrix } from '../corpus/corpus.ts';
import type { Machine } from '../kernels/machine.ts';
import { eachRow } from '../metrics/distances.ts';
import { frechetDistance } from '../metrics/frechet.ts';
import { mmd2Unbiased } from '../metrics/mmd.ts';
import { oneNearestNeighbourAccuracy } from '../metrics/nearestNeighbour.ts';
import { prdc } from '../metrics/prdc.ts';
import { vendiScore } from '../metrics/vendi.ts';
import type { Steps } from '../projection/steps.ts';
import { type Halves, LEAST_ROWS, type Reference } from './basis.ts';
import type { SetMetrics } from './evidence.ts';
import { modesFound } from './kmeans.ts';
import { firstRows, medianOf, trimmedVariance } from './points.ts';

/** Neighbours of PRDC. */
const NEIGHBOURS = 5;
/** Rows on which figures are measured whose cost grows fastest. */
const COSTLY_ROWS = 100;

/** Rows whose figures are asked for: in random order, so that a first part of them stands for all. */
export interface Subject {
  /** `[rows, components]`. */
  readonly points: Matrix;
  /** Row of the corpus that each was made from or is; null where that is none of those at home. */
  readonly origins: Int32Array | null;
  /** How far each is from there, over the usual distance of two rows; null where they were not made of one. */
  readonly moved: Float64Array | null;
}

/** The real rows among which a sample is at home, and those that it should be among. */
export interface Whereabouts {
  readonly home: Halves;
  readonly reference: Halves;
}

/** Vendi score of the first 100 rows; null where the reference has no width. */
export const vendiOf = (points: Matrix, width: number): number | null =>
  width > 0 ? vendiScore(firstRows(points, COSTLY_ROWS), width) : null;

/** Share of rows whose nearest real row is one at home; equally many of both corpora are looked at. */
function shareAtHome(
  { points, origins }: Subject,
  { home, reference }: Whereabouts,
  machine: Machine | null,
): number | null {
  const count = Math.min(home.rows.length, reference.rows.length);
  if (count === 0) return null;
  const nearest = (real: Matrix, rows: Int32Array | null): Float64Array => {
    const least = new Float64Array(points.rows).fill(Infinity);
    eachRow(points, firstRows(real, count), machine, (row, distances) => {
      for (let j = 0; j < count; j++) {
        if (distances[j] < least[row] && !(rows && rows[j] === origins?.[row])) least[row] = distances[j];
      }
    });
    return least;
  };
  const atHome = nearest(home.reference, home.rows);
  const abroad = nearest(reference.reference, null);
  return atHome.filter((distance, row) => distance < abroad[row]).length / points.rows;
}

/** What is compared only where the samples should be distributed as the real rows are. */
type WholeFigures = Pick<
  SetMetrics,
  'recall' | 'coverage' | 'mmd' | 'frechet' | 'nearestNeighbour' | 'modes'
>;
const NO_WHOLE: WholeFigures = {
  recall: null,
  coverage: null,
  mmd: null,
  frechet: null,
  nearestNeighbour: null,
  modes: null,
};

/**
 * Every figure of a set, in steps of some 10 ms; as many rows of the set and of the reference count, the first of each.
 * Null where there are too few. `whereabouts`: null where samples stay at home by what they are.
 */
export function* measureSet(
  subject: Subject,
  reference: Reference,
  whereabouts: Whereabouts | null,
  machine: Machine | null,
): Steps<SetMetrics | null> {
  const rows = Math.min(subject.points.rows, reference.rows);
  if (rows < LEAST_ROWS) return null;
  const { whole, width } = reference;
  const points = firstRows(subject.points, rows);
  const real = whole ? firstRows(reference.real, rows) : reference.real;
  const { recall, coverage, ...fit } = prdc(real, points, NEIGHBOURS, machine);
  yield 1;
  const vendi = vendiOf(points, width);
  yield 1;
  const own = {
    ...fit,
    vendi,
    variance: reference.variance > 0 ? trimmedVariance(points) / reference.variance : null,
    displacement: subject.moved && medianOf(subject.moved.subarray(0, rows)),
    atHome: whereabouts && shareAtHome({ ...subject, points }, whereabouts, machine),
  };
  yield 1;
  if (!whole) return { ...own, ...NO_WHOLE };
  const mmd = mmd2Unbiased(firstRows(real, COSTLY_ROWS), firstRows(points, COSTLY_ROWS), machine);
  yield 1;
  return {
    ...own,
    recall,
    coverage,
    mmd: Number.isFinite(mmd) ? mmd : null,
    frechet: frechetDistance(real, points),
    nearestNeighbour: oneNearestNeighbourAccuracy(real, points, machine),
    modes: reference.clusters && modesFound(reference.clusters, points),
  };
}
