/** Samples that have left the data altogether, while no loss is anything but a number: told once for all types. */
import { type Evidence, type SampleType, TYPES } from '../evidence.ts';
import { type Beside, beside, besideReal, figure, share, told } from './figures.ts';
import { holdingBack } from './remedies.ts';
import type { FindingContext, Rule } from './rule.ts';

/**
 * Hardly a sample lies where real rows do and hardly a real row near a sample, and they are far beyond both corpora: that
 * much wider than real rows, that much farther off than the other corpus is, or moved by that many usual distances.
 */
const GONE = { inside: 0.02, variance: 5, frechet: 15, displacement: 3 };

function isGone(set: Beside): boolean {
  const { own, floor } = set;
  if (own.precision === null || own.coverage === null) return false;
  if (own.precision > GONE.inside || own.coverage > GONE.inside) return false;
  const frechet = floor?.frechet ? (own.frechet ?? 0) / floor.frechet : 0;
  return (
    (share(set, 'variance') ?? 0) > GONE.variance ||
    frechet > GONE.frechet ||
    (own.displacement ?? 0) > GONE.displacement
  );
}

const listed = (types: readonly SampleType[]): string =>
  types.length === 1
    ? `type ${types[0]}`
    : `types ${types.slice(0, -1).join(', ')} and ${types[types.length - 1]}`;

function figuresOf(evidence: Evidence, { anchors }: FindingContext, type: SampleType) {
  return [
    ...besideReal(evidence, anchors, type, null, 'variance'),
    ...besideReal(evidence, anchors, type, null, 'precision'),
    ...besideReal(evidence, anchors, type, null, 'frechet'),
    ...figure(
      evidence,
      `${type}/displacement`,
      `below ${told(GONE.displacement)} usual distances of two rows`,
    ),
  ];
}

/** Samples that have left the data. */
export const leaving: Rule = {
  measured: ({ sets }) => TYPES.some((type) => sets[type] !== undefined),
  suspect: (history, context) => {
    const evidence = history[history.length - 1];
    const gone = TYPES.filter((type) => {
      const set = beside(evidence, context.anchors, type, null);
      return set !== null && isGone(set);
    });
    if (gone.length === 0) return [];
    return [
      {
        id: 'divergence/samples',
        failure: 'divergence',
        severity: 'critical',
        type: gone.length === 1 ? gone[0] : null,
        classIndex: null,
        network: null,
        title: `Samples have left the data: ${listed(gone)}`,
        sentence: `Samples of ${listed(gone)} lie far from every real row of either corpus: the generators have run away, although every loss is still a number.`,
        figures: figuresOf(evidence, context, gone[0]),
        remedies: holdingBack(context.settings.gan, false),
      },
    ];
  },
};
