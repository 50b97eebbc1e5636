/** How far along a slider a value stands: by its logarithm, so that 0.0001 and 0.1 both have room. Pure. */

/** Positions of every slider go from 0 to this. */
export const SLIDER_END = 100;

export interface SliderRange {
  readonly least: number;
  readonly most: number;
  /** `linear` goes over whole numbers; `zero` keeps the first position for 0, the rest being logarithmic. */
  readonly kind: 'logarithmic' | 'zero' | 'linear';
}

/** Positions kept free for 0. */
const ZERO_END = 4;

/** The position of a value, which stands at an end where it is beyond the range. */
export function positionOf({ least, most, kind }: SliderRange, value: number): number {
  if (kind === 'zero' && value <= 0) return 0;
  const inside = Math.min(most, Math.max(least, value));
  if (kind === 'linear') return (SLIDER_END * (inside - least)) / (most - least);
  const from = kind === 'zero' ? ZERO_END : 0;
  return from + ((SLIDER_END - from) * Math.log(inside / least)) / Math.log(most / least);
}

/** The value at a position: two digits, or a whole number where the range is linear. */
export function valueAt({ least, most, kind }: SliderRange, position: number): number {
  if (kind === 'linear') return Math.round(least + ((most - least) * position) / SLIDER_END);
  const from = kind === 'zero' ? ZERO_END : 0;
  if (kind === 'zero' && position < ZERO_END / 2) return 0;
  const share = Math.max(0, position - from) / (SLIDER_END - from);
  return Number((least * (most / least) ** share).toPrecision(2));
}
