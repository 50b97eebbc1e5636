/** The methods that take a source to a target, by name. */
import { cycleMethod } from './cycleFamily.ts';
import { CYCLE_VARIANTS } from './cycleVariant.ts';
import { dann } from './dann.ts';
import type { Method } from './method.ts';
import type { TransferMethod } from './names.ts';
import { sourceOnly } from './sourceOnly.ts';

export const METHODS: Readonly<Record<TransferMethod, Method>> = {
  'source-only': sourceOnly,
  dann,
  cyclegan: cycleMethod(CYCLE_VARIANTS.cyclegan),
  cycada: cycleMethod(CYCLE_VARIANTS.cycada),
  cyemogan: cycleMethod(CYCLE_VARIANTS.cyemogan),
  ccemogan: cycleMethod(CYCLE_VARIANTS.ccemogan),
};
