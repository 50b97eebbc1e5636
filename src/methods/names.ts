/** The methods by name, with what they fill in a results table. Knows no network, so that the page can read it. */
import type { ResultRow } from './events.ts';

/** Methods that take a source to a target. */
export const TRANSFER_METHODS = [
  'source-only',
  'dann',
  'cyclegan',
  'cycada',
  'cyemogan',
  'ccemogan',
  'coral',
  'mixup',
  'noise',
] as const;
export type TransferMethod = (typeof TRANSFER_METHODS)[number];

/** Everything that fills rows of the comparison; `within` knows one corpus only. */
export const METHOD_NAMES = ['within', ...TRANSFER_METHODS] as const;
export type MethodName = (typeof METHOD_NAMES)[number];

export interface MethodDescription {
  readonly title: string;
  /** One sentence on what the method does. */
  readonly description: string;
  /** Rows of the results table that it fills, beside the baseline `source-only`. */
  readonly rows: readonly ResultRow[];
}

/** What a cycle GAN that knows no class Z makes recognisers from; the target's rows get no label. */
const CYCLE_ROWS = ['A', 'B', 'OA', 'OB'] as const;

export const METHOD_DESCRIPTIONS: Readonly<Record<MethodName, MethodDescription>> = {
  'source-only': {
    title: 'Source only',
    description: 'A recogniser trained on the source corpus as it is: what every other method has to beat.',
    rows: [],
  },
  within: {
    title: 'Within corpus',
    description: 'Trained and tested inside one corpus, one speaker left out at a time: an upper bound.',
    rows: ['target-dnn', 'target-svm', 'source-dnn', 'source-svm'],
  },
  dann: {
    title: 'DANN',
    description: 'Shared encoder whose features a domain head cannot tell apart, by gradient reversal.',
    rows: ['O'],
  },
  cyclegan: {
    title: 'Cycle GAN (TC)',
    description: 'Two generators and two discriminators with cycle and identity losses; no emotion, no Z.',
    rows: CYCLE_ROWS,
  },
  cycada: {
    title: 'CyCADA',
    description: 'Cycle GAN that keeps what the frozen F_s says of a sample, and a classifier adapted to it.',
    rows: ['O', ...CYCLE_ROWS],
  },
  cyemogan: {
    title: 'CycleEmotionGAN',
    description: 'Cycle GAN that keeps the predicted emotion, with the classifier trained along.',
    rows: ['O', ...CYCLE_ROWS],
  },
  ccemogan: {
    title: 'CCEmoGAN',
    description: 'The paper: a cycle GAN whose way back is told the emotion, Z.',
    rows: ['A', 'B', 'C', 'OA', 'OB', 'OC'],
  },
  coral: {
    title: 'CORAL',
    description: 'Source rows given the mean and covariance of the target: alignment without a network.',
    rows: ['O'],
  },
  mixup: {
    title: 'Mixup',
    description: 'Trained on weighted means of two source rows and of their labels.',
    rows: ['O'],
  },
  noise: {
    title: 'Gaussian noise',
    description: 'Trained on source rows with noise added: augmentation that is nearly free.',
    rows: ['O'],
  },
};
