/**
 * Which loss terms a run reports, phase by phase, before it has begun. Knows no network, so that the page can read it.
 */
import { CYCLE_VARIANTS, type CycleVariant, ganTerms } from './cycleVariant.ts';
import { ADAPTATION_TERMS, CLASSIFIER_TERMS, type LossTerm, type Phase } from './events.ts';
import type { TransferMethod } from './names.ts';
import type { Settings } from './settings.ts';

const variantOf = (method: TransferMethod): CycleVariant | null =>
  method in CYCLE_VARIANTS ? CYCLE_VARIANTS[method as keyof typeof CYCLE_VARIANTS] : null;

/** The terms of every phase that a run of the method has, in the order in which they are reported. */
export function lossTermsOf({
  method,
  settings,
}: {
  readonly method: TransferMethod;
  readonly settings: Settings;
}): Readonly<Partial<Record<Phase, readonly LossTerm[]>>> {
  const variant = variantOf(method);
  const adapts = method === 'dann' || variant?.adapted;
  // Without an F_s only the search for epochs trains in the phase of the classifier.
  const classifier = variant?.emotion || settings.classifier.epochs !== 'fixed';
  return {
    ...(classifier && { classifier: CLASSIFIER_TERMS }),
    ...(variant && { identity: ['identity'], gan: ganTerms(variant) }),
    ...(variant?.conditioned && settings.selection.judges > 0 && { selection: CLASSIFIER_TERMS }),
    ...(adapts && { adaptation: ADAPTATION_TERMS }),
    recognisers: CLASSIFIER_TERMS,
  };
}
