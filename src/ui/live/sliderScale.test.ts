import { describe, expect, it } from 'vitest';
import { positionOf, SLIDER_END, type SliderRange, valueAt } from './sliderScale.ts';

const RATES: SliderRange = { least: 1e-6, most: 0.1, kind: 'logarithmic' };
const WEIGHTS: SliderRange = { least: 0.01, most: 1000, kind: 'zero' };
const STEPS: SliderRange = { least: 1, most: 10, kind: 'linear' };

describe('a slider', () => {
  it('gives every value back that it shows', () => {
    for (const value of [1e-6, 3e-4, 6e-4, 0.012, 0.1]) {
      expect(valueAt(RATES, positionOf(RATES, value))).toBe(value);
    }
    for (const value of [0, 0.01, 1, 5, 10, 1000]) {
      expect(valueAt(WEIGHTS, positionOf(WEIGHTS, value))).toBe(value);
    }
    for (const value of [1, 3, 10]) expect(valueAt(STEPS, positionOf(STEPS, value))).toBe(value);
  });

  it('gives every power of ten as much room', () => {
    const [a, b, c] = [1e-4, 1e-3, 1e-2].map((value) => positionOf(RATES, value));
    expect(b - a).toBeCloseTo(c - b);
  });

  it('stands at its end for what is beyond it', () => {
    expect(positionOf(WEIGHTS, 1e6)).toBe(SLIDER_END);
    expect(positionOf(RATES, 1e-8)).toBe(0);
  });

  it('has nothing between 0 and the least weight', () => {
    const values = Array.from({ length: 11 }, (_, i) => valueAt(WEIGHTS, i));
    expect(values[0]).toBe(0);
    expect(values.every((value) => value === 0 || value >= 0.01)).toBe(true);
  });
});
