/** The timeline: what a run brings to it, what the workers make of it, and going back and forth in it. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { NetworkEvidence } from '../diagnosis/evidence.ts';
import type { RunEvent } from '../experiment/events.ts';
import { meanLosses } from '../experiment/lossColumns.ts';
import { PRESETS } from '../experiment/presets.ts';
import { evidenceShown, findingsShown, liveSettingsNow } from './diagnosis.ts';
import { doubles, fine, memoryStorage, samples, settle, update, wrong } from './doubles.testing.ts';
import { createStudio, type Studio } from './studio.ts';
import { createTimelineActions, INITIAL_TIMELINE, momentShown, type TimelineState } from './timeline.ts';

let workers: ReturnType<typeof doubles>;
let studio: Studio;
const state = () => studio.store.getState();
const steps = () => state().timeline.moments.map(({ step }) => step);
const networks = (step: number): NetworkEvidence => ({
  step,
  gradients: {},
  discriminators: { S: { seen: 0.9, heldOut: null }, T: { seen: 0.8, heldOut: null } },
  cycle: { clean: 1, noisy: 1.1, noise: 0.1 },
  heard: null,
  ms: 7,
});
const snapshot = (step: number): RunEvent => ({ type: 'snapshot', step, sets: samples(3) });
const losses = (from: number, ...values: number[]): RunEvent => ({
  type: 'losses',
  phase: 'gan',
  terms: ['cycle'],
  steps: values.map((_, i) => from + i),
  values: Float32Array.from(values),
});

beforeEach(async () => {
  workers = doubles();
  const storage = memoryStorage();
  studio = createStudio({ clients: workers.clients, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  await settle();
  await studio.run.start();
});

describe('a moment', () => {
  it('has its place, its figures and what the networks said, also where that came an update earlier', async () => {
    workers.send(update([{ type: 'networks', evidence: networks(25) }]));
    workers.send(update([snapshot(25)]));
    await settle();
    const [moment] = state().timeline.moments;
    expect(moment).toMatchObject({ step: 25, samples: { step: 25 }, networks: { step: 25 } });
    expect(moment.placements.umap?.A.offData).toHaveLength(3);
    expect(state().timeline.cost).toEqual({ networks: 7, samples: 5 });
    expect(state().timeline.anchors?.B).toBeDefined();
  });

  it('of the finished GAN knows what its networks said when they were met, and counts that once', async () => {
    workers.send(update([{ type: 'networks', evidence: networks(25) }, snapshot(25)]));
    workers.send(update([{ type: 'networks', evidence: networks(50) }, snapshot(50)]));
    workers.send(update([{ type: 'synthetic', keptStep: 25, sets: samples(3) }], 'finished'));
    await settle();
    const { moments, cost } = state().timeline;
    expect(moments.at(-1)).toMatchObject({ step: 25, final: true, networks: { step: 25 } });
    expect(cost.networks).toBe(14);
  });

  it('that cannot be measured says why, and the next one is measured all the same', async () => {
    const measured: number[] = [];
    Object.assign(workers.clients.diagnosis.api, {
      measure: async (step: number) => {
        measured.push(step);
        return step === 25
          ? wrong('Error', 'out of memory')
          : fine({ step, sets: {}, condition: null, ms: 1 });
      },
    });
    workers.send(update([snapshot(25), snapshot(50)]));
    await settle();
    expect(measured).toEqual([25, 50]);
    expect(state().timeline.error).toBe('out of memory');
    expect(state().timeline.moments.map(({ samples }) => samples !== null)).toEqual([false, true]);
  });

  it('is held against the corpora once, and anew when the task is another', async () => {
    workers.send(update([snapshot(25), snapshot(50)], 'finished'));
    await settle();
    studio.setup.setTask('valence');
    await studio.run.start();
    workers.send(update([snapshot(25)]));
    await settle();
    expect(workers.calls.filter((call) => call.startsWith('begin'))).toEqual([
      'begin activation',
      'begin valence',
    ]);
  });
});

it('answers no question before the worker holds the corpora', async () => {
  let ready: () => void = () => undefined;
  const { begin, inspect } = workers.clients.diagnosis.api;
  Object.assign(workers.clients.diagnosis.api, {
    begin: async (...args: Parameters<typeof begin>) => {
      await new Promise<void>((resolve) => {
        ready = resolve;
      });
      return begin(...args);
    },
    inspect: (...args: Parameters<typeof inspect>) => inspect(...args),
  });
  workers.send(update([snapshot(25)]));
  studio.selection.ask({ group: 'source', row: 4 });
  await settle();
  expect(workers.calls).not.toContain('inspect source 4');
  ready();
  await settle();
  expect(workers.calls.filter((call) => /^(begin|inspect)/.test(call))).toEqual([
    'begin activation',
    'inspect source 4',
  ]);
});

describe('what is asked of a run', () => {
  it('is pending until it is carried out, and in force at once as far as the controls show', () => {
    const request = { kind: 'set', set: { lambdaCycle: 3 } } as const;
    studio.run.change(request);
    expect(workers.calls).toContain('change {"kind":"set","set":{"lambdaCycle":3}}');
    expect(state().timeline).toMatchObject({ pending: [request], changes: [] });
    expect(liveSettingsNow(state()).lambdaCycle).toBe(3);
    workers.send(update([{ type: 'changed', change: { after: 30, request } }]));
    expect(state().timeline).toMatchObject({ pending: [], changes: [{ after: 30, request }] });
    expect(liveSettingsNow(state())).toMatchObject({
      lambdaCycle: 3,
      lambdaIdentity: PRESETS.quick.settings.gan.lambdaIdentity,
    });
  });

  it('is known again where it was carried out with its settings in another order', () => {
    studio.run.change({ kind: 'set', set: { lambdaCycle: 3, generatorLearningRate: 0.01 } });
    const request = { kind: 'set', set: { generatorLearningRate: 0.01, lambdaCycle: 3 } } as const;
    workers.send(update([{ type: 'changed', change: { after: 30, request } }]));
    expect(state().timeline.pending).toEqual([]);
  });

  it('is told where it was refused, and the run goes on', async () => {
    Object.assign(workers.clients.trainer.api, {
      change: async () => {
        throw new Error('set.lambdaCycle: too large');
      },
    });
    workers.send(update([]));
    studio.run.change({ kind: 'set', set: { lambdaCycle: 3 } });
    await settle();
    expect(state().run).toMatchObject({ status: 'running', error: null });
    expect(state().timeline).toMatchObject({ pending: [], error: 'set.lambdaCycle: too large' });
  });

  it('is nothing where no run is active, and forgotten when the run ends', () => {
    studio.run.change({ kind: 'finish' });
    workers.send(update([], 'finished'));
    expect(state().timeline.pending).toEqual([]);
    studio.run.change({ kind: 'finish' });
    expect(state().timeline.pending).toEqual([]);
    expect(workers.calls.filter((call) => call.startsWith('change'))).toHaveLength(1);
  });

  it('takes a pace that the next run keeps', async () => {
    studio.run.pace(1000);
    workers.send(update([], 'finished'));
    await studio.run.start();
    expect(workers.calls.filter((call) => call === 'pace 1000')).toHaveLength(2);
  });

  it('leaves the configuration of the run as the trainer reports it', () => {
    const config = { ...state().run.config!, changes: [{ after: 3, request: { kind: 'finish' as const } }] };
    const result = { config, backend: 'wasm', steps: 3, msPerStep: 1, scores: [] };
    workers.send(update([{ type: 'result', result }], 'finished'));
    expect(state().run.config?.changes).toHaveLength(1);
  });
});

describe('what is known at a moment', () => {
  it('is of it and of those before, with the losses on the way there', async () => {
    workers.send(update([losses(1, 4, 2), snapshot(2)]));
    workers.send(update([losses(3, 10, 20), snapshot(4)]));
    await settle();
    expect(evidenceShown(state()).map(({ losses: { cycle } }) => cycle)).toEqual([3, 15]);
    studio.timeline.seek(state().timeline.moments[0].id);
    expect(evidenceShown(state()).map(({ step }) => step)).toEqual([2]);
    // Components compare by identity.
    expect(evidenceShown(state())).toBe(evidenceShown(state()));
  });

  it('has losses that were read after its samples came', async () => {
    workers.send(update([losses(1, 4), snapshot(2)]));
    await settle();
    expect(evidenceShown(state())[0].losses.cycle).toBe(4);
    workers.send(update([losses(2, 2)]));
    expect(evidenceShown(state())[0].losses.cycle).toBe(3);
  });

  it('tells of a divergence at the moment after it', async () => {
    const diverged = { type: 'diverged', step: 30, term: 'cycle', value: Number.NaN, restored: 20 } as const;
    workers.send(update([snapshot(25), diverged, snapshot(50)], 'paused'));
    await settle();
    expect(evidenceShown(state()).map((evidence) => evidence.diverged?.restored ?? null)).toEqual([null, 20]);
    expect(state().run.notes.at(-1)).toMatch(/diverged at step 30.*step 20 again/);
  });

  it('is found of the finished GAN in the light of what came before its networks, not after them', async () => {
    const ratios: Record<number, number> = { 100: 0.001, 200: 0.001, 300: 0.5 };
    Object.assign(workers.clients.diagnosis.api, {
      measure: async (step: number) => fine({ step, sets: {}, condition: ratios[step], ms: 1 }),
    });
    workers.send(update([{ type: 'phase', phase: 'gan', steps: 300 }]));
    workers.send(update([snapshot(100), snapshot(200), snapshot(300)]));
    await settle();
    expect(findingsShown(state())).toEqual([]);
    workers.send(update([{ type: 'synthetic', keptStep: 200, sets: samples(3) }], 'finished'));
    await settle();
    expect(findingsShown(state())).toMatchObject([{ failure: 'z-ignored', since: 100 }]);
  });

  it('means losses over exactly the steps asked for', () => {
    const series = { steps: [1, 2, 3, 4], terms: { cycle: [1, 2, 3, 4] } };
    expect(meanLosses(series, 1, 3)).toEqual({ cycle: 2.5 });
    expect(meanLosses(series, 4, 9)).toEqual({});
    expect(meanLosses(undefined, 0, 9)).toEqual({});
  });
});

describe('going back and forth', () => {
  beforeEach(async () => {
    workers.send(update([snapshot(25), snapshot(50), snapshot(75)]));
    await settle();
  });

  it('shows the newest until another is asked for, which then stays on show', async () => {
    expect(momentShown(state().timeline)?.step).toBe(75);
    studio.timeline.seek(state().timeline.moments[0].id);
    workers.send(update([snapshot(100)]));
    await settle();
    expect(momentShown(state().timeline)?.step).toBe(25);
    studio.timeline.seek(null);
    expect(momentShown(state().timeline)?.step).toBe(100);
  });

  it('shows the newest only once it has its places, so that the map does not blink', async () => {
    const { place } = workers.clients.projection.api;
    let ready: () => void = () => undefined;
    Object.assign(workers.clients.projection.api, {
      place: async (...args: Parameters<typeof place>) => {
        await new Promise<void>((resolve) => {
          ready = resolve;
        });
        return place(...args);
      },
    });
    workers.send(update([snapshot(100)]));
    await settle();
    expect(momentShown(state().timeline)?.step).toBe(75);
    ready();
    await settle();
    expect(momentShown(state().timeline)?.step).toBe(100);
    // Where placing has stopped, the newest is shown all the same.
    workers.send(update([snapshot(125), snapshot(150), snapshot(175)]));
    expect(momentShown(state().timeline)?.step).toBe(175);
  });

  it('shows the moment before one that was thinned', () => {
    const [first, , third] = state().timeline.moments;
    studio.store.setState(({ timeline }) => ({ timeline: { ...timeline, moments: [first, third] } }));
    studio.timeline.seek(first.id + 1);
    expect(state().timeline.position).toBe(first.id);
  });

  it('forgets the moments when the next run begins', async () => {
    expect(steps()).toEqual([25, 50, 75]);
    await studio.run.start();
    expect(steps()).toEqual([]);
  });

  it('plays from the first where the newest is on show, and follows the newest once it is reached', () => {
    let timeline: TimelineState = { ...INITIAL_TIMELINE, moments: state().timeline.moments };
    const slice = {
      get: () => timeline,
      set: (change: Partial<TimelineState>) => {
        timeline = { ...timeline, ...change };
      },
    };
    const due: { callback: () => void; ms: number }[] = [];
    const actions = createTimelineActions(slice, (callback, ms) => {
      const entry = { callback, ms };
      due.push(entry);
      return () => void due.splice(due.indexOf(entry), 1);
    });
    actions.play(4);
    const seen = [momentShown(timeline)?.step];
    while (timeline.playing !== null) {
      expect(due).toHaveLength(1);
      expect(due[0].ms).toBe(250);
      due.shift()?.callback();
      seen.push(momentShown(timeline)?.step);
    }
    expect(seen).toEqual([25, 50, 75, 75]);
    expect(timeline.position).toBeNull();
    actions.play(1);
    actions.seek(timeline.moments[1].id);
    expect(due).toHaveLength(0);
    expect(timeline).toMatchObject({ playing: null, position: timeline.moments[1].id });
  });
});
