/**
 * What is known of a GAN at one moment of its training: figures of its samples against real rows, and of its networks.
 * Types and names only; how the figures are measured stands in `measure.ts`, what they mean in `rules/`.
 *
 * A and C are made to be source and are held against the source, B against the target. No label of the target is used:
 * classes of B are those of the source rows that it was made from.
 */
import type { LiveChange } from '../methods/live.ts';
import type { NetworkEvidence } from '../metrics/networkEvidence.ts';

export type { NetworkEvidence } from '../metrics/networkEvidence.ts';

/** The types of samples, in the order in which they are shown. */
export const TYPES = ['A', 'B', 'C'] as const;
export type SampleType = (typeof TYPES)[number];

/** The corpus that samples of each type are held against, and the one that they were made from. */
export const REFERENCE = { A: 'source', B: 'target', C: 'source' } as const;
export const ORIGIN = { A: 'source', B: 'source', C: 'target' } as const;

/** Figures of a set of samples against as many real rows of its reference, in principal components. */
export const SET_METRICS = [
  'precision',
  'recall',
  'density',
  'coverage',
  'mmd',
  'frechet',
  'nearestNeighbour',
  'vendi',
  'variance',
  'modes',
  'displacement',
  'atHome',
] as const;
export type SetMetric = (typeof SET_METRICS)[number];

/**
 * - `precision`, `recall`, `density`, `coverage`: PRDC with k = 5.
 * - `mmd`: unbiased MMD². `frechet`: the Fréchet distance.
 * - `nearestNeighbour`: leave-one-out accuracy of 1-NN between samples and real rows.
 * - `vendi`: the Vendi score of the samples alone, width of the reference; of equally many rows everywhere.
 * - `variance`: total variance of the samples over that of the reference.
 * - `modes`: share of the real rows whose k-means cluster holds samples.
 * - `displacement`: median of ‖G(x) − x‖ over the median distance of two rows of the corpus that x is of.
 * - `atHome`: share of samples whose nearest real row, the one they were made from excepted, is of the corpus they came
 *   from and not of their reference.
 *
 * Null where it cannot be measured: too few rows, or not defined for the set.
 */
export type SetMetrics = Readonly<Record<SetMetric, number | null>>;

/** Figures of all samples of a type, and of those of each class, low, mid, high. */
export interface SetEvidence {
  readonly all: SetMetrics;
  /** Null where a class has too few samples. */
  readonly classes: readonly (SetMetrics | null)[];
}

/** What the same figures are for real rows: how good they can get, and where a translation begins. */
export interface Anchors {
  /** Real rows of the reference against as many others of it. */
  readonly ceiling: SetEvidence;
  /** Rows of the corpus that samples come from, as they are, against the reference; for A the target's against the source. */
  readonly floor: SetEvidence;
}

/** The anchors of every type. */
export type PairAnchors = Readonly<Record<SampleType, Anchors>> & {
  /**
   * The Z-ratio that real rows come to: how far the means of the source's classes lie apart, over the mean distance of two
   * rows of one class. Null or absent where no difference of the classes shows.
   */
  readonly condition?: number | null;
};

/** Figures of the samples of one moment. */
export interface SampleEvidence {
  readonly step: number;
  /** A type that the method does not make is absent. */
  readonly sets: Readonly<Partial<Record<SampleType, SetEvidence>>>;
  /**
   * The Z-ratio: mean ‖C(t, z) − C(t, z′)‖ over mean ‖C(t, z) − C(t′, z)‖. About 0 where Z is ignored, far above 1 where
   * it alone counts. Null where nothing is told.
   */
  readonly condition: number | null;
  /** Milliseconds that measuring took, off the training's path. */
  readonly ms: number;
}

/** Everything known of one moment; rules read these and nothing else. */
export interface Evidence extends SampleEvidence {
  /** Null where the networks were not asked. */
  readonly networks: NetworkEvidence | null;
  /** Mean of each loss term over the steps since the moment before. By the term's name. */
  readonly losses: Readonly<Partial<Record<string, number>>>;
  /** Set where training diverged since the moment before, and was taken back to step `restored`. */
  readonly diverged: {
    readonly step: number;
    readonly term: string;
    readonly restored: number;
  } | null;
  /** What was changed since the moment before. */
  readonly changes: readonly LiveChange[];
}
