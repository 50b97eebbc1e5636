/**
 * The trainer worker: a thin entry point that prepares, estimates and runs experiments on the chosen backend.
 * Everything it does is in src/experiment; here is only the plumbing.
 */

import { expose, transfer } from 'comlink';
import type { Corpus } from '../src/corpus/corpus.ts';
import { estimateUnits } from '../src/experiment/compare/estimate.ts';
import type { BackendName, RunConfig } from '../src/experiment/config.ts';
import { failedToStart, type Progress, RunController } from '../src/experiment/controller.ts';
import { estimateRun, hopeless } from '../src/experiment/estimate.ts';
import type { RunEvent } from '../src/experiment/events.ts';
import { LiveQueue } from '../src/experiment/live.ts';
import { plannedSteps, relativeCosts } from '../src/experiment/plan.ts';
import { type Prepared, prepare } from '../src/experiment/prepare.ts';
import { runExperiment } from '../src/experiment/run.ts';
import { type MadeSamples, sampleSheet } from '../src/experiment/sampleSheet.ts';
import { configureWasm, discardWasm, onDeviceLost, probeBackends, selectBackend } from '../src/nn/backend.ts';
import { WASM_FILES } from '../src/nn/wasmFiles.ts';
import { createComparing } from './comparing.ts';
import { fileOf } from './fileOf.ts';
import { spawnKernelThread } from './kernelThread.ts';
import { outcome } from './outcome.ts';
import type { Estimate, RunUpdate, TrainerApi } from './protocol.ts';
import { forPage } from './updates.ts';

/** The version of the program, put here when it is built or served (`vite.config.ts`). */
declare const __PROGRAM__: string;

configureWasm({ files: WASM_FILES, spawn: spawnKernelThread });

const now = () => performance.now();

/** A turn of the event loop without the four milliseconds that nested timers cost. */
const breathe = () =>
  new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

let corpora: { source: Corpus; target: Corpus } | null = null;
/** What the last run made, once it has. */
let made: MadeSamples | null = null;
/** The run that commands are meant for: the latest. */
let controller: RunController | null = null;
/** What that run's GAN is asked for. */
let live: LiveQueue | null = null;
/** All runs that have not ended: one that was stopped may still wait for the device. */
const living = new Set<RunController>();
/** Ends the estimate under way. */
let estimating = new AbortController();
/** One thing uses the backend at a time: estimates and runs wait for each other here. */
let queue: Promise<unknown> = Promise.resolve();

function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = queue.then(task);
  queue = result.catch(() => {});
  return result;
}

onDeviceLost((reason) => {
  const error = new Error(
    `The graphics device was lost (${reason}). Start again, or choose the backend WASM, which needs none.`,
  );
  for (const run of living) run.fail(error);
  comparing.deviceLost(error);
  estimating.abort(error);
});

function loaded(): { source: Corpus; target: Corpus } {
  if (!corpora) throw new Error('No corpora are loaded.');
  return corpora;
}

function prepared(config: RunConfig): Prepared {
  const { source, target } = loaded();
  return prepare(source, target, config.task, config.settings);
}

/**
 * Gives up the memory of WASM after an error: what a step was about to compute when memory ended would stay there,
 * and the next run fail for it.
 */
async function clear(backend: BackendName): Promise<void> {
  if (backend === 'wasm') await discardWasm();
}

/** Throws the error on, after clearing. What was merely aborted has cleared up behind itself. */
async function cleared(error: unknown, backend: BackendName): Promise<never> {
  const aborted = error instanceof DOMException && error.name === 'AbortError';
  if (!aborted) await clear(backend);
  throw error;
}

const comparing = createComparing({
  program: __PROGRAM__,
  corpora: loaded,
  select: selectBackend,
  clear,
  inTurn,
  now,
  breathe,
});

async function estimate(config: RunConfig, backend: BackendName, signal: AbortSignal): Promise<Estimate> {
  const pair = loaded();
  const ready = prepared(config);
  await selectBackend(backend);
  // A message that aborts this may be waiting.
  await breathe();
  signal.throwIfAborted();
  const measured = await estimateRun(config, ready, now, signal).catch((error) => cleared(error, backend));
  const unitSeconds = estimateUnits(config, pair, ready, measured);
  return { backend, ...measured, warning: hopeless(measured, config), unitSeconds };
}

/** The run's events; the backend is set up with the first of them, when the run's turn has come. */
async function* launch(
  config: RunConfig,
  pair: Prepared,
  backend: BackendName,
  live: LiveQueue,
  { source, target }: ReturnType<typeof loaded>,
): AsyncGenerator<RunEvent> {
  await selectBackend(backend);
  try {
    for await (const event of runExperiment(config, pair, { backend, now, live })) {
      if (event.type === 'synthetic') {
        made = { sets: event.sets, task: config.task, scaled: pair.scaled, source, target };
      }
      yield event;
    }
  } catch (error) {
    await cleared(error, backend);
  }
}

function start(config: RunConfig, backend: BackendName, onUpdate: (update: RunUpdate) => void): void {
  estimating.abort(new DOMException('The run started.', 'AbortError'));
  controller?.stop();
  made = null;
  const send = (progress: Progress) => {
    const { events, buffers } = forPage(progress.events);
    onUpdate(transfer({ ...progress, events, backend }, buffers));
  };
  try {
    const pair = prepared(config);
    // The page decides what is done about training that diverges.
    const queue = new LiveQueue(config.changes, true);
    // Made at once, so that a pause or a stop has something to act on before the run's turn has come.
    const run = new RunController({
      events: launch(config, pair, backend, queue, loaded()),
      plan: plannedSteps(config, pair),
      costs: relativeCosts(config.settings, pair.data.source.columns),
      now,
      breathe,
      onProgress: send,
    });
    controller = run;
    live = queue;
    living.add(run);
    void inTurn(() => run.run()).finally(() => living.delete(run));
  } catch (error) {
    send(failedToStart(error));
  }
}

const { deviceLost: _, ...comparison } = comparing;

const api: TrainerApi = {
  ...comparison,
  backends: probeBackends,
  async load(source, target) {
    corpora = { source, target };
  },
  estimate(config, backend) {
    estimating.abort(new DOMException('A later request replaced this one.', 'AbortError'));
    estimating = new AbortController();
    const { signal } = estimating;
    return inTurn(() => outcome(() => estimate(config, backend, signal)));
  },
  async start(config, backend, onUpdate) {
    start(config, backend, onUpdate);
  },
  saveSamples: (type, format, onProgress) =>
    outcome(() => {
      if (!made) throw new Error('The samples are gone with the worker that made them. Train again.');
      return fileOf(sampleSheet(type, made), format, onProgress);
    }),
  pause: () => controller?.pause(),
  resume: () => controller?.resume(),
  step: () => controller?.step(),
  change: (request) => live?.request(request),
  pace: (msPerStep) => controller?.pace(msPerStep),
  stop: () => controller?.stop(),
};

expose(api);
