/**
 * Gradient reversal (Ganin et al., 2016, eqs. 16 and 17): what lies before it learns the opposite of what lies behind
 * it. Knows no network and no domain.
 */
import { tf } from './tf.ts';

/** `x` unchanged on the way forward; on the way back the gradient times −`factor`. */
export function reverseGradient(x: tf.Tensor2D, factor: number): tf.Tensor2D {
  const op = tf.customGrad((...args) => {
    const [input] = args as [tf.Tensor2D];
    return { value: input.clone(), gradFunc: (dy: tf.Tensor) => tf.mul(dy, -factor) };
  });
  return op(x) as tf.Tensor2D;
}
