/**
 * Precision, recall, density and coverage of generated samples (Kynkäänniemi et al. 2019; Naeem et al.
 * 2020). Knows nothing of who generated them.
 */
import { assertRows, type Points, squaredDistances } from './distances.ts';

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

/** Squared distance of every row to its k-th nearest other row, length `rows`. */
function squaredRadii(points: Points, k: number): Float64Array {
  const { rows } = points;
  const distances = squaredDistances(points, points);
  return Float64Array.from({ length: rows }, (_, i) => {
    // Sorted, entry 0 is the point itself (or an equal one, which is the same distance).
    return distances.slice(i * rows, (i + 1) * rows).sort()[k];
  });
}

/**
 * PRDC between `real` and `fake`, `[rows, features]` each: Euclidean distances, `k` nearest neighbours
 * excluding the point itself, strict `<`.
 * @throws where either set has k rows or fewer, or the columns differ.
 */
export function prdc(real: Points, fake: Points, k: number): Prdc {
  assertRows(real, k + 1, `PRDC with k = ${k}`);
  assertRows(fake, k + 1, `PRDC with k = ${k}`);
  const realRadii = squaredRadii(real, k);
  const fakeRadii = squaredRadii(fake, k);
  const between = squaredDistances(real, fake);
  const ballsHolding = new Int32Array(fake.rows);
  let recalled = 0;
  let covered = 0;
  for (let r = 0; r < real.rows; r++) {
    let nearest = Infinity;
    let inFakeBall = false;
    for (let f = 0, i = r * fake.rows; f < fake.rows; f++, i++) {
      const d = between[i];
      if (d < realRadii[r]) ballsHolding[f]++;
      if (d < fakeRadii[f]) inFakeBall = true;
      if (d < nearest) nearest = d;
    }
    if (inFakeBall) recalled++;
    if (nearest < realRadii[r]) covered++;
  }
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
