/** The store with workers played by the test: what is asked of them, and what becomes of their answers. */
import { beforeEach, describe, expect, it } from 'vitest';
import type {
  BackendReport,
  Estimate,
  FrameUpdate,
  IngestApi,
  Outcome,
  ProjectionApi,
  RunUpdate,
  TrainerApi,
} from '../../workers/protocol.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { demoCorpora } from '../corpus/demo.ts';
import type { RunConfig } from '../experiment/config.ts';
import type { RunEvent, SyntheticSets } from '../experiment/events.ts';
import { PRESETS } from '../experiment/presets.ts';
import type { ReadProgress, ReadResult } from '../formats/report.ts';
import type { Client, Clients, Remote } from './clients.ts';
import { lossesCsv } from './losses.ts';
import { createStudio, type Studio } from './studio.ts';

const read = (corpus: Corpus): ReadResult => ({
  corpus,
  report: {
    rows: corpus.rows,
    features: corpus.features.length,
    featureSet: null,
    speakers: null,
    tasks: {},
    constantColumns: [],
    warnings: [],
  },
});

const REPORT: BackendReport = {
  automatic: 'wasm',
  reason: 'No adapter.',
  options: [
    { name: 'webgpu', available: false, reason: 'WebGPU: no adapter', threads: 1 },
    { name: 'wasm', available: true, reason: 'WASM: here', threads: 2 },
    { name: 'cpu', available: true, reason: 'Plain JS: always', threads: 1 },
  ],
};

const fine = <T>(value: T): Outcome<T> => ({ ok: true, value });
const wrong = (name: string, message: string) => ({ ok: false, error: { name, message } }) as const;
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

type Log = string[];

/** A client whose worker is the test; `crash` plays its going down. */
function double<Api>(api: Remote<Api>) {
  let generation = 1;
  let listener: (message: string) => void = () => undefined;
  const client: Client<Api> = {
    api,
    generation: () => generation,
    onCrash: (listen) => {
      listener = listen;
      return () => undefined;
    },
  };
  const crash = (message: string) => {
    generation++;
    listener(message);
  };
  return { client, crash };
}

const command = (calls: Log, name: string) => async () => {
  calls.push(name);
};

function ingestDouble(calls: Log) {
  const demo = demoCorpora({ seed: 1, sourceRows: 60, targetRows: 40 });
  let progress: (p: ReadProgress) => void = () => undefined;
  let finish: (outcome: Outcome<ReadResult>) => void = () => undefined;
  const { client } = double<IngestApi>({
    demo: async () => fine({ source: read(demo.source), target: read(demo.target) }),
    read: (_file, onProgress) => {
      progress = onProgress;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    cancel: command(calls, 'cancel'),
  });
  return {
    client,
    demo,
    progress: (p: ReadProgress) => progress(p),
    finishRead: (outcome: Outcome<ReadResult>) => finish(outcome),
  };
}

function trainerDouble(calls: Log) {
  const estimate: Estimate = { backend: 'wasm', msPerStep: 10, steps: 100, seconds: 1, warning: null };
  const started: { config: RunConfig; backend: string }[] = [];
  let send: (update: RunUpdate) => void = () => undefined;
  const { client, crash } = double<TrainerApi>({
    backends: async () => REPORT,
    load: command(calls, 'load'),
    estimate: async () => {
      calls.push('estimate');
      return fine(estimate);
    },
    start: async (config, backend, onUpdate) => {
      calls.push('start');
      started.push({ config, backend });
      send = onUpdate;
    },
    pause: command(calls, 'pause'),
    resume: command(calls, 'resume'),
    step: command(calls, 'step'),
    stop: command(calls, 'stop'),
  });
  return { client, crash, started, send: (u: RunUpdate) => send(u) };
}

function projectionDouble(calls: Log) {
  const rows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
  const place = (n: number) => ({ coordinates: new Float32Array(2 * n), offData: new Float32Array(n) });
  const { client } = double<ProjectionApi>({
    fit: async (source, target, _scaling, _seed, onFrame) => {
      calls.push('fit');
      const frame = (kind: FrameUpdate['kind']): FrameUpdate => ({
        kind,
        source: new Float32Array(2 * source.rows),
        target: new Float32Array(2 * target.rows),
        sourceRows: rows(source.rows),
        targetRows: rows(target.rows),
      });
      onFrame(frame('pca'));
      onFrame(frame('umap'));
      return fine(null);
    },
    place: async (sets) => {
      calls.push('place');
      const all = { A: place(sets.A.rows), B: place(sets.B.rows), C: place(sets.C.rows) };
      return fine({ pca: all, umap: all });
    },
    cancel: command(calls, 'cancel map'),
  });
  return { client };
}

/** All workers; each records its calls and answers as the test says. */
function doubles() {
  const calls: Log = [];
  const ingest = ingestDouble(calls);
  const trainer = trainerDouble(calls);
  const clients: Clients = {
    source: ingest.client,
    target: ingest.client,
    trainer: trainer.client,
    projection: projectionDouble(calls).client,
  };
  return { ...ingest, ...trainer, clients, calls };
}

const update = (events: readonly RunEvent[], state: RunUpdate['state'] = 'running'): RunUpdate => ({
  events,
  state,
  elapsedMs: 1000,
  msPerStep: 12,
  remainingMs: 3000,
  backend: 'wasm',
  memory: { tensors: 10, bytes: 100 },
  error: null,
});

const samples = (rows: number): SyntheticSets => {
  const set = {
    rows,
    columns: 1,
    values: new Float32Array(rows),
    classes: new Int8Array(rows),
    origin: new Int32Array(rows),
  };
  return { A: set, B: set, C: set };
};

let workers: ReturnType<typeof doubles>;
let studio: Studio;
const state = () => studio.store.getState();
const count = (name: string) => workers.calls.filter((call) => call === name).length;

beforeEach(async () => {
  const kept = new Map<string, string>();
  workers = doubles();
  studio = createStudio({
    clients: workers.clients,
    storage: () => ({ getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => void kept.set(k, v) }),
    settleMs: 0,
  });
  await studio.corpora.loadDemo();
  await settle();
});

describe('the corpora', () => {
  it('loads the demo pair, fits the map and measures the run', () => {
    expect(state().corpora.pair).toMatchObject({ shared: 88, onlySource: 0, conflict: null });
    expect(state().map.frames.umap?.kind).toBe('umap');
    expect(state().machine.estimate?.steps).toBe(100);
  });

  it('keeps the corpus that was loaded when a file is at fault', async () => {
    const before = state().corpora.source.corpus;
    const reading = studio.corpora.read('source', new File(['x'], 'bad.csv'));
    await settle();
    expect(state().corpora.source.reading?.file).toBe('bad.csv');
    workers.finishRead(wrong('FormatError', 'bad.csv, line 3: found "x"'));
    await reading;
    expect(state().corpora.source).toMatchObject({
      reading: null,
      error: { file: 'bad.csv', message: 'bad.csv, line 3: found "x"' },
    });
    expect(state().corpora.source.corpus).toBe(before);
  });

  it('tells how far reading has come, and forgets a cancelled file', async () => {
    const reading = studio.corpora.read('target', new File(['x'], 'big.csv'));
    await settle();
    workers.progress({ bytesRead: 50, bytesTotal: 100, rows: 7 });
    expect(state().corpora.target.reading?.progress?.rows).toBe(7);
    expect(state().corpora.target.reading?.remainingMs).toBeGreaterThan(0);
    studio.corpora.cancel('target');
    workers.finishRead(fine(read(workers.demo.source)));
    await reading;
    expect(workers.calls).toContain('cancel');
    expect(state().corpora.target.corpus?.name).toBe(workers.demo.target.name);
  });

  it('moves class boundaries without fitting the map again', async () => {
    const fits = count('fit');
    studio.corpora.setCuts('target', 'activation', [1.2, 4.8]);
    await settle();
    const { corpus, report } = state().corpora.target;
    expect(corpus?.labels.activation).toMatchObject({ cuts: [1.2, 4.8] });
    const counts = report?.tasks.activation;
    expect((counts?.low ?? 0) + (counts?.mid ?? 0) + (counts?.high ?? 0)).toBe(40);
    expect(counts?.mid).toBeGreaterThan(30);
    expect(count('fit')).toBe(fits);
    expect(count('load')).toBe(2);
  });
});

describe('the setup', () => {
  it('refuses a value out of range and keeps the old one', () => {
    expect(studio.setup.setSetting('gan', 'batch', 1)).toMatch(/>=2/);
    expect(state().setup.settings.gan.batch).toBe(PRESETS.quick.settings.gan.batch);
    expect(studio.setup.setSetting('gan', 'batch', 32)).toBeNull();
    expect(state().setup.settings.gan.batch).toBe(32);
    expect(studio.setup.setSeed(-1)).toBe(false);
  });

  it('measures again when the preset changes', async () => {
    const before = count('estimate');
    studio.setup.setPreset('paper');
    expect(state().machine.estimate).toBeNull();
    await settle();
    expect(count('estimate')).toBe(before + 1);
    expect(state().machine.estimate).not.toBeNull();
  });
});

describe('a run', () => {
  it('starts as set up, on the backend that automatic means, without loading the corpora twice', async () => {
    studio.setup.setTask('valence');
    await studio.run.start();
    expect(workers.started[0]).toMatchObject({ backend: 'wasm', config: { task: 'valence', seed: 1 } });
    expect(count('load')).toBe(1);
  });

  it('gathers losses, phases, scores and snapshots', async () => {
    await studio.run.start();
    workers.send(
      update([
        { type: 'phase', phase: 'gan', steps: 4 },
        { type: 'step', phase: 'gan', step: 2, steps: 4, epoch: 1, epochs: 2 },
        { type: 'losses', phase: 'gan', terms: ['cycle'], steps: [1, 2], values: Float32Array.of(0.5, 0.25) },
        { type: 'snapshot', step: 2, sets: samples(3) },
      ]),
    );
    await settle();
    expect(state().run).toMatchObject({ status: 'running', phase: 'gan', epoch: 1, msPerStep: 12 });
    expect(state().run.losses.gan?.terms.cycle).toEqual([0.5, 0.25]);
    expect(lossesCsv(state().run.losses)).toBe('phase,step,term,value\ngan,1,cycle,0.5\ngan,2,cycle,0.25\n');
    expect(state().map.placed).toMatchObject({ step: 2, final: false, task: 'activation' });

    workers.send(
      update(
        [
          { type: 'step', phase: 'gan', step: 3, steps: 4, epoch: 2, epochs: 2 },
          { type: 'synthetic', sets: samples(5) },
          { type: 'score', score: { set: 'B', repeat: 0, uar: 50, confusion: null, shares: [1, 0, 0] } },
          { type: 'phase', phase: 'done', steps: 0 },
        ],
        'finished',
      ),
    );
    expect(state().run.scores).toHaveLength(1);
    // Early stopping: the phase counts as complete at the step it reached.
    expect(state().run.phases.gan).toEqual({ step: 3, steps: 3 });
    await settle();
    expect(state().map.placed).toMatchObject({ step: 3, final: true });
  });

  it('forgets losses and samples of the run before', async () => {
    await studio.run.start();
    workers.send(update([{ type: 'snapshot', step: 1, sets: samples(2) }], 'finished'));
    await settle();
    expect(state().map.placed).not.toBeNull();
    await studio.run.start();
    expect(state().map.placed).toBeNull();
    expect(state().run.losses).toEqual({});
  });

  it('fails with a message when the worker crashes, and starts again with freshly loaded corpora', async () => {
    await studio.run.start();
    workers.send(update([]));
    workers.crash('The training worker crashed: out of memory.');
    expect(state().run).toMatchObject({
      status: 'failed',
      error: 'The training worker crashed: out of memory.',
    });
    await studio.run.start();
    expect(state().run.error).toBeNull();
    expect(count('load')).toBe(2);
    expect(count('start')).toBe(2);
  });
});
