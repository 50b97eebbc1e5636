/** Registration of kernels for our WASM backend, and the way back to the JavaScript backend's kernel. */
import { type FusedName, type FusedOps, kernelName } from '../ops/contract.ts';
import { tf } from '../tf.ts';
import type { KernelBackend } from './backend.ts';

/** The name under which tfjs knows the backend. */
export const KERNEL_BACKEND = 'studio-wasm';

export interface KernelCall {
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs: tf.NamedAttrMap;
  readonly backend: KernelBackend;
}

/** Registers a kernel in place of the one copied from the JavaScript backend, if there was one. */
export function register(
  kernelName: string,
  compute: (call: KernelCall) => tf.TensorInfo | tf.TensorInfo[],
): void {
  if (tf.getKernel(kernelName, KERNEL_BACKEND)) tf.unregisterKernel(kernelName, KERNEL_BACKEND);
  const kernelFunc = ({ inputs, attrs, backend }: Parameters<tf.KernelFunc>[0]) =>
    compute({ inputs, attrs: attrs ?? {}, backend: backend as KernelBackend });
  tf.registerKernel({ kernelName, backendName: KERNEL_BACKEND, kernelFunc });
}

/** What the JavaScript backend makes of a call. */
export function otherwise(
  kernelName: string,
  { inputs, attrs, backend }: KernelCall,
): tf.TensorInfo | tf.TensorInfo[] {
  const kernel = tf.getKernel(kernelName, 'cpu');
  if (!kernel) throw new Error(`There is no kernel ${kernelName} to fall back on.`);
  return kernel.kernelFunc({ inputs, attrs, backend });
}

export type Infos<T> = { readonly [K in keyof T]: tf.TensorInfo };

/** Registers the kernel of a fused operation, typed as the contract says. */
export function fused<N extends FusedName>(
  name: N,
  compute: (
    backend: KernelBackend,
    inputs: Infos<FusedOps[N]['inputs']>,
    attrs: FusedOps[N]['attrs'],
  ) => tf.TensorInfo | tf.TensorInfo[],
): void {
  register(kernelName(name), ({ backend, inputs, attrs }) =>
    compute(backend, inputs as Infos<FusedOps[N]['inputs']>, attrs as unknown as FusedOps[N]['attrs']),
  );
}
