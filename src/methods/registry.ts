/** The methods that take a source to a target, by name. */
import { coral } from './coral.ts';
import { cycleMethod } from './cycleFamily.ts';
import { CYCLE_VARIANTS } from './cycleVariant.ts';
import { dann } from './dann.ts';
import type { Method } from './method.ts';
import { mixup } from './mixup.ts';
import type { TransferMethod } from './names.ts';
import { noise } from './noise.ts';
import { sourceOnly } from './sourceOnly.ts';

export const METHODS: Readonly<Record<TransferMethod, Method>> = {
  'source-only': sourceOnly,
  dann,
  cyclegan: cycleMethod(CYCLE_VARIANTS.cyclegan),
  cycada: cycleMethod(CYCLE_VARIANTS.cycada),
  cyemogan: cycleMethod(CYCLE_VARIANTS.cyemogan),
  ccemogan: cycleMethod(CYCLE_VARIANTS.ccemogan),
  coral,
  mixup,
  noise,
};
