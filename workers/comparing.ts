/**
 * The trainer worker's part that compares methods, apart from its channel: fingerprints, figures, and one comparison
 * at a time. Everything it computes is in `src/experiment/compare`.
 */
import type { Task } from '../src/corpus/corpus.ts';
import { compareMethods, prepareComparison } from '../src/experiment/compare/compare.ts';
import type { ComparisonConfig } from '../src/experiment/compare/config.ts';
import type { ComparisonEvent } from '../src/experiment/compare/events.ts';
import { type Fingerprints, fingerprints } from '../src/experiment/compare/fingerprint.ts';
import { summarise } from '../src/experiment/compare/summary.ts';
import type { UnitResult } from '../src/experiment/compare/unit.ts';
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

export function createComparing(parts: ComparingParts): Comparing {
  /** The comparison that commands are meant for: the latest. */
  let current: ComparisonRun | null = null;
  /** All that have not ended: one that was stopped may still wait for the device. */
  const living = new Set<ComparisonRun>();
  /** Reading every value of large corpora takes a moment: known as long as they stay. */
  let known: { pair: CorpusPair; task: Task; value: Fingerprints } | null = null;

  const fingerprint = (pair: CorpusPair, task: Task): Fingerprints => {
    if (known?.pair !== pair || known.task !== task) {
      known = { pair, task, value: fingerprints(pair, task) };
    }
    return known.value;
  };

  const begin = (
    config: ComparisonConfig,
    backend: BackendName,
    finished: readonly UnitResult[],
    onUpdate: ComparisonRunParts['onUpdate'],
  ): ComparisonRun => {
    const pair = parts.corpora();
    const corpora = fingerprint(pair, config.task);
    const comparison = prepareComparison(config, pair);
    const events: AsyncGenerator<ComparisonEvent, unknown> = compareMethods(
      comparison,
      { backend, now: parts.now },
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
  };

  return {
    program: () => parts.program,

    fingerprint: (task) => outcome(() => fingerprint(parts.corpora(), task)),

    summarise: (config, units) =>
      outcome(() => summarise(config, fingerprint(parts.corpora(), config.task), units)),

    async compare(config, backend, finished, onUpdate) {
      current?.stop();
      try {
        const run = begin(config, backend, finished, onUpdate);
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
