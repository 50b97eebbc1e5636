import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upsample } from './balance.ts';
import { classCounts } from './corpus.ts';
import { randomStream } from './random.ts';

describe('upsample', () => {
  it('repeats rows of the smaller classes until all are as large', () => {
    const rows = upsample(Int8Array.from([0, -1, 2, 0, 0, 2]), randomStream(1, 'up'));
    expect([...rows.slice(0, 5)]).toEqual([0, 2, 3, 4, 5]);
    expect(rows).toHaveLength(6);
    expect([2, 5]).toContain(rows[5]);
  });

  it('gives every class present the count of the majority and keeps every labelled row', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(-1, 0, 1, 2), { maxLength: 40 }), fc.nat(), (labels, seed) => {
        const classes = Int8Array.from(labels);
        const rows = upsample(classes, randomStream(seed, 'up'));
        const before = classCounts(classes);
        const majority = Math.max(...before);
        const after = classCounts(Int8Array.from(rows, (r) => classes[r]));
        expect(after).toEqual(before.map((n) => (n > 0 ? majority : 0)));
        expect(rows).toHaveLength(after.reduce((a, b) => a + b));
        const kept = new Set(rows);
        labels.forEach((k, r) => {
          expect(kept.has(r)).toBe(k >= 0);
        });
      }),
    );
  });

  it('depends on the seed alone', () => {
    const classes = Int8Array.from({ length: 60 }, (_, i) => (i < 50 ? 0 : 1));
    const draw = (seed: number) => upsample(classes, randomStream(seed, 'up'));
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4)).not.toEqual(draw(5));
  });
});
