import { describe, expect, it } from 'vitest';
import type { RunEvent, Synthetic } from '../src/experiment/events.ts';
import { forPage, thin } from './updates.ts';

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

describe('thin', () => {
  it('leaves few rows alone and spreads what it keeps of many', () => {
    const few = samples(5);
    expect(thin(few, 5)).toBe(few);
    const kept = thin(samples(10), 4);
    expect(kept.rows).toBe(4);
    expect([...kept.values]).toEqual([0, 0, 0, 2, 2, 2, 5, 5, 5, 7, 7, 7]);
    expect([...kept.classes]).toEqual([0, 2, 2, 1]);
    expect([...kept.origin]).toEqual([0, 20, 50, 70]);
  });
});

describe('forPage', () => {
  it('hands over snapshots, and of the final samples copies only', () => {
    const snapshot = { A: samples(2), B: samples(2), C: samples(6) };
    const final = { A: samples(3), B: samples(2500), C: samples(7500) };
    const events: RunEvent[] = [
      { type: 'snapshot', step: 1, sets: snapshot },
      { type: 'synthetic', keptStep: 1, sets: final },
      { type: 'phase', phase: 'recognisers', steps: 0 },
    ];
    const sent = forPage(events);
    const last = sent.events[1];
    if (last.type !== 'synthetic') throw new Error('the order of events changed');
    expect([last.sets.A.rows, last.sets.B.rows, last.sets.C.rows]).toEqual([3, 2000, 2000]);
    for (const own of Object.values(final)) expect(sent.buffers).not.toContain(own.values.buffer);
    for (const own of Object.values(snapshot)) expect(sent.buffers).toContain(own.values.buffer);
    expect(sent.buffers).toHaveLength(5);
    expect(sent.events[2]).toBe(events[2]);
  });
});
