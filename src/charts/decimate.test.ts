import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimate, runningMean } from './decimate.ts';

const line = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 2000 });

describe('decimate', () => {
  it('keeps the bound, the ends, the extremes and the order, and invents no point', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 4, max: 400 }), (values, maxPoints) => {
        const steps = values.map((_, i) => 10 * i);
        const { x, y } = decimate(steps, values, maxPoints);
        expect(x.length).toBeLessThanOrEqual(Math.max(maxPoints, 4));
        expect([x[0], x.at(-1)]).toEqual([0, steps.at(-1)]);
        expect(x.every((step, i) => i === 0 || step > x[i - 1])).toBe(true);
        expect(x.every((step, i) => Object.is(values[step / 10], y[i]))).toBe(true);
        let least = Infinity;
        let most = -Infinity;
        for (const v of values) {
          least = Math.min(least, v);
          most = Math.max(most, v);
        }
        expect(y.some((v) => v === least)).toBe(true);
        expect(y.some((v) => v === most)).toBe(true);
      }),
    );
  });

  it('copies a short line', () => {
    const steps = [1, 2, 3];
    const values = [5, 4, 6];
    const points = decimate(steps, values, 300);
    expect(points).toEqual({ x: [1, 2, 3], y: [5, 4, 6] });
    expect(points.y).not.toBe(values);
  });

  it('passes over a value that is not finite, and shows a gap where a whole stretch is not', () => {
    const values = Array.from({ length: 100 }, (_, i) => (i === 7 || (i >= 40 && i < 70) ? Number.NaN : i));
    const { x, y } = decimate([...values.keys()], values, 22);
    expect(x.filter((step) => step === 7)).toEqual([]);
    expect(y.some(Number.isNaN)).toBe(true);
    expect(y.filter((v) => v < 40 || v >= 70).length).toBeGreaterThan(8);
  });
});

describe('runningMean', () => {
  it('is exact on a constant line from its first value on', () => {
    for (const v of runningMean([3, 3, 3, 3], 10)) expect(v).toBeCloseTo(3, 12);
  });

  it('weights the newest value by one in span', () => {
    // Weights 0.5 and 0.25 of values 1 and 2, divided by their sum.
    expect(runningMean([1, 2], 2)[1]).toBeCloseTo((0.25 * 1 + 0.5 * 2) / 0.75, 12);
  });

  it('is not spoilt by a value that is not finite', () => {
    const mean = runningMean([Number.NaN, 1, Number.POSITIVE_INFINITY, 1], 4);
    expect(mean[0]).toBeNaN();
    expect(mean[3]).toBeCloseTo(1, 12);
  });
});
