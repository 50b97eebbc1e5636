/**
 * Pairs of corpora whose true translation is known, so that samples can be made as they should be, or wrong in a known way.
 * For tests and for `npm run bench -- diagnosis`.
 */
import { CLASSES, type Matrix } from '../corpus/corpus.ts';
import { type Random, randomStream } from '../corpus/random.ts';
import type { BasisData } from './basis.ts';

export interface WorldOptions {
  /** Rows of the source; the target has nine tenths as many. */
  readonly rows: number;
  readonly features: number;
  readonly seed: number;
  /** Rows from a t distribution of four degrees of freedom instead of a normal one. */
  readonly heavyTails: boolean;
  /** Distance of the classes' means, in deviations of a class along the leading factor. */
  readonly separation: number;
  /** How far the target lies from the source, in deviations of a feature. */
  readonly shift: number;
}

export interface World {
  readonly options: WorldOptions;
  readonly data: BasisData;
  readonly targetClasses: Int8Array;
  /** Mean of a class in the source. */
  readonly means: readonly Float64Array[];
  /** The true translation of one row, and back. */
  readonly toTarget: (row: Float64Array) => Float64Array;
  readonly toSource: (row: Float64Array) => Float64Array;
  /** Mean deviation of the features within a class of the source. */
  readonly deviation: number;
}

/** Shares of the classes in either corpus: unbalanced, and not alike. */
const SHARES = { source: [0.4, 0.35, 0.25], target: [0.3, 0.4, 0.3] };
/** Factors behind the features, each with less variance than the one before. */
const FACTORS = 12;
const FALL = 0.85;
const OWN_NOISE = 0.3;
/** How the target's features are stretched, as a deviation of the logarithm. */
const STRETCH = 0.25;

export const rowOf = ({ columns, values }: Matrix, row: number): Float64Array =>
  Float64Array.from(values.subarray(row * columns, (row + 1) * columns));

/** Rows as a matrix. */
export function matrixOf(rows: readonly Float64Array[], columns: number): Matrix {
  const values = new Float32Array(rows.length * columns);
  rows.forEach((row, i) => {
    values.set(row, i * columns);
  });
  return { rows: rows.length, columns, values };
}

const classesOf = (rows: number, shares: readonly number[]): Int8Array =>
  Int8Array.from({ length: rows }, (_, i) =>
    (i + 0.5) / rows < shares[0] ? 0 : (i + 0.5) / rows < shares[0] + shares[1] ? 1 : 2,
  );

/** Factors of a row: the class's place, and chance around it. */
function makeRow(
  mixing: Float64Array,
  mean: Float64Array,
  heavyTails: boolean,
  random: Random,
): Float64Array {
  const columns = mean.length;
  let tail = 1;
  if (heavyTails) {
    let square = 0;
    for (let i = 0; i < 4; i++) square += random.normal() ** 2 / 4;
    tail = 1 / Math.sqrt(2 * square);
  }
  const row = mean.slice();
  for (let f = 0; f < FACTORS; f++) {
    const factor = tail * FALL ** f * random.normal();
    for (let c = 0; c < columns; c++) row[c] += factor * mixing[f * columns + c];
  }
  for (let c = 0; c < columns; c++) row[c] += tail * OWN_NOISE * random.normal();
  return row;
}

export function makeWorld(options: WorldOptions): World {
  const { rows, features, seed, heavyTails, separation } = options;
  const random = randomStream(seed, `world/${rows}/${features}`);
  const normals = (count: number) => Float64Array.from({ length: count }, () => random.normal());
  const mixing = normals(FACTORS * features).map((v) => v / Math.sqrt(FACTORS / 3));
  // Three places that are equally far from one another, along directions of the features' own.
  const means = CLASSES.map(() => normals(features).map((v) => (v * separation) / Math.SQRT2));
  const shift = normals(features).map((v) => options.shift * v);
  const stretch = normals(features).map((v) => Math.exp(STRETCH * v));
  const toTarget = (row: Float64Array) => row.map((v, c) => v * stretch[c] + shift[c]);
  const toSource = (row: Float64Array) => row.map((v, c) => (v - shift[c]) / stretch[c]);
  const make = (classes: Int8Array) =>
    Array.from(classes, (k) => makeRow(mixing, means[k], heavyTails, random));
  const sourceClasses = classesOf(rows, SHARES.source);
  const targetClasses = classesOf(Math.ceil(0.9 * rows), SHARES.target);
  const source = matrixOf(make(sourceClasses), features);
  const target = matrixOf(make(targetClasses).map(toTarget), features);
  return {
    options,
    data: {
      source,
      target,
      sourceRows: Int32Array.from({ length: source.rows }, (_, row) => row),
      targetRows: Int32Array.from({ length: target.rows }, (_, row) => row),
      sourceClasses,
      rows: Math.min(500, rows),
    },
    targetClasses,
    means,
    toTarget,
    toSource,
    deviation: deviationOf(make(new Int8Array(100))),
  };
}

/** Mean over the features of the deviation of some rows. */
function deviationOf(rows: readonly Float64Array[]): number {
  const columns = rows[0].length;
  let total = 0;
  for (let c = 0; c < columns; c++) {
    const mean = rows.reduce((sum, row) => sum + row[c], 0) / rows.length;
    total += Math.sqrt(rows.reduce((sum, row) => sum + (row[c] - mean) ** 2, 0) / rows.length) / columns;
  }
  return total;
}
