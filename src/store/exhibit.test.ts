import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presetConfig } from '../experiment/presets.ts';
import { encodeRecording } from '../experiment/recording.ts';
import { doubles, memoryStorage, samples, settle, update } from './doubles.testing.ts';
import type { Exhibit, ExhibitContent } from './exhibit.ts';
import { createStudio, type Studio } from './studio.ts';

const DEMO = { seed: 1, sourceRows: 60, targetRows: 40 };
const LESSON: Exhibit = { kind: 'lesson', name: 'mode-collapse', title: 'Mode collapse' };
const RECORDING: Exhibit = { kind: 'recording', name: 'healthy', title: 'A healthy run' };

const config = presetConfig('quick', 'valence', 7);
const { task, preset, seed, settings } = config;
const setup = { task, preset, seed, settings };
const emptyContent: ExhibitContent = { demo: DEMO, setup, recorded: null };
const events = [
  { type: 'phase', phase: 'gan', steps: 50 },
  { type: 'snapshot', step: 0, sets: samples(3) },
  { type: 'snapshot', step: 25, sets: samples(3) },
  { type: 'synthetic', keptStep: 25, sets: samples(3) },
] as const;
const recorded: ExhibitContent = {
  demo: DEMO,
  setup,
  recorded: { config, update: update(events, 'finished') },
};

let workers: ReturnType<typeof doubles>;
let studio: Studio;
const state = () => studio.store.getState();
const open = (exhibit: Exhibit, content: ExhibitContent) => studio.exhibit.open(exhibit, async () => content);

/** A user with corpora, a set-up of his own, and a finished run. */
beforeEach(async () => {
  workers = doubles();
  studio = createStudio({ clients: workers.clients, storage: () => memoryStorage(), settleMs: 1e6 });
  await studio.corpora.loadDemo();
  studio.setup.setSeed(42);
  void studio.run.start();
  await settle();
  workers.send(update(events, 'finished'));
  await settle();
});

describe('an exhibit', () => {
  it('puts corpora and set-up in the place of the user’s, with nothing of his run', async () => {
    const mine = state();
    expect(await open(LESSON, emptyContent)).toBe(true);
    expect(state()).toMatchObject({
      exhibit: { shown: LESSON, opening: null },
      setup: { seed: 7, task: 'valence', backend: mine.setup.backend },
      run: { status: 'idle', config: null },
      timeline: { moments: [] },
    });
    expect(state().corpora.source.corpus).not.toBe(mine.corpora.source.corpus);
    expect(state().corpora.pair).not.toBeNull();
  });

  it('shows a recorded run as one that has ended here, placed and measured, without samples to save', async () => {
    await open(RECORDING, recorded);
    await settle();
    expect(state().run).toMatchObject({ status: 'finished', config, made: [] });
    const { moments } = state().timeline;
    expect(moments.map(({ step, final }) => [step, final])).toEqual([
      [0, false],
      [25, false],
      [25, true],
    ]);
    expect(moments.every(({ samples, placements }) => samples !== null && placements.umap !== null)).toBe(
      true,
    );
  });

  it('gives everything back, as it was', async () => {
    studio.timeline.seek(state().timeline.moments[0].id);
    const mine = state();
    await open(LESSON, emptyContent);
    await open(RECORDING, recorded);
    studio.exhibit.close();
    await settle();
    const { corpora, setup: kept, run, timeline, map } = state();
    expect(corpora).toEqual(mine.corpora);
    expect(corpora.source.corpus).toBe(mine.corpora.source.corpus);
    expect(kept).toBe(mine.setup);
    expect(run).toEqual(mine.run);
    expect(timeline.moments.map(({ id }) => id)).toEqual(mine.timeline.moments.map(({ id }) => id));
    expect(timeline.position).toBe(mine.timeline.position);
    expect(map).toMatchObject({ fitting: null, frames: mine.map.frames });
    expect(state().exhibit.shown).toBeNull();
  });

  it('ends the run of a lesson when the user goes back, hears no more of it, and no longer offers lost samples', async () => {
    await open(LESSON, emptyContent);
    void studio.run.start();
    await settle();
    workers.send(update(events.slice(0, 2)));
    studio.exhibit.close();
    workers.send(update(events, 'stopped'));
    await settle();
    expect(workers.calls).toContain('stop');
    expect(state().run).toMatchObject({ status: 'finished', made: [], config: { seed: 42 } });
    expect(state().timeline.moments).toHaveLength(3);
  });

  it('is refused while a run is active, also one that began while it was on its way', async () => {
    void studio.run.start();
    await settle();
    workers.send(update(events.slice(0, 1)));
    expect(await open(LESSON, emptyContent)).toBe(false);
    expect(state().exhibit).toMatchObject({
      shown: null,
      error: expect.stringContaining('A run is going on'),
    });
    workers.send(update([], 'stopped'));
    const late = studio.exhibit.open(LESSON, async () => {
      void studio.run.start();
      return emptyContent;
    });
    expect(await late).toBe(false);
    expect(state().setup.seed).toBe(42);
  });

  it('says why it could not be fetched, and leaves all as it is', async () => {
    const mine = state();
    const opened = await studio.exhibit.open(RECORDING, async () => {
      throw new Error('x.run could not be fetched.');
    });
    expect(opened).toBe(false);
    expect(state().exhibit).toEqual({ shown: null, opening: null, error: 'x.run could not be fetched.' });
    expect(state().corpora).toBe(mine.corpora);
  });

  it('lets the readers forget the user’s files only once he is back', async () => {
    const settled: string[] = [];
    const api = { ...workers.clients.source.api, settle: async (id: string) => void settled.push(id) };
    const source = { ...workers.clients.source, api };
    const clients = { ...workers.clients, source, target: source };
    studio = createStudio({ clients, storage: () => memoryStorage(), settleMs: 1e6 });
    await studio.corpora.loadDemo();
    settled.length = 0;
    await open(LESSON, emptyContent);
    await studio.corpora.loadDemo();
    expect(settled).toEqual([]);
    studio.exhibit.close();
    expect(settled).toEqual([state().corpora.source.made?.id, state().corpora.target.made?.id]);
  });
});

describe('a recorded run on its way', () => {
  const entry = { name: 'healthy', title: 'A healthy run', file: 'recordings/healthy.run' };
  const none = { name: 'healthy', title: 'A healthy run', file: 'recordings/none.run' };
  const answer = (body: BodyInit, init?: ResponseInit) =>
    vi.stubGlobal('fetch', async () => new Response(body, init));
  afterEach(() => vi.unstubAllGlobals());

  it('is fetched, read and shown', async () => {
    const file = encodeRecording({
      config,
      demo: { ...DEMO, features: 88 },
      backend: 'wasm',
      elapsedMs: 5,
      events: events.filter(({ type }) => type === 'phase'),
    });
    answer(file.slice());
    expect(await studio.exhibit.openRecording(entry)).toBe(true);
    expect(state().run).toMatchObject({ status: 'finished', config, elapsedMs: 5 });
  });

  it('says what was answered instead', async () => {
    answer('', { status: 404 });
    expect(await studio.exhibit.openRecording(none)).toBe(false);
    expect(state().exhibit.error).toContain(
      'recordings/none.run could not be fetched: the server answered 404',
    );
  });
});
