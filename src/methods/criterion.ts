/**
 * The label-free criterion by which training stops and the best checkpoint is chosen: how far translated rows still
 * are from the corpus they imitate, plus, in a method that has an F_s, how often it disagrees with the class a sample
 * of type A should have. Uses source labels and no target label.
 */
import { CLASS_COUNT, type Matrix } from '../corpus/corpus.ts';
import type { Mlp } from '../nn/mlp.ts';
import { tf, timesTransposed } from '../nn/tf.ts';
import { type FrozenGenerators, toSource, toTarget } from './generate.ts';
import { sliceRows } from './rows.ts';

/** Fixed rows on which the criterion is measured. */
export interface CriterionRows {
  readonly source: Matrix;
  readonly classes: Int8Array;
  readonly target: Matrix;
}

const BANDWIDTHS = [0.25, 0.5, 1, 2, 4];

/** Squared Euclidean distances `[n, m]`. */
function squaredDistances(x: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D {
  const xx = tf.sum(tf.square(x), 1, true);
  const yy = tf.reshape(tf.sum(tf.square(y), 1), [1, -1]);
  return tf.relu(tf.sub(tf.add(xx, yy), tf.mul(timesTransposed(x, y), 2)));
}

/** Biased MMD² with Gaussian kernels at multiples of `scale`, as a scalar. */
function mmd2(x: tf.Tensor2D, y: tf.Tensor2D, scale: number): tf.Scalar {
  const meanKernel = (a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar => {
    const d2 = squaredDistances(a, b);
    const kernels = BANDWIDTHS.map((m): tf.Scalar => tf.mean(tf.exp(tf.mul(d2, -1 / (m * scale)))));
    return tf.div(tf.addN(kernels), BANDWIDTHS.length);
  };
  return tf.add(tf.sub(meanKernel(x, x), tf.mul(meanKernel(x, y), 2)), meanKernel(y, y));
}

/**
 * Measures the criterion; lower is better, about 2, plus the share of wrong labels, before any translation. Owns its rows on the
 * backend: call `dispose` when done.
 */
export class Criterion {
  private constructor(
    private readonly source: tf.Tensor2D,
    private readonly classes: Int8Array,
    private readonly target: tf.Tensor2D,
    /** Mean squared distance between source and target rows, the kernels' scale. */
    private readonly scale: number,
    /** MMD² between source and target: the gap to be closed. */
    private readonly gap: number,
  ) {}

  static async create(rows: CriterionRows): Promise<Criterion> {
    // Corpora without any spread give a scale of 0; any positive one then does.
    const source = sliceRows(rows.source, 0, rows.source.rows);
    const target = sliceRows(rows.target, 0, rows.target.rows);
    const scale = (await scalar(() => tf.mean(squaredDistances(source, target)))) || 1;
    const gap = await scalar(() => mmd2(source, target, scale));
    return new Criterion(source, rows.classes, target, scale, Math.max(gap, 1e-6));
  }

  /**
   * [MMD²(B, T) + MMD²(C, S)] / MMD²(S, T), C being G_TS(T) where that takes no condition, + the share of A that F_s
   * assigns to another class, where a classifier is given.
   */
  async measure(generators: FrozenGenerators, classifier: Mlp | null): Promise<number> {
    const { source, classes, target } = this;
    return scalar(() => {
      const B = toTarget(generators, source);
      const anyClass = Array.from({ length: target.shape[0] }, (_, i) => i % CLASS_COUNT);
      const C = toSource(generators, target, anyClass);
      const gaps = tf.add(mmd2(B, target, this.scale), mmd2(C, source, this.scale));
      const distance = tf.div(gaps, this.gap);
      if (!classifier) return distance;
      const A = toSource(generators, B, classes);
      const logits = classifier.apply(A, { trainable: false, inputGradient: false });
      const wrong = tf.notEqual(tf.argMax(logits, 1), tf.tensor1d(Array.from(classes), 'int32'));
      return tf.add(distance, tf.mean(tf.cast(wrong, 'float32')));
    });
  }

  dispose(): void {
    tf.dispose([this.source, this.target]);
  }
}

async function scalar(compute: () => tf.Tensor): Promise<number> {
  const value = tf.tidy(compute);
  const [number] = await value.data();
  value.dispose();
  return number;
}
