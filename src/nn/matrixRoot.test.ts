import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { type BackendName, memoryUse, selectBackend } from './backend.ts';
import { matrixRoot, rootIterations } from './matrixRoot.ts';
import { tf } from './tf.ts';

const random = randomStream(1, 'root-test');

/** A matrix with the given eigenvalues: reflected twice, so that it is full. */
function withEigenvalues(values: readonly number[]): tf.Tensor2D {
  const n = values.length;
  return tf.tidy((): tf.Tensor2D => {
    let matrix = tf.diag(tf.tensor1d([...values])) as tf.Tensor2D;
    for (let i = 0; i < 2; i++) {
      const u = tf.tensor2d(Float32Array.from({ length: n }, random.normal), [n, 1]);
      const outer = tf.matMul(u, u, false, true);
      const mirror: tf.Tensor2D = tf.sub(tf.eye(n), tf.div(tf.mul(outer, 2), tf.sum(tf.square(u))));
      matrix = tf.matMul(tf.matMul(mirror, matrix), mirror);
    }
    return matrix;
  });
}

/** Runs to the end; the number of yields and the result. */
function complete(work: Generator<void, tf.Tensor2D>): { yields: number; result: tf.Tensor2D } {
  for (let yields = 0; ; yields++) {
    const { done, value } = work.next();
    if (done) return { yields, result: value };
  }
}

/** The largest difference of two matrices as a share of the second one's largest value. */
const error = (a: tf.Tensor2D, b: tf.Tensor2D) =>
  tf.max(tf.abs(tf.sub(a, b))).dataSync()[0] / tf.max(tf.abs(b)).dataSync()[0];

describe.each<BackendName>(['cpu', 'wasm'])('the root of a matrix on %s', (backend) => {
  beforeAll(() => selectBackend(backend));
  afterAll(() => selectBackend('cpu'));

  it.each([[[3, 1, 0.2, 0.01]], [[2]], [Array.from({ length: 40 }, (_, i) => 1000 * 0.7 ** i + 1)]])(
    'squared is the matrix, and the inverse root is its inverse',
    (values) => {
      const matrix = withEigenvalues(values);
      const bounds = { smallest: Math.min(...values), largest: 1.3 * Math.max(...values) };
      const root = complete(matrixRoot(matrix, bounds, 'root'));
      const inverse = complete(matrixRoot(matrix, bounds, 'inverse'));
      expect(root.yields).toBe(rootIterations(bounds));
      expect(error(tf.matMul(root.result, root.result), matrix)).toBeLessThan(1e-4);
      expect(error(tf.matMul(root.result, inverse.result), tf.eye(values.length))).toBeLessThan(1e-3);
    },
  );

  it('needs no iteration for a multiple of the identity', () => {
    const { yields, result } = complete(
      matrixRoot(tf.mul(tf.eye(3), 4), { smallest: 4, largest: 4 }, 'root'),
    );
    expect(yields).toBe(0);
    expect([...result.dataSync()]).toEqual([2, 0, 0, 0, 2, 0, 0, 0, 2]);
  });

  it('gives its tensors back, also when it is left in the middle', () => {
    const matrix = withEigenvalues([5, 1, 0.1]);
    const before = memoryUse().tensors;
    const bounds = { smallest: 0.1, largest: 6 };
    complete(matrixRoot(matrix, bounds, 'inverse')).result.dispose();
    expect(memoryUse().tensors).toBe(before);
    const work = matrixRoot(matrix, bounds, 'root');
    work.next();
    work.return(matrix);
    expect(memoryUse().tensors).toBe(before);
  });
});
