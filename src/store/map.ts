/**
 * The map: a frame fitted once on the real rows by the projection worker. Knows nothing of training, nor of the samples
 * that are placed into it.
 */
import type { FrameUpdate } from '../../workers/protocol.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { Scaling } from '../corpus/scale.ts';
import type { Clients } from './clients.ts';
import { messageOf, type Slice } from './slice.ts';

export type FrameKind = FrameUpdate['kind'];

export interface MapState {
  readonly frames: Readonly<Record<FrameKind, FrameUpdate | null>>;
  /** Set while the frame is being fitted. */
  readonly fitting: { readonly share: number; readonly stage: string } | null;
  readonly error: string | null;
}

export const INITIAL_MAP: MapState = {
  frames: { pca: null, umap: null },
  fitting: null,
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
  /** Fits the frame anew; an empty map where nothing can be fitted. */
  fit(): Promise<void>;
  cancel(): void;
}

/**
 * `inputs` gives what the map is of, or null while there are not two corpora that fit together; `onFrame` hears of every
 * frame that rows can now be placed in.
 */
export function createMapActions(
  slice: Slice<MapState>,
  clients: Clients,
  inputs: () => MapInputs | null,
  onFrame: () => void,
): MapActions {
  const projection = clients.projection.api;
  let fitting = 0;

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
      const take = (frame: FrameUpdate) => {
        if (!current()) return;
        slice.set({ frames: { ...slice.get().frames, [frame.kind]: frame } });
        onFrame();
      };
      const onProgress = (share: number, stage: string) => {
        if (current() && slice.get().fitting) slice.set({ fitting: { share, stage } });
      };
      try {
        const outcome = await projection.fit(source, target, scaling, MAP_SEED, take, onProgress);
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
  };
}
