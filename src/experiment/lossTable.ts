/**
 * Losses as a table: one line a step, one column a term, phases below each other. Used for the files that the
 * page and the CLI write.
 */
import { GAN_TERMS, type Phase } from './events.ts';

/** Every term of every phase, once. */
const COLUMNS = ['crossEntropy', ...GAN_TERMS] as const;

export const LOSS_TABLE_HEADER = `phase,step,${COLUMNS.join(',')}\n`;

/** Lines for some steps of a phase; `values[i * terms.length + t]` is term t at `steps[i]`. */
export function lossTableLines(
  phase: Phase,
  terms: readonly string[],
  steps: readonly number[],
  values: ArrayLike<number>,
): string {
  const position = COLUMNS.map((column) => terms.indexOf(column));
  const line = (step: number, i: number) =>
    [phase, step, ...position.map((t) => (t < 0 ? '' : values[i * terms.length + t]))].join(',');
  return steps.map((step, i) => `${line(step, i)}\n`).join('');
}
