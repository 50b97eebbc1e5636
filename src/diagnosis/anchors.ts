/**
 * What the figures of samples are for real rows: as good as they get (other rows of the reference), and before any
 * translation (rows of the corpus that samples are made from). Knows no sample.
 */
import { CLASSES } from '../corpus/corpus.ts';
import type { Steps } from '../projection/steps.ts';
import { type Basis, type Halves, sidesOf } from './basis.ts';
import { realRatio } from './condition.ts';
import { type Anchors, type PairAnchors, type SampleType, type SetMetrics, TYPES } from './evidence.ts';
import { firstRows, trimmedVariance } from './points.ts';
import { measureSet, type Subject, vendiOf } from './setMetrics.ts';

/** Figures of a set that is too small for any. */
export const NOTHING: SetMetrics = {
  precision: null,
  recall: null,
  density: null,
  coverage: null,
  mmd: null,
  frechet: null,
  nearestNeighbour: null,
  vendi: null,
  variance: null,
  modes: null,
  displacement: null,
  atHome: null,
};

/** Real rows as they are. `made`: as samples of a type that have not moved at all. */
const realRows = (points: Subject['points'], rows: Int32Array, made: boolean): Subject => ({
  points,
  origins: made ? rows : null,
  moved: made ? new Float64Array(points.rows) : null,
});

/** The set that stands for samples as they should be: of a class of B any rows of the target. */
const asTheyShould = ({ halves, classHalves }: Basis, type: SampleType, k: number | null): Halves | null =>
  type === 'B' ? halves.target : k === null ? halves.source : classHalves[k];

/** The set that stands for samples before any translation; of C rows of any class, since the target's are unknown. */
const asTheyCame = ({ halves, classHalves }: Basis, type: SampleType, k: number | null): Halves | null =>
  type !== 'B' ? halves.target : k === null ? halves.source : classHalves[k];

/** Vendi score of so many real rows: of either half, and the mean of both, since it needs no reference. */
function varietyOf({ reference, others }: Halves, rows: number, width: number): number | null {
  const [first, second] = [reference, others].map((half) => vendiOf(firstRows(half, rows), width));
  return first === null || second === null ? null : (first + second) / 2;
}

/** Width that a class of B should have, beside what it is held against: that of the class in the source. */
function widthOfClass({ references, classHalves }: Basis, k: number): Pick<SetMetrics, 'variance' | 'vendi'> {
  const ofClass = references.A.classes[k];
  const own = classHalves[k];
  if (!ofClass || !own) return NOTHING;
  return {
    variance: ofClass.variance > 0 ? trimmedVariance(own.others) / ofClass.variance : null,
    vendi: varietyOf(own, ofClass.rows, ofClass.width),
  };
}

/** Anchors of all samples of a type, or of those of a class. */
function* anchorsOf(
  basis: Basis,
  type: SampleType,
  k: number | null,
): Steps<{ readonly ceiling: SetMetrics | null; readonly floor: SetMetrics | null }> {
  const { all, classes } = basis.references[type];
  const reference = k === null ? all : classes[k];
  const good = asTheyShould(basis, type, k);
  const bad = asTheyCame(basis, type, k);
  if (!reference || !good || !bad) return { ceiling: null, floor: null };
  const whereabouts = type === 'A' ? null : sidesOf(basis, type);
  const subject = {
    good: realRows(good.others, good.otherRows, false),
    bad: realRows(bad.others, bad.otherRows, type !== 'A'),
  };
  const ceiling = yield* measureSet(subject.good, reference, whereabouts, basis.machine);
  const floor = yield* measureSet(subject.bad, reference, whereabouts, basis.machine);
  const width =
    type === 'B' && k !== null
      ? widthOfClass(basis, k)
      : { vendi: varietyOf(good, reference.rows, reference.width) };
  return { ceiling: ceiling && { ...ceiling, ...width }, floor };
}

/** The anchors of every type. A figure is null where there are too few real rows. */
export function* measureAnchors(basis: Basis): Steps<PairAnchors> {
  const anchors: Partial<Record<SampleType, Anchors>> = {};
  for (const type of TYPES) {
    const { ceiling, floor } = yield* anchorsOf(basis, type, null);
    const classes: (typeof ceiling)[][] = [[], []];
    for (const k of CLASSES.keys()) {
      const own = yield* anchorsOf(basis, type, k);
      classes[0].push(own.ceiling);
      classes[1].push(own.floor);
    }
    anchors[type] = {
      ceiling: { all: ceiling ?? NOTHING, classes: classes[0] },
      floor: { all: floor ?? NOTHING, classes: classes[1] },
    };
  }
  return { ...(anchors as Record<SampleType, Anchors>), condition: realRatio(basis) };
}
