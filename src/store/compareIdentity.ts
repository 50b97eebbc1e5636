/**
 * Which comparison the set-up describes, and what is kept of it: configuration and corpora together, the latter known
 * to the worker alone. Knows nothing of how a comparison runs.
 */
import type { TrainerApi } from '../../workers/protocol.ts';
import { type ComparisonConfig, inTableOrder } from '../experiment/compare/config.ts';
import type { Fingerprints } from '../experiment/compare/fingerprint.ts';
import { type Identity, identityOf } from '../experiment/compare/identity.ts';
import type { Recipes } from '../experiment/config.ts';
import type { CorpusPair } from '../experiment/within.ts';
import type { Remote } from './clients.ts';
import type { CompareParts, CompareState } from './compare.ts';
import { createVault, unitsKey, type Vault } from './compareVault.ts';
import type { SetupState } from './setup.ts';

/** A comparison and the very corpora that it is of: others may have their names. */
export interface Identified {
  readonly identity: Identity;
  readonly corpora: CorpusPair;
  /** What was decided about those corpora; null where one of them was not read. */
  readonly recipes: Recipes | null;
}

export interface Identification {
  readonly vault: Vault;
  /** The comparison as set up now; null while a corpus is missing. */
  identify(): Promise<Identified | null>;
  /** The last comparison, where it is of the same corpora and differs from `identity`. */
  formerOf(identity: Identity): Promise<ComparisonConfig | null>;
}

/** The comparison that the set-up describes. */
const comparisonOf = (
  { task, preset, settings }: SetupState,
  { methods, seeds }: CompareState,
): ComparisonConfig => ({
  task,
  preset,
  settings,
  methods: inTableOrder(methods),
  seeds: Array.from({ length: seeds }, (_, i) => i + 1),
});

/** Whether two comparisons show the same figures of the same units. */
export const sameComparison = (a: Identity, b: Identity): boolean =>
  unitsKey(a) === unitsKey(b) &&
  a.config.methods.join() === b.config.methods.join() &&
  a.config.seeds.length === b.config.seeds.length;

export function createIdentification(
  trainer: Remote<TrainerApi>,
  { compare, setup, corpora, preparation, storage }: CompareParts,
): Identification {
  const vault = createVault(storage);
  let program = '';

  /** Of the corpora that the worker has loaded. */
  const fingerprint = async (task: ComparisonConfig['task']): Promise<Fingerprints> => {
    const outcome = await trainer.fingerprint(task);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  };

  return {
    vault,

    async identify() {
      const { corpus: source, recipe: ours } = corpora().source;
      const { corpus: target, recipe: theirs } = corpora().target;
      if (!(await preparation.load()) || !source || !target) return null;
      program ||= await trainer.program();
      const config = comparisonOf(setup(), compare.get());
      const identity = identityOf(config, await fingerprint(config.task), program);
      const recipes = ours && theirs && { source: ours, target: theirs };
      return { identity, corpora: { source, target }, recipes };
    },

    async formerOf(identity) {
      const latest = vault.latest();
      if (!latest || sameComparison(latest, identity) || vault.units(latest).length === 0) return null;
      const { task } = latest.config;
      const loaded = task === identity.config.task ? identity.corpora : await fingerprint(task);
      const here = { ...latest, corpora: loaded, program: identity.program };
      return unitsKey(here) === unitsKey(latest) ? latest.config : null;
    },
  };
}
