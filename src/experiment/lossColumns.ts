/**
 * Loss values as columns, one series a phase. Columns grow in place: a run has up to a million values, which nobody must
 * compare or copy. Knows nothing of who shows them.
 */
import type { LossTerm, Phase, RunEvent } from './events.ts';

/** Values by term; `terms[name][i]` belongs to `steps[i]`. */
export interface LossSeries {
  readonly steps: number[];
  readonly terms: Record<string, number[]>;
}

export type LossColumns = Partial<Record<Phase, LossSeries>>;

/** Appends the event's values `[steps, terms]`. */
export function appendLosses(columns: LossColumns, event: Extract<RunEvent, { type: 'losses' }>): void {
  const series: LossSeries = columns[event.phase] ?? { steps: [], terms: {} };
  columns[event.phase] = series;
  const width = event.terms.length;
  for (const term of event.terms) series.terms[term] ??= new Array(series.steps.length).fill(Number.NaN);
  event.steps.forEach((step, i) => {
    series.steps.push(step);
    event.terms.forEach((term, t) => {
      series.terms[term].push(event.values[i * width + t]);
    });
  });
}

/** Mean of every term over the steps in (from, to]; terms without such a step are absent. */
export function meanLosses(
  series: LossSeries | undefined,
  from: number,
  to: number,
): Partial<Record<LossTerm, number>> {
  if (!series) return {};
  const { steps, terms } = series;
  // Steps ascend: what belongs to a moment stands together.
  let start = steps.length;
  while (start > 0 && steps[start - 1] > from) start--;
  let end = start;
  while (end < steps.length && steps[end] <= to) end++;
  if (end === start) return {};
  return Object.fromEntries(
    Object.entries(terms).map(([term, values]) => {
      let sum = 0;
      for (let i = start; i < end; i++) sum += values[i];
      return [term, sum / (end - start)];
    }),
  );
}
