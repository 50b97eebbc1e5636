/** Loss values of the page as the file that the CLI writes too. Knows no chart. */
import { type LossTerm, PHASES } from '../experiment/events.ts';
import type { LossColumns, LossSeries } from '../experiment/lossColumns.ts';
import { LOSS_TABLE_HEADER, lossTableLines } from '../experiment/lossTable.ts';

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
