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
import { type Frame, fitFrame, placeRows } from '../src/projection/frame.ts';
import { addOthers, fittedMap, otherRows, type WholeMap } from '../src/projection/others.ts';
import { drive } from './drive.ts';
import { outcome } from './outcome.ts';
import type { FrameUpdate, Placement, ProjectionApi } from './protocol.ts';

/** The kernels that the map is computed on; null where there are none. */
type Kernels = Machine | null;

/** Milliseconds between two reports of progress. */
const REPORT_MS = 100;

/** Hands maps over; nothing is copied, so nobody here may keep them. */
function send(onFrame: (frame: FrameUpdate) => void, { pca, umap }: WholeMap): void {
  for (const frame of [pca, umap]) {
    if (!frame) continue;
    const { source, target, sourceRows, targetRows } = frame;
    const all = [source, target, sourceRows, targetRows];
    onFrame(
      transfer(
        frame,
        all.map(({ buffer }) => buffer),
      ),
    );
  }
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
        const report = (share: number, stage: string) => {
          if (performance.now() - reported < REPORT_MS) return;
          reported = performance.now();
          onProgress(share, stage);
        };
        const fitted = await drive(fitFrame(pair.source, pair.target, seed, machine), isCurrent, (step) => {
          if (step.type === 'progress') return report(step.share, step.stage);
          frame = step.frame;
          send(onFrame, fittedMap(frame));
        });
        const others = otherRows(pair, fitted, seed);
        if (others.count > 0) {
          const stage = `Placing ${others.count.toLocaleString('en')} further utterances`;
          const steps = addOthers(fitted, pair, others, machine);
          send(onFrame, await drive(steps, isCurrent, (share) => report(share, stage)));
        }
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
