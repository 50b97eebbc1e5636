/** Discriminators that win, see nothing, or learn rows by heart. */
import type { GanTerm } from '../../methods/events.ts';
import type { Evidence, SampleType } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { beside, besideReal, figure, gapLeft, percent, told } from './figures.ts';
import {
  bothLearn,
  discriminatorSteps,
  offered,
  rate,
  smallerDiscriminators,
  wasserstein,
  weight,
  widerDiscriminators,
} from './remedies.ts';
import type { FindingContext, Rule, Suspicion } from './rule.ts';

/** A discriminator, the samples it judges, who makes these, and the loss term by which it teaches. */
interface Bench {
  readonly name: 'D_S' | 'D_T';
  readonly side: 'S' | 'T';
  readonly judges: SampleType;
  readonly pupil: 'G_ST' | 'G_TS';
  readonly lesson: 'adversarialST' | 'adversarialTS';
  readonly own: 'adversarialS' | 'adversarialT';
}
const BENCHES: readonly Bench[] = [
  { name: 'D_S', side: 'S', judges: 'C', pupil: 'G_TS', lesson: 'adversarialTS', own: 'adversarialS' },
  { name: 'D_T', side: 'T', judges: 'B', pupil: 'G_ST', lesson: 'adversarialST', own: 'adversarialT' },
];

/** Terms of the generators, by which a lesson is heard or not. */
export const GENERATOR_TERMS = [
  'adversarialST',
  'adversarialTS',
  'identity',
  'cycle',
  'conditionalEmotion',
  'randomConditionalEmotion',
  'semanticConsistency',
] as const satisfies readonly GanTerm[];

/**
 * Sure of nearly every row, and either its lesson is this quiet beside the loudest other term of the generators, or, where
 * a loss does not saturate, what is left for itself to learn is this little beside that lesson.
 */
const WINS = { seen: 0.95, lesson: 0.03, own: 0.005 };
/** Sure of hardly any row, while real rows and samples can be told apart by their nearest neighbour. */
const BLIND = { seen: 0.6, gap: 0.1, left: 0.4 };
/** So much better on rows that it learned from than on others. */
const BY_HEART = { apart: 0.14, critical: 0.35, seen: 0.8 };

const named = (
  failure: 'd-wins' | 'd-blind' | 'd-overfits',
  { name }: Bench,
): Pick<Finding, 'id' | 'failure' | 'type' | 'classIndex' | 'network'> => ({
  id: `${failure}/${name}`,
  failure,
  type: null,
  classIndex: null,
  network: name,
});

function wins(evidence: Evidence, { settings }: FindingContext, bench: Bench): Suspicion | null {
  const { gradients, discriminators } = evidence.networks!;
  const { seen } = discriminators[bench.side];
  const lesson = gradients[bench.lesson];
  const own = gradients[bench.own];
  const others = GENERATOR_TERMS.filter((term) => !term.startsWith('adversarial')).map(
    (term) => gradients[term] ?? 0,
  );
  const loudest = Math.max(0, ...others);
  if (seen < WINS.seen || lesson === undefined) return null;
  const silent = lesson < WINS.lesson * loudest;
  const done = own !== undefined && own < WINS.own * lesson;
  if (!silent && !done) return null;
  const what = silent
    ? `and what it teaches ${bench.pupil} has all but vanished beside the other losses`
    : 'and has nothing left to learn, whatever the generator does';
  return {
    ...named('d-wins', bench),
    severity: 'warning',
    title: `D wins: ${bench.name}`,
    sentence: `${bench.name} tells ${percent(seen)} of the rows rightly, ${what}: the two no longer compete.`,
    figures: [
      ...figure(evidence, `${bench.name}/seen`, 'falling towards 0.5 as samples get better'),
      ...(silent
        ? figure(
            evidence,
            `gradient/${bench.lesson}`,
            `not far below that of the strongest other term, ${told(loudest)}`,
          )
        : figure(
            evidence,
            `gradient/${bench.own}`,
            `not far below that of what it teaches, ${told(lesson)}`,
          )),
    ],
    remedies: offered(
      bothLearn(settings.gan),
      rate(settings.gan, 'discriminatorLearningRate', 0.3),
      discriminatorSteps(settings.gan, 1),
      wasserstein(settings.gan),
      weight(settings.gan, 'lambdaPenalty', 2),
    ),
  };
}

function blind(evidence: Evidence, { anchors, settings }: FindingContext, bench: Bench): Suspicion | null {
  const { seen } = evidence.networks!.discriminators[bench.side];
  const set = beside(evidence, anchors, bench.judges, null);
  const left = set && gapLeft(set, 'nearestNeighbour', BLIND.gap);
  if (seen >= BLIND.seen || left === null || left < BLIND.left) return null;
  const { gan } = settings;
  return {
    ...named('d-blind', bench),
    severity: 'warning',
    title: `D blind: ${bench.name}`,
    sentence: `${bench.name} guesses, with ${percent(seen)} told rightly, although samples of type ${bench.judges} and real rows can still be told apart: ${bench.pupil} has no teacher.`,
    figures: [
      ...figure(evidence, `${bench.name}/seen`, 'well above 0.5 while samples differ from real rows'),
      ...besideReal(evidence, anchors, bench.judges, null, 'nearestNeighbour'),
    ],
    remedies: offered(
      bothLearn(gan),
      rate(gan, 'discriminatorLearningRate', 3),
      discriminatorSteps(gan, gan.discriminatorSteps + 2),
      widerDiscriminators(settings),
    ),
  };
}

function byHeart(evidence: Evidence, { settings }: FindingContext, bench: Bench): Suspicion | null {
  const { seen, heldOut } = evidence.networks!.discriminators[bench.side];
  if (heldOut === null || seen < BY_HEART.seen || seen - heldOut < BY_HEART.apart) return null;
  return {
    ...named('d-overfits', bench),
    severity: seen - heldOut >= BY_HEART.critical ? 'critical' : 'warning',
    title: `D overfits: ${bench.name}`,
    sentence: `${bench.name} tells ${percent(seen)} rightly of the rows it learned from and ${percent(heldOut)} with real rows it never saw: it knows rows by heart instead of the corpus.`,
    figures: [
      ...figure(evidence, `${bench.name}/heldOut`, `about ${percent(seen)}, as with rows it learned`),
      ...figure(evidence, `${bench.name}/seen`, 'little more than with rows held out'),
    ],
    remedies: offered(
      weight(settings.gan, 'lambdaPenalty', 3),
      rate(settings.gan, 'discriminatorLearningRate', 0.3),
      smallerDiscriminators(settings),
    ),
  };
}

/** What is wrong with D_S and D_T. */
export const discriminators: Rule = {
  measured: ({ networks }) => networks !== null,
  suspect: (history, context) => {
    const evidence = history[history.length - 1];
    return BENCHES.flatMap((bench) =>
      [wins, blind, byHeart].flatMap((judge) => judge(evidence, context, bench) ?? []),
    );
  },
};
