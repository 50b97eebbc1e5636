/** The kernel module in Node: relaxed SIMD, and threads. */
import { cpus } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { KernelThread } from '../src/kernels/machine.ts';
import type { ThreadSetup } from '../src/kernels/thread.ts';
import { configureWasm, type WasmSetup } from '../src/nn/backend.ts';
import './relaxedSimd.ts';

/** A thread that serves the given set-up and does not keep the process alive. */
export function spawnKernelThread(setup: ThreadSetup): KernelThread {
  const worker = new Worker(new URL('./kernelThread.mjs', import.meta.url), { workerData: setup });
  worker.unref();
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('A computing thread ended before it was ready.')));
  });
  return { ready, terminate: () => void worker.terminate() };
}

/** Configures the WASM backend for this process: threads as the machine has cores, four at most, unless told. */
export function provideKernelThreads(setup: Omit<WasmSetup, 'spawn'> = {}): void {
  configureWasm({ threads: Math.min(4, cpus().length), ...setup, spawn: spawnKernelThread });
}
