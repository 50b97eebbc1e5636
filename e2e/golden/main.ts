/** The page of the golden test: recomputes one reference file on WebGPU when the test asks for it. */
import { checkStep, type Discrepancy } from '../../src/experiment/goldenStep.ts';
import { selectBackend } from '../../src/nn/backend.ts';

declare global {
  interface Window {
    /** Every term and gradient of a reference file against the project's own, computed on WebGPU. */
    checkGolden(file: unknown): Promise<Discrepancy[]>;
  }
}

window.checkGolden = async (file) => {
  await selectBackend('webgpu');
  return checkStep(file);
};
