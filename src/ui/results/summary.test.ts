import { describe, expect, it } from 'vitest';
import type { Score } from '../../experiment/events.ts';
import { bestSet, summaries } from './summary.ts';

const score = (set: Score['set'], repeat: number, uar: number | null): Score => ({
  set,
  repeat,
  uar,
  confusion:
    uar === null
      ? null
      : [
          [1, 2, 0],
          [0, 3, 0],
          [0, 0, repeat],
        ],
  shares: repeat === 0 ? [1, 0, 0] : [0, 1, 0],
});

describe('summaries', () => {
  it('gives mean and sample sd, summed confusion and mean shares of each set', () => {
    const rows = summaries([score('B', 0, 50), score('B', 1, 54), score('source-only', 0, 40)]);
    expect(rows.B?.uar?.mean).toBe(52);
    expect(rows.B?.uar?.sd).toBeCloseTo(Math.SQRT2 * 2);
    expect(rows.B?.confusion).toEqual([
      [2, 4, 0],
      [0, 6, 0],
      [0, 0, 1],
    ]);
    expect(rows.B?.shares).toEqual([0.5, 0.5, 0]);
    expect(rows.A).toBeNull();
    expect(bestSet(rows)).toBe('B');
  });

  it('scores nothing without labels', () => {
    const rows = summaries([score('A', 0, null)]);
    expect(rows.A).toMatchObject({ uar: null, confusion: null, repeats: 1 });
    expect(bestSet(rows)).toBeNull();
  });
});
