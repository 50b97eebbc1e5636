/** How a run stands after an update: a pure reduction of the trainer's events. Knows no worker. */

import type { RunUpdate, RunState as TrainerState } from '../../workers/protocol.ts';
import { termLabel } from '../diagnosis/curves.ts';
import type { BackendName, RunConfig } from '../experiment/config.ts';
import {
  PHASES,
  type Phase,
  type ResultRow,
  type RunEvent,
  type Score,
  SYNTHETIC_TYPES,
  type SyntheticType,
} from '../experiment/events.ts';
import type { LossColumns } from '../experiment/lossColumns.ts';

export type RunStatus = 'idle' | 'starting' | TrainerState;

export interface PhaseProgress {
  readonly step: number;
  /** 0 where the phase has no steps. */
  readonly steps: number;
}

export interface CriterionValue {
  readonly step: number;
  /** Lower is better. */
  readonly value: number;
}

export interface RunProgress {
  /** Tells a run from those before it on the page; 0 before the first. Its configuration grows while it goes on. */
  readonly number: number;
  readonly status: RunStatus;
  /** What runs, or ran last; null before the first run. */
  readonly config: RunConfig | null;
  /** Names of the corpora it runs on; `replaced` once others, or other classes of them, are loaded. */
  readonly corpora: { readonly source: string; readonly target: string; readonly replaced: boolean } | null;
  readonly backend: BackendName | null;
  readonly phase: Phase | null;
  readonly phases: Readonly<Partial<Record<Phase, PhaseProgress>>>;
  readonly epoch: number;
  readonly epochs: number;
  readonly elapsedMs: number;
  readonly msPerStep: number | null;
  readonly remainingMs: number | null;
  readonly notes: readonly string[];
  readonly scores: readonly Score[];
  /** The types of samples that the run has made, which can be saved. */
  readonly made: readonly SyntheticType[];
  /** The rows of the corpora that training knows; predictions are of those of the target. */
  readonly rows: { readonly source: Int32Array; readonly target: Int32Array } | null;
  /** What each recogniser of a row of the table heard in every row of the target, one array a repeat. */
  readonly predictions: Readonly<Partial<Record<ResultRow, readonly Int8Array[]>>>;
  /** The label-free criterion as last measured, and where it was best so far. */
  readonly criterion: CriterionValue | null;
  readonly best: CriterionValue | null;
  /** Grows in place; see `lossVersion`. */
  readonly losses: LossColumns;
  readonly lossVersion: number;
  readonly error: string | null;
}

export const INITIAL_PROGRESS: RunProgress = {
  number: 0,
  status: 'idle',
  config: null,
  corpora: null,
  backend: null,
  phase: null,
  phases: {},
  epoch: 0,
  epochs: 0,
  elapsedMs: 0,
  msPerStep: null,
  remainingMs: null,
  notes: [],
  scores: [],
  made: [],
  rows: null,
  predictions: {},
  criterion: null,
  best: null,
  losses: {},
  lossVersion: 0,
  error: null,
};

export const isActive = (status: RunStatus): boolean =>
  status === 'starting' || status === 'running' || status === 'paused';

/** Step of the present phase; after the end, of the GAN. */
export const currentStep = ({ phase, phases }: RunProgress): PhaseProgress | null =>
  (phase && phases[phase === 'done' ? 'gan' : phase]) ?? null;

/** Closes the phases before `phase`: early stopping may end one before its planned steps. */
function enterPhase(state: RunProgress, phase: Phase, steps: number): RunProgress {
  const phases = { ...state.phases };
  for (const earlier of PHASES.slice(0, PHASES.indexOf(phase))) {
    const done = phases[earlier];
    phases[earlier] = { step: done?.step ?? 0, steps: done?.step ?? 0 };
  }
  phases[phase] = { step: 0, steps };
  return { ...state, phase, phases, epoch: 0, epochs: 0 };
}

const withPrediction = (
  predictions: RunProgress['predictions'],
  row: ResultRow,
  prediction: Int8Array,
): RunProgress['predictions'] => ({ ...predictions, [row]: [...(predictions[row] ?? []), prediction] });

function applyEvent(state: RunProgress, event: RunEvent): RunProgress {
  switch (event.type) {
    case 'phase':
      return enterPhase(state, event.phase, event.steps);
    case 'step':
      return {
        ...state,
        phase: event.phase,
        phases: { ...state.phases, [event.phase]: { step: event.step, steps: event.steps } },
        epoch: event.epoch,
        epochs: event.epochs,
      };
    case 'losses':
      return { ...state, lossVersion: state.lossVersion + 1 };
    case 'criterion': {
      const criterion = { step: event.step, value: event.value };
      return { ...state, criterion, best: event.best ? criterion : state.best };
    }
    case 'note':
      return { ...state, notes: [...state.notes, event.message] };
    case 'rows':
      return { ...state, rows: { source: event.source, target: event.target } };
    case 'score':
      return {
        ...state,
        scores: [...state.scores, event.score],
        predictions: event.prediction
          ? withPrediction(state.predictions, event.score.set, event.prediction)
          : state.predictions,
      };
    case 'diverged': {
      const note = `Training diverged at step ${event.step}: the loss “${termLabel(event.term)}” became ${event.value}. The networks are those of step ${event.restored} again.`;
      return { ...state, notes: [...state.notes, note] };
    }
    case 'synthetic':
      return { ...state, made: SYNTHETIC_TYPES.filter((type) => event.sets[type].rows > 0) };
    case 'snapshot':
    case 'networks':
    case 'changed':
      return state;
    case 'result':
      // As it was, with what was changed on the way: that is what repeats it.
      return { ...state, config: event.result.config };
  }
}

/** The state after an update. Loss values are appended by the caller, which owns the columns. */
export function applyUpdate(state: RunProgress, update: RunUpdate): RunProgress {
  const after = update.events.reduce(applyEvent, state);
  return {
    ...after,
    status: update.state,
    backend: update.backend,
    elapsedMs: update.elapsedMs,
    msPerStep: update.msPerStep ?? after.msPerStep,
    remainingMs: update.remainingMs,
    error: update.error ? update.error.message : null,
  };
}
