/**
 * The page's ends of its workers. A worker that crashes takes only its pending calls with it: they reject
 * with a message that can be shown, and the next call finds a fresh worker. Knows no state and no React.
 */
import { proxy, wrap } from 'comlink';
import type { DiagnosisApi, IngestApi, ProjectionApi, TrainerApi } from '../../workers/protocol.ts';

/** An API as seen across a worker boundary: every method answers with a promise. */
export type Remote<Api> = {
  readonly [K in keyof Api]: Api[K] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never;
};

export interface Client<Api> {
  readonly api: Remote<Api>;
  /** Counts the workers lost so far: a change means that what was loaded into the last one is gone. */
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
  readonly diagnosis: Client<DiagnosisApi>;
}

/** The pending call did not fail by itself: the worker that computed it is gone. */
class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
}

interface Incarnation {
  readonly methods: Record<string, (...args: unknown[]) => Promise<unknown>>;
  /** How to fail each call that has no answer yet. */
  readonly pending: Set<(error: WorkerCrash) => void>;
}

/** Starts a worker; `onCrash` hears once, and after the pending calls' rejection is certain, that it is lost. */
function incarnate(spawn: () => Worker, name: string, onCrash: (reason: string) => void): Incarnation {
  const worker = spawn();
  const pending: Incarnation['pending'] = new Set();
  let lost = false;
  const crash = (reason: string) => {
    // An error may be on its way still when another has brought the worker down.
    if (lost) return;
    lost = true;
    worker.terminate();
    for (const reject of pending) reject(new WorkerCrash(reason));
    pending.clear();
    onCrash(reason);
  };
  worker.addEventListener('error', (event) => {
    const detail = event.message ? `: ${event.message}` : ', without a message';
    crash(`The ${name} worker crashed${detail}. It has been started afresh.`);
  });
  worker.addEventListener('messageerror', () => crash(`The ${name} worker sent something unreadable.`));
  return { pending, methods: wrap(worker) as unknown as Incarnation['methods'] };
}

/**
 * Calls a method; rejects as well when the worker goes down. Not a race against one promise of the crash: that
 * promise would hold every result for as long as the worker lives.
 */
function call({ methods, pending }: Incarnation, method: string, args: unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settled = () => pending.delete(reject);
    pending.add(reject);
    methods[method](...args)
      .then(resolve, reject)
      .finally(settled);
  });
}

/**
 * A client that starts its worker with the first call, and again with the first call after a crash.
 * @throws `WorkerCrash` from a pending call when the worker goes down.
 */
export function createClient<Api>(spawn: () => Worker, name: string): Client<Api> {
  let current: Incarnation | null = null;
  let lost = 0;
  const listeners = new Set<(message: string) => void>();
  const alive = (): Incarnation => {
    current ??= incarnate(spawn, name, (reason) => {
      current = null;
      lost++;
      for (const listener of listeners) listener(reason);
    });
    return current;
  };
  const api = new Proxy({} as Remote<Api>, {
    get: (_, method) => {
      // A promise probe must not become a remote call.
      if (typeof method !== 'string' || method === 'then') return undefined;
      return async (...args: unknown[]) => {
        const sent = args.map((a) => (typeof a === 'function' ? proxy(a) : a));
        return call(alive(), method, sent);
      };
    },
  });
  const onCrash = (listener: (message: string) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };
  return { api, generation: () => lost, onCrash };
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
    diagnosis: createClient<DiagnosisApi>(
      () => new Worker(new URL('../../workers/diagnosis.worker.ts', import.meta.url), { type: 'module' }),
      'diagnosis',
    ),
  };
}
