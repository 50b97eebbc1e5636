/**
 * Square roots of symmetric positive definite matrices by products alone, which every backend is fast at: an
 * eigenvalue problem of 1,500 rows takes minutes in JavaScript. Knows nothing of what the matrix means.
 */
import { tf } from './tf.ts';

/** Bounds that all eigenvalues lie between; loose ones cost iterations. */
export interface EigenvalueBounds {
  /** Above zero. */
  readonly smallest: number;
  readonly largest: number;
}

/** How far the smallest eigenvalue of what should be the identity may stay below 1; one iteration more squares it. */
const TOLERANCE = 1e-4;

/** `value` times the identity, `[n, n]`. */
export function scaledIdentity(n: number, value: number): tf.Tensor2D {
  const values = new Float32Array(n * n);
  for (let i = 0; i < n; i++) values[i * (n + 1)] = value;
  return tf.tensor2d(values, [n, n]);
}

/**
 * One factor an iteration: with σ the eigenvalues' square roots, in [low, 1] at first, σ ← ½ fσ (3 − f²σ²) keeps them
 * at most 1 and raises the lowest as far as it can (Chen and Chow, 2014), 2.6 times where it is small; 1.5 without.
 */
function scalings({ smallest, largest }: EigenvalueBounds): readonly number[] {
  const factors: number[] = [];
  let low = Math.sqrt(smallest / largest);
  while (1 - low > TOLERANCE) {
    const factor = Math.sqrt(3 / (1 + low + low * low));
    factors.push(factor);
    low = (factor * low * (3 - (factor * low) ** 2)) / 2;
  }
  return factors;
}

/** How often `matrixRoot` yields for a matrix with these bounds. */
export const rootIterations = (bounds: EigenvalueBounds): number => scalings(bounds).length;

/**
 * M^½ (`root`) or M^−½ (`inverse`) of a symmetric `matrix` `[n, n]` with eigenvalues within `bounds`, by the coupled
 * Newton–Schulz iteration (Higham, 2008, eq. 6.35), scaled. Yields after each iteration of three products, so that
 * whoever waits may do something else. The caller disposes the result.
 */
export function* matrixRoot(
  matrix: tf.Tensor2D,
  bounds: EigenvalueBounds,
  wanted: 'root' | 'inverse',
): Generator<void, tf.Tensor2D> {
  const n = matrix.shape[0];
  const { largest } = bounds;
  const factors = scalings(bounds);
  // Both are polynomials of the matrix, so they commute: y tends to the root of M / largest, z to its inverse.
  let y: tf.Tensor2D = tf.tidy(() => tf.div(matrix, largest));
  let z = scaledIdentity(n, 1);
  try {
    for (const [i, factor] of factors.entries()) {
      const last = i === factors.length - 1;
      const [nextY, nextZ] = tf.tidy(() => {
        // Nothing but y in the first iteration, where z is the identity.
        const product = i === 0 ? y : tf.matMul(z, y);
        const scaled: tf.Tensor2D = tf.mul(product, -(factor ** 3) / 2);
        const step: tf.Tensor2D = tf.add(scaledIdentity(n, 1.5 * factor), scaled);
        return [
          last && wanted === 'inverse' ? y.clone() : tf.matMul(y, step),
          i === 0 ? step : last && wanted === 'root' ? z.clone() : tf.matMul(step, z),
        ];
      });
      tf.dispose([y, z]);
      [y, z] = [nextY, nextZ];
      yield;
    }
    const scale = Math.sqrt(largest);
    return tf.tidy(() => (wanted === 'root' ? tf.mul(y, scale) : tf.div(z, scale)) as tf.Tensor2D);
  } finally {
    tf.dispose([y, z]);
  }
}
