/**
 * What only the networks of a GAN can tell of themselves, as plain figures: who measures them knows the networks, who
 * reads them does not. Types only.
 */

/** How well a discriminator tells real rows from made ones. */
export interface DiscriminatorEvidence {
  /**
   * Mean of the shares of real and of made rows told rightly, in [0.5, 1], at the threshold that serves best on these
   * very rows: real ones that it was trained on, and fakes of its generator.
   */
  readonly seen: number;
  /** The same for real rows that training never saw, at that threshold, in [0, 1]; null where fewer than 50 are held out. */
  readonly heldOut: number | null;
}

/** Share of the samples of each class, low, mid and high, in which a classifier hears it; null where there are none. */
export type HeardShares = readonly (number | null)[];

/** What F_s and a classifier of its kind, trained alike from another seed, hear in samples of one type. */
export interface HeardEvidence {
  readonly F: HeardShares;
  readonly judge: HeardShares;
}

/** The types of samples that are made under a class, and so can be asked for it. */
export type HeardType = 'A' | 'C';

/** Figures of one moment of training, on rows that stay the same for the whole run. Nothing is trained on them. */
export interface NetworkEvidence {
  /** GAN steps done. */
  readonly step: number;
  /**
   * Euclidean norm of the gradient of each loss term as it enters its total, weight included: terms of the generators by
   * the generators' weights, those of the discriminators by theirs. By the term's name.
   */
  readonly gradients: Readonly<Partial<Record<string, number>>>;
  /** D_S, which judges the source, and D_T. */
  readonly discriminators: { readonly S: DiscriminatorEvidence; readonly T: DiscriminatorEvidence };
  /**
   * Root of the mean squared error per feature of S → T → S as it is, and with Gaussian noise on what G_ST made. `noise`
   * is the deviation of that noise in scaled units, a fixed share of the mean deviation of the target's features: so the
   * errors can be held against it.
   */
  readonly cycle: { readonly clean: number; readonly noisy: number; readonly noise: number };
  /** Null where the method has no F_s. */
  readonly heard: Readonly<Record<HeardType, HeardEvidence>> | null;
  /** Milliseconds that measuring took, which training waited for. */
  readonly ms: number;
}
