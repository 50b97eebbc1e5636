/** Can two sets of points be told apart by their nearest neighbours? Knows nothing of what they are. */
import type { Machine } from '../kernels/machine.ts';
import { assertRows, eachRow, type Points, pooled } from './distances.ts';

/**
 * Leave-one-out accuracy of 1-nearest-neighbour over the pooled points of `a` and `b`,
 * `[rows, features]` each (Lopez-Paz & Oquab 2017): 0.5 is ideal, below it copying, above it separable.
 * Of equally near points the first counts. `machine`: the kernels for large float32 sets, where there are any.
 * @throws where there are fewer than two points, or the columns differ.
 */
export function oneNearestNeighbourAccuracy(a: Points, b: Points, machine: Machine | null = null): number {
  const all = pooled(a, b);
  assertRows(all, 2, '1-NN accuracy');
  let hits = 0;
  eachRow(all, all, machine, (i, distances) => {
    let nearest = -1;
    let least = Infinity;
    for (let j = 0; j < all.rows; j++) {
      if (j !== i && distances[j] < least) {
        least = distances[j];
        nearest = j;
      }
    }
    if (i < a.rows === nearest < a.rows) hits++;
  });
  return hits / all.rows;
}
