/** The store with workers played by the test: what is asked of them, and what becomes of their answers. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TrainerApi } from '../../workers/protocol.ts';
import { PRESETS } from '../experiment/presets.ts';
import { type Clients, createClient } from './clients.ts';
import { doubles, fine, memoryStorage, read, samples, settle, update, wrong } from './doubles.testing.ts';
import { type FakeWorkers, fakeWorkers } from './fakeWorker.testing.ts';
import { INITIAL_MAP } from './map.ts';
import { createStudio, type Studio } from './studio.ts';
import { momentShown } from './timeline.ts';

let workers: ReturnType<typeof doubles>;
let studio: Studio;
const state = () => studio.store.getState();
const count = (name: string) => workers.calls.filter((call) => call === name).length;

const studioOf = (clients: Clients): Studio => {
  const storage = memoryStorage();
  return createStudio({ clients, storage: () => storage, settleMs: 0 });
};

beforeEach(async () => {
  workers = doubles();
  studio = studioOf(workers.clients);
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
    const reading = studio.corpora.read('source', [new File(['x'], 'bad.csv')]);
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
    const reading = studio.corpora.read('target', [new File(['x'], 'big.csv')]);
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

  it('fits the map again when the scaling changes, and only then', async () => {
    await studio.run.start();
    workers.send(update([{ type: 'synthetic', keptStep: 1, sets: samples(2) }], 'finished'));
    await settle();
    studio.setup.setSetting('gan', 'batch', 32);
    studio.setup.setSeed(9);
    await settle();
    expect(count('fit')).toBe(1);
    expect(state().timeline.moments).toHaveLength(1);
    studio.setup.setSetting('data', 'clipPercentile', 1);
    await settle();
    expect(count('fit')).toBe(2);
    expect(state().timeline.moments).toEqual([]);
    // The run's seed is another by now; the frame's is not.
    expect(new Set(workers.calls.filter((call) => call.startsWith('map seed'))).size).toBe(1);
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
    expect(state().run.losses.gan?.steps).toEqual([1, 2]);
    expect(momentShown(state().timeline)).toMatchObject({ step: 2, final: false, task: 'activation' });

    workers.send(
      update(
        [
          { type: 'step', phase: 'gan', step: 3, steps: 4, epoch: 2, epochs: 2 },
          { type: 'synthetic', keptStep: 2, sets: samples(5) },
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
    // The best checkpoint's samples, not the last step's.
    expect(momentShown(state().timeline)).toMatchObject({ step: 2, final: true });
  });

  it('forgets losses and samples of the run before', async () => {
    await studio.run.start();
    workers.send(update([{ type: 'snapshot', step: 1, sets: samples(2) }], 'finished'));
    await settle();
    expect(state().timeline.moments).toHaveLength(1);
    await studio.run.start();
    expect(state().timeline.moments).toEqual([]);
    expect(state().run.losses).toEqual({});
  });

  it('shows where the criterion stands and where it was best', async () => {
    await studio.run.start();
    workers.send(
      update([
        { type: 'criterion', step: 10, value: 0.4, best: true },
        { type: 'criterion', step: 20, value: 0.5, best: false },
      ]),
    );
    expect(state().run).toMatchObject({
      criterion: { step: 20, value: 0.5 },
      best: { step: 10, value: 0.4 },
    });
  });

  it('keeps the names of its corpora, and knows when others are loaded', async () => {
    const { source, target } = workers.demo;
    await studio.run.start();
    workers.send(update([], 'finished'));
    expect(state().run.corpora).toEqual({ source: source.name, target: target.name, replaced: false });
    const reading = studio.corpora.read('target', [new File(['x'], 'other.csv')]);
    await settle();
    workers.finishRead(fine(read({ ...target, name: 'other.csv' })));
    await reading;
    expect(state().run.corpora).toEqual({ source: source.name, target: target.name, replaced: true });
    await studio.run.start();
    expect(state().run.corpora).toEqual({ source: source.name, target: 'other.csv', replaced: false });
  });
});

describe('corpora that do not fit together', () => {
  beforeEach(async () => {
    const { target } = workers.demo;
    const stranger = {
      ...target,
      features: target.features.map((f) => `${f}_x`),
      values: target.values.slice(),
    };
    const reading = studio.corpora.read('target', [new File(['x'], 'stranger.csv')]);
    await settle();
    workers.finishRead(fine(read(stranger)));
    await reading;
  });

  it('leave no map of the corpora before, and none can be asked for', async () => {
    expect(state().corpora.pair?.conflict).not.toBeNull();
    expect(state().map).toEqual(INITIAL_MAP);
    expect(workers.calls).toContain('cancel map');
    await studio.map.fit();
    expect(count('fit')).toBe(1);
    expect(state().map).toEqual(INITIAL_MAP);
  });

  it('are not said to be measured', () => {
    expect(state().machine).toMatchObject({ estimate: null, estimating: false });
    studio.setup.setPreset('paper');
    expect(state().machine.estimating).toBe(false);
  });
});

describe('a trainer that goes down', () => {
  const crash = 'The training worker crashed: out of memory. It has been started afresh.';
  let trainer: FakeWorkers;
  let api: typeof workers.api;

  beforeEach(async () => {
    api = { ...workers.api };
    trainer = fakeWorkers(api);
    studio = studioOf({ ...workers.clients, trainer: createClient<TrainerApi>(trainer.spawn, 'training') });
    await studio.corpora.loadDemo();
    await vi.waitFor(() => expect(state().machine.estimate).not.toBeNull());
    workers.calls.length = 0;
  });
  afterEach(() => trainer.close());

  it('fails the run with a message, and the next one gets the corpora anew', async () => {
    await studio.run.start();
    workers.send(update([]));
    await vi.waitFor(() => expect(state().run.status).toBe('running'));
    expect(count('load')).toBe(0);
    trainer.crash('out of memory');
    expect(state().run).toMatchObject({ status: 'failed', error: crash });
    await studio.run.start();
    expect(state().run.error).toBeNull();
    expect(workers.calls).toEqual(['start', 'load', 'start']);
  });

  it('says so while it measures', async () => {
    Object.assign(api, { estimate: () => new Promise(() => workers.calls.push('measuring')) });
    studio.setup.setPreset('paper');
    await vi.waitFor(() => expect(workers.calls).toContain('measuring'));
    expect(state().machine.estimating).toBe(true);
    trainer.crash('out of memory');
    expect(state().machine).toMatchObject({ estimate: null, estimating: false, error: crash });
  });
});
