/**
 * Running the fused operations: the present backend's own kernel where it has one, tfjs's ops where not. Nothing here
 * is differentiable; `../dense.ts` and `../losses.ts` make it so.
 */
import { tf } from '../tf.ts';
import { type AdamUpdate, type FollowUpdate, type FusedName, type FusedOps, kernelName } from './contract.ts';
import { stock, stockAdam, stockFollow } from './stock.ts';

/** True where the present backend has a kernel of its own for the operation. */
function hasKernel(name: FusedName | 'Adam' | 'Follow'): boolean {
  return tf.getKernel(kernelName(name), tf.getBackend()) !== undefined;
}

function launch(name: FusedName | 'Adam' | 'Follow', inputs: object, attrs: object): unknown {
  return tf.engine().runKernel(kernelName(name), inputs as tf.NamedTensorMap, attrs as tf.NamedAttrMap);
}

/** Computes one fused operation. */
export function run<N extends FusedName>(
  name: N,
  inputs: FusedOps[N]['inputs'],
  attrs: FusedOps[N]['attrs'],
): FusedOps[N]['output'] {
  type Output = FusedOps[N]['output'];
  if (hasKernel(name)) return launch(name, inputs, attrs) as Output;
  return tf.tidy(() => stock[name](inputs, attrs) as tf.TensorContainer) as Output;
}

/** One Adam update of variables, in place. */
export function runAdam(update: AdamUpdate): void {
  if (hasKernel('Adam')) launch('Adam', update.inputs, update.attrs);
  else stockAdam(update);
}

/** Moves running statistics, a variable, towards those of a batch, in place. */
export function runFollow(update: FollowUpdate): void {
  if (hasKernel('Follow')) launch('Follow', update.inputs, update.attrs);
  else stockFollow(update);
}
