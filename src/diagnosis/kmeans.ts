/** Clusters of real rows, whose loss shows that a mode was dropped. Knows nothing of what the rows are. */
import type { Matrix } from '../corpus/corpus.ts';
import type { Random } from '../corpus/random.ts';
import { eachRow } from '../metrics/distances.ts';

/** Clusters and what share of the rows that they were fitted on each holds. */
export interface Clusters {
  /** `[clusters, columns]`. */
  readonly centres: Matrix;
  readonly shares: Float64Array;
}

const MOST_CLUSTERS = 10;
/** Rows a cluster should have on average. */
const ROWS_A_CLUSTER = 7;
const ROUNDS = 15;
/** Clusters below this share, or of fewer rows, are outliers and no modes. */
const LEAST_SHARE = 0.03;
const LEAST_ROWS = 3;
/** A mode is found where samples lie in it at this part of the rate at which real rows do. */
const FOUND_RATE = 0.1;

/** Index of the nearest centre to each row. */
function nearestCentre(points: Matrix, centres: Matrix): Int32Array {
  const nearest = new Int32Array(points.rows);
  eachRow(points, centres, null, (row, distances) => {
    for (let j = 1; j < distances.length; j++) if (distances[j] < distances[nearest[row]]) nearest[row] = j;
  });
  return nearest;
}

/** First centres, each drawn by its squared distance to those before (k-means++, Arthur & Vassilvitskii 2007). */
function seedCentres(points: Matrix, count: number, random: Random): Matrix {
  const { rows, columns, values } = points;
  const centres = new Float32Array(count * columns);
  const squares = new Float64Array(rows).fill(Infinity);
  let chosen = random.integer(rows);
  for (let k = 0; ; ) {
    const centre = values.subarray(chosen * columns, (chosen + 1) * columns);
    centres.set(centre, k * columns);
    if (++k === count) return { rows: count, columns, values: centres };
    let total = 0;
    eachRow(points, { rows: 1, columns, values: centre }, null, (row, [square]) => {
      squares[row] = Math.min(squares[row], square);
      total += squares[row];
    });
    let left = random.uniform() * total;
    chosen = 0;
    while (chosen < rows - 1 && left >= squares[chosen]) left -= squares[chosen++];
  }
}

/** Means of the rows of each cluster; a cluster without rows keeps its centre. */
function meansOf({ rows, columns, values }: Matrix, owner: Int32Array, centres: Matrix): Matrix {
  const sums = new Float64Array(centres.rows * columns);
  const counts = new Int32Array(centres.rows);
  for (let r = 0; r < rows; r++) {
    counts[owner[r]]++;
    for (let c = 0; c < columns; c++) sums[owner[r] * columns + c] += values[r * columns + c];
  }
  const at = (i: number) => Math.floor(i / columns);
  return {
    ...centres,
    values: centres.values.map((v, i) => (counts[at(i)] > 0 ? sums[i] / counts[at(i)] : v)),
  };
}

/** Rows of all fits together, about: few rows are fitted more often, since chance is greater there and it costs little. */
const FITTED_ROWS = 600;

interface Fit {
  readonly centres: Matrix;
  readonly owner: Int32Array;
  /** Summed squared distance of the rows to their centres. */
  readonly cost: number;
}

/** One fit (Lloyd), from centres that chance picks. */
function fitOnce(points: Matrix, count: number, random: Random): Fit {
  let centres = seedCentres(points, count, random);
  let owner = nearestCentre(points, centres);
  for (let round = 0; round < ROUNDS; round++) {
    centres = meansOf(points, owner, centres);
    const next = nearestCentre(points, centres);
    if (next.every((k, row) => k === owner[row])) break;
    owner = next;
  }
  let cost = 0;
  eachRow(points, centres, null, (row, distances) => {
    cost += distances[owner[row]];
  });
  return { centres, owner, cost };
}

/**
 * K-means of `[rows, columns]`: ten clusters, fewer where there are fewer than seven rows for each; the best of several
 * fits. All chance comes from `random`. Null where there would be fewer than two.
 */
export function fitClusters(points: Matrix, random: Random): Clusters | null {
  const count = Math.min(MOST_CLUSTERS, Math.floor(points.rows / ROWS_A_CLUSTER));
  if (count < 2) return null;
  const fits = Array.from({ length: Math.ceil(FITTED_ROWS / points.rows) }, () =>
    fitOnce(points, count, random),
  );
  const { centres, owner } = fits.reduce((best, fit) => (fit.cost < best.cost ? fit : best));
  const shares = new Float64Array(count);
  for (const k of owner) shares[k] += 1 / points.rows;
  return { centres, shares };
}

/**
 * Share of the clusters in which samples lie, at a tenth of the rate of real rows at least. Clusters count by their rows,
 * those of hardly any not at all: as many other real rows leave m of them empty by a chance of about 2^-m, whether these
 * are one cluster or several. Null where none counts.
 */
export function modesFound({ centres, shares }: Clusters, samples: Matrix): number | null {
  const rates = new Float64Array(shares.length);
  for (const k of nearestCentre(samples, centres)) rates[k] += 1 / samples.rows;
  const least = Math.max(LEAST_SHARE, LEAST_ROWS / samples.rows);
  const modes = [...shares.keys()].filter((k) => shares[k] >= least);
  const found = modes.filter((k) => rates[k] >= FOUND_RATE * shares[k]);
  const rowsOf = (some: readonly number[]) => some.reduce((sum, k) => sum + shares[k], 0);
  return modes.length > 0 ? rowsOf(found) / rowsOf(modes) : null;
}
