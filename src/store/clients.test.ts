/** A client over a real Comlink channel whose far end the test can bring down. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Client, createClient } from './clients.ts';
import { type FakeWorkers, fakeWorkers } from './fakeWorker.testing.ts';

interface Api {
  twice(n: number): number;
  count(to: number, onCount: (n: number) => void): Promise<string>;
  never(): Promise<void>;
}

const api: Api = {
  twice: (n) => 2 * n,
  count: async (to, onCount) => {
    for (let i = 1; i <= to; i++) await onCount(i);
    return 'counted';
  },
  never: () => new Promise(() => undefined),
};

let workers: FakeWorkers;
let client: Client<Api>;
beforeEach(() => {
  workers = fakeWorkers(api);
  client = createClient<Api>(workers.spawn, 'test');
});
afterEach(() => workers.close());

describe('createClient', () => {
  it('starts its worker with the first call and carries callbacks', async () => {
    expect(workers.started()).toBe(0);
    expect(await client.api.twice(21)).toBe(42);
    const seen: number[] = [];
    expect(await client.api.count(3, (n) => seen.push(n))).toBe('counted');
    expect(seen).toEqual([1, 2, 3]);
    expect(workers.started()).toBe(1);
  });

  it('rejects what was pending when the worker goes down, tells why, and starts afresh', async () => {
    const messages: string[] = [];
    const stop = client.onCrash((message) => messages.push(message));
    const pending = [client.api.never(), client.api.never()];
    const before = client.generation();
    workers.crash('out of memory');
    // At once: who asks before the next call must not believe that the lost worker still holds its data.
    expect(client.generation()).not.toBe(before);
    const results = await Promise.allSettled(pending);
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { message: 'The test worker crashed: out of memory. It has been started afresh.' },
      });
    }
    expect(messages).toHaveLength(1);
    expect(await client.api.twice(4)).toBe(8);
    expect(workers.started()).toBe(2);
    stop();
    workers.crash('again');
    expect(messages).toHaveLength(1);
  });
});
