/**
 * The rows that a type of samples is held against, feature by feature: one half of what it imitates, with the other
 * half for what real rows reach, and the other corpus for where it began. All in training's feature space, where scaling
 * has already done its part and is not counted as the GAN's. Knows no verdict.
 */
import { type Matrix, matrixRows } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import type { ScaledPair } from '../corpus/scale.ts';
import { featureShifts, kolmogorovSmirnov, moments, sortedColumn } from '../corpus/shift.ts';
import type { Side } from './inspectPair.ts';
import { firstRows } from './points.ts';

/** Rows of a half, and of any other set, at most. */
const MOST_ROWS = 600;
/** Chance has a seed of its own: the same corpora always give the same halves. */
const SEED = 1;

/** A set with what is read off it again and again. */
export interface Columns {
  readonly matrix: Matrix;
  /** Values of each column, ascending. */
  readonly sorted: readonly Float32Array[];
  readonly deviations: Float64Array;
}

/** What samples that imitate one corpus are held against. */
export interface FidelitySets {
  /** Half of the corpus: what everything is compared with. */
  readonly reference: Columns;
  /** The other half: what real rows reach. */
  readonly ceiling: Matrix;
  /** The other corpus: where the translation begins. */
  readonly floor: Matrix;
  /** The features by which the corpora differ most, most first. */
  readonly strongest: readonly number[];
}

/** A matrix with its columns sorted. */
export function columnsOf(matrix: Matrix): Columns {
  return {
    matrix,
    sorted: Array.from({ length: matrix.columns }, (_, c) => sortedColumn(matrix, c)),
    deviations: moments(matrix).variance.map(Math.sqrt),
  };
}

/** Rows in an order of chance, so that any number of the first of them speaks for all. */
function shuffled(matrix: Matrix, most: number, name: string): Matrix {
  const order = randomStream(SEED, `fidelity/${name}`).permutation(matrix.rows);
  return matrixRows(matrix, order.subarray(0, most));
}

/** @param features how many of the strongest shifts are looked at one by one. */
export function fidelitySets(scaled: ScaledPair, imitated: Side, features: number): FidelitySets {
  const other = imitated === 'source' ? 'target' : 'source';
  const real = shuffled(scaled[imitated], 2 * MOST_ROWS, imitated);
  const half = real.rows >> 1;
  const floor = shuffled(scaled[other], MOST_ROWS, other);
  const reference = columnsOf(firstRows(real, real.rows - half));
  const position = new Map(scaled.features.map((name, c) => [name, c]));
  const shifts = featureShifts(floor, reference.matrix, scaled.features).slice(0, features);
  return {
    reference,
    ceiling: {
      rows: half,
      columns: real.columns,
      values: real.values.subarray((real.rows - half) * real.columns),
    },
    floor,
    strongest: shifts.map(({ feature }) => position.get(feature) ?? 0),
  };
}

/** Kolmogorov-Smirnov distances of a set to the reference, a feature each. */
export const distancesTo = (reference: Columns, set: Columns): Float64Array =>
  Float64Array.from(set.sorted, (column, c) => kolmogorovSmirnov(column, reference.sorted[c]));

/** Correlations of the given columns, pair by pair; 0 where a column is constant. */
export function correlationsOf({ rows, columns, values }: Matrix, chosen: readonly number[]): number[] {
  const centred = chosen.map((c) => {
    const column = Float64Array.from({ length: rows }, (_, r) => values[r * columns + c]);
    const mean = column.reduce((sum, value) => sum + value, 0) / rows;
    return column.map((value) => value - mean);
  });
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, r) => sum + value * b[r], 0);
  const norms = centred.map((column) => Math.sqrt(dot(column, column)));
  return centred.flatMap((a, i) =>
    centred.slice(i + 1).map((b, at) => {
      const size = norms[i] * norms[i + 1 + at];
      return size > 0 ? dot(a, b) / size : 0;
    }),
  );
}
