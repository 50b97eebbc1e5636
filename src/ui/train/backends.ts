/** How backends are called on the page. */
import type { BackendName } from '../../experiment/config.ts';

export const BACKEND_LABELS: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WASM',
  cpu: 'Plain JS',
};
