/**
 * What a run tells while it goes: training's events, then synthetic samples, scores and the result. A run is an
 * async generator of these.
 */
import type { SyntheticSets, TrainingEvent } from '../methods/events.ts';
import type { RunConfig } from './config.ts';

export * from '../methods/events.ts';

/** Which set of samples a recogniser is trained on. */
export const SAMPLE_SETS = ['source-only', 'A', 'B', 'C', 'OA', 'OB', 'OC'] as const;
export type SampleSet = (typeof SAMPLE_SETS)[number];

/** One recogniser's score on the target. */
export interface Score {
  readonly set: SampleSet;
  /** 0 … seeds − 1. */
  readonly repeat: number;
  /** Unweighted average recall in percent; null where the target has no labels. */
  readonly uar: number | null;
  /** `confusion[truth][prediction]`, row counts; null where the target has no labels. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** Share of target rows predicted low, mid, high; sums to 1. */
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
  /** All synthetic samples of the best generators, those of step `keptStep`, in training's feature space. */
  | { readonly type: 'synthetic'; readonly keptStep: number; readonly sets: SyntheticSets }
  | { readonly type: 'score'; readonly score: Score }
  | { readonly type: 'result'; readonly result: RunResult };
