/** Can two sets of points be told apart by their nearest neighbours? Knows nothing of what they are. */
import { assertRows, type Points, pooled, squaredDistances } from './distances.ts';

/**
 * Leave-one-out accuracy of 1-nearest-neighbour over the pooled points of `a` and `b`,
 * `[rows, features]` each (Lopez-Paz & Oquab 2017): 0.5 is ideal, below it copying, above it separable.
 * Of equally near points the first counts.
 * @throws where there are fewer than two points, or the columns differ.
 */
export function oneNearestNeighbourAccuracy(a: Points, b: Points): number {
  const all = pooled(a, b);
  assertRows(all, 2, '1-NN accuracy');
  const distances = squaredDistances(all, all);
  let hits = 0;
  for (let i = 0; i < all.rows; i++) {
    let nearest = -1;
    let least = Infinity;
    for (let j = 0; j < all.rows; j++) {
      const d = distances[i * all.rows + j];
      if (j !== i && d < least) {
        least = d;
        nearest = j;
      }
    }
    if (i < a.rows === nearest < a.rows) hits++;
  }
  return hits / all.rows;
}
