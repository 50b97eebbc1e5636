/**
 * The figures that the paper prints (Su & Lee, Tables 1 to 3), UAR in percent, of its corpora, not of the user's.
 * In the order of its columns, which `layout.ts` names. Knows nothing of how they are shown.
 *
 * The paper does not agree with itself everywhere: of valence on CreativeIT its abstract gives 47.56, which is OB,
 * its text 47.75, which is B; of activation on CreativeIT it sets OB (51.13) bold beside a larger B (51.4); and for
 * valence on MSP-IMPROV CyCADA's OA (50.17) is above CCEmoGAN's best (50.11). It gives no number of seeds and no
 * spread.
 */
import type { Task } from '../../corpus/corpus.ts';

/** One row of a table of the paper. */
export interface PaperRow {
  /** The corpora, as the paper's rows are called. */
  readonly corpora: string;
  readonly figures: readonly number[];
}

export type PaperRows = Readonly<Record<Task, readonly PaperRow[]>>;

const CREATIVEIT = 'IEMOCAP → CreativeIT';
const MSP_IMPROV = 'IEMOCAP → MSP-IMPROV';

/** Table 1: within each corpus; DNN with balancing, SVM. */
export const PAPER_WITHIN: PaperRows = {
  activation: [
    { corpora: 'MSP-IMPROV', figures: [66.42, 61.38] },
    { corpora: 'CreativeIT', figures: [48.56, 43.54] },
  ],
  valence: [
    { corpora: 'MSP-IMPROV', figures: [53.12, 52.24] },
    { corpora: 'CreativeIT', figures: [49.79, 38.84] },
  ],
};

/** Table 2: DANN, CyCADA, CyEmoGAN, TC A, OA, B, OB; CCEmoGAN A, B, C, OA, OB, OC. */
export const PAPER_BASELINES: PaperRows = {
  activation: [
    {
      corpora: CREATIVEIT,
      figures: [44.1, 42.17, 40.63, 41.4, 39.45, 45.78, 43.72, 46.55, 51.4, 40.25, 40.95, 51.13, 40.46],
    },
    {
      corpora: MSP_IMPROV,
      figures: [60.9, 61.46, 60.74, 62.92, 62.87, 65.46, 65.11, 63.38, 62.73, 64.74, 62.2, 65.7, 62.89],
    },
  ],
  valence: [
    {
      corpora: CREATIVEIT,
      figures: [42.71, 31.67, 40.97, 36.2, 36.35, 43.52, 44.51, 44.24, 47.75, 45.5, 43.38, 47.56, 43.32],
    },
    {
      corpora: MSP_IMPROV,
      figures: [47.17, 41.75, 43.36, 42.49, 48.46, 43.45, 48.54, 44.51, 39.43, 37.03, 48.59, 50.11, 49.4],
    },
  ],
};

/** Table 3: CyCADA A, B, OA, OB; CyEmoGAN A, B, OA, OB. */
export const PAPER_AUGMENTATION: PaperRows = {
  activation: [
    { corpora: CREATIVEIT, figures: [47.42, 45.79, 41.04, 44.54, 42.37, 41.02, 38.85, 42.52] },
    { corpora: MSP_IMPROV, figures: [59.63, 60.02, 64.05, 63.01, 61.35, 61.83, 58.24, 57.91] },
  ],
  valence: [
    { corpora: CREATIVEIT, figures: [31.77, 32.54, 37.71, 35.83, 40.38, 43.15, 36.73, 40.01] },
    { corpora: MSP_IMPROV, figures: [45.64, 48.08, 50.17, 48.19, 33.39, 32.7, 35.23, 33.57] },
  ],
};
