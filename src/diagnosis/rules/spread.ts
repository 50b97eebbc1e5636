/**
 * Samples that are too much alike: collapsed onto few points, drawn together, or a mode of the real rows left out. Told of
 * a type where all its classes are so, else of the class. Judged beside real rows; see docs/diagnosis.md for thresholds.
 */
import { CLASSES } from '../../corpus/corpus.ts';
import { type Evidence, type SampleType, TYPES } from '../evidence.ts';
import type { Failure } from '../finding.ts';
import { type Beside, beside, besideReal, figure, percent, setName, share, variety } from './figures.ts';
import { discriminatorSteps, extend, offered, rate, wasserstein, weight } from './remedies.ts';
import type { FindingContext, Rule, Suspicion } from './rule.ts';

type Narrowness = 'collapsed' | 'shrunk';

/**
 * Collapsed samples lie at few points: their variety is far below what their variance alone would leave, which under mere
 * shrinking goes with its root; or nothing of either is left; or they are heaped up denser than shrinking makes them.
 */
const COLLAPSED = { variety: 0.65, ofRoot: 0.74, variance: 0.1, heaped: { variety: 0.5, density: 4.5 } };
/**
 * Shrunk samples: less variance, and denser than real rows. Of one class alone chance is larger than of all together. Few
 * rows have no certain density: `clearly` narrow samples need only be not sparse, as those on their way would be.
 */
const SHRUNK = {
  alone: { variety: 0.78, variance: 0.62, density: 1.28 },
  together: { variety: 0.88, variance: 0.82, density: 1.15 },
  clearly: { narrow: 2.8, density: 0.9 },
};

/** Variance over what both halves of the real rows have, the reference and the one held against it: their mean. */
function relativeVariance({ own, ceiling }: Beside): number | null {
  return own.variance !== null && ceiling.variance ? own.variance / Math.sqrt(ceiling.variance) : null;
}

/** A type that is as varied as this all together is not narrow as a whole, whatever small classes look like. */
const WHOLE_VARIETY = 0.92;

function narrowness(set: Beside | null, shrunk: typeof SHRUNK.alone): Narrowness | null {
  const left = set && variety(set);
  const variance = set && relativeVariance(set);
  const density = set && share(set, 'density');
  if (left === null || variance === null || density === null) return null;
  const { heaped } = COLLAPSED;
  const few = variance < COLLAPSED.variance || left < COLLAPSED.ofRoot * Math.sqrt(variance);
  if (left < COLLAPSED.variety && few) return 'collapsed';
  if (left < heaped.variety && density > heaped.density) return 'collapsed';
  if (left >= shrunk.variety || variance >= shrunk.variance) return null;
  const { alone, clearly } = SHRUNK;
  // Each limit of one class alone is one; the two add up, so that chance in one figure does not hide the other.
  const narrow =
    Math.log(Math.max(left, 1e-9)) / Math.log(alone.variety) +
    Math.log(Math.max(variance, 1e-9)) / Math.log(alone.variance);
  return density > shrunk.density || (narrow > clearly.narrow && density > clearly.density) ? 'shrunk' : null;
}

/** What is narrow of a type: all of it (`null`), or some classes. */
function narrowSets(
  evidence: Evidence,
  { anchors }: FindingContext,
  type: SampleType,
): Map<number | null, Narrowness> {
  const of = (k: number | null, shrunk: typeof SHRUNK.alone) =>
    narrowness(beside(evidence, anchors, type, k), shrunk);
  const measured = [...CLASSES.keys()].filter((k) => beside(evidence, anchors, type, k) !== null);
  // Classes bear a type out; where none is large enough to be asked, it stands alone.
  const all = of(null, measured.length === 0 ? SHRUNK.alone : SHRUNK.together);
  if (measured.length === 0) return new Map(all ? [[null, all]] : []);
  const together = measured.map((k) => of(k, SHRUNK.together));
  const alone = measured.map((k) => [k, of(k, SHRUNK.alone)] as const);
  const sure = alone.filter(([, state]) => state !== null).length;
  const narrow = together.filter((state) => state !== null);
  const whole = beside(evidence, anchors, type, null);
  const most = 2 * sure >= measured.length && ((whole && variety(whole)) ?? 0) < WHOLE_VARIETY;
  if (most && (narrow.length === measured.length || (all !== null && 2 * narrow.length > measured.length))) {
    const collapsed = narrow.filter((state) => state === 'collapsed').length;
    return new Map([[null, all === 'collapsed' || 2 * collapsed >= narrow.length ? 'collapsed' : 'shrunk']]);
  }
  return new Map(alone.flatMap(([k, state]) => (state ? [[k, state] as const] : [])));
}

const made = (type: SampleType) => (type === 'B' ? 'G_ST' : 'G_TS');

/** Whether an emotion loss shapes samples of the type: of B it is none of its own, and not every method has one. */
const asksEmotion = ({ networks }: Evidence, type: SampleType): boolean =>
  type !== 'B' && (networks === null || networks.heard !== null);

function collapseOf(
  evidence: Evidence,
  context: FindingContext,
  type: SampleType,
  k: number | null,
): Suspicion {
  const { anchors, settings } = context;
  const { gan } = settings;
  const real = (metric: 'recall' | 'density' | 'vendi' | 'variance') =>
    besideReal(evidence, anchors, type, k, metric);
  return {
    ...named('mode-collapse', type, k),
    severity: 'critical',
    title: `Mode collapse: ${setName(type, k)}`,
    sentence: `Samples of ${setName(type, k)} are nearly the same few points again and again: whatever ${made(type)} is given, it gives back one of a few answers.`,
    figures: [...real('vendi'), ...real('recall'), ...real('variance'), ...real('density')],
    remedies: offered(
      rate(gan, 'discriminatorLearningRate', 0.5),
      weight(gan, 'lambdaPenalty', 2),
      asksEmotion(evidence, type) ? weight(gan, 'lambdaEmotion', 0.5) : null,
      wasserstein(gan),
    ),
  };
}

function shrinkageOf(
  evidence: Evidence,
  context: FindingContext,
  type: SampleType,
  k: number | null,
): Suspicion {
  const { anchors, settings } = context;
  const { gan } = settings;
  const real = (metric: 'density' | 'vendi' | 'variance') => besideReal(evidence, anchors, type, k, metric);
  return {
    ...named('shrinkage', type, k),
    severity: 'warning',
    title: `Shrinkage: ${setName(type, k)}`,
    sentence: `Samples of ${setName(type, k)} keep to the middle: they vary less than real rows, which lie farther out.`,
    figures: [...real('variance'), ...real('density'), ...real('vendi')],
    remedies: offered(
      asksEmotion(evidence, type) ? weight(gan, 'lambdaEmotion', 0.5) : null,
      weight(gan, 'lambdaCycle', 0.5),
      discriminatorSteps(gan, gan.discriminatorSteps + 1),
    ),
  };
}

const named = (failure: Failure, type: SampleType, k: number | null) => ({
  id: `${failure}/${type}${k === null ? '' : `/${k}`}`,
  failure,
  type,
  classIndex: k,
  network: null,
});

/**
 * Samples that lie where real rows do and have left home, yet leave some of these out: a few, if recall shows it too, or
 * many. Recall is not asked then: of few rows it says little, since five neighbours of thirty reach far. On the way there
 * samples miss what they have not reached yet, but are at home or too sparse.
 */
const DROPPED = {
  few: { modes: 0.92, recall: 0.9 },
  many: 0.88,
  precision: 0.75,
  density: 0.7,
  atHome: 0.35,
};

/**
 * Share of samples still at home, beyond that of real rows: where corpora overlap, some of these are nearer to the other
 * one too. 0 as real rows are, 1 if all are at home.
 */
function stillAtHome({ own, ceiling }: Beside): number {
  const chance = ceiling.atHome ?? 0;
  return chance < 1 ? ((own.atHome ?? 0) - chance) / (1 - chance) : 0;
}

function droppedOf(evidence: Evidence, context: FindingContext, type: SampleType): Suspicion | null {
  const { anchors, settings, planned } = context;
  const set = beside(evidence, anchors, type, null);
  const found = set && share(set, 'modes');
  const precision = set && share(set, 'precision');
  const recall = set && share(set, 'recall');
  const density = set && share(set, 'density');
  if (!set || found === null || precision === null || recall === null || density === null) return null;
  const { few, many } = DROPPED;
  const lost = found <= many || (found <= few.modes && recall <= few.recall);
  const there = precision >= DROPPED.precision && density >= DROPPED.density;
  if (!lost || !there || stillAtHome(set) >= DROPPED.atHome) return null;
  const empty = 1 - (set.own.modes ?? 1);
  return {
    ...named('mode-dropped', type, null),
    severity: 'warning',
    title: `Mode dropped: type ${type}`,
    sentence: `Samples of type ${type} look real, but the clusters of ${percent(empty)} of the real rows have hardly any: a part of the real variety is never made.`,
    figures: [
      ...figure(evidence, `${type}/modes`, 'about 1, the clusters of all real rows'),
      ...besideReal(evidence, anchors, type, null, 'coverage'),
      ...besideReal(evidence, anchors, type, null, 'recall'),
    ],
    remedies: offered(
      discriminatorSteps(settings.gan, settings.gan.discriminatorSteps + 2),
      wasserstein(settings.gan),
      weight(settings.gan, 'lambdaCycle', 2),
      extend(planned),
    ),
  };
}

/** Collapse, shrinkage and dropped modes of every type; a type that is narrow as a whole is not said to drop modes. */
export const spread: Rule = {
  measured: ({ sets }) => TYPES.some((type) => sets[type] !== undefined),
  suspect: (history, context) => {
    const evidence = history[history.length - 1];
    return TYPES.flatMap((type) => {
      const narrow = narrowSets(evidence, context, type);
      const told = [...narrow].map(([k, state]) =>
        state === 'collapsed'
          ? collapseOf(evidence, context, type, k)
          : shrinkageOf(evidence, context, type, k),
      );
      const dropped = narrow.size > 0 ? null : droppedOf(evidence, context, type);
      return dropped ? [dropped] : told;
    });
  },
};
