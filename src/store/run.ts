/**
 * Running: what this machine offers, how long a run would take, and the run itself, in the trainer worker.
 * Hands synthetic samples on to the timeline and knows nothing else of it.
 */

import type { BackendReport, Estimate, RunUpdate } from '../../workers/protocol.ts';
import type { Task } from '../corpus/corpus.ts';
import type { NetworkEvidence } from '../diagnosis/evidence.ts';
import { LIVE_SETTINGS, type LiveRequest, type RunConfig } from '../experiment/config.ts';
import type { RunEvent, SyntheticSets } from '../experiment/events.ts';
import { appendLosses } from '../experiment/lossColumns.ts';
import type { Clients } from './clients.ts';
import type { CorporaState } from './corpora.ts';
import { createEstimating, type EstimatingActions } from './estimating.ts';
import type { Preparation } from './preparation.ts';
import { applyUpdate, INITIAL_PROGRESS, isActive, type RunProgress } from './progress.ts';
import { configOf, resolveBackend, type SetupState } from './setup.ts';
import { messageOf, type Slice } from './slice.ts';
import type { TimelineState } from './timeline.ts';

export interface MachineState {
  /** Null until the trainer has looked. */
  readonly backends: BackendReport | null;
  readonly estimate: Estimate | null;
  readonly estimating: boolean;
  /** Why the machine could not be asked, or the run not be estimated. */
  readonly error: string | null;
  /** Milliseconds that every step takes at least, in this run and those that follow; 0 is as fast as it goes. */
  readonly pace: number;
}

export const INITIAL_MACHINE: MachineState = {
  backends: null,
  estimate: null,
  estimating: false,
  error: null,
  pace: 0,
};

/** Samples of a moment. */
export interface Snapshot {
  readonly task: Task;
  readonly step: number;
  /** True for the samples of the finished GAN. */
  readonly final: boolean;
  readonly sets: SyntheticSets;
}

export interface RunActions extends EstimatingActions {
  /** Starts the run as set up; `paused` stops it again before its second step. */
  start(options?: { readonly paused: boolean }): Promise<void>;
  pause(): void;
  resume(): void;
  step(): void;
  stop(): void;
  /** Asks the GAN in training for something; nothing where no run is active. */
  change(request: LiveRequest): void;
  /** Takes at least so many milliseconds a step; 0 is as fast as it goes. Kept for the next run. */
  pace(msPerStep: number): void;
  /** Shows a run that was recorded as if it had just ended here, on the corpora that are loaded. */
  replay(config: RunConfig, update: RunUpdate): void;
  /** Ends the run, where one is active, and hears no more of it. */
  abandon(): void;
}

export interface RunParts {
  readonly run: Slice<RunProgress>;
  readonly timeline: Slice<TimelineState>;
  readonly machine: Slice<MachineState>;
  setup(): SetupState;
  corpora(): CorporaState;
  readonly preparation: Preparation;
  onSnapshot(snapshot: Snapshot, networks: NetworkEvidence | null): void;
  onStart(): void;
}

/** Names in one order: a request that was checked on its way may have another. */
const REQUEST_NAMES = ['kind', 'steps', 'set', ...LIVE_SETTINGS];
const inWords = (request: LiveRequest): string => JSON.stringify(request, REQUEST_NAMES);

/** What an event changes of the timeline beside its moments; null where it is nothing. */
function noteEvent(state: TimelineState, event: RunEvent): Partial<TimelineState> | null {
  if (event.type === 'diverged') {
    const { type: _, ...divergence } = event;
    return { diverged: [...state.diverged, divergence] };
  }
  if (event.type !== 'changed') return null;
  const carriedOut = inWords(event.change.request);
  const at = state.pending.findIndex((request) => inWords(request) === carriedOut);
  return {
    changes: [...state.changes, event.change],
    pending: state.pending.filter((_, i) => i !== at),
  };
}

function snapshotOf(event: RunEvent, { task }: RunConfig): Snapshot | null {
  if (event.type === 'snapshot') return { task, step: event.step, final: false, sets: event.sets };
  if (event.type === 'synthetic') return { task, step: event.keptStep, final: true, sets: event.sets };
  return null;
}

/** The corpora of a run that begins now, by name; null while one is missing. */
function namesOf({ source, target }: CorporaState): RunProgress['corpora'] {
  if (!source.corpus || !target.corpus) return null;
  return { source: source.corpus.name, target: target.corpus.name, replaced: false };
}

export function createRunActions(clients: Clients, parts: RunParts): RunActions {
  const { run, machine, timeline } = parts;
  const trainer = clients.trainer.api;
  const { backends, load } = parts.preparation;
  const { interrupt, inspect, estimate, forgetEstimate } = createEstimating(clients, {
    ...parts,
    isBusy: () => isActive(run.get().status),
  });
  let attempt = 0;
  let runs = 0;

  /** What the networks said last. */
  let asked: NetworkEvidence | null = null;
  /** Of the final samples it was said when their networks were met on the way. */
  const networksOf = ({ step }: Snapshot): NetworkEvidence | null =>
    asked?.step === step
      ? asked
      : (timeline.get().moments.find((moment) => moment.step === step)?.networks ?? null);

  const fail = (error: string) => run.set({ status: 'failed', error, remainingMs: null });
  clients.trainer.onCrash((message) => {
    interrupt();
    const training = isActive(run.get().status);
    // What it had made is gone with it.
    run.set({ made: [] });
    machine.set({ error: training ? null : message });
    if (training) fail(message);
  });
  const receive = (config: RunConfig, update: RunUpdate) => {
    for (const event of update.events) {
      if (event.type === 'losses') appendLosses(run.get().losses, event);
    }
    run.set(applyUpdate(run.get(), update));
    for (const event of update.events) {
      if (event.type === 'networks') asked = event.evidence;
      const snapshot = snapshotOf(event, config);
      if (snapshot) parts.onSnapshot(snapshot, networksOf(snapshot));
      const noted = noteEvent(timeline.get(), event);
      if (noted) timeline.set(noted);
    }
    // What was asked for too late will not be carried out.
    if (!isActive(update.state)) timeline.set({ pending: [] });
  };
  /** A command to a running trainer; the next update shows its effect. */
  const command = (name: 'pause' | 'resume' | 'step' | 'stop') => () => {
    trainer[name]().catch((error: unknown) => fail(messageOf(error)));
  };

  const pace = () => {
    trainer.pace(machine.get().pace).catch((error: unknown) => fail(messageOf(error)));
  };
  /** Forgets the run before for one of this configuration. */
  const begin = (config: RunConfig) => {
    run.set({
      ...INITIAL_PROGRESS,
      number: ++runs,
      losses: {},
      status: 'starting',
      config,
      corpora: namesOf(parts.corpora()),
    });
    asked = null;
    parts.onStart();
  };

  return {
    inspect,
    estimate,
    forgetEstimate,

    async start(options) {
      const mine = ++attempt;
      interrupt();
      const setup = parts.setup();
      const config = configOf(setup, parts.corpora());
      begin(config);
      try {
        const backend = resolveBackend(setup.backend, await backends());
        if (!(await load())) return fail('Both corpora must be loaded before training.');
        // A stop while the corpora were on their way.
        if (mine !== attempt) return;
        const started = trainer.start(config, backend, (update) => {
          if (mine === attempt) receive(config, update);
        });
        if (options?.paused) command('pause')();
        if (machine.get().pace > 0) pace();
        await started;
      } catch (error) {
        if (mine === attempt && isActive(run.get().status)) fail(messageOf(error));
      }
    },

    pause: command('pause'),
    resume: command('resume'),
    step: command('step'),
    stop() {
      if (run.get().status === 'starting') {
        attempt++;
        run.set({ status: 'stopped' });
      }
      command('stop')();
    },

    change(request) {
      if (!isActive(run.get().status)) return;
      timeline.set({ pending: [...timeline.get().pending, request] });
      trainer.change(request).catch((error: unknown) => {
        // The run goes on without it.
        const { pending } = timeline.get();
        timeline.set({ pending: pending.filter((asked) => asked !== request), error: messageOf(error) });
      });
    },

    pace(ms) {
      machine.set({ pace: ms });
      if (isActive(run.get().status)) pace();
    },

    replay(config, update) {
      attempt++;
      begin(config);
      receive(config, update);
      // The trainer has none of its samples.
      run.set({ made: [] });
    },

    abandon() {
      attempt++;
      if (isActive(run.get().status)) command('stop')();
    },
  };
}
