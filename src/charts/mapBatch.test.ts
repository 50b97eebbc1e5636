import { describe, expect, it } from 'vitest';
import type { MapContent } from './map.ts';
import { drawingOrder, isOrderOf, MARK_BYTES, marksOf, positionsOf } from './mapBatch.ts';

const points = (at: number[], classes: number[], offData?: number[]) => ({
  coordinates: Float32Array.from(at),
  classes: Int8Array.from(classes),
  name: String,
  ...(offData && { offData: Float32Array.from(offData) }),
});

const content: MapContent = {
  kind: 'umap',
  groups: {
    C: points([0, 1, 2, 3, Number.NaN, 5], [0, 1, 2], [1, 3, 5]),
    A: points([6, 7], [-1]),
  },
};
const GROUPS = ['C', 'A', 'B'] as const;
const order = drawingOrder(content, GROUPS, 2);

describe('what is sent to WebGL', () => {
  it('has groups take turns, each point once', () => {
    expect([...order.group]).toEqual([0, 0, 1, 0]);
    expect([...order.index]).toEqual([0, 2, 0, 1]);
  });

  it('knows when its order no longer holds', () => {
    expect(isOrderOf(order, content)).toBe(true);
    expect(isOrderOf(order, { ...content, groups: { C: content.groups.C } })).toBe(false);
  });

  it('has places in that order, and none where a coordinate is no number', () => {
    const at = [...positionsOf(order, content)];
    expect([...at.slice(0, 2), ...at.slice(4)]).toEqual([0, 1, 6, 7, 2, 3]);
    expect(at[2]).toBeGreaterThan(1e20);
    expect(Number.isFinite(at[2])).toBe(true);
  });

  it('has class, group, standing and emphasis of each', () => {
    const bytes = marksOf(order, content, { C: Uint8Array.of(0, 2, 0) });
    const each = Array.from({ length: 4 }, (_, n) => [...bytes.slice(n * MARK_BYTES, (n + 1) * MARK_BYTES)]);
    // Class + 1; the place in source, A, B, C, target; on, off, far, unlabelled; usual, dimmed, first, second.
    expect(each).toEqual([
      [1, 3, 0, 1],
      [3, 3, 2, 1],
      [0, 1, 3, 1],
      [2, 3, 1, 3],
    ]);
  });
});
