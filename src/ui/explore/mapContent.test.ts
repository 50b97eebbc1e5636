import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../corpus/corpus.ts';
import type { Moment } from '../../store/timeline.ts';
import { realPoints, syntheticPoints, trailOf } from './mapContent.ts';

const placement = (at: number[]) => ({
  coordinates: Float32Array.from(at),
  offData: new Float32Array(at.length / 2),
});
const rows = (origin: number[], classes: number[]) => ({
  origin: Int32Array.from(origin),
  classes: Int8Array.from(classes),
});

/** A moment with samples of type B only: of each its origin, class and place. */
function moment(id: number, samples: readonly [number, number, number, number][], change = {}): Moment {
  const none = rows([], []);
  const nowhere = placement([]);
  return {
    id,
    step: 10 * id,
    final: false,
    task: 'activation',
    rows: {
      A: none,
      B: rows(
        samples.map(([origin]) => origin),
        samples.map(([, k]) => k),
      ),
      C: none,
    },
    sets: null,
    placements: {
      pca: { A: nowhere, B: placement(samples.flatMap(([, , x, y]) => [x, y])), C: nowhere },
      umap: null,
    },
    networks: null,
    samples: null,
    ...change,
  };
}

const POINT = { group: 'B', index: 0 } as const;
const first = moment(1, [
  [4, 1, 0, 0],
  [5, 2, 9, 9],
]);
const second = moment(2, [
  [4, 1, 1, 1],
  [5, 2, 9, 9],
]);
/** A finished GAN's samples: others, in another order. */
const last = moment(4, [
  [8, 0, 7, 7],
  [4, 1, 2, 2],
]);

describe('trailOf', () => {
  it('is where a probe was at the moments up to the one on show', () => {
    expect(trailOf([first, second, last], second, POINT, 'pca')).toEqual(Float32Array.of(0, 0, 1, 1));
  });

  it('follows a sample by what it was made from, where its number is another', () => {
    const trail = trailOf([first, second, last], last, { group: 'B', index: 1 }, 'pca');
    expect(trail).toEqual(Float32Array.of(0, 0, 1, 1, 2, 2));
  });

  it('passes over moments of another task, and those that are not placed', () => {
    const other = moment(2, [[4, 1, 6, 6]], { task: 'valence' });
    const unplaced = moment(3, [[4, 1, 6, 6]], { placements: { pca: null, umap: null } });
    expect(trailOf([first, other, unplaced, last], last, { group: 'B', index: 1 }, 'pca')).toEqual(
      Float32Array.of(0, 0, 2, 2),
    );
  });

  it('is none for real rows, for one place, and where nothing is asked', () => {
    expect(trailOf([first, second], second, { group: 'source', index: 0 }, 'pca')).toBeNull();
    expect(trailOf([first], first, POINT, 'pca')).toBeNull();
    expect(trailOf([first, second], second, POINT, 'umap')).toBeNull();
    expect(trailOf([first, second], second, null, 'pca')).toBeNull();
    expect(trailOf([first, second], second, { group: 'B', index: 2 }, 'pca')).toBeNull();
  });
});

describe('points', () => {
  it('of a corpus are named and known by their rows', () => {
    const corpus = { rows: 3, labels: {}, values: new Float32Array(), features: [] } as unknown as Corpus;
    const points = realPoints(
      corpus,
      Int32Array.of(0, 2),
      new Float32Array(4),
      'activation',
      (r) => `row ${r}`,
    );
    expect([0, 1].map(points.name)).toEqual(['row 0', 'row 2']);
    expect([...points.classes]).toEqual([-1, -1]);
    expect([...points.rows!]).toEqual([0, 2]);
  });

  it('of a moment are those of the types that have some, named by what they were made from', () => {
    const names = { source: (r: number) => `s${r}`, target: (r: number) => `t${r}` };
    const points = syntheticPoints(first, 'pca', names);
    expect(Object.keys(points)).toEqual(['B']);
    expect(points.B!.name(1)).toBe('s5');
    expect(syntheticPoints(first, 'umap', names)).toEqual({});
  });
});
