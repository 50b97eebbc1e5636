/**
 * What of a run's progress crosses to the page, and how: samples are handed over, not copied, and of the
 * finished GAN's samples only as many as a map can show.
 */
import type { RunEvent, Synthetic, SyntheticSets } from '../src/experiment/events.ts';

/** Rows of one type that go to the page at the end; all of them would be hundreds of megabytes. */
const MOST_ROWS = 2000;

/** Every n-th row, so that at most `most` are left; classes and origins go along. */
export function thin(samples: Synthetic, most: number): Synthetic {
  const { rows, columns, values, classes, origin } = samples;
  if (rows <= most) return samples;
  const kept = Int32Array.from({ length: most }, (_, i) => Math.floor((i * rows) / most));
  const thinned = new Float32Array(most * columns);
  kept.forEach((row, i) => {
    thinned.set(values.subarray(row * columns, (row + 1) * columns), i * columns);
  });
  return {
    rows: most,
    columns,
    values: thinned,
    classes: Int8Array.from(kept, (row) => classes[row]),
    origin: kept.map((row) => origin[row]),
  };
}

/** The events for the page, and the buffers to transfer with them. */
export function forPage(events: readonly RunEvent[]): { events: RunEvent[]; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  const hand = (samples: Synthetic): Synthetic => {
    buffers.push(samples.values.buffer as ArrayBuffer);
    return samples;
  };
  const handAll = ({ A, B, C }: SyntheticSets): SyntheticSets => ({ A: hand(A), B: hand(B), C: hand(C) });
  const forPage = events.map((event): RunEvent => {
    if (event.type === 'snapshot') return { ...event, sets: handAll(event.sets) };
    if (event.type !== 'synthetic') return event;
    const { A, B, C } = event.sets;
    // The recognisers still need the whole: what is small enough to go as it is goes as a copy.
    const part = (samples: Synthetic) => {
      const thinned = thin(samples, MOST_ROWS);
      return thinned === samples ? samples : hand(thinned);
    };
    return { ...event, sets: { A: part(A), B: part(B), C: part(C) } };
  });
  return { events: forPage, buffers };
}
