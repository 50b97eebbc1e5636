/**
 * Domain-adversarial training (Ganin et al., 2016), the paper's state of the art [12]: one classifier on the source
 * whose features do not tell the corpora apart. Makes no samples.
 */
import { adaptationPlan, trainAdapted } from './adversarialFeatures.ts';
import type { Method } from './method.ts';
import { classifierPlan, findEpochs, stepsToFindEpochs } from './pretraining.ts';
import { rowSet } from './rows.ts';

/** DANN, trained on the source and the unlabelled target. */
export const dann: Method = {
  ownPredictions: true,
  plan(context) {
    const { data, settings } = context;
    return {
      classifier: stepsToFindEpochs(classifierPlan(context)),
      adaptation: adaptationPlan(data.sourceClasses, data.target.rows, settings).total,
    };
  },
  async *train(context) {
    const { source, sourceClasses, target } = context.data;
    const classifierEpochs = yield* findEpochs(context);
    const labelled = { x: rowSet(source), classes: sourceClasses };
    const { predictions, steps, msPerStep } = yield* trainAdapted({ labelled, target }, context);
    const own = { kind: 'predictions', predictions } as const;
    return { synthetic: null, own, classifierEpochs, keptStep: 0, steps, msPerStep };
  },
};
