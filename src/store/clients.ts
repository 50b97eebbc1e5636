/**
 * The page's ends of its workers. A worker that crashes takes only its pending calls with it: they reject
 * with a message that can be shown, and the next call finds a fresh worker. Knows no state and no React.
 */
import { proxy, wrap } from 'comlink';
import type { IngestApi, ProjectionApi, TrainerApi } from '../../workers/protocol.ts';

/** An API as seen across a worker boundary: every method answers with a promise. */
export type Remote<Api> = {
  readonly [K in keyof Api]: Api[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

export interface Client<Api> {
  readonly api: Remote<Api>;
  /** Counts the workers started so far: a change means that what was loaded into the last one is gone. */
  generation(): number;
  /** Calls `listener` whenever the worker goes down, with what to tell the user; returns the way to stop. */
  onCrash(listener: (message: string) => void): () => void;
}

export interface Clients {
  /** One reader a corpus, so that both can be read, and cancelled, at the same time. */
  readonly source: Client<IngestApi>;
  readonly target: Client<IngestApi>;
  readonly trainer: Client<TrainerApi>;
  readonly projection: Client<ProjectionApi>;
}

/** The pending call did not fail by itself: the worker that computed it is gone. */
class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
}

interface Incarnation {
  readonly methods: Record<string, (...args: unknown[]) => Promise<unknown>>;
  readonly crashed: Promise<never>;
}

function incarnate(spawn: () => Worker, name: string, onCrash: (reason: string) => void): Incarnation {
  const worker = spawn();
  let reject: (error: WorkerCrash) => void = () => undefined;
  const crashed = new Promise<never>((_, fail) => {
    reject = fail;
  });
  // Nobody may be waiting when the worker goes down.
  crashed.catch(() => undefined);
  const crash = (reason: string) => {
    worker.terminate();
    onCrash(reason);
    reject(new WorkerCrash(reason));
  };
  worker.addEventListener('error', (event) => {
    const detail = event.message ? `: ${event.message}` : ', without a message';
    crash(`The ${name} worker crashed${detail}. It has been started afresh.`);
  });
  worker.addEventListener('messageerror', () => crash(`The ${name} worker sent something unreadable.`));
  return { crashed, methods: wrap(worker) as unknown as Incarnation['methods'] };
}

/**
 * A client that starts its worker with the first call, and again with the first call after a crash.
 * @throws `WorkerCrash` from a pending call when the worker goes down.
 */
export function createClient<Api>(spawn: () => Worker, name: string): Client<Api> {
  let current: Incarnation | null = null;
  let count = 0;
  const listeners = new Set<(message: string) => void>();
  const alive = (): Incarnation => {
    if (current) return current;
    count++;
    current = incarnate(spawn, name, (reason) => {
      current = null;
      for (const listener of listeners) listener(reason);
    });
    return current;
  };
  const api = new Proxy({} as Remote<Api>, {
    get: (_, method) => {
      // A promise probe must not become a remote call.
      if (typeof method !== 'string' || method === 'then') return undefined;
      return async (...args: unknown[]) => {
        const { methods, crashed } = alive();
        const sent = args.map((a) => (typeof a === 'function' ? proxy(a) : a));
        return Promise.race([methods[method](...sent), crashed]);
      };
    },
  });
  const onCrash = (listener: (message: string) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return { api, generation: () => count, onCrash };
}

/** The real workers of the page. */
export function createClients(): Clients {
  const ingest = () =>
    new Worker(new URL('../../workers/ingest.worker.ts', import.meta.url), { type: 'module' });
  return {
    source: createClient<IngestApi>(ingest, 'reading'),
    target: createClient<IngestApi>(ingest, 'reading'),
    trainer: createClient<TrainerApi>(
      () => new Worker(new URL('../../workers/trainer.worker.ts', import.meta.url), { type: 'module' }),
      'training',
    ),
    projection: createClient<ProjectionApi>(
      () => new Worker(new URL('../../workers/projection.worker.ts', import.meta.url), { type: 'module' }),
      'map',
    ),
  };
}
