import { expect, it } from 'vitest';
import { toldApart } from './toldApart.ts';

const f = (...values: number[]) => Float32Array.from(values);

it('finds the threshold that serves best, wherever a critic puts it', () => {
  expect(toldApart(f(-5, -4, -4.5, -7), f(-9, -8, -6, -10), f())).toEqual({ seen: 0.875, heldOut: null });
  expect(toldApart(f(105, 106), f(101, 102), f(107, 104, 100, 99))).toEqual({ seen: 1, heldOut: 0.75 });
});

it('gives half to a discriminator that says the same of all, or the opposite of what is', () => {
  expect(toldApart(f(0, 0, 0), f(0, 0), f(0, 0))).toEqual({ seen: 0.5, heldOut: 0.5 });
  expect(toldApart(f(1, 2), f(3, 4), f(1))).toEqual({ seen: 0.5, heldOut: 0.5 });
});

it('holds real rows that were never seen to the threshold of those that were', () => {
  // The threshold lies between 2 and 8; half of the unseen rows fall below it.
  expect(toldApart(f(8, 9), f(1, 2), f(9, 3)).heldOut).toBeCloseTo(0.75);
  expect(toldApart(f(8, 9), f(1, 2), f(1, 2)).heldOut).toBeCloseTo(0.5);
});
