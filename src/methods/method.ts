/**
 * What every method is: a function from unlabelled-target training data to synthetic samples, told as events.
 * The target's labels are not part of the input, so no method can use them.
 */
import type { Matrix, NamedColumn, Task } from '../corpus/corpus.ts';
import type { SyntheticSets, TrainingEvent } from './events.ts';
import type { Settings } from './settings.ts';

/** Scaled features; the source has a class for every row, the target has none by construction. */
export interface TrainingData {
  readonly source: Matrix;
  readonly sourceClasses: Int8Array;
  readonly sourceSpeakers: NamedColumn | null;
  readonly target: Matrix;
}

export interface MethodContext {
  readonly data: TrainingData;
  readonly task: Task;
  readonly settings: Settings;
  readonly seed: number;
  /** Milliseconds from any origin; decides only when losses are read back, never what they are. */
  readonly now: () => number;
}

export interface MethodResult {
  readonly synthetic: SyntheticSets;
  /** Epochs that were found, or set, for F_s; the recognisers take them too. */
  readonly classifierEpochs: number;
  /** The step whose generators were kept: the one with the best criterion. */
  readonly keptStep: number;
  /** Generator steps done. */
  readonly steps: number;
  /** Mean computing time of a GAN step. */
  readonly msPerStep: number;
}

export type Method = (context: MethodContext) => AsyncGenerator<TrainingEvent, MethodResult>;

/** Training cannot go on because a loss is no longer a finite number. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  constructor(
    readonly term: string,
    readonly step: number,
    value: number,
  ) {
    super(
      `Training diverged: the loss "${term}" became ${value} at step ${step}. ` +
        'Lower the learning rates or raise the gradient penalty, then start again.',
    );
  }
}
