/**
 * What of a run's progress crosses to the page, and how. Samples lie in shared memory, where there is any, so that page,
 * map and diagnosis look at the same numbers; else they are handed over, not copied. Of the finished GAN's samples only
 * as many go as a map can show.
 */
import type { RunEvent, Synthetic, SyntheticSets } from '../src/experiment/events.ts';
import { thin } from '../src/experiment/thin.ts';
import { allocateValues } from '../src/formats/memory.ts';

/** Rows of one type that go to the page at the end; all of them would be hundreds of megabytes. */
const MOST_ROWS = 2000;

/** The events for the page, and the buffers to transfer with them. */
export function forPage(events: readonly RunEvent[]): { events: RunEvent[]; buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = [];
  /** `own` is what nobody here needs any more. */
  const hand = (samples: Synthetic, own: boolean): Synthetic => {
    const values = allocateValues(samples.values.length);
    if (!(values.buffer instanceof ArrayBuffer)) {
      values.set(samples.values);
      return { ...samples, values };
    }
    if (own) buffers.push(samples.values.buffer as ArrayBuffer);
    return samples;
  };
  const each = ({ A, B, C }: SyntheticSets, way: (samples: Synthetic) => Synthetic): SyntheticSets => ({
    A: way(A),
    B: way(B),
    C: way(C),
  });
  const forPage = events.map((event): RunEvent => {
    if (event.type === 'snapshot') {
      return { ...event, sets: each(event.sets, (samples) => hand(samples, true)) };
    }
    if (event.type !== 'synthetic') return event;
    // The recognisers still need the whole: what is small enough to go as it is goes as a copy.
    const part = (samples: Synthetic) => {
      const thinned = thin(samples, MOST_ROWS);
      return hand(thinned, thinned !== samples);
    };
    return { ...event, sets: each(event.sets, part) };
  });
  return { events: forPage, buffers };
}
