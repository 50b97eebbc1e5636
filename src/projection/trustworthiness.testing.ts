/** A yardstick of maps for tests and benchmarks: do points near on the map lie near in the data? */
import type { Matrix } from '../corpus/corpus.ts';
import { packRows, squaredDistancesPacked } from '../kernels/distances.ts';
import type { Machine } from '../kernels/machine.ts';

type DistancesOf = (row: number) => Float64Array | Float32Array;

/** Squared distances of row `row` to all rows of `[rows, columns]`, its own as −1: nearest of all. */
function distancesFrom(row: number, values: Float32Array, columns: number): Float64Array {
  const distances = new Float64Array(values.length / columns);
  for (let other = 0, at = 0; other < distances.length; other++) {
    let squares = 0;
    for (let c = row * columns, end = c + columns; c < end; c++, at++) {
      const difference = values[c] - values[at];
      squares += difference * difference;
    }
    distances[other] = squares;
  }
  distances[row] = -1;
  return distances;
}

/** `distancesFrom` on the kernels, in float32; `release` when done. */
function kernelDistances(
  machine: Machine,
  { columns, values }: Matrix,
): { of: DistancesOf; release: () => void } {
  const reference = packRows(machine, 'reference', values, columns);
  const of = (row: number) => {
    const query = packRows(machine, 'queries', values.subarray(row * columns, (row + 1) * columns), columns);
    const distances = squaredDistancesPacked(machine, query, reference);
    query.release();
    distances[row] = -1;
    return distances;
  };
  return { of, release: reference.release };
}

/** How many rows come before row `other`, the lower of equally distant ones first. */
function rankOf(other: number, distances: ReturnType<DistancesOf>): number {
  const limit = distances[other];
  let before = 0;
  for (let i = 0; i < distances.length; i++) {
    if (distances[i] < limit || (distances[i] === limit && i < other)) before++;
  }
  return before;
}

/** The `count` lowest entries after the lowest, nearest first, the lower row first of equal ones. */
function nearest(distances: Float64Array, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    if (found.length > count && distances[i] >= distances[found[count]]) continue;
    let slot = Math.min(found.length, count + 1);
    while (slot > 0 && distances[found[slot - 1]] > distances[i]) slot--;
    found.splice(slot, 0, i);
    found.length = Math.min(found.length, count + 1);
  }
  return found.slice(1);
}

/**
 * Trustworthiness in [0, 1] of maps `[rows, 2]` of data `[rows, features]` (Venna & Kaski 2001):
 * 1 − 2 / (n k (2n − 3k − 1)) Σ over rows, and over map neighbours that are none in the data, of the data
 * rank less k. Every `stride`-th row is looked at, each among all rows; on the kernels, where `machine` is given.
 */
export function trustworthinessOf(
  data: Matrix,
  maps: readonly Float32Array[],
  k: number,
  stride = 1,
  machine: Machine | null = null,
): number[] {
  const { rows, columns, values } = data;
  const penalties = maps.map(() => 0);
  const kernels = machine && kernelDistances(machine, data);
  let looked = 0;
  for (let row = 0; row < rows; row += stride) {
    const distances = kernels ? kernels.of(row) : distancesFrom(row, values, columns);
    maps.forEach((map, m) => {
      for (const other of nearest(distancesFrom(row, map, 2), k)) {
        penalties[m] += Math.max(0, rankOf(other, distances) - k);
      }
    });
    looked++;
  }
  kernels?.release();
  return penalties.map((penalty) => 1 - (2 * penalty) / (looked * k * (2 * rows - 3 * k - 1)));
}

/** Trustworthiness of one map. */
export function trustworthiness(data: Matrix, map: Float32Array, k: number, stride = 1): number {
  return trustworthinessOf(data, [map], k, stride)[0];
}
