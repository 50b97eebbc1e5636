import { expect, it } from 'vitest';
import { cellRows } from './confusionRows.ts';

const classes = Int8Array.of(0, 0, 2, -1, 0, 1);
const heard = {
  // Row 1 was left out of the run.
  rows: Int32Array.of(0, 2, 3, 4, 5),
  predictions: [Int8Array.of(2, 2, 0, 1, 1), Int8Array.of(2, 0, 0, 0, 1), Int8Array.of(1, 0, 0, 2, 1)],
};

it('finds the rows of a cell by what most recognisers heard', () => {
  expect([...cellRows(classes, heard, 0, 2)]).toEqual([0]);
  expect([...cellRows(classes, heard, 2, 0)]).toEqual([2]);
  expect([...cellRows(classes, heard, 1, 1)]).toEqual([5]);
});

it('goes by the first recogniser where all disagree, and knows no row without a label', () => {
  expect([...cellRows(classes, heard, 0, 1)]).toEqual([4]);
  const all = [0, 1, 2].flatMap((t) => [0, 1, 2].flatMap((p) => [...cellRows(classes, heard, t, p)]));
  expect(all.sort()).toEqual([0, 2, 4, 5]);
});
