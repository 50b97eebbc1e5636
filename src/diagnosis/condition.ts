/** Whether type C follows what it is told: the class Z, or the row that it is made from. Knows no network. */
import { CLASS_COUNT, type Matrix, matrixRows } from '../corpus/corpus.ts';
import type { Synthetic } from '../methods/events.ts';
import { squaredDistances } from '../metrics/distances.ts';
import { type Basis, toComponents } from './basis.ts';

/** Rows of the target whose three samples are compared. */
const MOST_ORIGINS = 100;

/** Rows of C by what they were made from, `[class]` each; of origins with a sample of every class. */
function triples({ classes, origin }: Synthetic): number[][] {
  const rows = new Map<number, number[]>();
  origin.forEach((from, row) => {
    const own = rows.get(from) ?? [];
    own[classes[row]] = row;
    rows.set(from, own);
  });
  const whole = [...rows.values()].filter((own) => Object.keys(own).length === CLASS_COUNT);
  return whole.slice(0, MOST_ORIGINS);
}

/**
 * The Z-ratio of type C, in principal components: mean ‖C(t, z) − C(t, z′)‖ over mean ‖C(t, z) − C(t′, z)‖, over rows t of
 * which there is a sample of every class, the first hundred. Null where there are fewer than two, or nothing differs.
 */
export function zRatio(basis: Basis, samples: Synthetic): number | null {
  const chosen = triples(samples);
  if (chosen.length < 2) return null;
  const points = toComponents(basis, matrixRows(samples, chosen.flat()));
  const distances = squaredDistances(points, points, basis.machine);
  const all = chosen.length * CLASS_COUNT;
  const sum = { byClass: 0, byRow: 0 };
  for (let i = 0; i < all; i++) {
    for (let j = 0; j < i; j++) {
      const distance = Math.sqrt(distances[i * all + j]);
      if (Math.floor(i / CLASS_COUNT) === Math.floor(j / CLASS_COUNT)) sum.byClass += distance;
      else if (i % CLASS_COUNT === j % CLASS_COUNT) sum.byRow += distance;
    }
  }
  const pairs = {
    byClass: (chosen.length * CLASS_COUNT * (CLASS_COUNT - 1)) / 2,
    byRow: (CLASS_COUNT * chosen.length * (chosen.length - 1)) / 2,
  };
  return sum.byRow > 0 ? sum.byClass / pairs.byClass / (sum.byRow / pairs.byRow) : null;
}

/** Mean of the rows, and their mean squared distance from it over n − 1. */
function centreOf({ rows, columns, values }: Matrix): {
  readonly mean: Float64Array;
  readonly variance: number;
} {
  const mean = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) mean[i % columns] += values[i] / rows;
  let variance = 0;
  for (let i = 0; i < values.length; i++) variance += (values[i] - mean[i % columns]) ** 2 / (rows - 1);
  return { mean, variance };
}

/**
 * What the Z-ratio would be if the classes of C differed as those of the source do: root mean squared distance of two
 * classes' means, what chance adds to it taken off, over the usual distance of two rows of one class. Null where too few
 * classes have rows enough, or no difference shows.
 */
export function realRatio({ classHalves }: Basis): number | null {
  const known = classHalves.filter((halves) => halves !== null);
  const centres = known.map(({ reference }) => ({ ...centreOf(reference), rows: reference.rows }));
  const usual = known.reduce((sum, { typicalSquare }) => sum + typicalSquare, 0) / known.length;
  let squares = 0;
  let pairs = 0;
  for (const [i, a] of centres.entries()) {
    for (const b of centres.slice(0, i)) {
      const square = a.mean.reduce((sum, v, c) => sum + (v - b.mean[c]) ** 2, 0);
      squares += square - a.variance / a.rows - b.variance / b.rows;
      pairs++;
    }
  }
  return pairs > 0 && usual > 0 && squares > 0 ? Math.sqrt(squares / pairs / usual) : null;
}
