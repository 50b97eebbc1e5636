/** How two corpora fit together: how many features they share by name, and why they may not be mixed. */
import type { Corpus } from '../corpus/corpus.ts';

export interface PairSummary {
  readonly shared: number;
  readonly onlySource: number;
  readonly onlyTarget: number;
  /** Why the two cannot be trained on together; null where they can. */
  readonly conflict: string | null;
}

/** Compares the feature names of both corpora; null while one is missing. */
export function comparePair(source: Corpus | null, target: Corpus | null): PairSummary | null {
  if (!source || !target) return null;
  const names = new Set(target.features);
  const shared = source.features.reduce((count, name) => count + (names.has(name) ? 1 : 0), 0);
  return {
    shared,
    onlySource: source.features.length - shared,
    onlyTarget: target.features.length - shared,
    conflict: shared > 0 ? null : 'The corpora share no feature. Extract both with the same feature set.',
  };
}
