/** One loss term of the generators that drowns the others. Judged by gradients, weights included. */
import { termLabel } from '../curves.ts';
import { GENERATOR_TERMS } from './discriminators.ts';
import { figure, percent, told } from './figures.ts';
import { offered, rate, weight } from './remedies.ts';
import type { Rule } from './rule.ts';
import { isLate } from './translation.ts';

/** Share of the sum of all gradients from which a term leaves the others nothing to say. */
const DROWNS = 0.93;

const WEIGHT_OF = {
  identity: 'lambdaIdentity',
  cycle: 'lambdaCycle',
  conditionalEmotion: 'lambdaEmotion',
  randomConditionalEmotion: 'lambdaEmotion',
  semanticConsistency: 'lambdaEmotion',
} as const;

/** The loudest term; not while it is early, when copying generators leave most terms at rest. */
export const terms: Rule = {
  measured: ({ networks }) => networks !== null,
  suspect: (history, context) => {
    const evidence = history[history.length - 1];
    if (!isLate(evidence, context)) return [];
    const gradients = evidence.networks?.gradients ?? {};
    const known = GENERATOR_TERMS.filter((term) => gradients[term] !== undefined);
    const sum = known.reduce((total, term) => total + gradients[term]!, 0);
    const loudest = known.find((term) => gradients[term]! > DROWNS * sum);
    if (loudest === undefined || known.length < 3) return [];
    const { gan } = context.settings;
    const own = loudest in WEIGHT_OF ? WEIGHT_OF[loudest as keyof typeof WEIGHT_OF] : null;
    const rest = sum - gradients[loudest]!;
    return [
      {
        id: `term-drowns/${loudest}`,
        failure: 'term-drowns',
        severity: 'warning',
        type: null,
        classIndex: null,
        network: null,
        title: `One term drowns the others: ${termLabel(loudest)}`,
        sentence: `The generators are pulled by the ${termLabel(loudest)} loss alone, which has ${percent(gradients[loudest]! / sum)} of the gradients: what the other terms ask for is hardly learned.`,
        figures: figure(evidence, `gradient/${loudest}`, `nearer to the sum of all others, ${told(rest)}`),
        remedies: offered(
          own && weight(gan, own, 0.2),
          own === null ? rate(gan, 'discriminatorLearningRate', 0.5) : null,
          own === null ? weight(gan, 'lambdaCycle', 3) : null,
        ),
      },
    ];
  },
};
