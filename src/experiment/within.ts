/**
 * Recognition inside one corpus, for comparison (paper, Table 1): of each corpus of a pair, one speaker at a time is
 * left out, and a network and a linear SVM trained on the others recognise him. Knows no transfer from one corpus to
 * the other.
 */
import type { Corpus } from '../corpus/corpus.ts';
import type { RunConfig } from './config.ts';
import type { RunEvent, Score } from './events.ts';
import type { RunEnvironment } from './run.ts';

/** The corpora of a pair by their part in a run. */
export const SIDES = ['target', 'source'] as const;
export type Side = (typeof SIDES)[number];
export type CorpusPair = Readonly<Record<Side, Corpus>>;

/** What is asked of the corpora; the rest of a run's configuration does not matter here. */
export type WithinConfig = Pick<RunConfig, 'task' | 'settings' | 'seed'>;

export interface WithinOptions {
  /** Whose figures are wanted; both corpora's where not given. */
  readonly sides?: readonly Side[];
}

/** Training steps of `runWithin`, for its progress; 0 where no side can be recognised within. */
export function plannedWithinSteps(
  _config: WithinConfig,
  _pair: CorpusPair,
  _options?: WithinOptions,
): number {
  return 0;
}

/**
 * Leave-one-speaker-out within each corpus of the pair, on the columns both share.
 * Yields notes on what is left out, the phase `recognisers`, its steps and losses, and a score a row of
 * `WITHIN_ROWS`, repeat 0, its UAR over all held-out predictions together.
 * @returns the scores; none where no side has labels of two classes.
 * @throws where the corpora share no column. DivergenceError where a loss is no longer finite.
 */
export async function* runWithin(
  _config: WithinConfig,
  _pair: CorpusPair,
  _environment: RunEnvironment,
  _options: WithinOptions = {},
): AsyncGenerator<RunEvent, readonly Score[]> {
  yield { type: 'phase', phase: 'recognisers', steps: 0 };
  return [];
}
