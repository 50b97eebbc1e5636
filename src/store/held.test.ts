/** What the page must not hold on to: results of workers and feature values it no longer needs. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createClient } from './clients.ts';
import { doubles, memoryStorage, samples, settle, update } from './doubles.testing.ts';
import { fakeWorkers } from './fakeWorker.testing.ts';
import { createStudio } from './studio.ts';

/** Collects garbage from tasks of its own, where no stack holds anything. */
async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    collect();
  }
}

it('lets go of a worker’s result once the caller has', async () => {
  const workers = fakeWorkers({ large: () => ({ values: new Float32Array(1000) }) });
  const client = createClient<{ large(): { values: Float32Array } }>(workers.spawn, 'test');
  const results: WeakRef<object>[] = [];
  for (let i = 0; i < 3; i++) results.push(new WeakRef(await client.api.large()));
  await collectGarbage();
  expect(results.map((result) => result.deref())).toEqual([undefined, undefined, undefined]);
  workers.close();
});

it('lets go of the feature values of samples when the next run begins', async () => {
  const workers = doubles();
  const studio = createStudio({
    clients: workers.clients,
    storage: () => memoryStorage(),
    settleMs: 1e6,
  });
  await studio.corpora.loadDemo();
  await studio.run.start();
  const send = () => {
    const sets = samples(3);
    workers.send(update([{ type: 'synthetic', keptStep: 1, sets }], 'finished'));
    return new WeakRef(sets.A.values);
  };
  const values = send();
  await settle();
  expect(studio.store.getState().timeline.moments[0]).toMatchObject({ final: true });
  await studio.run.start();
  await settle();
  await collectGarbage();
  expect(values.deref()).toBeUndefined();
});
