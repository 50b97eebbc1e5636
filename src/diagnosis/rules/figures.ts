/** How rules read figures: relative to what real rows have, and in words. Pure. */
import { CLASSES } from '../../corpus/corpus.ts';
import { type CurveKey, curveValue } from '../curves.ts';
import type { Evidence, PairAnchors, SampleType, SetEvidence, SetMetric, SetMetrics } from '../evidence.ts';
import type { FindingFigure } from '../finding.ts';

/** Figures of all samples of a type (`null`), or of those of a class; null where not measured. */
const metricsOf = (set: SetEvidence | undefined, k: number | null): SetMetrics | null =>
  (k === null ? set?.all : set?.classes[k]) ?? null;

/** Figures of samples with those of real rows beside them. */
export interface Beside {
  readonly own: SetMetrics;
  readonly ceiling: SetMetrics;
  readonly floor: SetMetrics | null;
}

/** The figures of a set and its anchors; null where either is not measured. */
export function beside(
  { sets }: Evidence,
  anchors: PairAnchors | null,
  type: SampleType,
  k: number | null,
): Beside | null {
  const own = metricsOf(sets[type], k);
  const ceiling = anchors && metricsOf(anchors[type].ceiling, k);
  return own && ceiling ? { own, ceiling, floor: metricsOf(anchors[type].floor, k) } : null;
}

/** A figure over that of real rows; null where either is not measured, or there is nothing to relate it to. */
export function share({ own, ceiling }: Beside, metric: SetMetric): number | null {
  const [value, best] = [own[metric], ceiling[metric]];
  return value !== null && best !== null && best > 0 ? value / best : null;
}

/**
 * The logarithm of the Vendi score over that of real rows: 1 where samples are as different from one another, 0 where all
 * are the same.
 */
export function variety({ own, ceiling }: Beside): number | null {
  if (own.vendi === null || ceiling.vendi === null || ceiling.vendi < 1.5) return null;
  return Math.log(Math.max(1, own.vendi)) / Math.log(ceiling.vendi);
}

/** How much of a gap is left: 0 as real rows are, 1 as before any translation. Null where there is hardly any gap. */
export function gapLeft({ own, ceiling, floor }: Beside, metric: SetMetric, least: number): number | null {
  const [value, best, worst] = [own[metric], ceiling[metric], floor?.[metric] ?? null];
  if (value === null || best === null || worst === null || Math.abs(worst - best) < least) return null;
  return (value - best) / (worst - best);
}

/** A number as it is told: two significant digits, three from 100 on. */
export const told = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : `${Number(value.toPrecision(2))}`;

/** A share as it is told, e.g. "85 %". */
export const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;

/** The figure that a curve has at this moment, where it has one. */
export function figure(evidence: Evidence, curve: CurveKey, expected: string): FindingFigure[] {
  const value = curveValue(evidence, curve);
  return value === null ? [] : [{ curve, value, expected }];
}

/** The figure of a set beside that of real rows, where both are known. */
export function besideReal(
  evidence: Evidence,
  anchors: PairAnchors | null,
  type: SampleType,
  k: number | null,
  metric: SetMetric,
): FindingFigure[] {
  const real = beside(evidence, anchors, type, k)?.ceiling[metric] ?? null;
  const curve: CurveKey = k === null ? `${type}/${metric}` : `${type}/${metric}/${k}`;
  return real === null ? [] : figure(evidence, curve, `about ${told(real)}, as real rows have it`);
}

/** "type B" or "type B, high". */
export const setName = (type: SampleType, k: number | null): string =>
  k === null ? `type ${type}` : `type ${type}, ${CLASSES[k]}`;
