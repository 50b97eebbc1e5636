/**
 * The trainer worker: a thin entry point that prepares, estimates and runs experiments on the chosen backend.
 * Everything it does is in src/experiment; here is only the plumbing.
 */

import { expose } from 'comlink';
import type { Corpus } from '../src/corpus/corpus.ts';
import type { BackendName, RunConfig } from '../src/experiment/config.ts';
import { failureOf, type Progress, RunController } from '../src/experiment/controller.ts';
import { estimateRun, hopeless } from '../src/experiment/estimate.ts';
import { plannedSteps, relativeCosts } from '../src/experiment/plan.ts';
import { type Prepared, prepare } from '../src/experiment/prepare.ts';
import { runExperiment } from '../src/experiment/run.ts';
import { configureWasm, deviceLost, memoryUse, probeBackends, selectBackend } from '../src/nn/backend.ts';
import { WASM_FILES } from '../src/nn/wasmFiles.ts';
import type { Estimate, Outcome, RunUpdate, TrainerApi } from './protocol.ts';

configureWasm(WASM_FILES);

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

const lostDevice = (reason: string) =>
  `The graphics device was lost (${reason}). Start again, or choose the backend WASM, which needs none.`;

let corpora: { source: Corpus; target: Corpus } | null = null;
let controller: RunController | null = null;
let ended: Promise<void> = Promise.resolve();
/** Ends the estimate under way. */
let estimating = new AbortController();
/** One thing uses the backend at a time: estimates and runs wait for each other here. */
let queue: Promise<unknown> = Promise.resolve();

function inTurn<T>(task: () => Promise<T>): Promise<T> {
  const result = queue.then(task);
  queue = result.catch(() => {});
  return result;
}

function prepared(config: RunConfig): Prepared {
  if (!corpora) throw new Error('No corpora are loaded.');
  return prepare(corpora.source, corpora.target, config.task, config.settings);
}

async function outcome<T>(task: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await task() };
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}

async function estimate(config: RunConfig, backend: BackendName, signal: AbortSignal): Promise<Estimate> {
  const pair = prepared(config);
  await selectBackend(backend);
  // A message that aborts this may be waiting.
  await breathe();
  const measured = await estimateRun(config, pair, now, signal);
  return { backend, ...measured, warning: hopeless(measured, config) };
}

async function start(
  config: RunConfig,
  backend: BackendName,
  onUpdate: (update: RunUpdate) => void,
): Promise<void> {
  const send = (progress: Progress) => {
    onUpdate({ ...progress, backend, memory: memoryUse() });
  };
  try {
    const pair = prepared(config);
    await selectBackend(backend);
    const run = new RunController({
      events: runExperiment(config, pair, { backend, now }),
      plan: plannedSteps(config, pair),
      costs: relativeCosts(config.settings, pair.data.source.columns),
      now,
      breathe,
      onProgress: send,
    });
    controller = run;
    void deviceLost().then((reason) => run.fail(new Error(lostDevice(reason))));
    ended = run.run();
    await ended;
  } catch (error) {
    send({
      events: [],
      state: 'failed',
      elapsedMs: 0,
      msPerStep: null,
      remainingMs: null,
      error: failureOf(error),
    });
  }
}

const api: TrainerApi = {
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
    estimating.abort(new DOMException('The run started.', 'AbortError'));
    controller?.stop();
    await ended;
    // Not awaited: the caller gets updates, and further calls must arrive while the run goes.
    void inTurn(() => start(config, backend, onUpdate));
  },
  pause: () => controller?.pause(),
  resume: () => controller?.resume(),
  step: () => controller?.step(),
  stop: () => controller?.stop(),
};

expose(api);
