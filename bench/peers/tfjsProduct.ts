/** A matrix product by `tf.matMul` on whatever backend is present: the studio's, or tfjs's own. */
import * as tf from '@tensorflow/tfjs';
import type { GemmTask } from '../tasks.ts';
import { checkClose, type Job, lastOfProduct, PRODUCT, uniform } from './serve.ts';

/** @throws where the last value of the product is wrong. */
export async function product(task: GemmTask): Promise<Job> {
  const { m, k, n, transposeA, transposeB } = task;
  const [aValues, bValues] = [uniform(m * k, 1), uniform(k * n, 2)];
  const a = tf.tensor2d(aValues, transposeA ? [k, m] : [m, k]);
  const b = tf.tensor2d(bValues, transposeB ? [n, k] : [k, n]);
  const multiply = () => tf.matMul(a, b, transposeA, transposeB);
  const first = multiply();
  checkClose((await first.data())[m * n - 1], lastOfProduct(task, aValues, bValues), 'the product');
  first.dispose();
  return { ...PRODUCT, once: () => multiply().dispose(), dispose: () => tf.dispose([a, b]) };
}
