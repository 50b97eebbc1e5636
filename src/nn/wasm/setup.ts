/** Puts our WASM backend into tfjs, with as many threads as are wanted, or says that this engine cannot have it. */
import { Machine, type SimdLevel, type SpawnThread } from '../../kernels/machine.ts';
import { tf } from '../tf.ts';
import { KernelBackend } from './backend.ts';
import { registerKernels } from './kernels.ts';
import { KERNEL_BACKEND } from './register.ts';

export interface KernelOptions {
  /** Threads that share the work, the calling one included; more than one needs `spawn` and shared memory. */
  readonly threads: number;
  /** How a thread is started here; see `KernelThread`. */
  readonly spawn: SpawnThread | null;
  /** The engine's best level, unless a lower one is asked for. */
  readonly level?: SimdLevel;
}

/** The backend in tfjs's registry, with what it was made for. */
let present: { readonly machine: Machine; readonly key: string } | null = null;

/** Takes the backend out of tfjs, its tensors and its threads with it; the next one starts with a memory of its own. */
export function dropKernels(): void {
  if (!present) return;
  tf.removeBackend(KERNEL_BACKEND);
  present.machine.dispose();
  present = null;
}

/**
 * Makes our backend known to tfjs under `KERNEL_BACKEND`, or keeps the one that is there where it was made with the
 * same options; otherwise its tensors are gone. One call at a time.
 * @returns its machine, or null where the engine has no SIMD.
 * @throws what kept a thread from starting.
 */
export async function provideKernels({ threads, spawn, level }: KernelOptions): Promise<Machine | null> {
  const key = `${level} ${threads} ${spawn !== null}`;
  if (present?.key === key) return present.machine;
  dropKernels();
  const machine = Machine.create({ level, shared: threads > 1 && spawn !== null });
  if (!machine) return null;
  if (spawn && threads > 1) await machine.start(threads, spawn);
  if (tf.getKernelsForBackend(KERNEL_BACKEND).length === 0) {
    tf.copyRegisteredKernels('cpu', KERNEL_BACKEND);
    registerKernels();
  }
  tf.registerBackend(KERNEL_BACKEND, () => new KernelBackend(machine), 0);
  present = { machine, key };
  return machine;
}
