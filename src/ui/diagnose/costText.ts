/** What measuring costs, in words. Pure text. */
import type { StudioState } from '../../store/studio.ts';
import { formatCount } from '../format.ts';

/** A small share in percent: "4 %", "0.3 %". */
const percent = (share: number): string => {
  const value = 100 * share;
  return `${value < 1 ? value.toPrecision(1) : Math.round(value)} %`;
};

/** How much of the run's time asking the networks took, and how long the worker had per moment; empty before that. */
export function costText({ timeline, run }: Pick<StudioState, 'timeline' | 'run'>): string {
  const measured = timeline.moments.filter(({ samples }) => samples !== null);
  if (measured.length === 0) return '';
  const { networks } = timeline.cost;
  const waited =
    networks > 0 && run.elapsedMs > 0
      ? `Measuring took ${percent(networks / run.elapsedMs)} of the run’s time; `
      : 'Measuring: ';
  const mean = measured.reduce((sum, { samples }) => sum + (samples?.ms ?? 0), 0) / measured.length;
  return `${waited}${formatCount(Math.round(mean))} ms a moment in its own worker.`;
}
