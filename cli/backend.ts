/** Starts the backend that a command computes on. */
import { type BackendName, selectBackend } from '../src/nn/backend.ts';
import { provideWebgpu } from './webgpu.ts';

/** @throws one line where the machine has no such backend, saying what to install. */
export async function startBackend(backend: BackendName): Promise<void> {
  if (backend === 'webgpu') await provideWebgpu();
  await selectBackend(backend);
}
