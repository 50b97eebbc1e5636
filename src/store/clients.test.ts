/** A client over a real Comlink channel whose far end the test can bring down. */
import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { createClient } from './clients.ts';

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

const open: { close(): void }[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** As much of a worker as a client needs: a message channel that can fail. */
function spawn(started: EventTarget[]): () => Worker {
  return () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1);
    expose(api, port2);
    const events = new EventTarget();
    started.push(events);
    const worker = {
      postMessage: port1.postMessage.bind(port1),
      start: () => port1.start(),
      terminate: () => port1.close(),
      addEventListener: (type: string, listener: EventListener) =>
        (type === 'message' ? port1 : events).addEventListener(type, listener),
      removeEventListener: port1.removeEventListener.bind(port1),
    };
    return worker as unknown as Worker;
  };
}

const failure = (message: string) => Object.assign(new Event('error'), { message });

describe('createClient', () => {
  it('starts its worker with the first call and carries callbacks', async () => {
    const started: EventTarget[] = [];
    const client = createClient<Api>(spawn(started), 'test');
    expect(client.generation()).toBe(0);
    expect(await client.api.twice(21)).toBe(42);
    const seen: number[] = [];
    expect(await client.api.count(3, (n) => seen.push(n))).toBe('counted');
    expect(seen).toEqual([1, 2, 3]);
    expect(client.generation()).toBe(1);
  });

  it('rejects what was pending when the worker goes down, tells why, and starts afresh', async () => {
    const started: EventTarget[] = [];
    const client = createClient<Api>(spawn(started), 'test');
    const messages: string[] = [];
    const stop = client.onCrash((message) => messages.push(message));
    const pending = client.api.never();
    started[0].dispatchEvent(failure('out of memory'));
    await expect(pending).rejects.toThrow(
      'The test worker crashed: out of memory. It has been started afresh.',
    );
    expect(messages).toHaveLength(1);
    expect(await client.api.twice(4)).toBe(8);
    expect(client.generation()).toBe(2);
    stop();
    started[1].dispatchEvent(failure('again'));
    expect(messages).toHaveLength(1);
  });
});
