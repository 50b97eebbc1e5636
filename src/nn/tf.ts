/**
 * The one door to tfjs for the networks: the ops, and the few products whose fast form depends on the backend.
 * Knows nothing of methods, corpora or the page.
 */
import * as tf from '@tensorflow/tfjs';

// Leaves out tfjs's self-checks, which cost time at every operation, and its advice on the console.
tf.enableProdMode();

export { tf };

/**
 * Transposing first keeps tfjs-wasm on XNNPACK: its matMul with a transposed operand is some ten times slower.
 */
const transposeFirst = () => tf.getBackend() === 'wasm';

/** aᵀ b for `[n, p]` and `[n, q]`: `[p, q]`. Not differentiable twice on WASM's fast path; used in gradients. */
export function transposedTimes(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return transposeFirst() ? tf.matMul(tf.transpose(a), b) : tf.matMul(a, b, true, false);
}

/** a bᵀ for `[n, p]` and `[m, p]`: `[n, m]`. */
export function timesTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return transposeFirst() ? tf.matMul(a, tf.transpose(b)) : tf.matMul(a, b, false, true);
}

/** Sum over rows of `[n, p]`: `[p]`. As a product, because tfjs-wasm's reductions over the first axis transpose. */
export function columnSums(x: tf.Tensor2D): tf.Tensor1D {
  return tf.reshape(tf.matMul(tf.ones([1, x.shape[0]]), x), [x.shape[1]]);
}

/** One-hot rows `[n, classes]` of class indices. */
export function oneHotRows(classes: Int8Array | readonly number[], count: number): tf.Tensor2D {
  const values = new Float32Array(classes.length * count);
  classes.forEach((k, i) => {
    values[i * count + k] = 1;
  });
  return tf.tensor2d(values, [classes.length, count]);
}
