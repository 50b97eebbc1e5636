/** Synthetic samples as a table in the units of the files that they came of. Writes nothing. */
import type { Corpus, Task } from '../corpus/corpus.ts';
import type { ScaledPair } from '../corpus/scale.ts';
import { type Sheet, syntheticSheet } from '../formats/sheet.ts';
import type { SyntheticSets, SyntheticType } from './events.ts';

/** What a run has made, and of what. */
export interface MadeSamples {
  /** In training's feature space, as origin a row of its corpus (`RunEvent`, type `synthetic`). */
  readonly sets: SyntheticSets;
  readonly task: Task;
  readonly scaled: ScaledPair;
  readonly source: Corpus;
  readonly target: Corpus;
}

/**
 * The samples of one type. A and C live in the source's units, B in the target's; only A was made from rows of its own
 * side, so only A can be put back by its speaker's scale.
 */
export function sampleSheet(type: SyntheticType, made: MadeSamples): Sheet {
  const { sets, task, scaled, source, target } = made;
  const { classes, origin } = sets[type];
  const matrix =
    type === 'B'
      ? scaled.toTargetUnits(sets.B)
      : scaled.toSourceUnits(sets[type], type === 'A' ? origin : undefined);
  const from = type === 'C' ? target : source;
  return syntheticSheet({ type, task, features: scaled.features, matrix, classes, origin, from });
}
