/**
 * Updates in place as WebGPU kernels: Adam and batch norm's running statistics. They overwrite the very buffers of
 * their tensors, and so whatever shares these (a clone, a reshape, a variable's initial value); who needs the old
 * values keeps a copy of his own.
 */
import type { AdamUpdate, FollowUpdate } from '../ops/contract.ts';
import type { tf } from '../tf.ts';
import { covering, elementType, type Gpu, lanesOf, launch, overwrite } from './launch.ts';

const THREADS = 64;

const EACH = `@compute @workgroup_size(${THREADS}, 1, 1)
fn main(@builtin(global_invocation_id) thread: vec3<u32>) {
  for (var i = thread.x; i < uniforms.count; i += uniforms.stride) {`;

/** @throws where two of the tensors share a buffer of which one is to be written: WebGPU would do nothing at all. */
function ownBuffers(what: string, written: readonly tf.TensorInfo[], read: readonly tf.TensorInfo[]): void {
  const buffers = new Set([...written, ...read].map(({ dataId }) => dataId));
  if (buffers.size < written.length + read.length) {
    throw new Error(`${what} in place needs tensors with buffers of their own; two of these share one.`);
  }
}

/** One Adam step on four tensors of equal size, in one dispatch. */
export function adam(
  gpu: Gpu,
  { weights, average, squares, gradient }: AdamUpdate['inputs'],
  attrs: AdamUpdate['attrs'],
) {
  ownBuffers('Adam', [weights, average, squares], [gradient]);
  for (const tensor of [weights, average, squares]) overwrite(gpu, tensor);
  const { rate, beta1, beta2, epsilon } = attrs;
  const lanes = lanesOf(weights.size);
  const count = weights.size / lanes;
  const workgroups = covering(count, THREADS);
  launch(gpu, {
    name: 'Adam',
    variant: [],
    outputs: [
      { name: 'weights', tensor: weights, lanes },
      { name: 'average', tensor: average, lanes },
      { name: 'squares', tensor: squares, lanes },
    ],
    inputs: [{ name: 'gradient', tensor: gradient, lanes }],
    integers: { count, stride: workgroups * THREADS },
    // 1 − β from here: in float32 the difference would lose most of its digits.
    floats: { rate, epsilon, beta1, rest1: 1 - beta1, beta2, rest2: 1 - beta2 },
    code: () => `${EACH}
    let g = gradient[i];
    let a = uniforms.beta1 * average[i] + uniforms.rest1 * g;
    let s = uniforms.beta2 * squares[i] + uniforms.rest2 * g * g;
    average[i] = a;
    squares[i] = s;
    weights[i] -= uniforms.rate * a / (sqrt(s) + ${elementType(lanes)}(uniforms.epsilon));
  }
}`,
    workgroups: [workgroups, 1, 1],
  });
  return [];
}

/** Moves running statistics towards the mean of the passes' own, in one dispatch. */
export function follow(
  gpu: Gpu,
  { running, statistics }: FollowUpdate['inputs'],
  { keep }: FollowUpdate['attrs'],
) {
  ownBuffers('Following statistics', [running], [statistics]);
  overwrite(gpu, running);
  const count = running.size;
  const workgroups = covering(count, THREADS);
  const passes = statistics.shape[0] / 2;
  launch(gpu, {
    name: 'Follow',
    variant: [],
    outputs: [{ name: 'running', tensor: running }],
    inputs: [{ name: 'statistics', tensor: statistics }],
    integers: { count, stride: workgroups * THREADS, passes },
    floats: { keep, share: (1 - keep) / passes },
    code: () => `${EACH}
    var sum = 0.0;
    for (var k = 0u; k < uniforms.passes; k++) { sum += statistics[k * uniforms.count + i]; }
    running[i] = uniforms.keep * running[i] + uniforms.share * sum;
  }
}`,
    workgroups: [workgroups, 1, 1],
  });
  return [];
}
