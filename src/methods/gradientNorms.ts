/**
 * How strongly each loss term pulls at the networks that it trains: the norm of its gradient on a batch, by itself. Moves
 * nothing and draws nothing.
 */
import { differentiate } from '../nn/gradients.ts';
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

/** Which networks a term trains, and its weight in their total (eq. 7). Totals, and the loss of F_s, are none of them. */
export const WEIGHTED_TERMS: Readonly<
  Partial<
    Record<GanTerm, { readonly of: 'generators' | 'discriminators'; weight(weights: LossWeights): number }>
  >
> = {
  adversarialST: { of: 'generators', weight: () => 1 },
  adversarialTS: { of: 'generators', weight: () => 1 },
  identity: { of: 'generators', weight: ({ identity }) => identity },
  cycle: { of: 'generators', weight: ({ cycle }) => cycle },
  conditionalEmotion: { of: 'generators', weight: ({ emotion }) => emotion },
  randomConditionalEmotion: { of: 'generators', weight: ({ emotion }) => emotion },
  semanticConsistency: { of: 'generators', weight: ({ emotion }) => emotion },
  adversarialS: { of: 'discriminators', weight: () => 1 },
  adversarialT: { of: 'discriminators', weight: () => 1 },
  gradientPenaltyS: { of: 'discriminators', weight: ({ gradientPenalty }) => gradientPenalty },
  gradientPenaltyT: { of: 'discriminators', weight: ({ gradientPenalty }) => gradientPenalty },
};

/** The Euclidean norm of the gradient of `loss` by `variables`, 0 by those on which it does not depend; a scalar. */
function gradientNorm(loss: () => tf.Scalar, variables: readonly tf.Variable[]): tf.Scalar {
  return tf.tidy(() => {
    const { gradients } = differentiate(() => ({ total: loss() }));
    try {
      let sum: tf.Scalar = tf.scalar(0);
      for (const variable of variables) {
        if (!gradients.has(variable)) continue;
        const gradient = gradients.take(variable);
        const squares: tf.Scalar = tf.sum(tf.square(gradient));
        gradient.dispose();
        sum = tf.add(sum, squares);
      }
      return tf.sqrt(sum);
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
  const terms = ganTerms(variant).filter((term) => (WEIGHTED_TERMS[term]?.weight(options.weights) ?? 0) > 0);
  const norms = tf.tidy(() => {
    const batch = rows();
    const judged = judgeBatch(nets, batch, makeFakes(nets, batch, options));
    const constants = discriminatorConstants(nets, batch, judged);
    const losses = {
      generators: () => generatorLoss(nets, batch, looked, judge).terms,
      discriminators: () => discriminatorLoss(nets, constants, options),
    };
    const variables = {
      generators: [...nets.G_ST.variables(), ...nets.G_TS.variables()],
      discriminators: [...nets.D_S.variables(), ...nets.D_T.variables()],
    };
    const normOf = (term: GanTerm) => {
      const { of, weight } = WEIGHTED_TERMS[term] as NonNullable<(typeof WEIGHTED_TERMS)[GanTerm]>;
      const loss = () => {
        const own = losses[of]() as Partial<Record<GanTerm, tf.Scalar>>;
        return tf.mul<tf.Scalar>(own[term] as tf.Scalar, weight(options.weights));
      };
      return gradientNorm(loss, variables[of]);
    };
    return tf.stack(terms.map(normOf));
  });
  const values = await norms.data();
  norms.dispose();
  return Object.fromEntries(terms.map((term, i) => [term, values[i]]));
}
