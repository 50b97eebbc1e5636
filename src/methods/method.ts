/**
 * What every method is: a function from unlabelled-target training data to synthetic samples, told as events.
 * The target's labels are not part of the input, so no method can use them.
 */
import type { Matrix, NamedColumn, Task } from '../corpus/corpus.ts';
import type { RecogniserSet } from './classifier.ts';
import type { CycleVariant } from './cycleVariant.ts';
import type { SyntheticSets, TrainingEvent } from './events.ts';
import type { LiveControl } from './live.ts';
import type { Settings } from './settings.ts';

/** Scaled features; the source has a class for every row, the target has none by construction. */
export interface PairedData {
  readonly source: Matrix;
  readonly sourceClasses: Int8Array;
  readonly target: Matrix;
}

/** What a method is given: both corpora, and what is needed to hold speakers of the source out. */
export interface TrainingData extends PairedData {
  readonly sourceSpeakers: NamedColumn | null;
  /** A number for every source row, shared by rows that were equal in every feature before they were scaled. */
  readonly sourceTwins: Int32Array;
}

export interface MethodContext {
  readonly data: TrainingData;
  readonly task: Task;
  readonly settings: Settings;
  readonly seed: number;
  /** Milliseconds from any origin; decides only when losses are read back, never what they are. */
  readonly now: () => number;
  /** Absent where nobody can ask for anything while it trains. */
  readonly live?: LiveControl;
}

/** What a GAN trains on, which knows neither task nor speaker. */
export interface GanContext extends Pick<MethodContext, 'settings' | 'seed'> {
  readonly data: PairedData;
}

/** The recogniser of row `O`: rows to train one on, or what classifiers of the method's own predict. */
export type OwnRecogniser =
  | { readonly kind: 'rows'; readonly set: RecogniserSet }
  /** Classes of every target row, one array a classifier. */
  | { readonly kind: 'predictions'; readonly predictions: readonly Int8Array[] };

export interface MethodResult {
  /** Null where the method makes no samples; a type it does not make has no rows. */
  readonly synthetic: SyntheticSets | null;
  /** Null where the method fills no row `O`. */
  readonly own: OwnRecogniser | null;
  /** Epochs that were found, or set, for F_s; the recognisers take them too. */
  readonly classifierEpochs: number;
  /** The step whose generators were kept, the one with the best criterion; 0 where there are none. */
  readonly keptStep: number;
  /** Generator steps done; those of the method's own classifier where it has no generators. */
  readonly steps: number;
  /** Mean computing time of such a step. */
  readonly msPerStep: number;
}

/** The phases that take training steps. */
export const TRAINING_PHASES = [
  'classifier',
  'identity',
  'gan',
  'selection',
  'adaptation',
  'recognisers',
] as const;
export type TrainingPhase = (typeof TRAINING_PHASES)[number];

/** Steps a method plans in each phase, as far as it has it; the recognisers' are not its business. */
export type MethodPlan = Readonly<Partial<Record<Exclude<TrainingPhase, 'recognisers'>, number>>>;

export interface Method {
  /** True where row `O` is predicted by classifiers of the method's own, so that no recogniser is trained for it. */
  readonly ownPredictions?: boolean;
  /** The cycle GAN it trains, where it trains one. */
  readonly gan?: CycleVariant;
  /** At most so many steps; early stopping may make them fewer. */
  plan(context: Omit<MethodContext, 'now'>): MethodPlan;
  train(context: MethodContext): AsyncGenerator<TrainingEvent, MethodResult>;
}

/** Training cannot go on because a loss is no longer a finite number. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  constructor(
    readonly term: string,
    readonly step: number,
    readonly value: number,
  ) {
    super(
      `Training diverged: the loss "${term}" became ${value} at step ${step}. ` +
        'Lower the learning rates or raise the gradient penalty, then start again.',
    );
  }
}
