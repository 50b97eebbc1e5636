/**
 * The fused operations as differentiable functions: each runs the present backend's own kernel where it has one
 * and tfjs's ops where not. What a method needs of the networks' arithmetic is here; which backend computes it is
 * not its concern.
 */
import { tf } from '../tf.ts';
import {
  type Activated,
  type AdamUpdate,
  type FollowUpdate,
  type FusedName,
  type FusedOps,
  kernelName,
  type LogitLossKind,
  type Normalised,
} from './contract.ts';
import { stock, stockAdam, stockFollow } from './stock.ts';

/** True where the present backend has a kernel of its own for the operation. */
export function hasKernel(name: FusedName | 'Adam' | 'Follow'): boolean {
  return tf.getKernel(kernelName(name), tf.getBackend()) !== undefined;
}

/** Runs one fused operation without differentiating it. */
export function run<N extends FusedName>(
  name: N,
  inputs: FusedOps[N]['inputs'],
  attrs: FusedOps[N]['attrs'],
): FusedOps[N]['output'] {
  if (!hasKernel(name))
    return tf.tidy(() => stock[name](inputs, attrs) as tf.Tensor) as FusedOps[N]['output'];
  return tf
    .engine()
    .runKernel(
      kernelName(name),
      inputs as unknown as tf.NamedTensorMap,
      attrs as tf.NamedAttrMap,
    ) as FusedOps[N]['output'];
}
