/**
 * Loss values as columns, one series a phase. Columns grow in place: a run has up to a million values, which
 * React must never compare; `version` tells that something was added.
 */
import { type LossTerm, PHASES, type Phase, type RunEvent } from '../experiment/events.ts';
import { LOSS_TABLE_HEADER, lossTableLines } from '../experiment/lossTable.ts';

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

/** The series' values as an event carries them: `[steps, terms]`. */
function interleaved({ steps, terms }: LossSeries): Float32Array {
  const columns = Object.values(terms);
  const values = new Float32Array(steps.length * columns.length);
  columns.forEach((column, t) => {
    for (let i = 0; i < steps.length; i++) values[i * columns.length + t] = column[i];
  });
  return values;
}

/** All values as the CLI's `losses.csv` has them: one line a step, one column a term. */
export function lossesCsv(columns: LossColumns): string {
  const tables = PHASES.map((phase) => {
    const series = columns[phase];
    return series
      ? lossTableLines(phase, Object.keys(series.terms) as LossTerm[], series.steps, interleaved(series))
      : '';
  });
  return LOSS_TABLE_HEADER + tables.join('');
}
