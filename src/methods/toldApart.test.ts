import { expect, it } from 'vitest';
import { toldApart } from './toldApart.ts';

const f = (...values: number[]) => Float32Array.from(values);
/** Both values twenty-five times. */
const often = (a: number, b: number) => f(...Array<number[]>(25).fill([a, b]).flat());

it('finds the threshold that serves best, wherever a critic puts it', () => {
  expect(toldApart(f(-5, -4, -4.5, -7), f(-9, -8, -6, -10), f())).toEqual({ seen: 0.875, heldOut: null });
  expect(toldApart(f(105, 106), f(101, 102), often(104, 100))).toEqual({ seen: 1, heldOut: 0.75 });
});

it('gives half to a discriminator that says the same of all, or the opposite of what is', () => {
  expect(toldApart(f(0, 0, 0), f(0, 0), often(0, 0))).toEqual({ seen: 0.5, heldOut: 0.5 });
  expect(toldApart(f(1, 2), f(3, 4), often(1, 1))).toEqual({ seen: 0.5, heldOut: 0.5 });
});

it('holds real rows that were never seen to the threshold of those that were', () => {
  // The threshold lies between 2 and 8; half of the unseen rows fall below it.
  expect(toldApart(f(8, 9), f(1, 2), often(9, 3)).heldOut).toBeCloseTo(0.75);
  expect(toldApart(f(8, 9), f(1, 2), often(1, 2)).heldOut).toBeCloseTo(0.5);
});

it('says nothing of rows never seen where they are too few: chance alone would tell', () => {
  expect(toldApart(f(8, 9), f(1, 2), often(9, 3).subarray(1)).heldOut).toBeNull();
});
