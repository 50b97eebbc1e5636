/**
 * The map's worker, apart from its channel: fits the frame and places rows, one piece of work at a time
 * between which messages are heard, so that a newer call or `cancel` ends an older one. Computes nothing
 * itself.
 */
import { transfer } from 'comlink';
import type { Matrix } from '../src/corpus/corpus.ts';
import { matchFeatures } from '../src/corpus/match.ts';
import { scalePair } from '../src/corpus/scale.ts';
import type { SyntheticSets, SyntheticType } from '../src/experiment/events.ts';
import type { Machine } from '../src/kernels/machine.ts';
import { type Frame, fitFrame, frameCoordinates, placeRows } from '../src/projection/frame.ts';
import { outcome } from './outcome.ts';
import type { FrameUpdate, Placement, ProjectionApi } from './protocol.ts';

/** The kernels that the map is computed on; null where there are none. */
type Kernels = Machine | null;

/** Milliseconds of work between two looks at the messages, and between two reports of progress. */
const SLICE_MS = 40;
const REPORT_MS = 100;

/** Says that a newer call or `cancel` ended this one. */
function superseded(): DOMException {
  return new DOMException('Ended by a newer request.', 'AbortError');
}

/**
 * Drives steps to their end, giving way to messages every `SLICE_MS`. Each yielded step goes to `onStep`.
 * @throws an `AbortError` once `isCurrent` says no.
 */
async function drive<S, T>(
  steps: Generator<S, T, void>,
  isCurrent: () => boolean,
  onStep: (step: S) => void = () => {},
): Promise<T> {
  let since = performance.now();
  try {
    for (;;) {
      if (!isCurrent()) throw superseded();
      const next = steps.next();
      if (next.done) return next.value;
      onStep(next.value);
      if (performance.now() - since >= SLICE_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        since = performance.now();
      }
    }
  } finally {
    // Steps that are left give back what they hold of the kernels' memory.
    steps.return(undefined as T);
  }
}

function frameUpdate(frame: Frame, kind: 'pca' | 'umap'): FrameUpdate | null {
  const coordinates = frameCoordinates(frame, kind);
  if (!coordinates) return null;
  const { source, target } = coordinates;
  // Copies: what is transferred is gone here, and the frame keeps its rows.
  const sourceRows = frame.sourceRows.slice();
  const targetRows = frame.targetRows.slice();
  return transfer({ kind, source, target, sourceRows, targetRows }, [
    source.buffer,
    target.buffer,
    sourceRows.buffer,
    targetRows.buffer,
  ]);
}

type Placements = Record<SyntheticType, Placement>;

/** Places all sets; rows of each set keep their order. */
async function placeSets(
  frame: Frame,
  sets: SyntheticSets,
  machine: Kernels,
  isCurrent: () => boolean,
): Promise<{ pca: Placements; umap: Placements | null }> {
  const place = (set: Matrix) => drive(placeRows(frame, set, machine), isCurrent);
  const A = await place(sets.A);
  const B = await place(sets.B);
  const C = await place(sets.C);
  return {
    pca: { A: A.pca, B: B.pca, C: C.pca },
    umap: A.umap && B.umap && C.umap && { A: A.umap, B: B.umap, C: C.umap },
  };
}

function buffersOf(placements: Placements | null): ArrayBufferLike[] {
  if (!placements) return [];
  return Object.values(placements).flatMap((p) => [p.coordinates.buffer, p.offData.buffer]);
}

/** A projection service with no frame yet, on the kernels where there are any. */
export function createProjection(machine: Kernels = null): ProjectionApi {
  let frame: Frame | null = null;
  // The number of the latest call; an older one sees that it is no longer its own.
  let fitting = 0;
  let placing = 0;

  return {
    fit(source, target, scaling, seed, onFrame, onProgress) {
      const mine = ++fitting;
      placing++;
      frame = null;
      const isCurrent = () => mine === fitting;
      return outcome(async () => {
        const speakers = { source: source.speakers, target: target.speakers };
        const pair = scalePair(matchFeatures(source, target), scaling, speakers);
        let reported = -Infinity;
        await drive(fitFrame(pair.source, pair.target, seed, machine), isCurrent, (step) => {
          if (step.type === 'frame') {
            frame = step.frame;
            const update = frameUpdate(frame, frame.umap ? 'umap' : 'pca');
            if (update) onFrame(update);
          } else if (performance.now() - reported >= REPORT_MS) {
            reported = performance.now();
            onProgress(step.share, step.stage);
          }
        });
        onProgress(1, 'Done');
        return null;
      });
    },

    async place(sets) {
      const mine = ++placing;
      const current = frame;
      if (!current) return { ok: true, value: { pca: null, umap: null } };
      const placed = await outcome(() => placeSets(current, sets, machine, () => mine === placing));
      if (!placed.ok) return placed;
      const { pca, umap } = placed.value;
      return transfer(placed, [...buffersOf(pca), ...buffersOf(umap)]);
    },

    cancel() {
      fitting++;
      placing++;
    },
  };
}
