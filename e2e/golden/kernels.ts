/** The WebGPU kernels on the page of the golden test: where they disagree, and what the device refused. */
import { selectBackend } from '../../src/nn/backend.ts';
import { type KernelError, kernelErrors } from '../../src/nn/ops/agreement.testing.ts';
import { tf } from '../../src/nn/tf.ts';

/** Every operation on WebGPU against tfjs's ops; what the device refused, which it only reports, counts as wrong. */
export async function webgpuErrors(): Promise<KernelError[]> {
  const refused: KernelError[] = [];
  await selectBackend('webgpu');
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  device.addEventListener('uncapturederror', ({ error }) => {
    refused.push({ name: error.message, relativeError: Number.MAX_VALUE });
  });
  return [...(await kernelErrors('webgpu')), ...refused];
}
