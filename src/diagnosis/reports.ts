/** What can be asked about samples, and what is answered: plain data that crosses to the page. */
import type { SampleReference, SampleSelection } from './samples.ts';

/** A feature by which two samples, or two groups, differ. */
export interface FeatureDifference {
  readonly feature: string;
  /** Values, or means, in the units of the files. */
  readonly first: number;
  readonly second: number;
  /** Second less first in deviations of the reference corpus; of groups Cohen's d. */
  readonly difference: number;
}

/** A real row near a sample. */
export interface NearRow {
  readonly group: 'source' | 'target';
  readonly row: number;
  /** Distance in training's feature space over the usual one between near real rows. */
  readonly distance: number;
}

/** All that is known of one sample. */
export interface PointReport {
  readonly sample: SampleReference;
  /** The row of a corpus that it was made from; null for a real row. */
  readonly origin: SampleReference | null;
  /** Root mean squared change per feature from the origin to the sample, scaled units; null for a real row. */
  readonly moved: number | null;
  /** Features that differ most from the origin or, for a real row, from the mean of its corpus; most first. */
  readonly features: readonly FeatureDifference[];
  /** The way there and back of the row that it is or was made from; null where no moment has it. */
  readonly reconstruction: {
    /** Root mean squared error per feature, scaled units. */
    readonly error: number;
    readonly features: readonly FeatureDifference[];
  } | null;
  /** Nearest real rows, nearest first; itself excepted. */
  readonly neighbours: readonly NearRow[];
}

/** Two groups side by side. */
export interface GroupComparison {
  readonly rows: readonly [number, number];
  /** Distance of the groups' means per feature, root mean squared, in scaled units. */
  readonly distance: number;
  /** Most different first. */
  readonly features: readonly FeatureDifference[];
}

/**
 * Binned shares of one feature in three sets; each sums to 1. The corpus that the type does not imitate is shown as the
 * scale alone brings it into the other's units: what is left between them is the GAN's to do.
 */
export interface FeatureDistribution {
  readonly feature: string;
  /** Edges of the bins, one more than shares, in the units of the files of the corpus that the type imitates. */
  readonly edges: Float32Array;
  readonly source: Float32Array;
  readonly target: Float32Array;
  readonly synthetic: Float32Array;
  /** Kolmogorov-Smirnov distance of the other corpus and of synthetic rows to the one that the type imitates. */
  readonly before: number;
  readonly after: number;
}

export type Verdict = 'pass' | 'warn' | 'fail';

/** How faithful the features of one type of samples are. */
export interface Fidelity {
  readonly type: 'A' | 'B' | 'C';
  /** The features by which the corpora differ most, most first. */
  readonly features: readonly FeatureDistribution[];
  /** Features of which the samples are nearer to what they imitate than before (`before` > `after`), of all. */
  readonly improved: number;
  readonly total: number;
  /**
   * Mean |difference of correlations| from the corpus that is imitated, over pairs of the features by which the corpora
   * differ most: of samples, of the other corpus, and of one half of the real rows from the other; `real` is the mean
   * size of the real correlations.
   */
  readonly correlations: {
    readonly after: number;
    readonly before: number;
    readonly ceiling: number;
    readonly real: number;
  };
  readonly verdicts: readonly {
    readonly name: string;
    readonly verdict: Verdict;
    readonly sentence: string;
  }[];
}

/** Two groups to be compared; synthetic rows are those of the moment that is given along. */
export interface ComparisonRequest {
  readonly first: SampleSelection;
  readonly second: SampleSelection;
}
