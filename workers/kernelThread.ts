/** Starts threads of the kernel module as workers of the worker that calls. */
import type { KernelThread } from '../src/kernels/machine.ts';
import type { ThreadSetup } from '../src/kernels/thread.ts';

/** A thread that serves the given set-up; `ready` rejects where it could not be loaded. */
export function spawnKernelThread(setup: ThreadSetup): KernelThread {
  const worker = new Worker(new URL('./kernel.worker.ts', import.meta.url), { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onmessageerror = () => reject(new Error('A computing thread could not read its set-up.'));
    worker.onerror = ({ message }) => reject(new Error(`A computing thread did not start: ${message}`));
  });
  worker.postMessage(setup);
  return { ready, terminate: () => worker.terminate() };
}
