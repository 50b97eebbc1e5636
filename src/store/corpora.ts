/**
 * What the interface knows of the two corpora: what was read, what was decided about it, what is being read, what went
 * wrong. Reading itself happens in the ingest workers. Knows nothing of training or the map.
 */
import type { MadeCorpus, SpeakerPreview } from '../../workers/protocol.ts';
import type { Corpus, Task } from '../corpus/corpus.ts';
import type { PairReport } from '../corpus/pairReport.ts';
import type { ReadingRules, Recipe } from '../formats/recipe.ts';
import type { CorpusReport, ReadProgress, Repair } from '../formats/report.ts';
import { comparePair, type PairSummary } from './pair.ts';
import type { Slice } from './slice.ts';

export const ROLES = ['source', 'target'] as const;
export type Role = (typeof ROLES)[number];

/** Files that are being read. */
export interface Reading {
  /** What is read, e.g. `emo.csv` or `12 files`. */
  readonly file: string;
  /** `performance.now()` at the start. */
  readonly since: number;
  readonly progress: ReadProgress | null;
  /** Null until enough was read to tell. */
  readonly remainingMs: number | null;
  /** True where a corpus's own files are read again by other rules; false where another takes its place. */
  readonly again: boolean;
}

/** Why files could not be read, or a choice not be kept; the message names the place. */
export interface ReadError {
  readonly doing: 'read' | 'change';
  readonly file: string;
  readonly message: string;
  /** The files, and the rules under which they are read all the same; null where there are none. */
  readonly remedy: {
    readonly files: readonly File[];
    readonly rules: ReadingRules;
    /** Those of the rules that this fault asks for. */
    readonly adds: Partial<ReadingRules>;
  } | null;
}

/** One of the two places of a corpus. What was read stays until something else was read in full. */
export interface CorpusSlot {
  readonly corpus: Corpus | null;
  readonly report: CorpusReport | null;
  /** What was decided about the corpus. */
  readonly recipe: Recipe | null;
  /** What the reading worker calls its files' content, and its matrix. */
  readonly made: Pick<MadeCorpus, 'id' | 'matrix'> | null;
  /** The recipe by which the corpus is being made anew; null where it is as `recipe` says. */
  readonly revising: Recipe | null;
  readonly reading: Reading | null;
  readonly error: ReadError | null;
}

export interface CorporaState {
  readonly source: CorpusSlot;
  readonly target: CorpusSlot;
  readonly pair: PairSummary | null;
  readonly differences: Differences;
}

/** How the two corpora differ, row by row and feature by feature. */
export interface Differences {
  /** Null until it was looked at. */
  readonly report: PairReport | null;
  /** False while the report is of what was there before the last decision. */
  readonly current: boolean;
  /** Why it could not be looked at. */
  readonly error: string | null;
}

export interface CorporaActions {
  /** Loads the simulated demo corpora into both places; `size` as `parseDemoSize` reads it. */
  loadDemo(size?: string): Promise<void>;
  /** Reads files as one corpus, or joins files of labels to the one that is there. */
  read(role: Role, files: readonly File[], rules?: ReadingRules): Promise<void>;
  /** Reads files that were refused again, by the rules under which they are not. */
  retry(role: Role): Promise<void>;
  /** Takes away what is said of files that were refused. */
  dismiss(role: Role): void;
  cancel(role: Role): void;
  /**
   * Decides something else about a corpus, which is made anew; a choice that cannot be kept changes nothing. What was
   * decided just before, while the corpus is still being made, is kept: `change` gets it.
   */
  revise(role: Role, change: (recipe: Recipe) => Recipe): Promise<void>;
  /** Applies a repair: to the recipe, or to the settings of the next run. */
  repair(role: Role, repair: Repair): Promise<void>;
  /** Moves the boundaries of continuous labels; the counts follow at once. */
  setCuts(role: Role, task: Task, cuts: readonly [number, number]): void;
  /** Looks up how the two corpora differ, where that is not known. */
  compare(): Promise<void>;
  /** What a pattern would find as speakers in the names of a corpus's utterances; changes nothing. */
  previewSpeakers(role: Role, pattern: string, utterances: readonly string[]): Promise<SpeakerPreview>;
}

const EMPTY: CorpusSlot = {
  corpus: null,
  report: null,
  recipe: null,
  made: null,
  revising: null,
  reading: null,
  error: null,
};
const UNKNOWN: Differences = { report: null, current: false, error: null };
export const INITIAL_CORPORA: CorporaState = {
  source: EMPTY,
  target: EMPTY,
  pair: null,
  differences: UNKNOWN,
};

/** Whether another corpus is on its way into a place: there is nothing to decide about the one that is there. */
export const isBeingReplaced = ({ reading }: CorpusSlot): boolean => reading !== null && !reading.again;

/** Why a run cannot begin with the corpora as they are just now; null where it can. */
export function notReady({ source, target }: Pick<CorporaState, Role>): string | null {
  if (source.reading || target.reading) return 'Reading …';
  return source.revising || target.revising ? 'A corpus is being made anew …' : null;
}

/** Changes one place; a new corpus makes what is known of the pair out of date. */
export function setSlot(slice: Slice<CorporaState>, role: Role, change: Partial<CorpusSlot>): void {
  const state = slice.get();
  const next = { ...state, [role]: { ...state[role], ...change } };
  if (!change.corpus) {
    slice.set(next);
    return;
  }
  const { corpus, made } = state[role];
  const sameRows = corpus?.values === change.corpus.values && corpus?.features === change.corpus.features;
  const sameFiles = made !== null && (change.made ?? made).id === made.id;
  const outdated = sameFiles ? { ...state.differences, current: false, error: null } : UNKNOWN;
  const pair = comparePair(next.source.corpus, next.target.corpus);
  slice.set({ ...next, pair, differences: sameRows ? state.differences : outdated });
}

/** Takes over a corpus that was made. The same matrix stays the same array: what was computed of it is not out of date. */
export function takeCorpus(
  slice: Slice<CorporaState>,
  role: Role,
  { corpus, report, recipe, id, matrix }: MadeCorpus,
): void {
  const { corpus: before, made } = slice.get()[role];
  const same = before && made?.matrix === matrix ? { values: before.values, features: before.features } : {};
  setSlot(slice, role, {
    corpus: { ...corpus, ...same },
    report,
    recipe,
    made: { id, matrix },
    revising: null,
    reading: null,
    error: null,
  });
}
