import { beforeEach, describe, expect, it } from 'vitest';
import { FAILURES } from '../diagnosis/finding.ts';
import { PROVOCATIONS } from '../experiment/provocations.ts';
import { doubles, memoryStorage, settle, update } from './doubles.testing.ts';
import { provocationOf } from './lessonActions.ts';
import { createStudio, type Studio } from './studio.ts';

let workers: ReturnType<typeof doubles>;
let studio: Studio;
const state = () => studio.store.getState();
const requests = () => workers.calls.filter((call) => call.startsWith('change '));

beforeEach(async () => {
  workers = doubles();
  studio = createStudio({ clients: workers.clients, storage: () => memoryStorage(), settleMs: 1e6 });
  await studio.corpora.loadDemo();
  studio.setup.setSeed(42);
  await studio.lesson.open('divergence');
});

/** Provokes it until training comes to a number that is none. */
async function alarm() {
  studio.lesson.provoke();
  await settle();
  workers.send(update([{ type: 'phase', phase: 'gan', steps: 100 }]));
  workers.send(update([{ type: 'diverged', step: 12, term: 'cycle', value: Number.NaN, restored: 10 }]));
}

describe('lessons', () => {
  it('are there for failures that there are, each with a cure', () => {
    for (const { name, cure } of PROVOCATIONS) {
      if (name === 'healthy') continue;
      expect(FAILURES).toContain(name);
      expect(cure, name).toMatchObject({ label: expect.stringMatching(/^\p{Lu}.{10,}/u) });
    }
  });

  it('set the studio up for the failure, and start the run that provokes it', async () => {
    const { settings } = provocationOf('divergence');
    expect(state()).toMatchObject({
      lesson: { failure: 'divergence', stage: 'provoke' },
      exhibit: { shown: { kind: 'lesson', name: 'divergence' } },
      setup: { preset: 'quick', settings },
    });
    studio.lesson.provoke();
    await settle();
    expect(workers.started.at(-1)?.config.settings).toMatchObject(settings);
    expect(state().lesson.stage).toBe('watch');
  });

  it('pause the run at the alarm; the cure is asked for, and the run goes on, with steps enough', async () => {
    await alarm();
    expect(state().lesson).toMatchObject({ stage: 'alarm', alarm: { step: 12 } });
    expect(workers.calls.at(-1)).toBe('pause');
    workers.send(update([], 'paused'));
    studio.lesson.cure();
    const { cure } = provocationOf('divergence');
    if (cure?.kind !== 'live') throw new Error('The cure of a divergence is no longer live.');
    expect(requests()).toEqual([
      `change ${JSON.stringify(cure.request)}`,
      expect.stringContaining('"kind":"extend"'),
    ]);
    expect(workers.calls.at(-1)).toBe('resume');
    const before = requests().length;
    studio.lesson.cure();
    expect(requests()).toHaveLength(before);
    workers.send(update([{ type: 'changed', change: { after: 12, request: cure.request } }]));
    expect(state().lesson.stage).toBe('recover');
  });

  it('try another seed where the failure did not show', async () => {
    studio.lesson.provoke();
    await settle();
    workers.send(update([], 'finished'));
    expect(state().lesson.stage).toBe('missed');
    const { seed } = state().setup;
    studio.lesson.provoke();
    expect(state().setup.seed).toBe(seed + 1);
  });

  it('take a run for the same whose result tells its configuration with what was changed in it', async () => {
    await alarm();
    const change = { after: 12, request: { kind: 'restore' } } as const;
    workers.send(update([{ type: 'changed', change }]));
    expect(state().lesson.stage).toBe('recover');
    const config = { ...workers.started.at(-1)!.config, changes: [change] };
    const result = { config, backend: 'wasm', steps: 3, msPerStep: 1, scores: [] } as const;
    workers.send(update([{ type: 'result', result }]));
    expect(state().lesson).toMatchObject({ stage: 'recover', secondRun: false });
  });

  it('end with the user’s own work, and hear no more of the run', async () => {
    await alarm();
    studio.lesson.leave();
    expect(state()).toMatchObject({
      lesson: { failure: null },
      exhibit: { shown: null },
      setup: { seed: 42 },
      run: { status: 'idle' },
      timeline: { diverged: [] },
    });
  });
});
