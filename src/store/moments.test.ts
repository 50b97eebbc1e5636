import { describe, expect, it } from 'vitest';
import { samples } from './doubles.testing.ts';
import { bytesOf, thinned } from './moments.ts';
import type { Moment } from './timeline.ts';

const SETS = samples(4);
const measured = { step: 0, sets: {}, condition: null, ms: 0 };
const placed = {} as NonNullable<Moment['placements']['pca']>;

const moment = (id: number, more: Partial<Moment> = {}): Moment => ({
  id,
  step: 25 * id,
  final: false,
  task: 'activation',
  rows: SETS,
  sets: SETS,
  placements: { pca: placed, umap: null },
  networks: null,
  samples: measured,
  ...more,
});

/** As a run brings them, thinned with every new one. */
function run(count: number, room: { moments: number; bytes: number }, shown: number | null = null) {
  let kept: readonly Moment[] = [];
  for (let id = 0; id < count; id++) kept = thinned([...kept, moment(id)], shown, room);
  return kept;
}

const gaps = (moments: readonly Moment[]) => moments.slice(1).map(({ id }, i) => id - moments[i].id);

describe('the moments that are kept', () => {
  it('are all of them while there is room', () => {
    expect(run(20, { moments: 20, bytes: 1e9 })).toHaveLength(20);
  });

  it('stay as many however long a run is, the recent ones denser, the first and the last always', () => {
    const kept = run(2000, { moments: 40, bytes: 1e9 });
    expect(kept).toHaveLength(40);
    expect(kept[0].id).toBe(0);
    expect(gaps(kept.slice(-4))).toEqual([1, 1, 1]);
    const [old, recent] = [gaps(kept).slice(0, 20), gaps(kept).slice(-20)];
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(old)).toBeGreaterThan(4 * sum(recent));
    // No hole swallows a whole era.
    expect(Math.max(...gaps(kept))).toBeLessThan(1000);
  });

  it('give up feature values beyond the room for them, but not those on show', () => {
    const kept = run(50, { moments: 50, bytes: 10 * bytesOf(SETS) }, 7);
    expect(kept).toHaveLength(50);
    expect(kept.filter(({ sets }) => sets !== null)).toHaveLength(10);
    expect(kept[7].sets).not.toBeNull();
    expect(kept[49].sets).not.toBeNull();
  });

  it('keep the values of what is not measured or placed yet, and final samples', () => {
    const waiting = [0, 1, 2, 3, 4, 5].map((id) => moment(id, { samples: null }));
    expect(thinned(waiting, null, { moments: 9, bytes: 3 * bytesOf(SETS) })).toEqual(waiting);
    // Beyond twice the room they wait in vain.
    const fewer = thinned(waiting, null, { moments: 9, bytes: 2 * bytesOf(SETS) });
    expect(fewer.filter(({ sets }) => sets !== null)).toHaveLength(4);
    const final = [0, 1, 2, 3, 4].map((id) => moment(id, { final: id === 2 }));
    expect(thinned(final, null, { moments: 3, bytes: 0 }).find(({ id }) => id === 2)?.sets).toBe(SETS);
  });
});
