/**
 * Losses as a table: one line a step, one column a term, phases below each other. Used for the files that the
 * page and the CLI write. The columns are the same whatever the method, so that files of several can be joined.
 */
import { LOSS_TERMS, type LossTerm, type Phase } from './events.ts';

export const LOSS_TABLE_HEADER = `phase,step,${LOSS_TERMS.join(',')}\n`;

/** Lines for some steps of a phase; `values[i * terms.length + t]` is term t at `steps[i]`. */
export function lossTableLines(
  phase: Phase,
  terms: readonly LossTerm[],
  steps: readonly number[],
  values: ArrayLike<number>,
): string {
  const position = LOSS_TERMS.map((column) => terms.indexOf(column));
  const line = (step: number, i: number) =>
    [phase, step, ...position.map((t) => (t < 0 ? '' : values[i * terms.length + t]))].join(',');
  return steps.map((step, i) => `${line(step, i)}\n`).join('');
}
