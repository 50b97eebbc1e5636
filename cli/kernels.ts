/** The kernel module in Node: relaxed SIMD switched on where that still needs a flag, and threads. */
import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { KernelThread } from '../src/kernels/machine.ts';
import type { ThreadSetup } from '../src/kernels/thread.ts';
import { configureWasm, type WasmSetup } from '../src/nn/backend.ts';

/** A thread that serves the given set-up and does not keep the process alive. */
function spawn(setup: ThreadSetup): KernelThread {
  const worker = new Worker(new URL('./kernelThread.mjs', import.meta.url), { workerData: setup });
  worker.unref();
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return { ready, terminate: () => void worker.terminate() };
}

/** Configures the WASM backend for this process: threads as the machine has cores, four at most, unless told. */
export function provideKernelThreads(setup: Omit<WasmSetup, 'spawn'> = {}): void {
  // Node 20 knows relaxed SIMD and hides it; newer ones have it on and ignore the flag.
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  configureWasm({ threads: Math.min(4, cpus().length), ...setup, spawn });
}
