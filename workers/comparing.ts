/**
 * The trainer worker's part that compares methods, apart from its channel: fingerprints, figures, and one comparison
 * at a time. Everything it computes is in `src/experiment/compare`.
 */
import type { Task } from '../src/corpus/corpus.ts';
import { compareMethods, prepareComparison } from '../src/experiment/compare/compare.ts';
import type { ComparisonEvent } from '../src/experiment/compare/events.ts';
import { type Fingerprints, fingerprints, sameCorpora } from '../src/experiment/compare/fingerprint.ts';
import type { Identity } from '../src/experiment/compare/identity.ts';
import { summarise } from '../src/experiment/compare/summary.ts';
import type { BackendName } from '../src/experiment/config.ts';
import type { CorpusPair } from '../src/experiment/within.ts';
import { ComparisonRun, type ComparisonRunParts, failedToCompare } from './comparisonRun.ts';
import { outcome } from './outcome.ts';
import type { ComparisonApi } from './protocol.ts';

/** What the worker gives: its corpora, its backend and its turns. */
export interface ComparingParts extends Pick<ComparisonRunParts, 'inTurn' | 'now' | 'breathe'> {
  /** Names this version of the program. */
  readonly program: string;
  /** @throws where none are loaded. */
  readonly corpora: () => CorpusPair;
  readonly select: (backend: BackendName) => Promise<void>;
  /** Clears a backend of what failed work may have left on it. */
  readonly clear: (backend: BackendName) => Promise<void>;
}

export interface Comparing extends ComparisonApi {
  /** Ends what waits for the device. */
  deviceLost(error: Error): void;
}

const EXCHANGED =
  'Other corpora were loaded while the comparison began, and their figures are not wanted under its name. Start again.';

/** Fingerprints of the loaded corpora: reading every value of large ones takes a moment, so they are remembered. */
function rememberedFingerprints(): typeof fingerprints {
  let known: { pair: CorpusPair; task: Task; value: Fingerprints } | null = null;
  return (pair, task) => {
    if (known?.pair !== pair || known.task !== task) {
      known = { pair, task, value: fingerprints(pair, task) };
    }
    return known.value;
  };
}

export function createComparing(parts: ComparingParts): Comparing {
  /** The comparison that commands are meant for: the latest. */
  let current: ComparisonRun | null = null;
  /** All that have not ended: one that was stopped may still wait for the device. */
  const living = new Set<ComparisonRun>();
  const fingerprint = rememberedFingerprints();

  return {
    program: () => parts.program,

    fingerprint: (task) => outcome(() => fingerprint(parts.corpora(), task)),

    summarise: (config, units) =>
      outcome(() => summarise(config, fingerprint(parts.corpora(), config.task), units)),

    async compare(comparison, backend, finished, onUpdate) {
      current?.stop();
      try {
        const pair = parts.corpora();
        const loaded = fingerprint(pair, comparison.config.task);
        if (!sameCorpora(loaded, comparison.corpora)) throw new Error(EXCHANGED);
        const run = comparisonRun(parts, pair, comparison, { backend, finished, onUpdate });
        current = run;
        living.add(run);
        void run.run().finally(() => living.delete(run));
      } catch (error) {
        onUpdate(failedToCompare(error));
      }
    },

    stopComparing: () => current?.stop(),

    deviceLost(error) {
      for (const run of living) run.fail(error);
    },
  };
}

/** A comparison ready to run. @throws as `prepareComparison`. */
function comparisonRun(
  parts: ComparingParts,
  pair: CorpusPair,
  { config, corpora }: Identity,
  {
    backend,
    finished,
    onUpdate,
  }: Pick<ComparisonRunParts, 'finished' | 'onUpdate'> & { backend: BackendName },
): ComparisonRun {
  const environment = { backend, now: parts.now };
  const events: AsyncGenerator<ComparisonEvent, unknown> = compareMethods(
    prepareComparison(config, pair),
    environment,
    { finished },
  );
  return new ComparisonRun({
    ...parts,
    events,
    finished,
    summarise: (units) => summarise(config, corpora, units),
    prepare: () => parts.select(backend),
    clear: () => parts.clear(backend),
    onUpdate,
  });
}
