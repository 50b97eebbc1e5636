/**
 * The map: a frame fitted once on the real rows by the projection worker, and the latest synthetic samples
 * placed into it. Keeps only the newest request of each kind. Knows nothing of training.
 */

import type { FrameUpdate, Placement } from '../../workers/protocol.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { Scaling } from '../corpus/scale.ts';
import { SYNTHETIC_TYPES, type SyntheticType } from '../experiment/events.ts';
import type { Clients } from './clients.ts';
import type { Snapshot } from './run.ts';
import { messageOf, type Slice } from './slice.ts';

export type FrameKind = FrameUpdate['kind'];

/** Class and origin of each synthetic row, by type: what colours and names its mark. */
export type SyntheticRows = Record<
  SyntheticType,
  { readonly classes: Int8Array; readonly origin: Int32Array }
>;

/** A snapshot on the map. */
export interface PlacedSnapshot {
  readonly task: Snapshot['task'];
  readonly step: number;
  readonly final: boolean;
  readonly rows: SyntheticRows;
  readonly placements: Record<FrameKind, Record<SyntheticType, Placement> | null>;
}

export interface MapState {
  readonly frames: Readonly<Record<FrameKind, FrameUpdate | null>>;
  /** Set while the frame is being fitted. */
  readonly fitting: { readonly share: number; readonly stage: string } | null;
  readonly placed: PlacedSnapshot | null;
  readonly error: string | null;
}

export const INITIAL_MAP: MapState = {
  frames: { pca: null, umap: null },
  fitting: null,
  placed: null,
  error: null,
};

/** What a frame is fitted on. */
export interface MapInputs {
  readonly source: Corpus;
  readonly target: Corpus;
  readonly scaling: Scaling;
}

/** One seed for every frame, whatever the run's: the same corpora always give the same map. */
const MAP_SEED = 1;

export interface MapActions {
  /** Fits the frame anew and places the snapshot on show into it; an empty map where nothing can be fitted. */
  fit(): Promise<void>;
  cancel(): void;
  /** Shows a snapshot as soon as the worker is free; only the newest waits. */
  show(snapshot: Snapshot): void;
  /** Takes the synthetic samples off the map. */
  clear(): void;
}

const rowsOf = ({ sets }: Snapshot): SyntheticRows => {
  const rows = (type: SyntheticType) => ({ classes: sets[type].classes, origin: sets[type].origin });
  const [a, b, c] = SYNTHETIC_TYPES;
  return { [a]: rows(a), [b]: rows(b), [c]: rows(c) } as SyntheticRows;
};

/** `inputs` gives what the map is of, or null while there are not two corpora that fit together. */
export function createMapActions(
  slice: Slice<MapState>,
  clients: Clients,
  inputs: () => MapInputs | null,
): MapActions {
  const projection = clients.projection.api;
  let fitting = 0;
  /** The newest snapshot, until it has a place in both frames. */
  let latest: Snapshot | null = null;
  /** Counts how often the samples were taken off the map. */
  let cleared = 0;
  let waiting = false;
  let placing = false;

  const accept = (snapshot: Snapshot, placements: PlacedSnapshot['placements']) => {
    const { task, step, final } = snapshot;
    slice.set({ placed: { task, step, final, rows: rowsOf(snapshot), placements } });
    // No better frame is to come: the feature values, tens of megabytes of a final snapshot, have done their work.
    if (latest === snapshot && placements.pca && placements.umap) latest = null;
  };

  const place = async (): Promise<void> => {
    waiting = true;
    if (placing) return;
    placing = true;
    while (waiting && latest) {
      waiting = false;
      const snapshot: Snapshot = latest;
      const before = cleared;
      try {
        const outcome = await projection.place(snapshot.sets);
        if (before !== cleared) continue;
        if (outcome.ok) accept(snapshot, outcome.value);
        else if (outcome.error.name !== 'AbortError') slice.set({ error: outcome.error.message });
      } catch (error) {
        slice.set({ error: messageOf(error) });
      }
    }
    placing = false;
  };

  return {
    async fit() {
      const mine = ++fitting;
      const current = () => mine === fitting;
      const wanted = inputs();
      if (!wanted) {
        slice.set(INITIAL_MAP);
        projection.cancel().catch(() => undefined);
        return;
      }
      const { source, target, scaling } = wanted;
      slice.set({ ...INITIAL_MAP, fitting: { share: 0, stage: 'Preparing' } });
      const onFrame = (frame: FrameUpdate) => {
        if (!current()) return;
        slice.set({ frames: { ...slice.get().frames, [frame.kind]: frame } });
        if (latest) void place();
      };
      const onProgress = (share: number, stage: string) => {
        if (current() && slice.get().fitting) slice.set({ fitting: { share, stage } });
      };
      try {
        const outcome = await projection.fit(source, target, scaling, MAP_SEED, onFrame, onProgress);
        if (!current()) return;
        const failed = !outcome.ok && outcome.error.name !== 'AbortError';
        slice.set({ fitting: null, error: failed ? outcome.error.message : null });
      } catch (error) {
        if (current()) slice.set({ fitting: null, error: messageOf(error) });
      }
    },

    cancel() {
      slice.set({ fitting: null });
      projection.cancel().catch(() => undefined);
    },

    show(snapshot) {
      latest = snapshot;
      void place();
    },

    clear() {
      cleared++;
      latest = null;
      slice.set({ placed: null });
    },
  };
}
