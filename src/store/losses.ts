/**
 * Loss values as columns, one series a phase. Columns grow in place: a run has up to a million values, which
 * React must never compare; `version` tells that something was added.
 */
import type { Phase, RunEvent } from '../experiment/events.ts';

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

/** All values as comma separated text: phase, step, term, value. */
export function lossesCsv(columns: LossColumns): string {
  const lines = ['phase,step,term,value'];
  for (const [phase, series] of Object.entries(columns)) {
    series.steps.forEach((step, i) => {
      for (const [term, values] of Object.entries(series.terms)) {
        if (!Number.isNaN(values[i])) lines.push(`${phase},${step},${term},${values[i]}`);
      }
    });
  }
  return `${lines.join('\n')}\n`;
}
