import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { nearestNeighbours } from './neighbours.ts';
import { finish } from './steps.ts';
import { trustworthiness } from './trustworthiness.testing.ts';
import { fitUmap } from './umap.ts';

/** `clusters` Gaussian clouds in `columns` dimensions, far apart; row r belongs to cloud r mod clusters. */
function clouds(rows: number, clusters: number, columns: number): Matrix {
  const random = randomStream(5, 'clouds');
  const centres = Float64Array.from({ length: clusters * columns }, () => 6 * random.normal());
  const values = Float32Array.from({ length: rows * columns }, (_, i) => {
    const cluster = Math.floor(i / columns) % clusters;
    return centres[cluster * columns + (i % columns)] + random.normal();
  });
  return { rows, columns, values };
}

const firstTwo = (m: Matrix) =>
  Float32Array.from({ length: 2 * m.rows }, (_, i) => m.values[(i >> 1) * m.columns + (i & 1)]);

function layout(data: Matrix, k = 15, seed = 1): Float32Array {
  const neighbours = finish(nearestNeighbours(data, data, k, true));
  return finish(fitUmap(neighbours, firstTwo(data), randomStream(seed, 'umap')));
}

describe('fitUmap', () => {
  it('keeps clusters together and apart', () => {
    const map = layout(clouds(240, 4, 12));
    const centre = (cluster: number) => {
      let [x, y] = [0, 0];
      for (let r = cluster; r < 240; r += 4) {
        x += map[2 * r] / 60;
        y += map[2 * r + 1] / 60;
      }
      return [x, y];
    };
    const centres = [0, 1, 2, 3].map(centre);
    for (let r = 0; r < 240; r++) {
      const distances = centres.map(([x, y]) => Math.hypot(map[2 * r] - x, map[2 * r + 1] - y));
      expect(distances.indexOf(Math.min(...distances))).toBe(r % 4);
    }
  });

  it('keeps neighbours as neighbours', () => {
    const data = clouds(300, 3, 10);
    expect(trustworthiness(data, layout(data, 14), 12)).toBeGreaterThan(0.85);
  });

  it('gives the same map for the same seed, another for another', () => {
    const data = clouds(60, 2, 5);
    expect(layout(data, 15, 3)).toEqual(layout(data, 15, 3));
    expect(layout(data, 15, 3)).not.toEqual(layout(data, 15, 4));
  });

  it('ends with finite coordinates for few rows and for equal rows', () => {
    for (let rows = 1; rows <= 20; rows++) {
      for (const data of [clouds(rows, 2, 3), { rows, columns: 3, values: new Float32Array(3 * rows) }]) {
        const map = layout(data);
        expect(map).toHaveLength(2 * rows);
        expect(map.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('tells how far it is, and can be left at any epoch', () => {
    const data = clouds(60, 2, 5);
    const neighbours = finish(nearestNeighbours(data, data, 15, true));
    const steps = fitUmap(neighbours, firstTwo(data), randomStream(1, 'umap'));
    expect(steps.next().value).toBeCloseTo(1 / 500, 9);
    expect(steps.next().value).toBeCloseTo(2 / 500, 9);
    expect(steps.return(new Float32Array(0))).toMatchObject({ done: true });
    expect(steps.next().done).toBe(true);
  });

  it('moves equal rows apart, though nothing tells them', () => {
    const map = layout({ rows: 12, columns: 3, values: new Float32Array(36) });
    expect(new Set(map).size).toBe(24);
  });

  it('refuses what is not a number', () => {
    const neighbours = { k: 1, indices: Int32Array.from([1, 0]), distances: Float32Array.from([1, 1]) };
    const bad = Float32Array.from([0, 0, 1, Number.NaN]);
    expect(() => finish(fitUmap(neighbours, bad, randomStream(1, 'umap')))).toThrow(/not a finite number/);
  });
});
