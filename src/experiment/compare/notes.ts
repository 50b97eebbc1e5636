/** What a reader must know of a comparison's figures, in sentences. Pure; page, Markdown and LaTeX say the same. */
import { MINIMUM_SPEAKERS, RESAMPLES } from './bootstrap.ts';
import { namedInAdvance } from './cells.ts';
import { inTableOrder, METHOD_DESCRIPTIONS, type MethodName } from './config.ts';
import type { ComparisonResults } from './summary.ts';
import type { UnitKey } from './unit.ts';

const percent = (value: number) => `${value.toFixed(2)} %`;

function aboutFigures({ config, chance, bound, corpora }: ComparisonResults): string[] {
  const { seeds } = config;
  const simulated = Object.values(corpora).filter((corpus) => corpus.simulated);
  return [
    ...(simulated.length > 0
      ? [`Simulated data: ${simulated.map(({ name }) => name).join(' and ')}; no speech was recorded for it.`]
      : []),
    seeds.length === 1
      ? 'UAR in percent, of one training: nothing is known of its spread.'
      : `UAR in percent, mean ± sample standard deviation over ${seeds.length} seeds, each a whole training.`,
    ...(chance === null ? [] : [`Guessing gives ${percent(chance)}.`]),
    ...(bound ? [`The target's own labels give ${percent(bound.mean)} (DNN within the target).`] : []),
    'All rows of the target were there unlabelled, for scaling at least (transductive); its labels did nothing but score.',
    `Bold is the largest figure of its group and says nothing more. CCEmoGAN's figure named in advance is ${namedInAdvance(config.preset).samples}; the best of OA, OB and OC, chosen afterwards, would flatter it.`,
  ];
}

/** How far the reversed gradient goes in the published method (Ganin et al. 2016). */
const PUBLISHED_REVERSAL = 1;

/** What reverses gradients, as it is called in the tables' notes. */
const REVERSING: Readonly<Partial<Record<MethodName, string>>> = {
  dann: 'DANN',
  cycada: "CyCADA's own classifier (O)",
};

/** Where a published method runs by another number than its own. */
function aboutMethods({ config: { methods, settings } }: ComparisonResults): string[] {
  const names = methods.flatMap((method) => REVERSING[method] ?? []);
  const { lambda } = settings.dann;
  if (names.length === 0 || lambda === PUBLISHED_REVERSAL) return [];
  return [
    `The weight of the reversed gradient ends at ${lambda} for ${names.join(' and ')}; the published one ends at ${PUBLISHED_REVERSAL}.`,
  ];
}

/** Of the tests of differences; nothing where there is none yet. */
function aboutChance({ config, cells, speakers }: ComparisonResults): string[] {
  if (speakers === null || cells.every(({ versus }) => versus === null)) return [];
  const pairs = config.seeds.length;
  return [
    `p: exact two-sided Wilcoxon signed-rank test over seeds against source only; ${pairs} ${
      pairs === 1 ? 'pair' : 'pairs'
    } cannot reach less than ${(2 ** (1 - pairs)).toPrecision(3)}. It speaks of other seeds, not of other speakers, and is not corrected for the number of figures.`,
    speakers >= MINIMUM_SPEAKERS
      ? `95 % interval: bootstrap over the ${speakers} target speakers, ${RESAMPLES} resamples. It speaks of other speakers of the same kind, with these trained networks.`
      : `No interval: it needs ${MINIMUM_SPEAKERS} known target speakers at least, and ${speakers} are known.`,
  ];
}

/** E.g. "CORAL (1 seed), CCEmoGAN (3 seeds)", in the order of the tables. */
function counted(units: readonly UnitKey[]): string {
  return inTableOrder(units.map(({ method }) => method))
    .map((method) => {
      const seeds = units.filter((unit) => unit.method === method).length;
      return `${METHOD_DESCRIPTIONS[method].title} (${seeds} ${seeds === 1 ? 'seed' : 'seeds'})`;
    })
    .join(', ');
}

function aboutUnits({ diverged, missing, backends, notes }: ComparisonResults): string[] {
  return [
    ...notes,
    ...diverged.map(
      ({ method, seed, message }) =>
        `${METHOD_DESCRIPTIONS[method].title}, seed ${seed}, has no figures: ${message}`,
    ),
    ...(missing.length > 0 ? [`Not done yet: ${counted(missing)}.`] : []),
    ...(backends.length > 1
      ? [
          `Computed on ${backends.join(' and ')}, whose figures differ in the last digits and then in single decisions.`,
        ]
      : []),
  ];
}

/** The notes in order. @param paper whether the paper's rows stand beside them. */
export function comparisonNotes(results: ComparisonResults, paper: boolean): string[] {
  return [
    ...aboutFigures(results),
    ...aboutMethods(results),
    ...aboutChance(results),
    ...aboutUnits(results),
    ...(paper
      ? [
          "Rows marked (paper) are printed in Su & Lee's paper, of other corpora (IEMOCAP to CreativeIT and MSP-IMPROV): to be read beside the others, not against them. The paper gives neither seeds nor spread. Its text is not at one with its tables: 47.56 in the abstract is OB and 47.75 in the text is B, and CyCADA's OA on MSP-IMPROV valence (50.17) is above CCEmoGAN's best (50.11).",
        ]
      : []),
  ];
}
