/**
 * What tells the methods of the cycle-GAN family apart, as data: one trainer reads it. Knows no network, so that the page
 * can read it too.
 */
import { GAN_TERMS, type GanTerm } from './events.ts';

/**
 * What the emotion classifier F_s is asked about translated rows:
 * - `conditional`: whether it hears the class that G_TS was told (eqs. 5 and 6);
 * - `same-class`: whether it still finds the class that it found most probable before the translation, both ways
 *   (CyCADA's semantic consistency);
 * - `same-distribution`: how far its probabilities for source rows move on the way to the target (CycleEmotionGAN's
 *   emotional semantic consistency).
 */
export type EmotionQuestion = 'conditional' | 'same-class' | 'same-distribution';

/** One method of the family. */
export interface CycleVariant {
  /** Whether G_TS is told a class, Z. Only then can it make type C: the target under a class of one's choice. */
  readonly conditioned: boolean;
  /**
   * The emotion loss of the generators, and what becomes of F_s meanwhile: `frozen` stays as it was pre-trained, `joint`
   * learns on, and fills row `O`. Null where there is neither: no classifier is pre-trained.
   */
  readonly emotion: {
    readonly question: EmotionQuestion;
    readonly classifier: 'frozen' | 'joint';
  } | null;
  /** Whether classifiers with adversarial features are then trained on type B; they fill row `O`. */
  readonly adapted: boolean;
}

/** The family. The paper compares all on the same cycle GAN, with its identity loss, which not all had. */
export const CYCLE_VARIANTS = {
  /** Cycle GAN (Zhu, Park, Isola and Efros, 2017), the paper's TC: adversarial, cycle and identity losses. */
  cyclegan: { conditioned: false, emotion: null, adapted: false },
  /**
   * CyCADA (Hoffman, Tzeng, Park, Zhu, Isola, Saenko, Efros and Darrell, 2018): keeps the class that the frozen F_s finds
   * in a row, both ways; then a classifier on translated source rows, with adversarial features.
   */
  cycada: {
    conditioned: false,
    emotion: { question: 'same-class', classifier: 'frozen' },
    adapted: true,
  },
  /**
   * CycleEmotionGAN (Zhao, Lin, Xu, Zhao, Guo, Krishna, Ding and Keutzer, 2019): keeps the distribution of emotions that
   * F_s hears in a source row, while F_s learns along from translated rows under the source's labels, and by default
   * from the source rows too.
   */
  cyemogan: {
    conditioned: false,
    emotion: { question: 'same-distribution', classifier: 'joint' },
    adapted: false,
  },
  /** CCEmoGAN (Su and Lee), the paper: F_s has to hear the class that G_TS is told (eqs. 5 and 6). */
  ccemogan: {
    conditioned: true,
    emotion: { question: 'conditional', classifier: 'frozen' },
    adapted: false,
  },
} as const satisfies Record<string, CycleVariant>;

/** Whether the method has a classifier of its own, whose predictions are row `O`. */
export const hasOwnClassifier = ({ adapted, emotion }: CycleVariant): boolean =>
  adapted || emotion?.classifier === 'joint';

/** Terms that not every variant has. */
const OPTIONAL_TERMS: Partial<Record<GanTerm, (variant: CycleVariant) => boolean>> = {
  conditionalEmotion: ({ emotion }) => emotion?.question === 'conditional',
  randomConditionalEmotion: ({ emotion }) => emotion?.question === 'conditional',
  semanticConsistency: ({ emotion }) => emotion !== null && emotion.question !== 'conditional',
  classifierTask: ({ emotion }) => emotion?.classifier === 'joint',
};

/** The loss terms of a variant's step, in the order in which they are reported. */
export const ganTerms = (variant: CycleVariant): readonly GanTerm[] =>
  GAN_TERMS.filter((term) => OPTIONAL_TERMS[term]?.(variant) ?? true);
