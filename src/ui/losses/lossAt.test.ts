import { expect, it } from 'vitest';
import { placeAt, valueAt } from './lossAt.ts';

it('the value at a step is that of the last step before it, or the latest', () => {
  const series = { steps: [10, 20, 30], terms: { cycle: [1, 2, 3] } };
  expect([5, 10, 19, 30, 99].map((step) => placeAt(series.steps, step))).toEqual([-1, 0, 0, 2, 2]);
  expect(valueAt(series, 'cycle', 20)).toBe(2);
  expect(valueAt(series, 'cycle', null)).toBe(3);
  expect(valueAt(series, 'cycle', 5)).toBeUndefined();
  expect(valueAt(series, 'identity', null)).toBeUndefined();
});
