import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { fuzzyGraph, membershipStrengths } from './fuzzyGraph.ts';
import { type Neighbours, nearestNeighbours } from './neighbours.ts';
import { finish } from './steps.ts';

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
  it('is no number where the distances are none', () => {
    const weights = new Float32Array(2);
    membershipStrengths(Float32Array.from([Number.NaN, Number.NaN]), Number.NaN, weights);
    expect([...weights]).toEqual([Number.NaN, Number.NaN]);
  });
});

/** Small whole numbers in two columns: equal rows and equal distances abound. */
const rowsOf = fc
  .array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), { minLength: 2 })
  .map((points): Matrix => ({ rows: points.length, columns: 2, values: Float32Array.from(points.flat()) }));

const neighboursOf = (data: Matrix, k: number) => finish(nearestNeighbours(data, data, k, true));

/** The union by its formula, over all pairs of rows: `[rows, rows]`. */
function bySquareMatrix({ k, indices, distances }: Neighbours): number[][] {
  const rows = indices.length / k;
  const directed = Array.from({ length: rows }, () => new Array<number>(rows).fill(0));
  for (let r = 0; r < rows; r++) {
    const own = distances.subarray(r * k, (r + 1) * k);
    const weights = new Float32Array(k);
    membershipStrengths(own, own.find((d) => d > 0) ?? 0, weights);
    weights.forEach((w, n) => {
      directed[r][indices[r * k + n]] = w;
    });
  }
  return directed.map((row, r) => row.map((w, o) => w + directed[o][r] - w * directed[o][r]));
}

describe('fuzzyGraph', () => {
  it('holds the fuzzy union of both directions, each edge at both its ends', () => {
    fc.assert(
      fc.property(rowsOf, fc.integer({ min: 1, max: 6 }), (data, k) => {
        const neighbours = neighboursOf(data, k);
        const { offsets, ends, weights } = fuzzyGraph(neighbours, 0);
        const expected = bySquareMatrix(neighbours);
        expected.forEach((row, r) => {
          const found = new Array<number>(data.rows).fill(0);
          for (let e = offsets[r]; e < offsets[r + 1]; e++) {
            // No edge twice.
            expect(found[ends[e]]).toBe(0);
            found[ends[e]] = weights[e];
          }
          found.forEach((w, o) => {
            expect(w).toBeCloseTo(row[o], 6);
          });
        });
      }),
    );
  });

  it('leaves out what is weaker than asked for, at both ends', () => {
    const data: Matrix = { rows: 5, columns: 1, values: Float32Array.from([0, 1, 2, 5, 30]) };
    const all = fuzzyGraph(neighboursOf(data, 4), 0);
    const strong = fuzzyGraph(neighboursOf(data, 4), 0.5);
    expect(strong.weights.length).toBeLessThan(all.weights.length);
    expect(Math.min(...strong.weights)).toBeGreaterThanOrEqual(0.5 * Math.max(...all.weights));
    expect(strong.weights.length).toBe(all.weights.filter((w) => w >= 0.5 * Math.max(...all.weights)).length);
  });

  it('refuses a distance that is not finite', () => {
    const indices = Int32Array.from([1, 0]);
    for (const bad of [Number.NaN, Infinity]) {
      const neighbours = { k: 1, indices, distances: Float32Array.from([1, bad]) };
      expect(() => fuzzyGraph(neighbours, 0)).toThrow(/not a finite number/);
    }
  });
});
