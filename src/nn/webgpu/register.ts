/**
 * Our kernels of the fused operations for tfjs's backend `webgpu`. Knows their names and nothing of what they
 * are used for.
 */
import { type FusedName, type FusedOps, kernelName } from '../ops/contract.ts';
import { tf } from '../tf.ts';
import { affine, affineGradGrad, affineGradInput, affineGradWeights } from './affine.ts';
import { between } from './between.ts';
import type { Gpu } from './launch.ts';
import {
  crossEntropy,
  crossEntropyGrad,
  logitLoss,
  logitLossGrad,
  penalty,
  penaltyGrad,
  squaredError,
  squaredErrorGrad,
} from './losses.ts';
import { normalise, normaliseGrad } from './normalise.ts';
import { adam, follow } from './update.ts';

type Kernels = {
  readonly [N in FusedName]: (
    gpu: Gpu,
    inputs: FusedOps[N]['inputs'],
    attrs: FusedOps[N]['attrs'],
  ) => tf.TensorInfo | tf.TensorInfo[];
};

const fused: Kernels = {
  Affine: affine,
  AffineGradInput: affineGradInput,
  AffineGradWeights: affineGradWeights,
  AffineGradGrad: affineGradGrad,
  Between: between,
  Normalise: normalise,
  NormaliseGrad: normaliseGrad,
  SquaredError: squaredError,
  SquaredErrorGrad: squaredErrorGrad,
  CrossEntropy: crossEntropy,
  CrossEntropyGrad: crossEntropyGrad,
  LogitLoss: logitLoss,
  LogitLossGrad: logitLossGrad,
  Penalty: penalty,
  PenaltyGrad: penaltyGrad,
};

/**
 * Registers every kernel; before or after the backend is set up, once or more often. Pipelines are compiled at
 * first use and belong to the backend, so a renewed one needs no new registration.
 */
export function registerWebgpuKernels(): void {
  const kernels = { ...fused, Adam: adam, Follow: follow };
  for (const [name, kernel] of Object.entries(kernels)) {
    const own = kernelName(name as keyof typeof kernels);
    if (tf.getKernel(own, 'webgpu')) continue;
    tf.registerKernel({
      kernelName: own,
      backendName: 'webgpu',
      // The contract's types, which tfjs's registry does not know, hold between `run` and the kernel.
      kernelFunc: ({ inputs, backend, attrs }) => kernel(backend as Gpu, inputs as never, attrs as never),
    });
  }
}
