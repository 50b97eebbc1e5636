import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent, Synthetic, SyntheticSets } from '../src/experiment/events.ts';
import { forPage } from './updates.ts';

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

/** A snapshot, the finished GAN's samples, of which two sets are too many for the page, and something else. */
function setUp() {
  const snapshot = { A: samples(2), B: samples(2), C: samples(6) };
  const final = { A: samples(3), B: samples(2500), C: samples(7500) };
  const events: RunEvent[] = [
    { type: 'snapshot', step: 1, sets: snapshot },
    { type: 'synthetic', keptStep: 1, sets: final },
    { type: 'phase', phase: 'recognisers', steps: 0 },
  ];
  return { snapshot, final, events };
}

function setsOf(event: RunEvent): SyntheticSets {
  if (event.type !== 'snapshot' && event.type !== 'synthetic') throw new Error('the order of events changed');
  return event.sets;
}

describe('forPage', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('hands snapshots over, and of the final samples copies only, where no memory is shared', () => {
    vi.stubGlobal('crossOriginIsolated', false);
    const { snapshot, final, events } = setUp();
    const sent = forPage(events);
    const { A, B, C } = setsOf(sent.events[1]);
    expect([A.rows, B.rows, C.rows]).toEqual([3, 2000, 2000]);
    for (const own of Object.values(final)) expect(sent.buffers).not.toContain(own.values.buffer);
    for (const own of Object.values(snapshot)) expect(sent.buffers).toContain(own.values.buffer);
    expect(sent.buffers).toHaveLength(5);
    expect(sent.events[2]).toBe(events[2]);
  });

  it('puts samples into shared memory where there is any, and takes nothing from training', () => {
    vi.stubGlobal('crossOriginIsolated', true);
    const { snapshot, final, events } = setUp();
    const sent = forPage(events);
    expect(sent.buffers).toEqual([]);
    for (const type of ['A', 'B', 'C'] as const) {
      const made = setsOf(sent.events[0])[type];
      expect(made.values.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect([...made.values]).toEqual([...snapshot[type].values]);
      expect(setsOf(sent.events[1])[type].values.buffer).toBeInstanceOf(SharedArrayBuffer);
      expect(final[type].values.buffer).toBeInstanceOf(ArrayBuffer);
    }
    expect(setsOf(sent.events[1]).C.rows).toBe(2000);
  });
});
