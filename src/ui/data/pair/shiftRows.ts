/** The table of shifts: which rows are shown in which order. Pure. */
import type { FeatureShift } from '../../../corpus/shift.ts';
import type { Recipe } from '../../../formats/recipe.ts';

export const SORTABLE = ['feature', 'd', 'varianceRatio', 'ks'] as const;

export interface ShiftOrder {
  /** `d` sorts by size, whatever the sign. */
  readonly by: (typeof SORTABLE)[number];
  readonly descending: boolean;
}

/** The order in which shifts come. */
export const STRONGEST: ShiftOrder = { by: 'd', descending: true };

/** What a press on a heading makes of the order: names begin at a, numbers with the greatest. */
export const pressed = (order: ShiftOrder, by: ShiftOrder['by']): ShiftOrder => ({
  by,
  descending: order.by === by ? !order.descending : by !== 'feature',
});

const sortedBy = ({ d, varianceRatio, ks }: FeatureShift, by: Exclude<ShiftOrder['by'], 'feature'>) =>
  by === 'd' ? Math.abs(d) : by === 'ks' ? ks : varianceRatio;

/** Shifts whose feature contains a text in any case, in an order; those without a value come last. */
export function shiftRows(
  shifts: readonly FeatureShift[],
  text: string,
  { by, descending }: ShiftOrder,
): readonly FeatureShift[] {
  const wanted = text.trim().toLowerCase();
  const found = wanted ? shifts.filter(({ feature }) => feature.toLowerCase().includes(wanted)) : shifts;
  const sign = descending ? -1 : 1;
  return [...found].sort((a, b) => {
    if (by === 'feature') return sign * (a.feature < b.feature ? -1 : Number(a.feature > b.feature));
    const [x, y] = [sortedBy(a, by), sortedBy(b, by)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    // Not by difference: that of two infinities is no number.
    return sign * (Number(x > y) - Number(x < y));
  });
}

/** A recipe that leaves one more feature out. */
export const leavingOut =
  (feature: string) =>
  (recipe: Recipe): Recipe => {
    const { ignored } = recipe.repairs;
    if (ignored.includes(feature)) return recipe;
    return { ...recipe, repairs: { ...recipe.repairs, ignored: [...ignored, feature] } };
  };
