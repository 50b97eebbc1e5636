/**
 * What one GAN step costs on WebGPU in kernels and dispatches, with our kernels and with tfjs's ops in their place.
 * For the page of the golden test.
 */
import { presetConfig } from '../../src/experiment/presets.ts';
import { tinyPrepared } from '../../src/experiment/tiny.testing.ts';
import { CYCLE_VARIANTS } from '../../src/methods/cycleVariant.ts';
import { untrainedGan } from '../../src/methods/measure.ts';
import { selectBackend } from '../../src/nn/backend.ts';
import { tf } from '../../src/nn/tf.ts';

/** Costs of one step. */
export interface StepCosts {
  /** Kernels that tfjs ran, reshapes and the like included. */
  readonly kernels: number;
  /** Compute dispatches that the device got. */
  readonly dispatches: number;
}

/** Counts what the device gets while `f` runs. */
async function dispatchesOf(f: () => Promise<void>): Promise<number> {
  const { prototype } = GPUComputePassEncoder;
  const original = prototype.dispatchWorkgroups;
  let count = 0;
  prototype.dispatchWorkgroups = function (...args) {
    count++;
    return original.apply(this, args);
  };
  try {
    await f();
  } finally {
    prototype.dispatchWorkgroups = original;
  }
  return count;
}

/** The preset "quick" on a small corpus; the step's numbers do not depend on sizes, its time does. */
async function stepCosts(): Promise<StepCosts> {
  const config = presetConfig('quick', 'activation', 1);
  const { data } = tinyPrepared(config);
  const { settings } = config;
  const { training, dispose } = untrainedGan({ data, settings, seed: 1 }, CYCLE_VARIANTS.ccemogan);
  const step = async () => {
    const losses = training.step();
    await losses.data();
    losses.dispose();
  };
  try {
    // The first step compiles, and brings data and weights to the device.
    await step();
    const dispatches = await dispatchesOf(step);
    const { kernels } = await tf.profile(() => training.step());
    return { kernels: kernels.length, dispatches };
  } finally {
    dispose();
  }
}

/** Costs with our kernels and, on the same step, without. Leaves the backend without them: call it last. */
export async function compareCosts(): Promise<{ ours: StepCosts; stock: StepCosts }> {
  await selectBackend('webgpu');
  const ours = await stepCosts();
  for (const { kernelName } of tf.getKernelsForBackend('webgpu')) {
    if (kernelName.startsWith('Studio')) tf.unregisterKernel(kernelName, 'webgpu');
  }
  return { ours, stock: await stepCosts() };
}
