/**
 * What is done with each moment of a run once it is there: it is placed on the map and measured, one moment at a time
 * each, by the workers. Knows the order of the work, not what is computed.
 */
import type { NetworkEvidence } from '../diagnosis/evidence.ts';
import type { Clients } from './clients.ts';
import { thinned } from './moments.ts';
import type { Snapshot } from './run.ts';
import { messageOf, type Slice } from './slice.ts';
import { INITIAL_TIMELINE, type Moment, type SyntheticRows, type TimelineState } from './timeline.ts';

export interface MomentWork {
  /** Takes the samples of a moment, with what the networks said at that step. */
  add(snapshot: Snapshot, networks: NetworkEvidence | null): void;
  /** The frames of the map are others: moments are placed anew. */
  placeAgain(): void;
  /** Forgets all moments; what is still computed of them is dropped. */
  clear(): void;
  /** Other moments are on the timeline, such as those of a run that was kept aside: goes on with them. */
  resume(): void;
}

const rowsOf = ({ sets: { A, B, C } }: Snapshot): SyntheticRows => {
  const rows = ({ classes, origin }: typeof A) => ({ classes, origin });
  return { A: rows(A), B: rows(B), C: rows(C) };
};

/** A moment that is neither placed nor measured yet. */
const momentOf = (id: number, snapshot: Snapshot, networks: NetworkEvidence | null): Moment => ({
  id,
  ...snapshot,
  rows: rowsOf(snapshot),
  placements: { pca: null, umap: null },
  networks,
  samples: null,
});

/** Does one piece of work at a time for as long as there is some; returns the way to say that there may be. */
function worker(next: () => (() => Promise<void>) | null, onError: (error: unknown) => void): () => void {
  let busy = false;
  return () => {
    if (busy) return;
    busy = true;
    void (async () => {
      for (let work = next(); work; work = next()) await work().catch(onError);
      busy = false;
    })();
  };
}

/** `prepare` makes sure that the diagnosis worker holds what samples are held against; false where there is none. */
export function createMomentWork(
  slice: Slice<TimelineState>,
  { projection, diagnosis }: Clients,
  prepare: () => Promise<boolean>,
): MomentWork {
  let lastId = 0;
  /** Moments whose places are of the frames before, or that have none. */
  const unplaced = new Set<number>();
  /** Moments that could not be measured, and are not tried again. */
  const unmeasurable = new Set<number>();

  const change = (id: number, what: Partial<Moment>) => {
    const { moments, position } = slice.get();
    if (!isKept(id)) return;
    const changed = moments.map((moment) => (moment.id === id ? { ...moment, ...what } : moment));
    slice.set({ moments: thinned(changed, position) });
  };
  const fail = (error: unknown) => slice.set({ error: messageOf(error) });
  const isKept = (id: number) => slice.get().moments.some((moment) => moment.id === id);

  const place = worker(() => {
    // The newest is what is most looked at.
    const moment = slice.get().moments.findLast(({ id, sets }) => unplaced.has(id) && sets !== null);
    if (!moment?.sets) return null;
    const { id, sets } = moment;
    unplaced.delete(id);
    return async () => {
      const outcome = await projection.api.place(sets);
      if (outcome.ok) change(id, { placements: outcome.value });
      // Another frame is being fitted, or its fitting was called off.
      else if (outcome.error.name === 'AbortError') unplaced.add(id);
      else if (isKept(id)) slice.set({ error: outcome.error.message });
    };
  }, fail);

  const measure = worker(() => {
    // The oldest: findings are told from the moments before.
    const moment = slice
      .get()
      .moments.find(({ id, samples, sets }) => samples === null && sets !== null && !unmeasurable.has(id));
    if (!moment?.sets) return null;
    const { id, step, sets } = moment;
    return async () => {
      try {
        const ready = await prepare();
        if (!isKept(id)) return;
        if (!ready) throw new Error('There are no corpora to hold the samples against.');
        const outcome = await diagnosis.api.measure(step, sets);
        if (!isKept(id)) return;
        if (!outcome.ok) {
          // The worker was asked about other corpora meanwhile: this moment's turn comes again.
          if (outcome.error.name === 'AbortError') return;
          throw new Error(outcome.error.message);
        }
        const { cost } = slice.get();
        slice.set({ cost: { ...cost, samples: cost.samples + outcome.value.ms } });
        change(id, { samples: outcome.value });
      } catch (error) {
        if (!isKept(id)) return;
        unmeasurable.add(id);
        throw error;
      }
    };
  }, fail);

  return {
    add(snapshot, networks) {
      const id = ++lastId;
      const { moments, position, cost } = slice.get();
      // Of final samples the networks were counted when they were asked.
      const asking = snapshot.final ? 0 : (networks?.ms ?? 0);
      slice.set({
        moments: thinned([...moments, momentOf(id, snapshot, networks)], position),
        cost: { ...cost, networks: cost.networks + asking },
      });
      unplaced.add(id);
      place();
      measure();
    },

    placeAgain() {
      for (const { id } of slice.get().moments) unplaced.add(id);
      place();
    },

    clear() {
      unplaced.clear();
      unmeasurable.clear();
      const { anchors } = slice.get();
      slice.set({ ...INITIAL_TIMELINE, anchors });
    },

    resume() {
      place();
      measure();
    },
  };
}
