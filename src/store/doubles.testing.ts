/** Workers played by a test: each records its calls and answers as the test says. */
import type {
  BackendReport,
  ComparisonApi,
  ComparisonUpdate,
  DiagnosisApi,
  Estimate,
  FrameUpdate,
  IngestApi,
  MadeCorpus,
  Outcome,
  ProjectionApi,
  RunUpdate,
  TrainerApi,
} from '../../workers/protocol.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { demoCorpora } from '../corpus/demo.ts';
import { reportPair } from '../corpus/pairReport.ts';
import { NOTHING } from '../diagnosis/anchors.ts';
import type { SetEvidence } from '../diagnosis/evidence.ts';
import { type ComparisonConfig, METHOD_NAMES } from '../experiment/compare/config.ts';
import { fingerprints } from '../experiment/compare/fingerprint.ts';
import type { UnitCosts } from '../experiment/compare/grid.ts';
import { summarise } from '../experiment/compare/summary.ts';
import type { UnitResult } from '../experiment/compare/unit.ts';
import type { RunConfig } from '../experiment/config.ts';
import type { RunEvent, SyntheticSets } from '../experiment/events.ts';
import { decodeRecording } from '../experiment/recording.ts';
import type { CorpusPair } from '../experiment/within.ts';
import { recipeOf } from '../formats/ofCorpus.ts';
import type { ReadProgress } from '../formats/report.ts';
import { applyPattern } from '../formats/speakerPatterns.ts';
import type { Client, Clients, Remote } from './clients.ts';
import type { VaultStorage } from './compareVault.ts';

export const read = (corpus: Corpus): MadeCorpus => ({
  id: corpus.name,
  // Of the columns, as tests change nothing else of a matrix.
  matrix: `${corpus.name} ${corpus.features}`,
  corpus,
  report: {
    rows: corpus.rows,
    features: corpus.features.length,
    featureSet: null,
    speakers: null,
    tasks: {},
    constantColumns: [],
    warnings: [],
    quality: [],
    files: [{ name: corpus.name, format: 'delimited', rows: corpus.rows }],
    columns: [],
    join: null,
  },
  recipe: recipeOf(corpus),
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

export const fine = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const wrong = (name: string, message: string) => ({ ok: false, error: { name, message } }) as const;
export const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** Browser storage for one test; `room` is how many characters fit into it. */
export function memoryStorage(room = Number.POSITIVE_INFINITY): VaultStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem(key, value) {
      const others = [...kept].reduce((sum, [k, v]) => sum + (k === key ? 0 : v.length), 0);
      if (others + value.length > room) throw new DOMException('Full.', 'QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
  };
}

type Log = string[];

/** A client whose worker is the test; it never goes down. */
const double = <Api>(api: Remote<Api>): Client<Api> => ({
  api,
  generation: () => 0,
  onCrash: () => () => undefined,
});

const command = (calls: Log, name: string) => async () => {
  calls.push(name);
};

function ingestDouble(calls: Log) {
  const demo = demoCorpora({ seed: 1, sourceRows: 60, targetRows: 40 });
  let progress: (p: ReadProgress) => void = () => undefined;
  let finish: (outcome: Outcome<MadeCorpus>) => void = () => undefined;
  const client = double<IngestApi>({
    demo: async (side) => fine(read(demo[side])),
    revise: async (_id, recipe) => {
      calls.push(`revise ${JSON.stringify(recipe)}`);
      return fine({ ...read(demo.source), recipe });
    },
    previewSpeakers: async (pattern, utterances) => {
      const { speakers, ...rest } = applyPattern(pattern, utterances);
      return fine({ ...rest, speakers: speakers?.names.length ?? 0 });
    },
    comparePair: async (source, target) => fine(reportPair(source, target)),
    settle: async () => undefined,
    whereabouts: async (id, row) => fine({ file: `${id}.csv`, line: row + 2 }),
    read: (_files, _rules, _shown, onProgress) => {
      progress = onProgress;
      return new Promise((resolve) => {
        finish = resolve;
      });
    },
    recorded: async (file) => fine(decodeRecording(file)),
    save: async (corpus, format) => {
      calls.push(`save ${corpus.name} as ${format}`);
      return fine({ blob: new Blob([corpus.name]), rows: corpus.rows });
    },
    cancel: command(calls, 'cancel'),
  });
  return {
    client,
    demo,
    progress: (p: ReadProgress) => progress(p),
    finishRead: (outcome: Outcome<MadeCorpus>) => finish(outcome),
  };
}

function comparisonDouble(calls: Log) {
  const compared: { config: ComparisonConfig; backend: string; finished: readonly UnitResult[] }[] = [];
  let send: (update: ComparisonUpdate) => void = () => undefined;
  const api = (pair: () => CorpusPair | null): Remote<ComparisonApi> => {
    const loaded = () => pair()!;
    return {
      program: async () => 'test',
      fingerprint: async (task) => fine(fingerprints(loaded(), task)),
      summarise: async (config, units) => fine(summarise(config, fingerprints(loaded(), config.task), units)),
      compare: async ({ config }, backend, finished, onUpdate) => {
        calls.push('compare');
        compared.push({ config, backend, finished });
        send = onUpdate;
      },
      stopComparing: command(calls, 'stop comparing'),
    };
  };
  return { api, compared, sendComparison: (u: ComparisonUpdate) => send(u) };
}

function trainerDouble(calls: Log) {
  const unitSeconds = Object.fromEntries(METHOD_NAMES.map((method) => [method, 2])) as UnitCosts;
  const estimate: Estimate = {
    backend: 'wasm',
    msPerStep: 10,
    steps: 100,
    seconds: 1,
    warning: null,
    unitSeconds,
  };
  const started: { config: RunConfig; backend: string }[] = [];
  let send: (update: RunUpdate) => void = () => undefined;
  const comparison = comparisonDouble(calls);
  let pair: { source: Corpus; target: Corpus } | null = null;
  const api: Remote<TrainerApi> = {
    ...comparison.api(() => pair),
    backends: async () => REPORT,
    load: async (source, target) => {
      calls.push('load');
      pair = { source, target };
    },
    estimate: async () => {
      calls.push('estimate');
      return fine(estimate);
    },
    start: async (config, backend, onUpdate) => {
      calls.push('start');
      started.push({ config, backend });
      send = onUpdate;
    },
    saveSamples: async (type, format) => {
      calls.push(`save ${type} as ${format}`);
      return fine({ blob: new Blob([type]), rows: 3 });
    },
    pause: command(calls, 'pause'),
    resume: command(calls, 'resume'),
    step: command(calls, 'step'),
    stop: command(calls, 'stop'),
    change: async (request) => void calls.push(`change ${JSON.stringify(request)}`),
    pace: async (ms) => void calls.push(`pace ${ms}`),
  };
  const { compared, sendComparison } = comparison;
  return { api, started, compared, send: (u: RunUpdate) => send(u), sendComparison };
}

function projectionDouble(calls: Log): Client<ProjectionApi> {
  const rows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);
  const place = (n: number) => ({ coordinates: new Float32Array(2 * n), offData: new Float32Array(n) });
  return double<ProjectionApi>({
    fit: async (source, target, _scaling, seed, onFrame) => {
      calls.push('fit', `map seed ${seed}`);
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
}

const NO_EVIDENCE: SetEvidence = { all: NOTHING, classes: [null, null, null] };
const NO_ANCHORS = { ceiling: NO_EVIDENCE, floor: NO_EVIDENCE };

/** A worker that measures at once and finds nothing measurable. */
function diagnosisDouble(calls: Log): Client<DiagnosisApi> {
  return double<DiagnosisApi>({
    begin: async ({ task }) => {
      calls.push(`begin ${task}`);
      return fine({ A: NO_ANCHORS, B: NO_ANCHORS, C: NO_ANCHORS });
    },
    measure: async (step) => {
      calls.push(`measure ${step}`);
      return fine({ step, sets: {}, condition: null, ms: 5 });
    },
    inspect: async (sample) => {
      calls.push(`inspect ${sample.group} ${sample.row}`);
      const report = { sample, origin: null, moved: null, features: [], reconstruction: null };
      return fine({ ...report, neighbours: [] });
    },
    compare: async () => {
      calls.push('compare groups');
      return fine({ rows: [1, 1], distance: 0, features: [] });
    },
    fidelity: async (type) => {
      calls.push(`fidelity ${type}`);
      const correlations = { after: 0, before: 0, ceiling: 0, real: 0 };
      return fine({ type, features: [], improved: 0, total: 0, correlations, verdicts: [] });
    },
    save: async (_selection, _sets, format) => {
      calls.push(`save selection as ${format}`);
      return fine({ blob: new Blob(['x']), rows: 1 });
    },
  });
}

/** All workers; each records its calls and answers as the test says. */
export function doubles() {
  const calls: Log = [];
  const ingest = ingestDouble(calls);
  const trainer = trainerDouble(calls);
  const clients: Clients = {
    source: ingest.client,
    target: ingest.client,
    trainer: double<TrainerApi>(trainer.api),
    projection: projectionDouble(calls),
    diagnosis: diagnosisDouble(calls),
  };
  return { ...ingest, ...trainer, clients, calls };
}

export const update = (events: readonly RunEvent[], state: RunUpdate['state'] = 'running'): RunUpdate => ({
  events,
  state,
  elapsedMs: 1000,
  msPerStep: 12,
  remainingMs: 3000,
  backend: 'wasm',
  error: null,
});

export const samples = (rows: number): SyntheticSets => {
  const set = {
    rows,
    columns: 1,
    values: new Float32Array(rows),
    classes: new Int8Array(rows),
    origin: new Int32Array(rows),
  };
  return { A: set, B: set, C: set };
};
