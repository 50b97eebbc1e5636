/**
 * Lets jax-js compute with several threads in Node: it wants a browser's Worker of an object URL, which Node has
 * under another interface, and takes as many as `navigator` says there are cores. Knows nothing of jax-js.
 */
import { resolveObjectURL } from 'node:buffer';
import { Worker } from 'node:worker_threads';

function offerWorkers(threads: number): void {
  const asInBrowser =
    "const { parentPort } = require('node:worker_threads');" +
    'globalThis.self = globalThis;' +
    'globalThis.postMessage = (data) => parentPort.postMessage(data);' +
    "parentPort.on('message', (data) => globalThis.onmessage({ data }));";
  class BlobWorker {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onerror: ((error: Error) => void) | null = null;
    private readonly worker: Promise<Worker>;

    constructor(url: string) {
      const source = resolveObjectURL(url)?.text() ?? Promise.reject(new Error(`nothing is at ${url}`));
      this.worker = source.then((text) => {
        const worker = new Worker(asInBrowser + text, { eval: true });
        worker.on('message', (data) => this.onmessage?.({ data }));
        worker.on('error', (error) => this.onerror?.(error as Error));
        return worker;
      });
    }

    postMessage(data: unknown): void {
      void this.worker.then((worker) => worker.postMessage(data));
    }
  }
  Object.defineProperty(globalThis, 'Worker', { value: BlobWorker });
  Object.defineProperty(globalThis, 'navigator', { value: { hardwareConcurrency: threads } });
}

const threads = Number(process.argv[2]);
if (threads > 1) offerWorkers(threads);
