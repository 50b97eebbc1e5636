import { expect, it } from 'vitest';
import type { Synthetic } from './events.ts';
import { thin } from './thin.ts';

/** Row r holds r, r, r; its class is r mod 3, its origin 10 r. */
function samples(rows: number): Synthetic {
  return {
    rows,
    columns: 3,
    values: Float32Array.from({ length: rows * 3 }, (_, i) => Math.floor(i / 3)),
    classes: Int8Array.from({ length: rows }, (_, r) => r % 3),
    origin: Int32Array.from({ length: rows }, (_, r) => 10 * r),
  };
}

it('leaves few rows alone and spreads what it keeps of many', () => {
  const few = samples(5);
  expect(thin(few, 5)).toBe(few);
  const kept = thin(samples(10), 4);
  expect(kept.rows).toBe(4);
  expect([...kept.values]).toEqual([0, 0, 0, 2, 2, 2, 5, 5, 5, 7, 7, 7]);
  expect([...kept.classes]).toEqual([0, 2, 2, 1]);
  expect([...kept.origin]).toEqual([0, 20, 50, 70]);
});
