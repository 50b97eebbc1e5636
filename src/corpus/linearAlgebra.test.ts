import { describe, expect, it } from 'vitest';
import { symmetricEigen } from './linearAlgebra.ts';
import { randomStream } from './random.ts';

function randomSymmetric(n: number, rank: number, seed: number): Float64Array {
  const random = randomStream(seed, 'symmetric');
  const factors = Array.from({ length: rank }, () => Float64Array.from({ length: n }, () => random.normal()));
  const a = new Float64Array(n * n);
  factors.forEach((f, k) => {
    // Alternating signs: indefinite matrices too.
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) a[i * n + j] += (k % 3 === 0 ? -1 : 1) * f[i] * f[j];
  });
  return a;
}

describe('symmetricEigen', () => {
  it('solves a matrix whose eigenvalues are known', () => {
    const { values, vectors } = symmetricEigen(Float64Array.from([2, 1, 0, 1, 2, 0, 0, 0, -5]), 3, true);
    [3, 1, -5].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 12);
    });
    expect(Math.abs(vectors![0])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(Math.abs(vectors![8])).toBeCloseTo(1, 12);
  });

  it.each([
    [1, 1],
    [2, 2],
    [5, 9],
    [40, 60],
    [40, 7],
    [120, 120],
  ])('reproduces a matrix of %i rows and rank %i from its parts', (n, rank) => {
    const a = randomSymmetric(n, rank, n + rank);
    const { values, vectors } = symmetricEigen(a, n, true);
    const largest = Math.max(...a.map(Math.abs));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let rebuilt = 0;
        let product = 0;
        for (let k = 0; k < n; k++) {
          rebuilt += values[k] * vectors![k * n + i] * vectors![k * n + j];
          product += vectors![i * n + k] * vectors![j * n + k];
        }
        expect(Math.abs(rebuilt - a[i * n + j])).toBeLessThan(1e-11 * n * largest);
        expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-12 * n);
      }
    }
    const alone = symmetricEigen(a, n).values;
    alone.forEach((value, i) => {
      expect(Math.abs(value - values[i])).toBeLessThan(1e-11 * n * largest);
    });
    expect([...alone]).toEqual([...alone].sort((x, y) => y - x));
  });

  it('handles zeros, equal eigenvalues and no rows', () => {
    expect([...symmetricEigen(new Float64Array(16), 4, true).values]).toEqual([0, 0, 0, 0]);
    expect([...symmetricEigen(Float64Array.from([7, 0, 0, 7]), 2).values]).toEqual([7, 7]);
    expect(symmetricEigen(new Float64Array(0), 0).values).toHaveLength(0);
  });

  it('refuses a value that is not finite', () => {
    expect(() => symmetricEigen(Float64Array.from([1, Number.NaN, Number.NaN, 1]), 2)).toThrow(/not finite/);
  });
});
