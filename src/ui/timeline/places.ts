/** Where on the timeline a moment lies, and which moment lies where. Pure; knows no page. */
import type { Severity } from '../../diagnosis/finding.ts';
import type { Moment } from '../../store/timeline.ts';

/** The share of the timeline that is of steps; at its very end stand the samples of the finished GAN. */
const STEPS_SHARE = 0.95;

/** Where a step lies, in [0, 1], on a timeline over `steps` steps. */
export const placeOfStep = (step: number, steps: number): number =>
  STEPS_SHARE * Math.min(1, step / Math.max(1, steps));

/** Where a moment lies, in [0, 1]. */
export const placeOf = ({ step, final }: Moment, steps: number): number =>
  final ? 1 : placeOfStep(step, steps);

/** The moment nearest to a place; null where there is none. */
export function momentNear(moments: readonly Moment[], place: number, steps: number): Moment | null {
  let nearest: Moment | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const moment of moments) {
    const distance = Math.abs(placeOf(moment, steps) - place);
    if (distance <= least) {
      least = distance;
      nearest = moment;
    }
  }
  return nearest;
}

/** How many steps the timeline is long: those planned, or those done where there are more. */
export const lengthOf = (moments: readonly Moment[], planned: number): number =>
  moments.reduce((most, { step }) => Math.max(most, step), Math.max(1, planned));

/** A stretch of the timeline over which the worst finding is of one severity. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly severity: Severity;
  /** The step at which it begins. */
  readonly step: number;
}

/** Stretches by severity, each from its first moment to where the next moment tells otherwise. */
export function severityStretches(
  moments: readonly Moment[],
  worst: (moment: Moment) => Severity | null,
  steps: number,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  moments.forEach((moment, i) => {
    const severity = worst(moment);
    if (severity === null) return;
    const from = placeOf(moment, steps);
    const next = moments[i + 1];
    const to = next ? Math.max(from, placeOf(next, steps)) : from;
    const last = stretches.at(-1);
    if (i > 0 && last?.severity === severity && worst(moments[i - 1]) === severity)
      stretches[stretches.length - 1] = { ...last, to };
    else stretches.push({ from, to, severity, step: moment.step });
  });
  return stretches;
}
