/** How many different points a set effectively holds. Knows nothing of what they are. */
import { symmetricEigen } from '../corpus/linearAlgebra.ts';
import { assertRows, type Points, squaredDistances } from './distances.ts';

/** Eigenvalues below this count as 0, whose entropy is 0. */
const SMALLEST = 1e-12;

/**
 * Vendi score of `[rows, features]` (Friedman & Dieng 2023): exp of the entropy of the eigenvalues of K/n,
 * K = exp(−d² / sigma2). 1 where all rows are equal, `rows` where none resembles another.
 * @throws where there is no row, or `sigma2` is not positive.
 */
export function vendiScore(points: Points, sigma2: number): number {
  assertRows(points, 1, 'The Vendi score');
  if (!(sigma2 > 0)) throw new Error(`The Vendi score needs a positive width, not ${sigma2}.`);
  const { rows } = points;
  const kernel = squaredDistances(points, points).map((d) => Math.exp(-d / sigma2) / rows);
  let entropy = 0;
  for (const value of symmetricEigen(kernel, rows).values) {
    if (value > SMALLEST) entropy -= value * Math.log(value);
  }
  return Math.exp(entropy);
}
