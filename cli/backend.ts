/** Starts the backend that a command computes on. */
import { type BackendName, discardWasm, selectBackend } from '../src/nn/backend.ts';
import { provideWebgpu } from './webgpu.ts';

/** @throws one line where the machine has no such backend, saying what to install. */
export async function startBackend(backend: BackendName): Promise<void> {
  if (backend === 'webgpu') await provideWebgpu();
  await selectBackend(backend);
}

/**
 * Starts it again after work on it failed: what a step was about to compute when memory ended would stay in the
 * memory of WASM, and what comes next fail for it.
 * @throws as `startBackend`.
 */
export async function restartBackend(backend: BackendName): Promise<void> {
  if (backend === 'wasm') await discardWasm();
  await startBackend(backend);
}
