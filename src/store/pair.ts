/** How two corpora fit together: how many features they share by name, and why they may not be mixed. */
import type { Corpus } from '../corpus/corpus.ts';
import { sharedFeatures } from '../corpus/match.ts';
import { featureSetConflict } from '../formats/featureSets.ts';

export interface PairSummary {
  readonly shared: number;
  readonly onlySource: number;
  readonly onlyTarget: number;
  /** Why the two cannot be trained on together; null where they can. */
  readonly conflict: string | null;
  /** What to know about a pair that can be trained on. */
  readonly caution: string | null;
}

/** Compares the feature names of both corpora; null while one is missing. */
export function comparePair(source: Corpus | null, target: Corpus | null): PairSummary | null {
  if (!source || !target) return null;
  const shared = sharedFeatures(source.features, target.features).length;
  const clash = featureSetConflict(source, target);
  return {
    shared,
    onlySource: source.features.length - shared,
    onlyTarget: target.features.length - shared,
    conflict: clash?.blocking ? clash.message : null,
    caution: clash && !clash.blocking ? clash.message : null,
  };
}
