/** The five kinds of samples, and how one or many of them are named. Plain data; knows no matrix. */

/** The corpora and the three types of synthetic samples, in the order of the paper's Fig. 2. */
export const SAMPLE_GROUPS = ['source', 'A', 'B', 'C', 'target'] as const;
export type SampleGroup = (typeof SAMPLE_GROUPS)[number];

/** The groups that are corpora. */
export const isReal = (group: SampleGroup): group is 'source' | 'target' =>
  group === 'source' || group === 'target';

/** One sample: `row` of the corpus as it is loaded or, of a synthetic type, of the samples of a moment. */
export interface SampleReference {
  readonly group: SampleGroup;
  readonly row: number;
}

/** Many samples, the rows of each group ascending. */
export type SampleSelection = Readonly<Partial<Record<SampleGroup, Int32Array>>>;
