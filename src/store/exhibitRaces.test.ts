/** Leaving an exhibit, or opening one, while workers are still at work for what was on show before. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { PairAnchors, SetEvidence } from '../diagnosis/evidence.ts';
import { presetConfig } from '../experiment/presets.ts';
import { doubles, fine, memoryStorage, read, samples, settle, update, wrong } from './doubles.testing.ts';
import type { Exhibit, ExhibitContent } from './exhibit.ts';
import { createStudio, type Studio } from './studio.ts';

const RECORDING: Exhibit = { kind: 'recording', name: 'healthy', title: 'A healthy run' };
const config = presetConfig('quick', 'valence', 7);
const snapshot = (step: number) => ({ type: 'snapshot', step, sets: samples(3) }) as const;
const content: ExhibitContent = {
  demo: { seed: 1, sourceRows: 60, targetRows: 40 },
  setup: { task: 'valence', preset: 'quick', seed: 7, settings: config.settings },
  recorded: { config, update: update([snapshot(0), snapshot(25)], 'finished') },
};

let workers: ReturnType<typeof doubles>;
let studio: Studio;
const state = () => studio.store.getState();
const open = () => studio.exhibit.open(RECORDING, async () => content);
const replace = (api: object) => Object.assign(workers.clients.diagnosis.api, api);

/** Holds the next calls of a worker back until they are let go, one by one. */
function gate() {
  const waiting: (() => void)[] = [];
  return {
    pass: () => new Promise<void>((resolve) => waiting.push(resolve)),
    open: () => waiting.shift()?.(),
  };
}

/** A user with a run of his own, on corpora of his own, in training. */
beforeEach(async () => {
  workers = doubles();
  studio = createStudio({ clients: workers.clients, storage: () => memoryStorage(), settleMs: 1e6 });
  await studio.corpora.loadDemo();
  void studio.run.start();
  await settle();
});

describe('work that is still done for an exhibit that was left', () => {
  it('does not put its anchors in the place of the user’s', async () => {
    workers.send(update([snapshot(25)], 'finished'));
    await settle();
    const mine = state().timeline.anchors;
    const held = gate();
    const { begin } = workers.clients.diagnosis.api;
    const others = { all: {}, classes: [null, null, null] } as unknown as SetEvidence;
    const theirs: PairAnchors = {
      A: { ceiling: others, floor: others },
      B: { ceiling: others, floor: others },
      C: { ceiling: others, floor: others },
    };
    replace({
      begin: async (...args: Parameters<typeof begin>) => {
        if (args[0].task === 'activation') return begin(...args);
        await held.pass();
        return fine(theirs);
      },
    });
    await open();
    await settle();
    studio.exhibit.close();
    held.open();
    await settle();
    expect(state().timeline.anchors).toEqual(mine);
    expect(state().timeline.anchors).not.toBe(theirs);
  });

  it('tells nothing of its failure, nor of having been cut off', async () => {
    workers.send(update([snapshot(25)], 'finished'));
    await settle();
    const held = gate();
    replace({
      measure: async () => {
        await held.pass();
        return wrong('AbortError', 'Ended by a newer request.');
      },
    });
    await open();
    await settle();
    studio.exhibit.close();
    held.open();
    await settle();
    expect(state().timeline.error).toBeNull();
  });
});

it('goes on measuring the user’s moments when he is back', async () => {
  const held = gate();
  const { measure } = workers.clients.diagnosis.api;
  replace({
    measure: async (...args: Parameters<typeof measure>) => {
      await held.pass();
      return measure(...args);
    },
  });
  workers.send(update([snapshot(25), snapshot(50)], 'finished'));
  await settle();
  replace({ measure });
  await open();
  held.open();
  await settle();
  expect(state().timeline.moments.every(({ samples: known }) => known !== null)).toBe(true);
  studio.exhibit.close();
  await settle();
  expect(state().timeline.moments.map(({ samples: known }) => known?.step)).toEqual([25, 50]);
});

it('measures a moment again whose measuring was cut off by another question', async () => {
  const { measure } = workers.clients.diagnosis.api;
  let calls = 0;
  replace({
    measure: async (...args: Parameters<typeof measure>) =>
      ++calls === 1 ? wrong('AbortError', 'Ended by a newer request.') : measure(...args),
  });
  workers.send(update([snapshot(25)]));
  await settle();
  expect(state().timeline.error).toBeNull();
  expect(state().timeline.moments[0].samples?.step).toBe(25);
});

it('gives the selection back as it was, whatever was selected meanwhile', async () => {
  const made = (origins: readonly number[]) => {
    const set = { ...samples(origins.length).A, origin: Int32Array.from(origins) };
    return { type: 'snapshot', step: origins.length, sets: { A: set, B: set, C: set } } as const;
  };
  workers.send(update([made([1, 2, 3]), made([3, 2, 1, 0])], 'finished'));
  await settle();
  studio.selection.select({ label: 'mine', samples: { B: Int32Array.of(0) } });
  studio.selection.ask({ group: 'A', row: 0 });
  await settle();
  await open();
  studio.selection.select({ label: 'theirs', samples: { B: Int32Array.of(0, 1), A: Int32Array.of(2) } });
  await settle();
  studio.exhibit.close();
  await settle();
  expect(state().selection.first).toEqual({ label: 'mine', samples: { B: Int32Array.of(0) } });
  studio.timeline.seek(state().timeline.moments[0].id);
  await settle();
  expect(state().selection).toMatchObject({
    first: { label: 'mine', samples: { B: Int32Array.of(2) } },
    point: { group: 'A', row: 2 },
  });
});

it('is not disturbed by files whose reading had not ended when he went back', async () => {
  workers.send(update([], 'finished'));
  const mine = state().corpora.source.corpus;
  await open();
  void studio.corpora.read('source', [new File(['x'], 'late.csv')]);
  await settle();
  studio.exhibit.close();
  workers.finishRead(fine(read({ ...workers.demo.target, name: 'late' })));
  await settle();
  expect(state().corpora.source.corpus).toBe(mine);
  expect(state().corpora.source.reading).toBeNull();
});

it('has the trainer to himself when he is back, whatever was compared meanwhile', async () => {
  workers.send(update([], 'finished'));
  await open();
  void studio.compare.start();
  await settle();
  expect(workers.calls).toContain('compare');
  studio.exhibit.close();
  await settle();
  expect(workers.calls).toContain('stop comparing');
});
