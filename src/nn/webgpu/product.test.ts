import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tileMemory, tilingOf } from './product.ts';

const size = fc.integer({ min: 1, max: 4000 });
const along = fc.constantFrom('inner' as const, 'outer' as const);

it('keeps every tiling within what each WebGPU device offers', () => {
  fc.assert(
    fc.property(size, size, size, along, along, (height, width, depth, left, right) => {
      const tiling = tilingOf(height, width, depth, left);
      const { across, down, slices, step } = tiling;
      expect(across * down * slices).toBeLessThanOrEqual(256);
      expect(slices).toBeLessThanOrEqual(64);
      expect(16 * tileMemory(tiling, left, right).total).toBeLessThanOrEqual(16_384);
      expect(step % 4).toBe(0);
    }),
  );
});

it('leaves a slice for each row of sums that has to be stored', () => {
  fc.assert(
    fc.property(size, size, size, along, (height, width, depth, left) => {
      const { slices } = tilingOf(height, width, depth, left);
      expect(slices === 1 || slices >= 4).toBe(true);
    }),
  );
});

it('divides the inner dimension where the result has few tiles', () => {
  // A discriminator's logits, the gradient of their weights, a layer of a small batch, one of a large one.
  expect(tilingOf(64, 1, 1000, 'inner').slices).toBe(64);
  expect(tilingOf(1001, 1, 192, 'outer').slices).toBe(16);
  expect(tilingOf(64, 128, 1582, 'inner').slices).toBe(4);
  expect(tilingOf(1583, 1000, 192, 'outer').slices).toBe(1);
});
