import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { nearestNeighbours } from './neighbours.ts';
import { finish } from './steps.ts';
import { trustworthiness } from './trustworthiness.testing.ts';
import { fitUmap, membershipStrengths } from './umap.ts';

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

describe('membershipStrengths', () => {
  it('sums to log₂(k + 1), falling from 1', () => {
    const weights = new Float32Array(7);
    membershipStrengths(Float32Array.from([1, 1.5, 2, 2.2, 3, 5, 9]), 1, weights);
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(3, 4);
    expect(weights[0]).toBe(1);
    expect([...weights]).toEqual([...weights].sort((a, b) => b - a));
  });
  it('is 1 for equal rows, and finite for one neighbour', () => {
    const weights = new Float32Array(4);
    membershipStrengths(new Float32Array(4), 0, weights);
    expect([...weights]).toEqual([1, 1, 1, 1]);
    membershipStrengths(Float32Array.from([3]), 3, weights.subarray(0, 1));
    expect(weights[0]).toBe(1);
  });
});

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
});
