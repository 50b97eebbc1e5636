/**
 * No method at all: the recogniser on the source, which is the baseline row of every results table. So nothing is
 * trained here but what finds the recogniser's epochs.
 */
import type { Method } from './method.ts';
import { classifierPlan, findEpochs, stepsToFindEpochs } from './pretraining.ts';

/** The recogniser trained on the source corpus as it is. */
export const sourceOnly: Method = {
  plan: (context) => ({ classifier: stepsToFindEpochs(classifierPlan(context)) }),
  async *train(context) {
    const classifierEpochs = yield* findEpochs(context);
    return { synthetic: null, own: null, classifierEpochs, keptStep: 0, steps: 0, msPerStep: 0 };
  },
};
