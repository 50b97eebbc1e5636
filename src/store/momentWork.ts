/**
 * What is done with each moment of a run once it is there: it is placed on the map and measured, one moment at a time
 * each, by the workers. Knows the order of the work, not what is computed.
 */
import type { DiagnosisBasis } from '../../workers/protocol.ts';
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
  /** Makes sure that the diagnosis worker holds the pair of corpora; false where there is none. */
  prepare(): Promise<boolean>;
}

const rowsOf = ({ sets: { A, B, C } }: Snapshot): SyntheticRows => {
  const rows = ({ classes, origin }: typeof A) => ({ classes, origin });
  return { A: rows(A), B: rows(B), C: rows(C) };
};

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

/** What tells a basis from others, as the worker of so many crashes before knows it; compared part by part. */
function keyOf(basis: DiagnosisBasis, generation: number): readonly unknown[] {
  const { source, target, task, data, rows } = basis;
  const of = [generation, source.values, source.labels[task], target.values, task, rows];
  return [...of, data.scaler, data.clipPercentile, data.sharedRows];
}

/** `basis` gives what samples are held against, or null while there are not two corpora that fit together. */
export function createMomentWork(
  slice: Slice<TimelineState>,
  { projection, diagnosis }: Clients,
  basis: () => DiagnosisBasis | null,
): MomentWork {
  let lastId = 0;
  /** Moments whose places are of the frames before, or that have none. */
  const unplaced = new Set<number>();
  /** Moments that could not be measured, and are not tried again. */
  const unmeasurable = new Set<number>();
  /** What the diagnosis worker holds, once it is ready. */
  let held: { readonly key: readonly unknown[]; readonly ready: Promise<boolean> } | null = null;

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

  /** Whether the worker holds, or is about to hold, what samples are to be held against now. */
  const isHeld = (): boolean => {
    const wanted = basis();
    const key = wanted && keyOf(wanted, diagnosis.generation());
    return key !== null && held !== null && key.every((part, i) => part === held?.key[i]);
  };

  const begin = async (wanted: DiagnosisBasis, mine: () => boolean): Promise<boolean> => {
    slice.set({ anchors: null });
    const outcome = await diagnosis.api.begin(wanted, () => undefined);
    // Another basis was asked for meanwhile, or is what counts by now: these anchors are nobody's.
    if (!mine() || !isHeld()) return prepare();
    if (!outcome.ok) throw new Error(outcome.error.message);
    slice.set({ anchors: outcome.value });
    return true;
  };

  const prepare = (): Promise<boolean> => {
    const wanted = basis();
    if (!wanted) return Promise.resolve(false);
    if (held && isHeld()) return held.ready;
    const key = keyOf(wanted, diagnosis.generation());
    const ready = begin(wanted, () => held?.key === key);
    held = { key, ready };
    ready.catch(() => {
      // The next question tries again.
      if (held?.key === key) held = null;
    });
    return ready;
  };

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
      const { task, step, final, sets } = snapshot;
      const id = ++lastId;
      const placements = { pca: null, umap: null };
      const moment = {
        id,
        step,
        final,
        task,
        rows: rowsOf(snapshot),
        sets,
        placements,
        networks,
        samples: null,
      };
      const { moments, position, cost } = slice.get();
      slice.set({
        moments: thinned([...moments, moment], position),
        // Of final samples they were counted when they were asked.
        cost: { ...cost, networks: cost.networks + (final ? 0 : (networks?.ms ?? 0)) },
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

    prepare,
  };
}
