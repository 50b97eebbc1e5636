/**
 * Sees to it that the diagnosis worker holds what samples are to be held against, and that the anchors on show are of
 * that. Knows nothing of moments.
 */
import type { DiagnosisBasis } from '../../workers/protocol.ts';
import type { Clients } from './clients.ts';
import type { Slice } from './slice.ts';
import type { TimelineState } from './timeline.ts';

/** What tells a basis from others, as the worker of so many crashes before knows it; compared part by part. */
function keyOf(basis: DiagnosisBasis, generation: number): readonly unknown[] {
  const { source, target, task, data, rows } = basis;
  const of = [generation, source.values, source.labels[task], target.values, task, rows];
  return [...of, data.scaler, data.clipPercentile, data.sharedRows];
}

/**
 * `basis` gives what samples are held against, or null while there are not two corpora that fit together.
 * @returns what makes sure that the worker holds it: false where there is none; rejects with the worker's message.
 */
export function createBasisKeeper(
  slice: Slice<TimelineState>,
  { diagnosis }: Pick<Clients, 'diagnosis'>,
  basis: () => DiagnosisBasis | null,
): () => Promise<boolean> {
  /** What the worker holds, once it is ready. */
  let held: { readonly key: readonly unknown[]; readonly ready: Promise<boolean> } | null = null;

  /** Whether the worker holds, or is about to hold, what counts now. */
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
  return prepare;
}
