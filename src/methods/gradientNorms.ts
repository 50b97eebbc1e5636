/**
 * How strongly each loss term pulls at the networks that it trains: the norm of its gradient on a batch, by itself. Moves
 * nothing and draws nothing.
 */
import { differentiate, type Gradients } from '../nn/gradients.ts';
import type { LossWeights } from '../nn/losses.ts';
import { tf } from '../nn/tf.ts';
import { type CycleVariant, ganTerms } from './cycleVariant.ts';
import type { GanTerm } from './events.ts';
import {
  discriminatorConstants,
  discriminatorLoss,
  type EmotionJudge,
  type GanBatch,
  type GanNetworks,
  generatorLoss,
  judgeBatch,
  type LossOptions,
  makeFakes,
} from './ganStep.ts';

type Network = keyof GanNetworks;

/** Loss terms that are differentiated together, with the networks that each of them trains. */
interface Pull {
  /** Whose loss they are part of; `emotion` is the generators' share that asks F_s, which the others are taken without. */
  readonly of: 'generators' | 'emotion' | 'discriminators';
  /** Terms of no network in common: the gradient of their sum holds those of each. */
  readonly terms: Readonly<Partial<Record<GanTerm, readonly Network[]>>>;
  /** Their weight in the total (eq. 7). */
  weight(weights: LossWeights): number;
}

const GENERATORS = ['G_ST', 'G_TS'] as const;

/** Every term that trains a generator or a discriminator, once. */
export const PULLS: readonly Pull[] = [
  { of: 'generators', terms: { adversarialST: ['G_ST'], adversarialTS: ['G_TS'] }, weight: () => 1 },
  { of: 'generators', terms: { identity: GENERATORS }, weight: ({ identity }) => identity },
  { of: 'generators', terms: { cycle: GENERATORS }, weight: ({ cycle }) => cycle },
  { of: 'emotion', terms: { conditionalEmotion: GENERATORS }, weight: ({ emotion }) => emotion },
  { of: 'emotion', terms: { randomConditionalEmotion: GENERATORS }, weight: ({ emotion }) => emotion },
  { of: 'emotion', terms: { semanticConsistency: GENERATORS }, weight: ({ emotion }) => emotion },
  { of: 'discriminators', terms: { adversarialS: ['D_S'], adversarialT: ['D_T'] }, weight: () => 1 },
  {
    of: 'discriminators',
    terms: { gradientPenaltyS: ['D_S'], gradientPenaltyT: ['D_T'] },
    weight: ({ gradientPenalty }) => gradientPenalty,
  },
];

const termsOf = ({ terms }: Pull) => Object.entries(terms) as [GanTerm, readonly Network[]][];

/** The Euclidean norm of what a loss was differentiated to, by the weights given; 0 where it depends on none. */
function norm(gradients: Gradients, variables: readonly tf.Variable[]): tf.Scalar {
  const squares = variables
    .filter((variable) => gradients.has(variable))
    .map((variable): tf.Scalar => {
      const gradient = gradients.take(variable);
      const sum: tf.Scalar = tf.sum(tf.square(gradient));
      gradient.dispose();
      return sum;
    });
  return squares.length > 0 ? tf.sqrt(tf.addN(squares)) : tf.scalar(0);
}

/** Norms of the gradients of the terms of a pull, in their order, from the losses of its side. */
function pullNorms(
  pull: Pull,
  nets: GanNetworks,
  losses: () => Readonly<Partial<Record<GanTerm, tf.Scalar>>>,
  weights: LossWeights,
): tf.Scalar[] {
  return tf.tidy(() => {
    const { gradients } = differentiate(() => {
      const values = losses();
      const sum = tf.addN(termsOf(pull).map(([term]) => values[term] as tf.Scalar));
      return { total: tf.mul<tf.Scalar>(sum, pull.weight(weights)) };
    });
    try {
      return termsOf(pull).map(([, names]) =>
        norm(
          gradients,
          names.flatMap((name) => nets[name].variables()),
        ),
      );
    } finally {
      gradients.dispose();
    }
  });
}

/**
 * Norms of the gradients of all terms of a weight other than 0, weight included, on one batch: those of the generators by
 * the generators' weights, those of the discriminators by theirs. As in a step, the discriminators' are taken before they
 * see what the generators would become. `rows` is called inside a tidy.
 */
export async function gradientNorms(
  nets: GanNetworks,
  rows: () => GanBatch,
  options: LossOptions,
  judge: EmotionJudge | null,
  variant: CycleVariant,
): Promise<Partial<Record<GanTerm, number>>> {
  const looked = { ...options, follow: false };
  const has = new Set(ganTerms(variant));
  const pulls = PULLS.filter(
    (pull) => pull.weight(options.weights) > 0 && termsOf(pull).every(([term]) => has.has(term)),
  );
  const norms = tf.tidy(() => {
    const batch = rows();
    const judged = judgeBatch(nets, batch, makeFakes(nets, batch, options));
    const constants = discriminatorConstants(nets, batch, judged);
    const losses = {
      generators: () => ({ ...generatorLoss(nets, batch, looked, null).terms }),
      emotion: () => ({ ...generatorLoss(nets, batch, looked, judge).terms }),
      discriminators: () => ({ ...discriminatorLoss(nets, constants, options) }),
    };
    return tf.stack(pulls.flatMap((pull) => pullNorms(pull, nets, losses[pull.of], options.weights)));
  });
  const values = await norms.data();
  norms.dispose();
  return Object.fromEntries(pulls.flatMap(termsOf).map(([term], i) => [term, values[i]]));
}
