/** Which value of a series stands at a step. Pure. */
import type { LossSeries } from '../../charts/lossFigures.ts';

/** Place of the last step that is not beyond `step` in ascending `steps`; −1 where there is none. */
export function placeAt(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** A term's value at a step, or the latest where `step` is null; undefined where there is none. */
export const valueAt = (
  { steps, terms }: LossSeries,
  term: string,
  step: number | null,
): number | undefined => (step === null ? terms[term]?.at(-1) : terms[term]?.[placeAt(steps, step)]);
