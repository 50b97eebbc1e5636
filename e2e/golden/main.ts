/** The page of the golden test: recomputes on WebGPU what the tests ask for. */
import { checkStep, type Discrepancy } from '../../src/experiment/goldenStep.ts';
import { selectBackend } from '../../src/nn/backend.ts';
import type { KernelError } from '../../src/nn/ops/agreement.testing.ts';
import { compareCosts, type StepCosts } from './dispatches.ts';
import { webgpuErrors } from './kernels.ts';

declare global {
  interface Window {
    /** Every term and gradient of a reference file against the project's own, computed on WebGPU. */
    checkGolden(file: unknown): Promise<Discrepancy[]>;
    /** Every fused operation on WebGPU against the same in tfjs's ops. */
    checkKernels(): Promise<KernelError[]>;
    /** Kernels and dispatches of one GAN step with our kernels and without. */
    compareCosts(): Promise<{ ours: StepCosts; stock: StepCosts }>;
  }
}

window.checkGolden = async (file) => {
  await selectBackend('webgpu');
  return checkStep(file);
};
window.checkKernels = webgpuErrors;
window.compareCosts = compareCosts;
