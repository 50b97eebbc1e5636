/** Saving: what the workers are asked to write, and what is said of it. */
import { beforeEach, expect, it } from 'vitest';
import type { MadeFile, Outcome } from '../../workers/protocol.ts';
import { doubles, fine, memoryStorage, samples, update, wrong } from './doubles.testing.ts';
import { createStudio, type Studio } from './studio.ts';

let workers: ReturnType<typeof doubles>;
let studio: Studio;
let answer: (outcome: Outcome<MadeFile>) => void;
let told: (bytes: number) => void;
const saving = () => studio.store.getState().saving;

beforeEach(async () => {
  workers = doubles();
  const api: typeof workers.clients.trainer.api = {
    ...workers.clients.trainer.api,
    saveSamples: (type, format, onProgress) => {
      workers.calls.push(`save ${type} as ${format}`);
      told = onProgress;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  };
  const trainer = { ...workers.clients.trainer, api };
  const storage = memoryStorage();
  studio = createStudio({ clients: { ...workers.clients, trainer }, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
});

it('writes a corpus under its name, as a name that any system takes', async () => {
  studio.store.setState(({ corpora }) => ({
    corpora: {
      ...corpora,
      target: { ...corpora.target, corpus: { ...workers.demo.target, name: 'a/b: "x"' } },
    },
  }));
  const file = await studio.saving.corpus('target', 'arff');
  expect(file?.name).toBe('a_b_ _x_.arff');
  expect(await file?.blob.text()).toBe('a/b: "x"');
  expect(saving()).toMatchObject({ writing: null, saved: { file: 'a_b_ _x_.arff', rows: 40 }, error: null });
});

it('writes one file at a time, and says how far it is', async () => {
  const first = studio.saving.samples('B', 'parquet');
  told(7);
  expect(saving().writing).toEqual({ file: 'synthetic_B.parquet', bytes: 7 });
  expect(await studio.saving.corpus('source', 'csv')).toBeNull();
  answer(fine({ blob: new Blob(['xyz']), rows: 3 }));
  expect((await first)?.name).toBe('synthetic_B.parquet');
  expect(saving().saved).toEqual({ file: 'synthetic_B.parquet', rows: 3, bytes: 3 });
  expect(workers.calls.filter((call) => call.startsWith('save'))).toEqual(['save B as parquet']);
});

it('says what could not be written and why', async () => {
  const writing = studio.saving.samples('A', 'csv');
  answer(wrong('Error', 'The samples are gone.'));
  expect(await writing).toBeNull();
  expect(saving()).toMatchObject({
    writing: null,
    error: 'synthetic_A.csv could not be written: The samples are gone.',
  });
});

it('knows which samples the last run has made', async () => {
  await studio.run.start();
  expect(studio.store.getState().run.made).toEqual([]);
  const sets = samples(4);
  const none = { ...sets.C, rows: 0 };
  workers.send(update([{ type: 'synthetic', keptStep: 5, sets: { ...sets, C: none } }]));
  expect(studio.store.getState().run.made).toEqual(['A', 'B']);
});
