/** When the features of the samples on show are looked at: while somebody looks, once a second, newest first. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Fidelity } from '../diagnosis/reports.ts';
import { doubles, fine, memoryStorage, samples, update, wrong } from './doubles.testing.ts';
import { createStudio, type Studio } from './studio.ts';

let workers: ReturnType<typeof doubles>;
let studio: Studio;
let fails: boolean;
let asked: string[];
const fidelity = () => studio.store.getState().fidelity;

const snapshot = (step: number) => {
  workers.send(update([{ type: 'snapshot', step, sets: samples(3) }]));
  return vi.advanceTimersByTimeAsync(10);
};

beforeEach(async () => {
  vi.useFakeTimers();
  workers = doubles();
  fails = false;
  asked = [];
  const { diagnosis } = workers.clients;
  const api: typeof diagnosis.api = {
    ...diagnosis.api,
    fidelity: async (type) => {
      asked.push(type);
      const report = { type, features: [], improved: 1, total: 2, verdicts: [] } as unknown as Fidelity;
      return fails ? wrong('Error', 'Too few rows.') : fine(report);
    },
  };
  const storage = memoryStorage();
  const clients = { ...workers.clients, diagnosis: { ...diagnosis, api } };
  studio = createStudio({ clients, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  await studio.run.start();
});
afterEach(() => vi.useRealTimers());

it('asks only while somebody looks, and not oftener than once a second', async () => {
  await snapshot(10);
  expect(asked).toEqual([]);
  const stop = studio.fidelity.follow();
  await vi.advanceTimersByTimeAsync(10);
  expect(fidelity()).toMatchObject({ type: 'B', step: 10, report: { type: 'B' }, error: null });
  for (const step of [20, 30, 40]) await snapshot(step);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
  expect(fidelity().step).toBe(40);
  stop();
  await vi.advanceTimersByTimeAsync(2000);
  await snapshot(50);
  expect(asked).toHaveLength(2);
});

it('answers at once when another type is chosen', async () => {
  await snapshot(10);
  studio.fidelity.follow();
  await vi.advanceTimersByTimeAsync(10);
  studio.fidelity.show('C');
  // The old figures stay until the new ones are there: nothing jumps.
  expect(fidelity()).toMatchObject({ type: 'C', report: { type: 'B' } });
  await vi.advanceTimersByTimeAsync(10);
  expect(asked).toEqual(['B', 'C']);
  expect(fidelity().report?.type).toBe('C');
});

it('says why there are no figures, and forgets them with the run', async () => {
  fails = true;
  await snapshot(10);
  studio.fidelity.follow();
  await vi.advanceTimersByTimeAsync(10);
  expect(fidelity()).toMatchObject({ report: null, error: 'Too few rows.' });
  await studio.run.start();
  expect(fidelity()).toMatchObject({ report: null, error: null, step: null });
});
