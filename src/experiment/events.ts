/**
 * What a run tells while it goes. A run is an async generator of these events; the page, the CLI and the
 * tests read the same ones. Everything here is plain data that crosses worker boundaries.
 */
import type { Matrix } from '../corpus/corpus.ts';
import type { RunConfig } from './config.ts';

/** The phases of a run, in order. */
export const PHASES = [
  'prepare',
  'classifier',
  'identity',
  'gan',
  'generate',
  'recognisers',
  'done',
] as const;
export type Phase = (typeof PHASES)[number];

/** How each phase is called in the interface. */
export const PHASE_LABELS: Record<Phase, string> = {
  prepare: 'Preparing the data',
  classifier: 'Pre-training the classifier',
  identity: 'Pre-training the generators',
  gan: 'Training the GAN',
  generate: 'Generating samples',
  recognisers: 'Training the recognisers',
  done: 'Done',
};

/** The loss terms of a GAN step, unweighted, in the order in which they are reported. */
export const GAN_TERMS = [
  'adversarialST',
  'adversarialTS',
  'identity',
  'cycle',
  'conditionalEmotion',
  'randomConditionalEmotion',
  'generatorTotal',
  'adversarialS',
  'adversarialT',
  'gradientPenaltyS',
  'gradientPenaltyT',
  'discriminatorTotal',
] as const;
export type GanTerm = (typeof GAN_TERMS)[number];

/** Which set of samples a recogniser is trained on. */
export const SAMPLE_SETS = ['source-only', 'A', 'B', 'C', 'OA', 'OB', 'OC'] as const;
export type SampleSet = (typeof SAMPLE_SETS)[number];

/** The three types of synthetic samples. */
export const SYNTHETIC_TYPES = ['A', 'B', 'C'] as const;
export type SyntheticType = (typeof SYNTHETIC_TYPES)[number];

/** Synthetic rows with their class and the row of the corpus each was made from. */
export interface Synthetic extends Matrix {
  readonly classes: Int8Array;
  /** Row of the source (types A and B) or of the target (type C). */
  readonly origin: Int32Array;
}
export type SyntheticSets = Record<SyntheticType, Synthetic>;

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
  /** A phase begins; `steps` training steps are planned in it (0 where it has none). */
  | { readonly type: 'phase'; readonly phase: Phase; readonly steps: number }
  /** One training step is done. `epochs` is 0 where a phase counts no epochs. */
  | {
      readonly type: 'step';
      readonly phase: Phase;
      readonly step: number;
      readonly steps: number;
      readonly epoch: number;
      readonly epochs: number;
    }
  /**
   * Loss values of finished steps: `values[i * terms.length + t]` is term t at step `steps[i]`. Sent at most
   * about ten times a second, so that reading them never stalls a GPU.
   */
  | {
      readonly type: 'losses';
      readonly phase: Phase;
      readonly terms: readonly string[];
      readonly steps: readonly number[];
      readonly values: Float32Array;
    }
  /** The label-free stopping criterion was measured (lower is better). */
  | { readonly type: 'criterion'; readonly step: number; readonly value: number; readonly best: boolean }
  /** Something the user should read, e.g. why training stopped early. */
  | { readonly type: 'note'; readonly phase: Phase; readonly message: string }
  /** Synthetic samples of the probe rows, in the scaled feature space of training. */
  | { readonly type: 'snapshot'; readonly step: number; readonly sets: SyntheticSets }
  /** All synthetic samples of the finished GAN, in the scaled feature space of training. */
  | { readonly type: 'synthetic'; readonly sets: SyntheticSets }
  | { readonly type: 'score'; readonly score: Score }
  | { readonly type: 'result'; readonly result: RunResult };
