/** Generators that give back what they were given. Judged against the gap between the corpora, and not while it is early. */
import type { Evidence, SampleType } from '../evidence.ts';
import { beside, besideReal, figure, gapLeft, percent } from './figures.ts';
import { bothLearn, fewerIdentityEpochs, offered, rate, weight } from './remedies.ts';
import type { FindingContext, Rule, Suspicion } from './rule.ts';

/** Share of the planned steps until which what copying generators show is normal, and until which copying itself is. */
const EARLY = 0.3;
const TIME_TO_LEAVE = 0.5;

/** Whether training is so far that what is normal early on is none any more. */
export const isLate = ({ step }: Evidence, { planned }: FindingContext, early = EARLY): boolean =>
  planned !== undefined && planned > 0 && step >= early * planned;

/** Hardly moved, hardly nearer, still among its own; and corpora that differ at all. */
const COPIES = { displacement: 0.075, left: 0.5, atHome: 0.45, gap: 0.1 };

function copying(evidence: Evidence, context: FindingContext, type: 'B' | 'C'): Suspicion | null {
  const set = beside(evidence, context.anchors, type, null);
  if (!set) return null;
  const { displacement, atHome } = set.own;
  const apart = gapLeft(set, 'nearestNeighbour', COPIES.gap);
  const left = gapLeft(set, 'mmd', 1e-6);
  if (displacement === null || atHome === null || apart === null || left === null) return null;
  const copies = displacement < COPIES.displacement && left > COPIES.left && atHome > COPIES.atHome;
  if (!copies) return null;
  const { settings } = context;
  const [network, corpus] = type === 'B' ? (['G_ST', 'target'] as const) : (['G_TS', 'source'] as const);
  return {
    id: `no-translation/${type}`,
    failure: 'no-translation',
    severity: 'critical',
    type,
    classIndex: null,
    network,
    title: `No translation: type ${type}`,
    sentence: `${network} gives back nearly what it is given: its samples have moved by ${percent(displacement)} of the usual distance between two rows and are hardly nearer to the ${corpus} than before.`,
    figures: [
      ...figure(
        evidence,
        `${type}/displacement`,
        `well above ${COPIES.displacement}, since the corpora differ`,
      ),
      ...figure(evidence, `${type}/atHome`, 'falling towards 0'),
      ...besideReal(evidence, context.anchors, type, null, 'nearestNeighbour'),
    ],
    remedies: offered(
      bothLearn(settings.gan),
      weight(settings.gan, 'lambdaIdentity', 0.2),
      rate(settings.gan, 'generatorLearningRate', 2),
      weight(settings.gan, 'lambdaCycle', 0.5),
      fewerIdentityEpochs(settings),
    ),
  };
}

const MOVING: readonly (SampleType & ('B' | 'C'))[] = ['B', 'C'];

/** Copying, of B and of C. */
export const translation: Rule = {
  measured: ({ sets }) => sets.B !== undefined || sets.C !== undefined,
  suspect: (history, context) => {
    const evidence = history[history.length - 1];
    if (!isLate(evidence, context, TIME_TO_LEAVE)) return [];
    return MOVING.flatMap((type) => copying(evidence, context, type) ?? []);
  },
};
