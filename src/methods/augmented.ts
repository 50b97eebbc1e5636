/**
 * Methods that are nothing but an augmentation: the recogniser on the source, every batch changed before it is learned
 * from. Controls for the GANs. Knows no particular augmentation.
 */
import type { Augmentation } from './classifier.ts';
import type { Method, MethodContext } from './method.ts';
import { rowSet } from './rows.ts';
import { sourceOnly } from './sourceOnly.ts';

/** The method that fills row `O` with recognisers on the source as `augmentation` changes it. */
export function augmentedSource(augmentation: (context: MethodContext) => Augmentation): Method {
  return {
    plan: sourceOnly.plan,
    async *train(context) {
      const { source, sourceClasses } = context.data;
      const result = yield* sourceOnly.train(context);
      const set = { x: rowSet(source), classes: sourceClasses, augment: augmentation(context) };
      return { ...result, own: { kind: 'rows', set } };
    },
  };
}
