import { expect, it } from 'vitest';
import type { FeatureShift } from '../../../corpus/shift.ts';
import { AUTO_RECIPE } from '../../../formats/recipe.ts';
import { leavingOut, pressed, type ShiftOrder, STRONGEST, shiftRows } from './shiftRows.ts';

const means = { source: 0, target: 1 };
const shifts: FeatureShift[] = [
  { feature: 'b_mean', d: -Infinity, varianceRatio: null, ks: 1, means },
  { feature: 'a_mean', d: 2, varianceRatio: 3, ks: 0.5, means },
  { feature: 'C_max', d: -1, varianceRatio: 9, ks: null, means },
];
const names = (text: string, order: ShiftOrder) =>
  shiftRows(shifts, text, order).map(({ feature }) => feature);

it('sorts by each column, with what has no value last', () => {
  expect(names('', STRONGEST)).toEqual(['b_mean', 'a_mean', 'C_max']);
  expect(names('', { by: 'd', descending: false })).toEqual(['C_max', 'a_mean', 'b_mean']);
  expect(names('', { by: 'varianceRatio', descending: true })).toEqual(['C_max', 'a_mean', 'b_mean']);
  expect(names('', { by: 'ks', descending: false })).toEqual(['a_mean', 'b_mean', 'C_max']);
  expect(names('', { by: 'feature', descending: true })).toEqual(['b_mean', 'a_mean', 'C_max']);
});

it('finds features by a part of their names in any case', () => {
  expect(names(' c_M', STRONGEST)).toEqual(['C_max']);
});

it('turns the order where the same heading is pressed again', () => {
  expect(pressed(STRONGEST, 'd')).toEqual({ by: 'd', descending: false });
  expect(pressed(STRONGEST, 'ks')).toEqual({ by: 'ks', descending: true });
  expect(pressed(STRONGEST, 'feature')).toEqual({ by: 'feature', descending: false });
});

it('leaves a feature out once', () => {
  const once = leavingOut('a')(AUTO_RECIPE);
  expect(once.repairs.ignored).toEqual(['a']);
  expect(leavingOut('a')(once)).toBe(once);
});
