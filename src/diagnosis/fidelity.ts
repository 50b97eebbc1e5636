/**
 * How faithful the features of one type of samples are: their distributions beside those of the real rows, what is left
 * of the shift between the corpora, whether spread and correlations were kept. Reads rows and scales; knows no network.
 */
import { type Matrix, matrixRows } from '../corpus/corpus.ts';
import type { SyntheticSets } from '../methods/events.ts';
import { REFERENCE, type SampleType } from './evidence.ts';
import {
  type Columns,
  columnsOf,
  correlationsOf,
  distancesTo,
  type FidelitySets,
  fidelitySets,
} from './fidelitySets.ts';
import { type FidelityFigures, verdictsOf } from './fidelityVerdicts.ts';
import { evenRows, type InspectedPair, type Side, samplesOf } from './inspectPair.ts';
import { firstRows, medianOf } from './points.ts';
import type { FeatureDistribution, Fidelity } from './reports.ts';

/** Features of the strongest shifts: whose distributions are shown, and whose correlations are compared. */
const FEATURES = 8;
const CORRELATED = 40;
const BINS = 28;
/** Share of the values beyond the bins at either end; they count in the outermost ones. */
const BEYOND = 0.005;
/** Fewer rows tell nothing of a distribution. */
const FEWEST_ROWS = 10;

/** The sets beside the reference: all of the same number of rows, so that chance moves their figures alike. */
interface Compared {
  readonly samples: Columns;
  readonly ceiling: Columns;
  readonly floor: Columns;
}

function comparedSets({ ceiling, floor }: FidelitySets, made: Matrix): Compared {
  const rows = Math.min(made.rows, ceiling.rows, floor.rows);
  if (rows < FEWEST_ROWS) {
    throw new Error(
      `Too few rows to tell how faithful they are: ${made.rows} samples, ${ceiling.rows} and ${floor.rows} real rows; ` +
        `${FEWEST_ROWS} of each are needed.`,
    );
  }
  return {
    // Samples may stand class by class.
    samples: columnsOf(matrixRows(made, evenRows(made.rows, rows))),
    ceiling: columnsOf(firstRows(ceiling, rows)),
    floor: columnsOf(firstRows(floor, rows)),
  };
}

const meanOf = (values: ArrayLike<number>) =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** How deviations stand to those of the reference, over the features that vary there. */
function spreadOf(reference: Columns, set: Columns): { readonly log: number; readonly size: number } {
  const logs = Array.from(reference.deviations).flatMap((deviation, c) =>
    // A column that no longer varies counts as a thousandth as wide: a logarithm of nought has no median.
    deviation > 0 ? [Math.log(Math.max(set.deviations[c] / deviation, 1e-3))] : [],
  );
  // Where no feature varies there is no spread to lose.
  return logs.length === 0
    ? { log: 0, size: 0 }
    : { log: medianOf(logs), size: medianOf(logs.map(Math.abs)) };
}

function correlationFigures(
  { reference, strongest }: FidelitySets,
  { samples, ceiling, floor }: Compared,
): FidelityFigures['correlations'] {
  const real = correlationsOf(reference.matrix, strongest);
  const from = ({ matrix }: Columns) =>
    meanOf(correlationsOf(matrix, strongest).map((r, pair) => Math.abs(r - real[pair])));
  return {
    after: from(samples),
    before: from(floor),
    ceiling: from(ceiling),
    real: meanOf(real.map(Math.abs)),
  };
}

/** Shares of the sorted values in bins between `low` and `high`; what lies beyond counts in the outermost. */
function binned(sorted: Float32Array, low: number, high: number): Float32Array {
  const shares = new Float32Array(BINS);
  for (const value of sorted) {
    const bin = Math.floor(((value - low) / (high - low)) * BINS);
    shares[Math.max(0, Math.min(BINS - 1, bin))] += 1 / sorted.length;
  }
  return shares;
}

/** Where the bins lie, in training's feature space: around nearly all values of the three sets. */
function limitsOf(columns: readonly Float32Array[]): readonly [number, number] {
  const at = (sorted: Float32Array, share: number) => sorted[Math.round(share * (sorted.length - 1))];
  const low = Math.min(...columns.map((sorted) => at(sorted, BEYOND)));
  const high = Math.max(...columns.map((sorted) => at(sorted, 1 - BEYOND)));
  return high > low ? [low, high] : [low - 0.5, high + 0.5];
}

/** Brings values of a column from training's feature space into the units of the files, by the corpus's common scale. */
function unitsOfFeature({ scaled }: InspectedPair, imitated: Side, c: number): (value: number) => number {
  const columns = scaled.features.length;
  const values = new Float32Array(2 * columns).fill(1, columns);
  const invert = imitated === 'source' ? scaled.toSourceUnits : scaled.toTargetUnits;
  const at = invert({ rows: 2, columns, values }).values;
  return (value) => at[c] + value * (at[columns + c] - at[c]);
}

/** What the distribution of a feature is read off. */
interface Shown {
  readonly pair: InspectedPair;
  readonly imitated: Side;
  readonly sets: FidelitySets;
  readonly compared: Compared;
  readonly after: Float64Array;
  readonly before: Float64Array;
}

function distributionOf(
  c: number,
  { pair, imitated, sets, compared, after, before }: Shown,
): FeatureDistribution {
  const toUnits = unitsOfFeature(pair, imitated, c);
  const columns = [sets.reference, compared.floor, compared.samples].map(({ sorted }) => sorted[c]);
  const [low, high] = limitsOf(columns);
  const [own, other, synthetic] = columns.map((sorted) => binned(sorted, low, high));
  return {
    feature: pair.scaled.features[c],
    edges: Float32Array.from({ length: BINS + 1 }, (_, i) => toUnits(low + ((high - low) * i) / BINS)),
    ...(imitated === 'source' ? { source: own, target: other } : { source: other, target: own }),
    synthetic,
    before: before[c],
    after: after[c],
  };
}

/** What is kept of a pair for each corpus that may be imitated. */
type KnownSets = Partial<Record<Side, FidelitySets>>;

/** Tells how faithful samples of a pair are; sorts the real rows once. */
export function fidelityOf(pair: InspectedPair): (type: SampleType, sets: SyntheticSets) => Fidelity {
  const known: KnownSets = {};
  return (type, made) => {
    const imitated = REFERENCE[type];
    const set = samplesOf(type, made);
    known[imitated] ??= fidelitySets(pair.scaled, imitated, CORRELATED);
    const sets = known[imitated];
    const compared = comparedSets(sets, set);
    const { reference, strongest } = sets;
    const { samples, ceiling, floor } = compared;
    const [after, before, halves] = [samples, floor, ceiling].map((own) => distancesTo(reference, own));
    const spread = spreadOf(reference, samples);
    const figures: FidelityFigures = {
      shift: { after: meanOf(after), before: meanOf(before), ceiling: meanOf(halves) },
      spread: { ...spread, ceiling: spreadOf(reference, ceiling).size },
      correlations: correlationFigures(sets, compared),
    };
    const shown = { pair, imitated, sets, compared, after, before };
    return {
      type,
      features: strongest.slice(0, FEATURES).map((c) => distributionOf(c, shown)),
      improved: after.reduce((count, distance, c) => count + Number(distance < before[c]), 0),
      total: after.length,
      correlations: figures.correlations,
      verdicts: verdictsOf(figures),
    };
  };
}
