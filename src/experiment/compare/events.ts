/** What a comparison tells while it goes. Plain data that crosses worker boundaries. */
import type { RunEvent } from '../events.ts';
import type { Failure } from '../failure.ts';
import type { UnitKey, UnitResult } from './unit.ts';

/** What of a unit's run is passed on: everything but losses and samples, which nobody keeps. */
export type UnitEvent = Extract<RunEvent, { type: 'phase' | 'step' | 'note' | 'score' }>;

/** Where a comparison stands. */
export interface ComparisonProgress {
  /** Units finished, those of earlier starts and failed ones included. */
  readonly done: number;
  readonly units: number;
  /** Share of the present unit's work that is done, 0 to 1; early stopping makes it jump. */
  readonly unitShare: number;
  /** Of computing since this start; pauses do not count. */
  readonly elapsedSeconds: number;
  /** Null before anything was measured. */
  readonly remainingSeconds: number | null;
}

export type ComparisonEvent =
  /** First of all: every unit of the comparison (or shard), in the order in which the missing ones will run. */
  | { readonly type: 'planned'; readonly units: readonly UnitKey[]; readonly missing: readonly UnitKey[] }
  | { readonly type: 'unit-started'; readonly unit: UnitKey }
  | { readonly type: 'run'; readonly unit: UnitKey; readonly event: UnitEvent }
  /** Also where it diverged: that is its result, and the same every time. */
  | { readonly type: 'unit-finished'; readonly result: UnitResult }
  /** Anything else went wrong; the other units go on, and another start tries this one again. */
  | { readonly type: 'unit-failed'; readonly unit: UnitKey; readonly failure: Failure }
  /** After each unit, and at most twice a second within one. */
  | { readonly type: 'progress'; readonly progress: ComparisonProgress };
