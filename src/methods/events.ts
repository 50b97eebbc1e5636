/**
 * What training tells while it goes: phases, steps, losses, snapshots. Plain data that crosses worker
 * boundaries; the page, the CLI and the tests read the same events.
 */
import type { Matrix } from '../corpus/corpus.ts';
import type { NetworkEvidence } from '../metrics/networkEvidence.ts';
import type { LiveChange } from './live.ts';

/** The phases of a run, in order. */
export const PHASES = [
  'prepare',
  'classifier',
  'identity',
  'gan',
  'generate',
  'selection',
  'adaptation',
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
  selection: 'Choosing samples of type C',
  adaptation: 'Training the adapted classifier',
  recognisers: 'Training the recognisers',
  done: 'Done',
};

/** The loss term of a step of F_s and of the recognisers. */
export const CLASSIFIER_TERMS = ['crossEntropy'] as const;

/**
 * The loss terms of a GAN step, unweighted, in the order in which they are reported. Each method of the family has some
 * of them: `conditionalEmotion` and `randomConditionalEmotion` are the paper's, `semanticConsistency` is what CyCADA and
 * CycleEmotionGAN have instead, `classifierTask` the loss of an F_s that learns along.
 */
export const GAN_TERMS = [
  'adversarialST',
  'adversarialTS',
  'identity',
  'cycle',
  'conditionalEmotion',
  'randomConditionalEmotion',
  'semanticConsistency',
  'generatorTotal',
  'classifierTask',
  'adversarialS',
  'adversarialT',
  'gradientPenaltyS',
  'gradientPenaltyT',
  'discriminatorTotal',
] as const;
export type GanTerm = (typeof GAN_TERMS)[number];

/** The loss terms of a step of an adapted classifier (gradient reversal), in the order in which they are reported. */
export const ADAPTATION_TERMS = ['emotion', 'domain'] as const;

/** Every loss term of every phase, once. */
export const LOSS_TERMS = [...CLASSIFIER_TERMS, ...GAN_TERMS, ...ADAPTATION_TERMS] as const;
export type LossTerm = (typeof LOSS_TERMS)[number];

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

/** Which samples a recogniser is trained on; `source-only` is the baseline of every method. */
export const SAMPLE_SETS = ['source-only', 'A', 'B', 'C', 'OA', 'OB', 'OC'] as const;
export type SampleSet = (typeof SAMPLE_SETS)[number];

/** Whose utterances a within-corpus figure is of, and what recognised them (paper, Table 1). */
export const WITHIN_ROWS = ['target-dnn', 'target-svm', 'source-dnn', 'source-svm'] as const;
export type WithinRow = (typeof WITHIN_ROWS)[number];

/** A row of a results table; `O` is the recogniser of a method that makes no samples, or its own classifier. */
export type ResultRow = SampleSet | 'O' | WithinRow;

/** What training tells, step by step. */
export type TrainingEvent =
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
      readonly terms: readonly LossTerm[];
      readonly steps: readonly number[];
      readonly values: Float32Array;
    }
  /** The label-free stopping criterion was measured (lower is better). */
  | { readonly type: 'criterion'; readonly step: number; readonly value: number; readonly best: boolean }
  /** Something the user should read, e.g. why training stopped early. */
  | { readonly type: 'note'; readonly phase: Phase; readonly message: string }
  /** What the networks say of themselves, just before the snapshot of the same step. */
  | { readonly type: 'networks'; readonly evidence: NetworkEvidence }
  /** Synthetic samples of the probe rows, in the scaled feature space of training. */
  | { readonly type: 'snapshot'; readonly step: number; readonly sets: SyntheticSets }
  /** A request was carried out. */
  | { readonly type: 'changed'; readonly change: LiveChange }
  /**
   * A loss became `value`, which is not finite, at `step`; networks and optimisers are those of step `restored` again.
   * Whoever drives the run decides what is done about it before it goes on.
   */
  | {
      readonly type: 'diverged';
      readonly step: number;
      readonly term: string;
      readonly value: number;
      readonly restored: number;
    };
