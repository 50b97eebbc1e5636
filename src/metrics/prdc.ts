/**
 * Precision, recall, density and coverage of generated samples (Kynkäänniemi et al. 2019; Naeem et al.
 * 2020). Knows nothing of who generated them.
 */
import type { Machine } from '../kernels/machine.ts';
import { assertRows, eachRow, type Points, type RowDistances } from './distances.ts';

export interface Prdc {
  /** Share of fake points inside the k-NN ball of some real point. */
  readonly precision: number;
  /** Share of real points inside the k-NN ball of some fake point. */
  readonly recall: number;
  /** Mean over fake points of the number of real balls that hold them, over k; may exceed 1. */
  readonly density: number;
  /** Share of real points whose nearest fake point lies inside their own ball. */
  readonly coverage: number;
}

/** The k-th smallest distance to another point than `own`. */
function kthOther(distances: RowDistances, own: number, k: number): number {
  const smallest = new Float64Array(k).fill(Infinity);
  for (let j = 0; j < distances.length; j++) {
    const d = distances[j];
    if (j === own || d >= smallest[k - 1]) continue;
    let slot = k - 1;
    for (; slot > 0 && smallest[slot - 1] > d; slot--) smallest[slot] = smallest[slot - 1];
    smallest[slot] = d;
  }
  return smallest[k - 1];
}

/** Squared distance of every row to its k-th nearest other row, length `rows`. */
function squaredRadii(points: Points, k: number, machine: Machine | null): Float64Array {
  const radii = new Float64Array(points.rows);
  eachRow(points, points, machine, (row, distances) => {
    radii[row] = kthOther(distances, row, k);
  });
  return radii;
}

/**
 * PRDC between `real` and `fake`, `[rows, features]` each: Euclidean distances, `k` nearest neighbours
 * excluding the point itself, strict `<`. `machine`: the kernels for large float32 sets, where there are any.
 * @throws where either set has k rows or fewer, or the columns differ.
 */
export function prdc(real: Points, fake: Points, k: number, machine: Machine | null = null): Prdc {
  assertRows(real, k + 1, `PRDC with k = ${k}`);
  assertRows(fake, k + 1, `PRDC with k = ${k}`);
  const realRadii = squaredRadii(real, k, machine);
  const fakeRadii = squaredRadii(fake, k, machine);
  const ballsHolding = new Int32Array(fake.rows);
  let recalled = 0;
  let covered = 0;
  eachRow(real, fake, machine, (r, distances) => {
    let nearest = Infinity;
    let inFakeBall = false;
    for (let f = 0; f < fake.rows; f++) {
      const d = distances[f];
      if (d < realRadii[r]) ballsHolding[f]++;
      if (d < fakeRadii[f]) inFakeBall = true;
      if (d < nearest) nearest = d;
    }
    if (inFakeBall) recalled++;
    if (nearest < realRadii[r]) covered++;
  });
  let inside = 0;
  let balls = 0;
  for (const count of ballsHolding) {
    if (count > 0) inside++;
    balls += count;
  }
  return {
    precision: inside / fake.rows,
    recall: recalled / real.rows,
    density: balls / (k * fake.rows),
    coverage: covered / real.rows,
  };
}
