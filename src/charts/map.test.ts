import { describe, expect, it } from 'vitest';
import type { Corpus } from '../corpus/corpus.ts';
import {
  describePoint,
  inPanel,
  type MapContent,
  mapFrame,
  nearestPoint,
  panned,
  STANDINGS,
  standingOf,
  toScreen,
  utteranceNames,
  zoomed,
} from './map.ts';

const points = (at: number[], classes: number[], offData?: number[]) => ({
  coordinates: Float32Array.from(at),
  classes: Int8Array.from(classes),
  name: (i: number) => `u${i}`,
  ...(offData && { offData: Float32Array.from(offData) }),
});

const content = (groups: MapContent['groups']): MapContent => ({ kind: 'umap', groups });
const NONE = new Set<never>();

describe('panels', () => {
  it('hold the points of their class, and unlabelled points in all three, as such', () => {
    const target = points([0, 0, 1, 1, 2, 2], [0, 2, -1]);
    const panels = [0, 1, 2].map((k) => [0, 1, 2].filter((i) => inPanel(target, i, k)));
    expect(panels).toEqual([[0, 2], [2], [1, 2]]);
    expect([0, 1, 2].map((i) => STANDINGS[standingOf(target, i)])).toEqual(['on', 'on', 'unlabelled']);
  });

  it('tell in three steps how far off the data a point lies', () => {
    const A = points([0, 0, 1, 1, 2, 2, 3, 3], [0, 0, 0, 0], [1, 2.5, 9, Number.NaN]);
    expect([0, 1, 2, 3].map((i) => STANDINGS[standingOf(A, i)])).toEqual(['on', 'off', 'far', 'on']);
  });
});

describe('mapFrame', () => {
  const real = { source: points([0, 0, 10, 4], [0, 1]), target: points([-2, 1], [0]) };

  it('is a square about the real points, and does not move while samples stay inside', () => {
    const frame = mapFrame(content(real));
    expect(frame).toMatchObject({ x: 4, y: 2 });
    expect(frame.half).toBeGreaterThan(6);
    expect(mapFrame(content({ ...real, A: points([9, 7], [0]) }))).toEqual(frame);
  });

  it('widens in steps until samples outside fit', () => {
    const { half } = mapFrame(content(real));
    const wide = mapFrame(content({ ...real, A: points([4 + 1.4 * half, 2], [0]) }));
    expect(wide.half / half).toBeCloseTo(1.25 ** 2, 6);
  });

  it('survives coordinates that are not numbers, and no points at all', () => {
    expect(mapFrame(content({ ...real, A: points([Number.NaN, 0], [0]) }))).toEqual(mapFrame(content(real)));
    expect(mapFrame(content({}))).toEqual({ x: 0, y: 0, half: 1 });
  });
});

describe('views', () => {
  const view = { x: 1, y: 2, half: 4 };

  it('put the centre in the middle, and y upwards', () => {
    expect(toScreen(view, 200, 1, 2)).toEqual([100, 100]);
    expect(toScreen(view, 200, 5, 6)).toEqual([200, 0]);
  });

  it('keep the point under the pointer where it is, when zoomed or dragged', () => {
    const before = toScreen(view, 200, 3, 5);
    const after = toScreen(zoomed(view, 2, before[0] / 200, before[1] / 200), 200, 3, 5);
    expect(after[0]).toBeCloseTo(before[0], 9);
    expect(after[1]).toBeCloseTo(before[1], 9);
    const dragged = toScreen(panned(view, 200, 30, -12), 200, 3, 5);
    expect(dragged[0] - before[0]).toBeCloseTo(30, 9);
    expect(dragged[1] - before[1]).toBeCloseTo(-12, 9);
  });
});

describe('hover', () => {
  const map = content({
    source: points([0, 0, 2, 0], [0, 1]),
    C: points([0.1, 0], [0], [3.25]),
  });
  const view = { x: 0, y: 0, half: 4 };

  it('finds the nearest point of the panel among the groups shown', () => {
    const at = toScreen(view, 400, 0.1, 0);
    expect(nearestPoint(map, 0, NONE, view, 400, at)).toEqual({ group: 'C', index: 0 });
    expect(nearestPoint(map, 0, new Set(['C'] as const), view, 400, at)).toEqual({
      group: 'source',
      index: 0,
    });
    expect(nearestPoint(map, 1, NONE, view, 400, at)).toBeNull();
  });

  it('tells utterance, group, class, and a distance that the map hides', () => {
    expect(describePoint(map, { group: 'source', index: 1 })).toEqual(['u1', 'Source · mid']);
    expect(describePoint(map, { group: 'C', index: 0 })[1]).toMatch(/^Type C · low · 3\.\d × /);
  });

  it('names utterances with their speakers', () => {
    const corpus: Corpus = {
      name: 'c',
      rows: 2,
      features: [],
      values: new Float32Array(),
      utterances: ['a.wav', 'b.wav'],
      speakers: { names: ['Anna'], index: Int32Array.of(0, -1) },
      emotions: null,
      labels: {},
      simulated: false,
    };
    expect([0, 1].map(utteranceNames(corpus))).toEqual(['a.wav · Anna', 'b.wav']);
  });
});
