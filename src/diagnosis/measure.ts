/**
 * From the samples of a moment to their figures, in steps, so that a worker stays responsive. Knows the pair by its basis;
 * no network, and no label of the target.
 */
import { CLASSES, matrixRows } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import type { Synthetic, SyntheticSets } from '../methods/events.ts';
import type { Steps } from '../projection/steps.ts';
import { NOTHING } from './anchors.ts';
import { type Basis, sidesOf, toComponents } from './basis.ts';
import { zRatio } from './condition.ts';
import { ORIGIN, type SampleEvidence, type SampleType, type SetEvidence, TYPES } from './evidence.ts';
import { draw } from './points.ts';
import { measureSet, type Subject } from './setMetrics.ts';

/** Every row, or those of a class, in an order that is the same for the same number of rows: curves stay smooth. */
function shuffled(samples: Synthetic, type: SampleType, k: number | null): Int32Array {
  const rows = Int32Array.from(samples.classes.keys()).filter(
    (row) => k === null || samples.classes[row] === k,
  );
  return draw(rows, rows.length, randomStream(0, `diagnosis/samples/${type}/${k ?? 'all'}`));
}

/**
 * As many samples as are compared. Of type C, which asks every row for every class, classes in the shares that they have
 * in the source: else another mixture would look like another distribution.
 */
function chooseRows(basis: Basis, samples: Synthetic, type: SampleType, most: number): Int32Array {
  const all = shuffled(samples, type, null);
  if (type !== 'C') return all.subarray(0, most);
  const { sourceClasses, sourceRows } = basis.data;
  const shareOf = (k: number) =>
    sourceRows.filter((row) => sourceClasses[row] === k).length / sourceRows.length;
  const left = CLASSES.map((_, k) => Math.round(shareOf(k) * most));
  return all.filter((row) => left[samples.classes[row]]-- > 0);
}

/** Samples in components, and how far each is from where it came, in usual distances of two rows there. */
function subjectOf(basis: Basis, type: SampleType, samples: Synthetic, rows: Int32Array): Subject {
  const points = toComponents(basis, matrixRows(samples, rows));
  const origins = rows.map((row) => samples.origin[row]);
  const from = toComponents(basis, matrixRows(basis.data[ORIGIN[type]], origins));
  const usual = Math.sqrt(sidesOf(basis, type).home.typicalSquare);
  const { columns } = points;
  const moved = Float64Array.from(rows, (_, i) => {
    let square = 0;
    for (let c = i * columns; c < (i + 1) * columns; c++) square += (points.values[c] - from.values[c]) ** 2;
    return Math.sqrt(square) / usual;
  });
  return { points, origins, moved: usual > 0 ? moved : null };
}

function* measureType(basis: Basis, type: SampleType, samples: Synthetic): Steps<SetEvidence> {
  const references = basis.references[type];
  const whereabouts = type === 'A' ? null : sidesOf(basis, type);
  const measure = function* (rows: Int32Array, reference: (typeof references)['all']) {
    if (!reference) return null;
    const subject = subjectOf(basis, type, samples, rows.subarray(0, reference.rows));
    yield 1;
    return yield* measureSet(subject, reference, whereabouts, basis.machine);
  };
  const all = yield* measure(chooseRows(basis, samples, type, references.all?.rows ?? 0), references.all);
  const classes: SetEvidence['classes'][number][] = [];
  for (const k of CLASSES.keys())
    classes.push(yield* measure(shuffled(samples, type, k), references.classes[k]));
  return { all: all ?? NOTHING, classes };
}

/**
 * Figures of the samples of a moment: all of each type and those of each class. A type without samples is left out; what
 * is not finite cannot be measured, and gives figures that are null. `now`: the clock, in milliseconds; time between two
 * steps counts too.
 */
export function* measureSamples(
  basis: Basis,
  step: number,
  sets: SyntheticSets,
  now: () => number,
): Steps<SampleEvidence> {
  const started = now();
  const measured: Partial<Record<SampleType, SetEvidence>> = {};
  for (const type of TYPES) {
    if (sets[type].rows === 0) continue;
    const finite = sets[type].values.every(Number.isFinite);
    measured[type] = finite
      ? yield* measureType(basis, type, sets[type])
      : { all: NOTHING, classes: [null, null, null] };
  }
  const condition = sets.C.rows > 0 && sets.C.values.every(Number.isFinite) ? zRatio(basis, sets.C) : null;
  return { step, sets: measured, condition, ms: now() - started };
}
