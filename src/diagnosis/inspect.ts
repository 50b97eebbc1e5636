/**
 * All that is known of one sample: where it came from, how far it moved, what changed, what stands near it. Reads rows
 * and scales; knows no network.
 */
import { type Matrix, matrixRows } from '../corpus/corpus.ts';
import { standardised } from '../corpus/shift.ts';
import type { SyntheticSets } from '../methods/events.ts';
import { nearestNeighbours } from '../projection/neighbours.ts';
import { finish } from '../projection/steps.ts';
import { assertRow, type InspectedPair, inTraining, inUnits, originOf, unitsOf } from './inspectPair.ts';
import type { FeatureDifference, NearRow, PointReport } from './reports.ts';
import { isReal, type SampleReference } from './samples.ts';

/** Features that a report lists, and nearest rows. */
const MOST_FEATURES = 12;
const NEIGHBOURS = 6;

const SIDES = ['source', 'target'] as const;

/** Root mean squared difference per feature of two single rows. */
function rootMeanSquare(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let c = 0; c < a.columns; c++) sum += (a.values[c] - b.values[c]) ** 2;
  return Math.sqrt(sum / a.columns);
}

/** Most different first, equal ones in the order of the columns; infinities may be among them. */
function mostDifferent(differences: readonly FeatureDifference[]): FeatureDifference[] {
  const size = ({ difference }: FeatureDifference) => Math.abs(difference);
  return differences
    .toSorted((a, b) => Number(size(b) > size(a)) - Number(size(a) > size(b)))
    .slice(0, MOST_FEATURES);
}

/** What looking at a sample needs. */
interface Look {
  readonly pair: InspectedPair;
  readonly sets: SyntheticSets | null;
}

/** The values of one sample: in training's feature space, and in the units of the files. */
const trainingRow = ({ pair, sets }: Look, { group, row }: SampleReference) =>
  matrixRows(inTraining(pair, group, sets), [row]);
const unitRow = ({ pair, sets }: Look, { group, row }: SampleReference) =>
  inUnits(pair, group, Int32Array.of(row), sets).values;

/** How the values of `second` differ from those of `first`, in deviations of the corpus that `second` imitates. */
function differencesOf(
  { pair, sets }: Look,
  first: ArrayLike<number>,
  second: SampleReference,
): readonly FeatureDifference[] {
  const { variance } = pair.moments(unitsOf(second.group));
  const values = unitRow({ pair, sets }, second);
  return mostDifferent(
    pair.matched.features.map((feature, c) => ({
      feature,
      first: first[c],
      second: values[c],
      difference: standardised(values[c] - first[c], variance[c]),
    })),
  );
}

/** The real rows nearest to a sample, in the whole feature space. */
function neighboursOf(look: Look, sample: SampleReference): NearRow[] {
  const query = trainingRow(look, sample);
  const { scaled, machine } = look.pair;
  const usual = look.pair.nearness();
  const found = SIDES.flatMap((group) => {
    const { indices, distances } = finish(
      nearestNeighbours(query, scaled[group], NEIGHBOURS + 1, false, machine),
    );
    const rows = Array.from(indices, (row, n): NearRow => ({ group, row, distance: distances[n] / usual }));
    return rows.filter(({ row }) => group !== sample.group || row !== sample.row);
  });
  return found.sort((a, b) => a.distance - b.distance).slice(0, NEIGHBOURS);
}

/** The sample of type A of the same origin, which is the way there and back of that row; null where there is none. */
function reconstructionOf(look: Look, origin: SampleReference): PointReport['reconstruction'] {
  if (origin.group !== 'source' || !look.sets) return null;
  const row = look.sets.A.origin.indexOf(origin.row);
  if (row < 0) return null;
  const back: SampleReference = { group: 'A', row };
  return {
    error: rootMeanSquare(trainingRow(look, origin), trainingRow(look, back)),
    features: differencesOf(look, unitRow(look, origin), back),
  };
}

/**
 * Looks at one sample; `sets` are the samples of the moment on show, null where there is none. A row of the target, and
 * what was made from one, has no reconstruction: no moment holds the way from the target and back.
 * @throws where the sample is not there, saying why.
 */
export function inspectSample(
  pair: InspectedPair,
  sample: SampleReference,
  sets: SyntheticSets | null,
): PointReport {
  assertRow(pair, sample, sets);
  const look = { pair, sets };
  const { group } = sample;
  const origin = originOf(sample, sets);
  const real = isReal(group);
  return {
    sample,
    origin: real ? null : origin,
    moved: real ? null : rootMeanSquare(trainingRow(look, origin), trainingRow(look, sample)),
    features: differencesOf(look, real ? pair.moments(group).mean : unitRow(look, origin), sample),
    reconstruction: reconstructionOf(look, origin),
    neighbours: neighboursOf(look, sample),
  };
}
