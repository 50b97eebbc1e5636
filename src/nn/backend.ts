/**
 * The ladder of compute backends — WebGPU, WASM, plain JavaScript — what this machine offers of it, and why.
 * Knows no network and no page.
 */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { canShareMemory, type SimdLevel, type SpawnThread, simdLevel } from '../kernels/machine.ts';
import { tf } from './tf.ts';
import { KERNEL_BACKEND } from './wasm/register.ts';
import { dropKernels, provideKernels } from './wasm/setup.ts';
import { registerWebgpuKernels } from './webgpu/register.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

/** One rung of the ladder and why it can or cannot be used here. */
export interface BackendOption {
  readonly name: BackendName;
  readonly available: boolean;
  /** One sentence, e.g. "No WebGPU is offered here.". */
  readonly reason: string;
  /** Threads the backend computes with (1 where it has none). */
  readonly threads: number;
}

export interface BackendReport {
  readonly options: readonly BackendOption[];
  /** The rung chosen automatically. */
  readonly automatic: BackendName;
  /** Why that one, in one sentence. */
  readonly reason: string;
}

/** How the WASM backend is set up; what is not given is found out. */
export interface WasmSetup {
  /** Where tfjs finds its own WASM binary, for engines without SIMD: a folder, or an address by file name. */
  readonly files?: Parameters<typeof setWasmPaths>[0];
  /** How a thread of the kernel module is started; without it there is one thread. */
  readonly spawn?: SpawnThread;
  /** Threads, the calling one included. */
  readonly threads?: number;
  /** A lower level than the engine's best; `stock` is tfjs's own backend. For tests and measurements. */
  readonly kernels?: SimdLevel | 'stock';
}

let wasm: WasmSetup = {};

/** Says how the WASM backend is to be set up, from the next `selectBackend` on. */
export function configureWasm(setup: WasmSetup): void {
  wasm = setup;
  threadsRefused = null;
  if (setup.files) setWasmPaths(setup.files);
}

/** Why threads could not be started, once that was tried in vain: then there is one. */
let threadsRefused: string | null = null;

/** Beyond four threads these matrix sizes gain little. */
const MOST_THREADS = 4;

/** Threads the WASM backend will use: more than one only where they can be started and share memory. */
function wasmThreads(): number {
  if (!wasm.spawn || !canShareMemory() || threadsRefused !== null) return 1;
  const cores = typeof navigator === 'undefined' ? 2 : (navigator.hardwareConcurrency ?? 1);
  return wasm.threads ?? Math.max(1, Math.min(MOST_THREADS, cores));
}

/** WebGPU as far as one may ask without a device. */
async function probeWebgpu(): Promise<BackendOption & { software: boolean }> {
  const none = (reason: string) =>
    ({ name: 'webgpu', available: false, reason, threads: 1, software: false }) as const;
  const gpu = typeof navigator === 'undefined' ? undefined : navigator.gpu;
  if (!gpu) return none('No WebGPU is offered here.');
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return none('WebGPU is there, but no graphics adapter answered.');
    const { vendor, architecture, device, description } = adapter.info;
    const name =
      description || [vendor, architecture, device].filter(Boolean).join(' ') || 'graphics adapter';
    // An adapter that gives no device is of no use; tfjs asks for a device of its own later.
    (await adapter.requestDevice()).destroy();
    const software =
      adapter.info.isFallbackAdapter || /swiftshader|llvmpipe|software|basic render/i.test(name);
    const reason = software
      ? `The only WebGPU adapter here (${name}) is emulated in software, and slow.`
      : `${name}.`;
    return { name: 'webgpu', available: true, reason, threads: 1, software };
  } catch (error) {
    return none(`WebGPU failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const SIMD_NAMES: Readonly<Record<SimdLevel, string>> = {
  relaxed: 'SIMD with fused multiply-add',
  simd: 'SIMD',
};

function probeWasm(): BackendOption {
  if (typeof WebAssembly !== 'object') {
    return { name: 'wasm', available: false, reason: 'No WebAssembly is offered here.', threads: 1 };
  }
  const level = simdLevel();
  if (level === null) {
    return { name: 'wasm', available: true, reason: 'No SIMD, one thread: slow.', threads: 1 };
  }
  const threads = wasmThreads();
  const isolated = canShareMemory();
  const why = !isolated
    ? ' (the page is not cross-origin isolated, so threads are off)'
    : threadsRefused
      ? ` (${threadsRefused})`
      : '';
  const reason = `${SIMD_NAMES[level]}, ${threads > 1 ? `${threads} threads` : `one thread${why}`}.`;
  return { name: 'wasm', available: true, reason, threads };
}

const PLAIN: BackendOption = {
  name: 'cpu',
  available: true,
  reason: 'Plain JavaScript, always there, slow.',
  threads: 1,
};

/** Asks this machine what it offers; never throws. */
export async function probeBackends(): Promise<BackendReport> {
  const { software, ...webgpu } = await probeWebgpu();
  const cpu = probeWasm();
  const options = [webgpu, cpu, PLAIN];
  if (webgpu.available && !software) {
    return { options, automatic: 'webgpu', reason: `WebGPU: ${webgpu.reason}` };
  }
  if (cpu.available) return { options, automatic: 'wasm', reason: `WASM: ${lowerFirst(webgpu.reason)}` };
  if (webgpu.available) return { options, automatic: 'webgpu', reason: webgpu.reason };
  return { options, automatic: 'cpu', reason: `Plain JavaScript: ${lowerFirst(cpu.reason)}` };
}

/** For use after a colon or comma; leaves names such as WebGPU as they are. */
const lowerFirst = (text: string) =>
  /^[A-Z][a-z]*\b/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;

type LostListener = (reason: string) => void;

const lostListeners: LostListener[] = [];
/** The device of the WebGPU backend in use, and whether it is gone: the backend must then be built anew. */
let webgpuDevice: { device: GPUDevice; lost: boolean } | null = null;

/** Calls `listener` with the reason whenever the WebGPU device in use is lost, whatever was under way. */
export function onDeviceLost(listener: LostListener): void {
  lostListeners.push(listener);
}

function watchDevice(device: GPUDevice): void {
  const watched = { device, lost: false };
  webgpuDevice = watched;
  void device.lost.then(({ message, reason }) => {
    watched.lost = true;
    // A device that idles while another backend computes is missed by nobody; the next use renews it.
    if (tf.getBackend() !== 'webgpu') return;
    for (const listener of lostListeners) listener(message || reason);
  });
}

/** Takes a WebGPU backend whose device is gone out of tfjs, so that the next one starts with a new device. */
function renewWebgpu(): void {
  const factory = tf.findBackendFactory('webgpu');
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', factory);
  webgpuDevice = null;
}

/** The name under which tfjs knows a rung, once that is set up: our own backend for WASM where the engine has SIMD. */
async function provide(name: BackendName): Promise<string> {
  if (name === 'wasm' && wasm.kernels !== 'stock') {
    const options = { spawn: wasm.spawn ?? null, level: wasm.kernels };
    const threads = wasmThreads();
    const machine = await provideKernels({ ...options, threads }).catch((error: unknown) => {
      if (threads === 1) throw error;
      // A worker that may not load here is no reason not to compute.
      threadsRefused = error instanceof Error ? error.message : String(error);
      return provideKernels({ ...options, threads: 1 });
    });
    return machine ? KERNEL_BACKEND : name;
  }
  if (name === 'webgpu') {
    const webgpu = await probeWebgpu();
    if (!webgpu.available) {
      throw new Error(`The backend "webgpu" cannot be used here: ${lowerFirst(webgpu.reason)}`);
    }
    await import('@tensorflow/tfjs-backend-webgpu');
    registerWebgpuKernels();
  }
  return name;
}

/**
 * Makes a backend the present one.
 * @throws where it cannot be set up, with the backend's own reason.
 */
export async function selectBackend(name: BackendName): Promise<void> {
  if (webgpuDevice?.lost) renewWebgpu();
  if (name === 'webgpu' && tf.getBackend() === name) return;
  const known = await provide(name);
  if (tf.getBackend() === known) return;
  const done = await tf.setBackend(known);
  await tf.ready();
  if (!done || tf.getBackend() !== known) throw new Error(`The backend "${name}" could not be set up here.`);
  const { device } = tf.backend() as { device?: GPUDevice };
  if (device && webgpuDevice?.device !== device) watchDevice(device);
}

/**
 * Gives up the memory of the WASM backend and all tensors in it, after a run that ended in an error and may have left
 * some there. The next `selectBackend` sets up a new one.
 */
export async function discardWasm(): Promise<void> {
  if (tf.getBackend() === KERNEL_BACKEND) await tf.setBackend('cpu');
  dropKernels();
}

/** Tensors alive and their bytes. */
export function memoryUse(): { tensors: number; bytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { tensors: numTensors, bytes: numBytes };
}
