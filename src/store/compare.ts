/**
 * Comparing methods: which, from how many seeds, how far it is, and the figures so far. Units are computed in the
 * trainer worker and kept in the vault; task, preset, settings and backend are those of the set-up.
 */
import * as v from 'valibot';
import type { ComparisonState, ComparisonUpdate } from '../../workers/protocol.ts';
import { type ComparisonConfig, METHOD_NAMES, type MethodName } from '../experiment/compare/config.ts';
import type { ComparisonResults } from '../experiment/compare/summary.ts';
import type { UnitResult } from '../experiment/compare/unit.ts';
import type { Clients } from './clients.ts';
import { createFigures, type Figures } from './compareFigures.ts';
import { createIdentification, type Identification, type Identified } from './compareIdentity.ts';
import { MOST_SEEDS, type VaultStorage } from './compareVault.ts';
import type { CorporaState } from './corpora.ts';
import type { Preparation } from './preparation.ts';
import { resolveBackend, type SetupState } from './setup.ts';
import { messageOf, type Slice } from './slice.ts';

export { MOST_SEEDS, settingsKey } from './compareVault.ts';

export type CompareStatus = 'idle' | 'starting' | ComparisonState;

export interface CompareState {
  readonly methods: readonly MethodName[];
  /** How many: the seeds are 1, 2, … */
  readonly seeds: number;
  readonly status: CompareStatus;
  /** The figures known so far, of the set-up as it was when they were asked for; null without two corpora. */
  readonly results: ComparisonResults | null;
  /** What `results` are of; null where there are none. */
  readonly shown: Identified | null;
  readonly work: ComparisonUpdate['work'];
  readonly progress: ComparisonUpdate['progress'];
  /** Units that failed since the last start. */
  readonly failed: ComparisonUpdate['failed'];
  readonly error: string | null;
  /** False once the browser has refused to keep a unit for the next visit. */
  readonly kept: boolean;
  /** The last comparison of this browser, where it was of the same corpora and another set-up. */
  readonly former: ComparisonConfig | null;
}

export interface CompareActions {
  setMethods(methods: readonly MethodName[]): void;
  /** Ignores what is not a whole number from 1 to 20, and says so by returning false. */
  setSeeds(seeds: number): boolean;
  /** Looks up the figures that are known of the set-up; does nothing while a comparison goes on. */
  recall(): Promise<void>;
  /** Computes the units that are missing. */
  start(): Promise<void>;
  /** Ends the comparison; finished units stay. */
  stop(): void;
  /** The finished units behind the figures on show. */
  units(): readonly UnitResult[];
  /** Forgets the units behind the figures on show, and no others. */
  discard(): Promise<void>;
  /** Sets everything up as the former comparison was. */
  resumeFormer(): void;
}

export interface CompareParts {
  readonly compare: Slice<CompareState>;
  setup(): SetupState;
  /** Takes over a comparison's task, preset and settings. */
  takeSetup(config: ComparisonConfig): void;
  corpora(): CorporaState;
  readonly preparation: Preparation;
  readonly storage: () => VaultStorage;
}

const DEFAULT_SEEDS = 5;

const ChoiceSchema = v.object({
  methods: v.array(v.picklist(METHOD_NAMES)),
  seeds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_SEEDS)),
});
const CHOICE_KEY = 'ccemogan-studio/compare';

const INITIAL_COMPARE: CompareState = {
  methods: METHOD_NAMES,
  seeds: DEFAULT_SEEDS,
  status: 'idle',
  results: null,
  shown: null,
  work: null,
  progress: null,
  failed: [],
  error: null,
  kept: true,
  former: null,
};

/** The state at the start, with methods and seeds as they were chosen last time. */
export function recallCompare(storage: () => Pick<Storage, 'getItem'>): CompareState {
  try {
    const choice = v.parse(ChoiceSchema, JSON.parse(storage().getItem(CHOICE_KEY) ?? 'null'));
    return { ...INITIAL_COMPARE, ...choice };
  } catch {
    return INITIAL_COMPARE;
  }
}

export const isComparing = (status: CompareStatus): boolean =>
  status === 'starting' || status === 'waiting' || status === 'running';

type Choice = v.InferOutput<typeof ChoiceSchema>;

/** Takes a choice of methods or seeds over and remembers it for the next visit. */
function choose({ compare, storage }: CompareParts, choice: Partial<Choice>): void {
  compare.set(choice);
  try {
    const { methods, seeds } = compare.get();
    storage().setItem(CHOICE_KEY, JSON.stringify({ methods, seeds }));
  } catch {
    // Without storage the choice holds for this visit only.
  }
}

/** What an update of the comparison `found` makes of the state. */
const afterUpdate = (
  { failed, results, shown, progress }: CompareState,
  found: Identified,
  update: ComparisonUpdate,
): Partial<CompareState> => ({
  status: update.state,
  work: update.work,
  progress: update.progress ?? progress,
  failed: [...failed, ...update.failed],
  results: update.results ?? results,
  shown: update.results ? found : shown,
  error: update.error ? update.error.message : null,
});

/** Starting and stopping; what the worker tells meanwhile. */
function createRunning(
  clients: Clients,
  parts: CompareParts,
  { vault, identify }: Identification,
  figures: Figures,
): Pick<CompareActions, 'start' | 'stop'> {
  const { compare, preparation } = parts;
  const trainer = clients.trainer.api;
  let attempt = 0;
  const active = () => isComparing(compare.get().status);
  const fail = (error: string) => compare.set({ status: 'failed', work: null, error });
  clients.trainer.onCrash((message) => {
    if (active()) fail(message);
  });

  const receive = (found: Identified, update: ComparisonUpdate) => {
    const all = update.finished.map((unit) => vault.keep(found.identity, unit)).every(Boolean);
    const { kept } = compare.get();
    compare.set({ ...afterUpdate(compare.get(), found, update), kept: kept && all });
    // Should the set-up be another one by now, its figures are due.
    if (!active()) void figures.recall();
  };

  return {
    async start() {
      const mine = ++attempt;
      const current = () => mine === attempt;
      figures.forget();
      compare.set({ status: 'starting', error: null, failed: [], progress: null, work: null, former: null });
      try {
        const backend = resolveBackend(parts.setup().backend, await preparation.backends());
        const found = await identify();
        // A stop while the corpora were on their way.
        if (!current()) return;
        if (!found) return fail('Both corpora must be loaded before methods can be compared.');
        const { identity } = found;
        vault.begin(identity);
        await figures.open(found, current);
        if (!current()) return;
        await trainer.compare(identity, backend, vault.units(identity), (update) => {
          if (current()) receive(found, update);
        });
      } catch (error) {
        if (current() && active()) fail(messageOf(error));
      }
    },

    stop() {
      if (compare.get().status === 'starting') {
        attempt++;
        compare.set({ status: 'stopped' });
        void figures.recall();
      }
      trainer.stopComparing().catch((error: unknown) => fail(messageOf(error)));
    },
  };
}

export function createCompareActions(clients: Clients, parts: CompareParts): CompareActions {
  const { compare, corpora } = parts;
  const trainer = clients.trainer.api;
  const identification = createIdentification(trainer, parts);
  const active = () => isComparing(compare.get().status);
  const figures = createFigures({ compare, corpora, identification, trainer, active });
  return {
    setMethods: (methods) => choose(parts, { methods: [...methods] }),
    setSeeds(seeds) {
      const valid = Number.isInteger(seeds) && seeds >= 1 && seeds <= MOST_SEEDS;
      if (valid) choose(parts, { seeds });
      return valid;
    },
    recall: figures.recall,
    ...createRunning(clients, parts, identification, figures),
    units: figures.units,
    discard: figures.discard,

    resumeFormer() {
      const { former } = compare.get();
      if (!former) return;
      choose(parts, { methods: former.methods, seeds: former.seeds.length });
      parts.takeSetup(former);
    },
  };
}
