/**
 * What a run tells while it goes: training's events, then synthetic samples, scores and the result. A run is an
 * async generator of these.
 */
import type { ResultRow, SyntheticSets, TrainingEvent } from '../methods/events.ts';
import type { RunConfig } from './config.ts';

export * from '../methods/events.ts';

/** One recogniser's score, on the target except where the row is that of another corpus. */
export interface Score {
  readonly set: ResultRow;
  /** 0 … seeds − 1. */
  readonly repeat: number;
  /** Unweighted average recall in percent; null where the target has no labels. */
  readonly uar: number | null;
  /** `confusion[truth][prediction]`, row counts; null where the target has no labels. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** Share of the run's target rows predicted low, mid, high; sums to 1. */
  readonly shares: readonly number[];
}

/** What is kept of a finished run. */
export interface RunResult {
  readonly config: RunConfig;
  readonly backend: string;
  readonly steps: number;
  readonly msPerStep: number;
  readonly scores: readonly Score[];
}

export type RunEvent =
  | TrainingEvent
  /** Which rows of the corpora training knows, in its order; the first event but notes. */
  | { readonly type: 'rows'; readonly source: Int32Array; readonly target: Int32Array }
  /** All synthetic samples of the best generators, those of step `keptStep`, in training's feature space. */
  | { readonly type: 'synthetic'; readonly keptStep: number; readonly sets: SyntheticSets }
  /** `prediction` is the class of every row of `Prepared.targetRows`; absent where the row is that of another corpus or of folds. */
  | { readonly type: 'score'; readonly score: Score; readonly prediction?: Int8Array }
  | { readonly type: 'result'; readonly result: RunResult };
