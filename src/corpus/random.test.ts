import { describe, expect, it } from 'vitest';
import { randomStream, symmetricBeta } from './random.ts';

describe('Beta(α, α)', () => {
  it.each([0.2, 1, 5])('has mean ½ and variance 1 / (8α + 4) at α = %d', (shape) => {
    const random = randomStream(1, 'beta');
    const draws = Array.from({ length: 20_000 }, () => symmetricBeta(random, shape));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(0.5, 1.9);
    expect(variance / (1 / (8 * shape + 4))).toBeCloseTo(1, 1.2);
  });

  it('is uniform at α = 1', () => {
    const random = randomStream(1, 'uniform');
    const draws = Float64Array.from({ length: 10_000 }, () => symmetricBeta(random, 1)).sort();
    const gaps = Array.from(draws, (x, i) => Math.abs(x - (i + 0.5) / draws.length));
    // Kolmogorov and Smirnov: beyond 1.95 / √n only once in a thousand seeds.
    expect(Math.max(...gaps)).toBeLessThan(1.95 / Math.sqrt(draws.length));
  });

  it('stays a number where the shape is tiny: nothing but 0 and 1', () => {
    const random = randomStream(1, 'tiny');
    const draws = Array.from({ length: 200 }, () => symmetricBeta(random, 1e-4));
    expect(draws.every((x) => Math.min(x, 1 - x) < 1e-6)).toBe(true);
    expect(new Set(draws.map(Math.round))).toEqual(new Set([0, 1]));
  });
});
