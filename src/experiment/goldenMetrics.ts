/**
 * Holds the project's own metrics against a file of reference values (format of `metrics.json`), of any
 * size and any k. Reads no file and prints nothing.
 */
import * as v from 'valibot';
import { confusionMatrix, macroF1, uar } from '../metrics/classification.ts';
import type { Points } from '../metrics/distances.ts';
import { frechetDistance } from '../metrics/frechet.ts';
import { mmd2Unbiased } from '../metrics/mmd.ts';
import { oneNearestNeighbourAccuracy } from '../metrics/nearestNeighbour.ts';
import { prdc } from '../metrics/prdc.ts';
import { vendiScore } from '../metrics/vendi.ts';

const finite = v.pipe(v.number(), v.finite());
const classIndex = v.pipe(v.number(), v.integer(), v.minValue(0));
const points = v.pipe(
  v.array(v.array(finite)),
  v.minLength(1),
  v.check((rows) => rows.every((row) => row.length === rows[0].length), 'rows of different lengths'),
);

const GoldenMetricsSchema = v.object({
  classification: v.object({
    truth: v.pipe(v.array(classIndex), v.minLength(1)),
    prediction: v.array(classIndex),
    uar: finite,
    macroF1: finite,
    confusion: v.array(v.array(finite)),
  }),
  distribution: v.object({
    real: points,
    fake: points,
    k: v.pipe(v.number(), v.integer(), v.minValue(1)),
    precision: finite,
    recall: finite,
    density: finite,
    coverage: finite,
    frechet: finite,
    mmd2: finite,
    oneNearestNeighbourAccuracy: finite,
    vendi: finite,
    vendiSigma2: finite,
  }),
});
type GoldenMetrics = v.InferOutput<typeof GoldenMetricsSchema>;

/** One reference value beside the project's own. */
export interface MetricError {
  readonly name: string;
  readonly expected: number;
  readonly actual: number;
  /** |actual − expected| / |expected|; absolute where `expected` is 0, huge where `actual` is NaN. */
  readonly relativeError: number;
}

function compare(name: string, expected: number, actual: number): MetricError {
  const error = Math.abs(actual - expected) / (Math.abs(expected) || 1);
  return { name, expected, actual, relativeError: Number.isFinite(error) ? error : Number.MAX_VALUE };
}

function classificationErrors(golden: GoldenMetrics['classification']): MetricError[] {
  // The reference's confusion matrix has a row for each class that occurs, so classes become ranks.
  const classes = [...new Set([...golden.truth, ...golden.prediction])].sort((a, b) => a - b);
  const rank = new Map(classes.map((k, i) => [k, i]));
  const ranks = (list: readonly number[]) => list.map((k) => rank.get(k) ?? -1);
  const confusion = confusionMatrix(ranks(golden.truth), ranks(golden.prediction), classes.length);
  return [
    compare('uar', golden.uar, uar(confusion)),
    compare('macroF1', golden.macroF1, macroF1(confusion)),
    ...confusion.flatMap((row, t) =>
      row.map((count, p) => compare(`confusion[${t}][${p}]`, golden.confusion[t]?.[p] ?? Number.NaN, count)),
    ),
  ];
}

const toPoints = (rows: readonly (readonly number[])[]): Points => ({
  rows: rows.length,
  columns: rows[0].length,
  values: Float64Array.from(rows.flat()),
});

function distributionErrors(golden: GoldenMetrics['distribution']): MetricError[] {
  const real = toPoints(golden.real);
  const fake = toPoints(golden.fake);
  const { precision, recall, density, coverage } = prdc(real, fake, golden.k);
  return [
    compare('precision', golden.precision, precision),
    compare('recall', golden.recall, recall),
    compare('density', golden.density, density),
    compare('coverage', golden.coverage, coverage),
    compare('frechet', golden.frechet, frechetDistance(real, fake)),
    compare('mmd2', golden.mmd2, mmd2Unbiased(real, fake)),
    compare(
      'oneNearestNeighbourAccuracy',
      golden.oneNearestNeighbourAccuracy,
      oneNearestNeighbourAccuracy(real, fake),
    ),
    compare('vendi', golden.vendi, vendiScore(fake, golden.vendiSigma2)),
  ];
}

/** Whether a parsed reference file holds metrics (rather than a training step). */
export function isGoldenMetrics(golden: unknown): boolean {
  return typeof golden === 'object' && golden !== null && 'classification' in golden;
}

/**
 * Every reference value of a parsed metrics file beside the project's own.
 * @throws with the path of the first value at fault where the file is not of the format, and where a
 *   metric is not defined for its points.
 */
export function metricErrors(golden: unknown): MetricError[] {
  const parsed = v.safeParse(GoldenMetricsSchema, golden);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Error(
      `Not a file of reference metrics: ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`,
    );
  }
  return [
    ...classificationErrors(parsed.output.classification),
    ...distributionErrors(parsed.output.distribution),
  ];
}
