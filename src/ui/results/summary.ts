/** Scores of single recognisers brought together: one summary a row of the table. Pure. */
import { SAMPLE_SETS, type SampleSet, type Score } from '../../experiment/events.ts';
import { meanAndSd } from '../../metrics/classification.ts';

export interface RowSummary {
  readonly set: SampleSet;
  /** Recognisers scored so far. */
  readonly repeats: number;
  /** UAR in percent, mean and sample sd over recognisers; null where nothing can be scored. */
  readonly uar: { readonly mean: number; readonly sd: number } | null;
  /** Counts summed over recognisers, `confusion[truth][prediction]`. */
  readonly confusion: readonly (readonly number[])[] | null;
  /** Mean share of target rows predicted low, mid, high. */
  readonly shares: readonly number[];
}

const addMatrices = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] =>
  a.map((row, t) => row.map((count, p) => count + b[t][p]));

function summarise(set: SampleSet, scores: readonly Score[]): RowSummary {
  const uars = scores.flatMap(({ uar }) => (uar === null ? [] : [uar]));
  const confusions = scores.flatMap(({ confusion }) => (confusion === null ? [] : [confusion]));
  return {
    set,
    repeats: scores.length,
    uar: uars.length > 0 ? meanAndSd(uars) : null,
    confusion: confusions.length > 0 ? confusions.reduce(addMatrices) : null,
    shares: scores[0].shares.map((_, k) => scores.reduce((sum, s) => sum + s.shares[k], 0) / scores.length),
  };
}

/** A row for every sample set; null where no recogniser of the set has been scored. */
export function summaries(scores: readonly Score[]): Record<SampleSet, RowSummary | null> {
  const rows = SAMPLE_SETS.map((set): [SampleSet, RowSummary | null] => {
    const own = scores.filter((score) => score.set === set);
    return [set, own.length > 0 ? summarise(set, own) : null];
  });
  return Object.fromEntries(rows) as Record<SampleSet, RowSummary | null>;
}

/** The set with the highest mean UAR; null before anything is scored. */
export function bestSet(rows: Record<SampleSet, RowSummary | null>): SampleSet | null {
  const uar = (set: SampleSet) => rows[set]?.uar?.mean ?? Number.NEGATIVE_INFINITY;
  const best = SAMPLE_SETS.reduce((a, b) => (uar(b) > uar(a) ? b : a));
  return Number.isFinite(uar(best)) ? best : null;
}
