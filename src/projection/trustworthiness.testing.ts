/** A yardstick of maps for tests: do points near on the map lie near in the data? */
import type { Matrix } from '../corpus/corpus.ts';

/**
 * Trustworthiness in [0, 1] of a map `[rows, 2]` of data `[rows, features]` (Venna & Kaski 2001):
 * 1 − 2 / (n k (2n − 3k − 1)) Σ over rows, and over map neighbours that are none in the data, of the data
 * rank less k. Every `stride`-th row is looked at, each among all rows.
 */
export function trustworthiness(data: Matrix, map: Float32Array, k: number, stride = 1): number {
  const { rows, columns, values } = data;
  const nearestFirst = (row: number, points: Float32Array, width: number) => {
    const distances = Float64Array.from({ length: rows }, (_, other) => {
      let squares = 0;
      for (let c = 0; c < width; c++) squares += (points[row * width + c] - points[other * width + c]) ** 2;
      return other === row ? -1 : squares;
    });
    return Array.from(distances, (_, i) => i).sort((a, b) => distances[a] - distances[b]);
  };
  let penalty = 0;
  let looked = 0;
  for (let row = 0; row < rows; row += stride) {
    const rank = new Int32Array(rows);
    nearestFirst(row, values, columns).forEach((other, position) => {
      rank[other] = position;
    });
    for (const other of nearestFirst(row, map, 2).slice(1, k + 1)) penalty += Math.max(0, rank[other] - k);
    looked++;
  }
  return 1 - (2 * penalty) / (looked * k * (2 * rows - 3 * k - 1));
}
