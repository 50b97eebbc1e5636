/** Fewer of a set's samples, spread over all of them: what a map shows and a file keeps. */
import type { Synthetic } from './events.ts';

/** Every n-th row, so that at most `most` are left; classes and origins go along. */
export function thin(samples: Synthetic, most: number): Synthetic {
  const { rows, columns, values, classes, origin } = samples;
  if (rows <= most) return samples;
  const kept = Int32Array.from({ length: most }, (_, i) => Math.floor((i * rows) / most));
  const thinned = new Float32Array(most * columns);
  kept.forEach((row, i) => {
    thinned.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return {
    rows: most,
    columns,
    values: thinned,
    classes: Int8Array.from(kept, (row) => classes[row]),
    origin: kept.map((row) => origin[row]),
  };
}
