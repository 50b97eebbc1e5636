import { describe, expect, it } from 'vitest';
import type { MapContent } from './map.ts';
import {
  emphasisOf,
  isLit,
  lightingOf,
  pointShowing,
  sampleShown,
  samplesInside,
  samplesWhere,
} from './mapLighting.ts';

const points = (at: number[], classes: number[], rows?: number[]) => ({
  coordinates: Float32Array.from(at),
  classes: Int8Array.from(classes),
  name: String,
  ...(rows && { rows: Int32Array.from(rows) }),
});

/** Rows 3, 7 and 12 of a source of which the map shows a part, and two samples of type A. */
const content: MapContent = {
  kind: 'umap',
  groups: {
    source: points([0, 0, 1, 1, 5, 5], [0, 1, -1], [3, 7, 12]),
    A: points([0.2, 0.2, 5, 5], [0, 0]),
  },
};
const NONE = new Set<never>();
const SQUARE = [
  [-1, -1],
  [2, -1],
  [2, 2],
  [-1, 2],
] as const;

describe('lighting', () => {
  it('finds the points of samples by their rows, passing over those that are not on the map', () => {
    const first = { source: Int32Array.of(3, 4, 12, 99), A: Int32Array.of(1, 7) };
    const second = { source: Int32Array.of(7, 12), target: Int32Array.of(0) };
    const lit = lightingOf(content, first, second);
    expect(lit).toEqual({ source: Uint8Array.of(1, 2, 2), A: Uint8Array.of(0, 1) });
    expect([0, 1].map((i) => isLit(lit, 'A', i))).toEqual([false, true]);
  });

  it('dims what is not selected, and nothing where nothing is', () => {
    expect(lightingOf(content, null, null)).toBeNull();
    expect(emphasisOf(null, 'A', 0)).toBe(0);
    const lit = lightingOf(content, { A: Int32Array.of(0) }, { A: Int32Array.of(1) });
    expect([0, 1].map((i) => emphasisOf(lit, 'A', i))).toEqual([2, 3]);
    expect(emphasisOf(lit, 'source', 0)).toBe(1);
  });

  it('goes from a sample to its point and back', () => {
    const point = pointShowing(content, { group: 'source', row: 12 });
    expect(point).toEqual({ group: 'source', index: 2 });
    expect(sampleShown(content, point!)).toEqual({ group: 'source', row: 12 });
    expect(sampleShown(content, { group: 'A', index: 1 })).toEqual({ group: 'A', row: 1 });
    for (const sample of [
      { group: 'source', row: 4 },
      { group: 'A', row: 2 },
      { group: 'target', row: 0 },
    ] as const) {
      expect(pointShowing(content, sample)).toBeNull();
    }
  });
});

describe('samples', () => {
  it('are selected by what is drawn around in a panel: of its class, or without one', () => {
    expect(samplesInside(content, 0, NONE, SQUARE)).toEqual({
      source: Int32Array.of(3),
      A: Int32Array.of(0),
    });
    expect(samplesInside(content, 1, NONE, SQUARE)).toEqual({ source: Int32Array.of(7) });
    const around = SQUARE.map(([x, y]) => [x + 4.5, y + 4.5] as const);
    expect(samplesInside(content, 2, NONE, around)).toEqual({ source: Int32Array.of(12) });
  });

  it('are none inside an outline of a corner or two, in a hidden group, or in an empty place', () => {
    expect(samplesInside(content, 0, NONE, [])).toBeNull();
    expect(samplesInside(content, 0, NONE, [[0, 0]])).toBeNull();
    expect(samplesInside(content, 0, new Set(['source', 'A'] as const), SQUARE)).toBeNull();
    expect(samplesInside(content, 2, NONE, SQUARE)).toBeNull();
  });

  it('lie outside where an outline bends around them', () => {
    const bent = [
      [-1, -1],
      [2, -1],
      [2, 2],
      [1, 2],
      [1, -0.5],
      [-1, -0.5],
    ] as const;
    expect(samplesInside(content, 0, NONE, bent)).toBeNull();
  });

  it('are selected by a condition', () => {
    expect(samplesWhere(content, NONE, (of, i, group) => group === 'source' && of.classes[i] === 1)).toEqual({
      source: Int32Array.of(7),
    });
  });
});
