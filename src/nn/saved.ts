/**
 * Numbers of something in training as they were at one moment, so that it can be set back to them: real copies on the
 * backend, since training overwrites weights in place. Knows no network and no optimiser.
 */
import { tf } from './tf.ts';

/** What one network or optimiser was at a moment; its tensors belong to whoever saved it. */
export interface Saved {
  readonly tensors: readonly tf.Tensor[];
  /** What it counts beside its tensors: updates, or the share that running statistics have followed. */
  readonly count: number;
}

/** Something in training that can be set back. */
export interface Saveable {
  /** Copies of all that training changes in it; the caller disposes them. */
  save(): Saved;
  /** Sets it back, to the last bit; what was saved can be used again. */
  restore(saved: Saved): void;
}

/** A copy that training does not overwrite; a clone would share the numbers. */
export const copyOf = <T extends tf.Tensor>(tensor: T): T =>
  tf.slice(
    tensor,
    tensor.shape.map(() => 0),
  ) as T;

/** Sets variables, in the order in which they were saved, to copies of what was saved. */
export function restoreVariables(variables: readonly tf.Variable[], { tensors }: Saved): void {
  if (variables.length !== tensors.length)
    throw new Error(`Saved were ${tensors.length} variables, not the ${variables.length} to be set back.`);
  variables.forEach((variable, i) => {
    const copy = copyOf(tensors[i]);
    variable.assign(copy);
    copy.dispose();
  });
}
