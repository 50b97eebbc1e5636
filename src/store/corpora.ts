/**
 * What the interface knows of the two corpora: what was read, what is being read, what went wrong. Reading
 * itself happens in the ingest workers. Knows nothing of training or the map.
 */

import type { IngestApi } from '../../workers/protocol.ts';
import { type Corpus, classCounts, classIndices, TASKS, type Task } from '../corpus/corpus.ts';
import { parseDemoSize } from '../corpus/demoSize.ts';
import type { CorpusReport, ReadProgress, ReadResult } from '../formats/report.ts';
import type { Client, Clients } from './clients.ts';
import { comparePair, type PairSummary } from './pair.ts';
import { messageOf, type Slice } from './slice.ts';

export const ROLES = ['source', 'target'] as const;
export type Role = (typeof ROLES)[number];

/** A file that is being read. */
export interface Reading {
  readonly file: string;
  /** `performance.now()` at the start. */
  readonly since: number;
  readonly progress: ReadProgress | null;
  /** Null until enough was read to tell. */
  readonly remainingMs: number | null;
}

/** One of the two places of a corpus. What was read stays until something else was read in full. */
export interface CorpusSlot {
  readonly corpus: Corpus | null;
  readonly report: CorpusReport | null;
  readonly reading: Reading | null;
  /** Why the last file could not be read; names the place in the file. */
  readonly error: { readonly file: string; readonly message: string } | null;
}

export interface CorporaState {
  readonly source: CorpusSlot;
  readonly target: CorpusSlot;
  readonly pair: PairSummary | null;
}

export interface CorporaActions {
  /** Loads the simulated demo corpora into both places; `size` as `parseDemoSize` reads it. */
  loadDemo(size?: string): Promise<void>;
  read(role: Role, file: File): Promise<void>;
  cancel(role: Role): void;
  /** Moves the boundaries of a continuous label column; the counts follow. */
  setCuts(role: Role, task: Task, cuts: readonly [number, number]): void;
}

const EMPTY: CorpusSlot = { corpus: null, report: null, reading: null, error: null };
export const INITIAL_CORPORA: CorporaState = { source: EMPTY, target: EMPTY, pair: null };

/** The seed of the demo corpora: one fixed pair, so that what a lecturer shows can be looked up again. */
const DEMO_SEED = 1;

function countClasses(corpus: Corpus): CorpusReport['tasks'] {
  const tasks: Partial<Record<Task, { low: number; mid: number; high: number }>> = {};
  for (const task of TASKS) {
    const labels = corpus.labels[task];
    if (!labels) continue;
    const [low, mid, high] = classCounts(classIndices(labels));
    tasks[task] = { low, mid, high };
  }
  return tasks;
}

const advance = (reading: Reading, progress: ReadProgress): Reading => {
  const share = progress.bytesTotal > 0 ? progress.bytesRead / progress.bytesTotal : 0;
  const spent = performance.now() - reading.since;
  return { ...reading, progress, remainingMs: share > 0.02 ? (spent / share) * (1 - share) : null };
};

export function createCorporaActions(slice: Slice<CorporaState>, clients: Clients): CorporaActions {
  const attempts: Record<Role, number> = { source: 0, target: 0 };
  const setSlot = (role: Role, change: Partial<CorpusSlot>) => {
    const state = slice.get();
    const slot = { ...state[role], ...change };
    const next = { ...state, [role]: slot };
    slice.set(change.corpus ? { ...next, pair: comparePair(next.source.corpus, next.target.corpus) } : next);
  };
  const accept = (role: Role, result: ReadResult) =>
    setSlot(role, { corpus: result.corpus, report: result.report, reading: null, error: null });
  const clientOf = (role: Role): Client<IngestApi> => clients[role];

  return {
    async loadDemo(size) {
      const mine = { source: ++attempts.source, target: ++attempts.target };
      const begin: Reading = {
        file: 'Demo corpora',
        since: performance.now(),
        progress: null,
        remainingMs: null,
      };
      for (const role of ROLES) setSlot(role, { reading: begin, error: null });
      const fail = (message: string) => {
        for (const role of ROLES) {
          if (attempts[role] === mine[role])
            setSlot(role, { reading: null, error: { file: begin.file, message } });
        }
      };
      try {
        const request = { seed: DEMO_SEED, ...(size && parseDemoSize(size)) };
        const outcome = await clients.source.api.demo(request);
        if (!outcome.ok) return fail(outcome.error.message);
        for (const role of ROLES) if (attempts[role] === mine[role]) accept(role, outcome.value[role]);
      } catch (error) {
        fail(messageOf(error));
      }
    },

    async read(role, file) {
      const attempt = ++attempts[role];
      const current = () => attempts[role] === attempt;
      if (slice.get()[role].reading)
        await clientOf(role)
          .api.cancel()
          .catch(() => undefined);
      if (!current()) return;
      const reading: Reading = {
        file: file.name,
        since: performance.now(),
        progress: null,
        remainingMs: null,
      };
      setSlot(role, { reading, error: null });
      try {
        const outcome = await clientOf(role).api.read(file, (progress) => {
          if (current() && slice.get()[role].reading) setSlot(role, { reading: advance(reading, progress) });
        });
        if (!current()) return;
        if (outcome.ok) accept(role, outcome.value);
        else if (outcome.error.name === 'AbortError') setSlot(role, { reading: null });
        else setSlot(role, { reading: null, error: { file: file.name, message: outcome.error.message } });
      } catch (error) {
        if (current())
          setSlot(role, { reading: null, error: { file: file.name, message: messageOf(error) } });
      }
    },

    cancel(role) {
      attempts[role]++;
      setSlot(role, { reading: null });
      clientOf(role)
        .api.cancel()
        .catch(() => undefined);
    },

    setCuts(role, task, cuts) {
      const { corpus, report } = slice.get()[role];
      const labels = corpus?.labels[task];
      if (!corpus || !report || labels?.kind !== 'continuous') return;
      const changed: Corpus = { ...corpus, labels: { ...corpus.labels, [task]: { ...labels, cuts } } };
      setSlot(role, { corpus: changed, report: { ...report, tasks: countClasses(changed) } });
    },
  };
}
