/** The comparison's part of the store, with a trainer worker played by the test. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ComparisonUpdate, TrainerApi } from '../../workers/protocol.ts';
import { METHOD_NAMES } from '../experiment/compare/config.ts';
import type { UnitResult } from '../experiment/compare/unit.ts';
import { createClient } from './clients.ts';
import type { VaultStorage } from './compareVault.ts';
import { doubles, memoryStorage, settle } from './doubles.testing.ts';
import { fakeWorkers } from './fakeWorker.testing.ts';
import { createStudio, type Studio } from './studio.ts';

let workers: ReturnType<typeof doubles>;
let storage: VaultStorage;
let studio: Studio;
const state = () => studio.store.getState().compare;

/** The page as it is after it was loaded anew. */
async function visit(): Promise<void> {
  workers = doubles();
  studio = createStudio({ clients: workers.clients, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
}

const unit = (seed: number): UnitResult => {
  const confusion = [
    [
      [4, 0, 0],
      [1, 3, 0],
      [0, 2, 2],
    ],
  ];
  const row = { row: 'source-only' as const, uar: [75], mean: 75, speakers: ['unknown'], confusion };
  return { method: 'source-only', seed, backend: 'wasm', seconds: 1, rows: [row], diverged: null, notes: [] };
};

const send = (update: Partial<ComparisonUpdate>) =>
  workers.sendComparison({
    state: 'running',
    work: null,
    progress: null,
    finished: [],
    failed: [],
    results: null,
    error: null,
    ...update,
  });

beforeEach(async () => {
  storage = memoryStorage();
  await visit();
  studio.compare.setMethods(['source-only']);
  studio.compare.setSeeds(2);
});

describe('the choice', () => {
  it('is every method from five seeds at first, and is remembered', async () => {
    storage = memoryStorage();
    await visit();
    expect(state()).toMatchObject({ methods: METHOD_NAMES, seeds: 5 });
    studio.compare.setMethods(['ccemogan', 'source-only']);
    expect(studio.compare.setSeeds(0)).toBe(false);
    expect(studio.compare.setSeeds(21)).toBe(false);
    expect(studio.compare.setSeeds(3)).toBe(true);
    await visit();
    expect(state()).toMatchObject({ methods: ['ccemogan', 'source-only'], seeds: 3 });
  });
});

describe('the figures, while they are looked at', () => {
  it('are looked up at once and with every change of what they are of, and no longer after', async () => {
    const leave = studio.followComparison();
    await settle();
    expect(state().results?.missing).toHaveLength(2);
    studio.compare.setSeeds(3);
    await settle();
    expect(state().results?.missing).toHaveLength(3);
    studio.setup.setTask('valence');
    await settle();
    expect(state().results?.config.task).toBe('valence');
    leave();
    studio.setup.setTask('activation');
    await settle();
    expect(state().results?.config.task).toBe('valence');
  });
});

describe('a comparison', () => {
  it('is asked for as set up, and nothing is known of it before', async () => {
    await studio.compare.recall();
    expect(state().results?.missing).toHaveLength(2);
    studio.setup.setTask('valence');
    await studio.compare.start();
    expect(state().status).toBe('starting');
    expect(workers.compared).toMatchObject([
      {
        backend: 'wasm',
        finished: [],
        config: { task: 'valence', methods: ['source-only'], seeds: [1, 2], preset: 'quick' },
      },
    ]);
  });

  it('goes on after a reload with the units that were finished', async () => {
    await studio.compare.start();
    send({ finished: [unit(1)] });
    expect(state()).toMatchObject({ status: 'running', kept: true });
    await visit();
    await studio.compare.recall();
    expect(state().results?.cells).toMatchObject([{ method: 'source-only', mean: 75, seeds: [75] }]);
    expect(state().results?.missing).toEqual([{ method: 'source-only', seed: 2 }]);
    await studio.compare.start();
    expect(workers.compared[0].finished).toEqual([unit(1)]);
  });

  it('takes no units of another version of the program', async () => {
    await studio.compare.start();
    send({ finished: [unit(1)] });
    await visit();
    vi.spyOn(workers.api, 'program').mockResolvedValue('next');
    await studio.compare.recall();
    expect(state().results?.missing).toHaveLength(2);
    expect(state().former).toBeNull();
  });

  it('says when the browser does not keep its units', async () => {
    storage = memoryStorage(10);
    await visit();
    studio.compare.setMethods(['source-only']);
    await studio.compare.start();
    send({ finished: [unit(1)] });
    expect(state().kept).toBe(false);
    send({ state: 'stopped' });
    await studio.compare.recall();
    expect(state().results?.cells).toHaveLength(1);
  });

  it('is stopped, and hears nothing of one that was stopped before it began', async () => {
    const starting = studio.compare.start();
    studio.compare.stop();
    await starting;
    expect(state().status).toBe('stopped');
    expect(workers.compared).toEqual([]);
    await studio.compare.start();
    studio.compare.stop();
    send({ state: 'stopped' });
    expect(workers.calls.filter((call) => call === 'stop comparing')).toHaveLength(2);
    expect(state().status).toBe('stopped');
  });

  it('keeps what it showed of a set-up while others are looked up, and shows them when it is over', async () => {
    await studio.compare.start();
    send({ finished: [unit(1)] });
    studio.setup.setTask('valence');
    await studio.compare.recall();
    expect(state().status).toBe('running');
    send({ state: 'failed', error: { name: 'Error', message: 'No memory.' } });
    expect(state()).toMatchObject({ status: 'failed', error: 'No memory.' });
    await vi.waitFor(() => expect(state()).toMatchObject({ status: 'idle', error: null }));
    expect(state().results?.config.task).toBe('valence');
  });

  it('fails with the worker, keeps its units and goes on in the next one', async () => {
    const trainer = fakeWorkers({ ...workers.api });
    const client = createClient<TrainerApi>(trainer.spawn, 'training');
    const clients = { ...workers.clients, trainer: client };
    studio = createStudio({ clients, storage: () => storage, settleMs: 1e6 });
    await studio.corpora.loadDemo();
    await studio.compare.start();
    send({ finished: [unit(1)] });
    await vi.waitFor(() => expect(state().status).toBe('running'));
    trainer.crash('out of memory');
    expect(state()).toMatchObject({ status: 'failed', work: null });
    expect(state().error).toMatch(/out of memory.*started afresh/);
    await studio.compare.start();
    expect(workers.compared.at(-1)?.finished).toEqual([unit(1)]);
    trainer.close();
  });

  it('begins with the figures of the set-up, and ends with them', async () => {
    await studio.compare.start();
    send({ finished: [unit(1)] });
    send({ state: 'stopped' });
    await settle();
    expect(state()).toMatchObject({ status: 'stopped', results: { missing: [{ seed: 2 }] } });
    studio.compare.setSeeds(3);
    await studio.compare.start();
    expect(state().results).toMatchObject({ config: { seeds: [1, 2, 3] }, cells: [{ seeds: [75] }] });
    expect(state().shown?.identity.config.seeds).toEqual([1, 2, 3]);
    const { source, target } = studio.store.getState().corpora;
    expect(source.recipe).not.toBeNull();
    expect(state().shown?.recipes).toEqual({ source: source.recipe, target: target.recipe });
  });

  it('forgets its figures when told to', async () => {
    await studio.compare.start();
    send({ state: 'finished', finished: [unit(1), unit(2)] });
    await studio.compare.recall();
    expect(state().results?.missing).toEqual([]);
    studio.compare.setSeeds(1);
    await studio.compare.recall();
    await studio.compare.discard();
    expect(state().results?.cells).toEqual([]);
    await visit();
    studio.compare.setSeeds(2);
    await studio.compare.recall();
    expect(state().results).toMatchObject({ cells: [{ seedNumbers: [2] }], missing: [{ seed: 1 }] });
    await studio.compare.discard();
    await visit();
    await studio.compare.recall();
    expect(state().results?.cells).toEqual([]);
  });

  it('offers to set up the last comparison of the same corpora again', async () => {
    studio.setup.setTask('valence');
    studio.setup.setSetting('gan', 'batch', 32);
    await studio.compare.start();
    send({ finished: [unit(1)] });
    await visit();
    await studio.compare.recall();
    await settle();
    expect(state().former).toMatchObject({ task: 'valence', methods: ['source-only'] });
    studio.compare.resumeFormer();
    await studio.compare.recall();
    expect(studio.store.getState().setup.settings.gan.batch).toBe(32);
    expect(state()).toMatchObject({ former: null, seeds: 2 });
    expect(state().results?.cells).toHaveLength(1);
  });
});
