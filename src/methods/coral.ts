/**
 * CORAL (Sun, Feng and Saenko, 2016): source rows are whitened and given the target's covariance and mean, then an
 * ordinary recogniser is trained on them. Trains no network of its own and knows no label of the target.
 *
 * S′ = (S − mean S) (C_S + r_S I)^−½ (C_T + r_T I)^½ + mean T. The authors add the identity to covariances of features
 * of unit variance; here r is `shrinkage` times a feature's mean variance, which is the same for such features and
 * does not depend on their scale. Without it a corpus of fewer rows than features could not be whitened.
 */
import { columnMeans, type Matrix } from '../corpus/corpus.ts';
import { type EigenvalueBounds, matrixRoot, rootIterations, scaledIdentity } from '../nn/matrixRoot.ts';
import { tf, timesTransposed, transposedTimes } from '../nn/tf.ts';
import type { TrainingEvent } from './events.ts';
import type { Method } from './method.ts';
import { rowSet } from './rows.ts';
import { sourceOnly } from './sourceOnly.ts';

/** A corpus about its mean, with the smaller one of its two matrices of second moments. */
interface Side {
  readonly mean: Float64Array;
  /** `[rows, features]`. */
  readonly centred: tf.Tensor2D;
  /** True where `moments` are among rows: their eigenvalues are those of the covariance that are not zero. */
  readonly amongRows: boolean;
  /** XXᵀ/(rows − 1) + rI `[rows, rows]`, or the covariance + rI `[features, features]`. */
  readonly moments: tf.Tensor2D;
  /** r. */
  readonly added: number;
  readonly bounds: EigenvalueBounds;
}

/** Added to the mean variance, so that rows that are all alike do not divide by zero. */
const LEAST_VARIANCE = 1e-12;

/** By which sums over rows are divided to make covariances. */
const degreesOfFreedom = (rows: number): number => Math.max(1, rows - 1);

/** The caller disposes both tensors. */
async function describe(matrix: Matrix, shrinkage: number): Promise<Side> {
  const { rows, columns } = matrix;
  const mean = columnMeans(matrix);
  const values = matrix.values.map((value, i) => value - mean[i % columns]);
  const freedom = degreesOfFreedom(rows);
  const total = values.reduce((sum, value) => sum + value * value, 0);
  const added = shrinkage * (total / (freedom * columns) + LEAST_VARIANCE);
  const amongRows = rows <= columns;
  const { squares, ...tensors } = tf.tidy(() => {
    const centred = tf.tensor2d(values, [rows, columns]);
    const products = amongRows ? timesTransposed(centred, centred) : transposedTimes(centred, centred);
    const moments: tf.Tensor2D = tf.add(tf.div(products, freedom), scaledIdentity(products.shape[0], added));
    return { centred, moments, squares: tf.sum(tf.square(moments)) };
  });
  try {
    // The root of the sum of squares, of the entries as of the eigenvalues, is above the largest of these.
    const [sum] = await squares.data();
    const largest = Math.max(added, Math.sqrt(sum));
    return { mean, ...tensors, amongRows, added, bounds: { smallest: added, largest } };
  } catch (error) {
    tf.dispose(tensors);
    throw error;
  } finally {
    squares.dispose();
  }
}

/** Bounds of (M^½ + √r I)², for M with the given ones. */
function boundsOfSum({ smallest, largest }: EigenvalueBounds): EigenvalueBounds {
  const sum = (value: number) => (Math.sqrt(value) + Math.sqrt(smallest)) ** 2;
  return { smallest: sum(smallest), largest: sum(largest) };
}

/** (S − mean S) (C_S + rI)^−½ `[rows, features]`: among rows the inverse root stands on the left. */
function* whiten({ centred, amongRows, moments, bounds }: Side): Generator<void, tf.Tensor2D> {
  const inverse = yield* matrixRoot(moments, bounds, 'inverse');
  try {
    return amongRows ? tf.matMul(inverse, centred) : tf.matMul(centred, inverse);
  } finally {
    inverse.dispose();
  }
}

/** (M^½ + √r I)^−1 from M^½: the inverse root of its square. */
function* inverseOfSum(root: tf.Tensor2D, { added, bounds }: Side): Generator<void, tf.Tensor2D> {
  const square: tf.Tensor2D = tf.tidy(() => {
    const sum: tf.Tensor2D = tf.add(root, scaledIdentity(root.shape[0], Math.sqrt(added)));
    return tf.matMul(sum, sum);
  });
  try {
    return yield* matrixRoot(square, boundsOfSum(bounds), 'inverse');
  } finally {
    square.dispose();
  }
}

/**
 * `white` (C_T + rI)^½. With X the n target rows about their mean and M their moments among rows, that root is
 * √r I + Xᵀ (M^½ + √r I)^−1 X / (n − 1): √r beside the rows' span, and on it C_T and M have the same eigenvalues.
 */
function* colour(white: tf.Tensor2D, side: Side): Generator<void, tf.Tensor2D> {
  const { centred, amongRows, moments, added, bounds } = side;
  const root = yield* matrixRoot(moments, bounds, 'root');
  try {
    if (!amongRows) return tf.matMul(white, root);
    const inverse = yield* inverseOfSum(root, side);
    try {
      return tf.tidy((): tf.Tensor2D => {
        const onRows = tf.matMul(timesTransposed(white, centred), inverse);
        const change = tf.div(tf.matMul(onRows, centred), degreesOfFreedom(centred.shape[0]));
        return tf.add(tf.mul(white, Math.sqrt(added)), change);
      });
    } finally {
      inverse.dispose();
    }
  } finally {
    root.dispose();
  }
}

/** The aligned rows on the backend, from where the caller takes them. */
function* recolour(source: Side, target: Side): Generator<void, tf.Tensor2D> {
  const white = yield* whiten(source);
  try {
    return yield* colour(white, target);
  } finally {
    white.dispose();
  }
}

const disposeSide = ({ centred, moments }: Side) => tf.dispose([centred, moments]);

/** Iterations that `recolour` yields after. */
function iterations(source: Side, target: Side): number {
  const ofSum = target.amongRows ? rootIterations(boundsOfSum(target.bounds)) : 0;
  return rootIterations(source.bounds) + rootIterations(target.bounds) + ofSum;
}

/**
 * The source rows `[rows, features]` with about the mean and covariance of the target rows `[rows, features]`: the
 * less `shrinkage`, above zero, the closer. Tells how far it is as steps of the phase `generate`.
 */
export async function* align(
  source: Matrix,
  target: Matrix,
  shrinkage: number,
): AsyncGenerator<TrainingEvent, Matrix> {
  const phase = 'generate';
  const sides: Side[] = [];
  let coloured: tf.Tensor2D | null = null;
  try {
    for (const matrix of [source, target]) sides.push(await describe(matrix, shrinkage));
    const [from, to] = sides;
    const steps = iterations(from, to);
    yield { type: 'phase', phase, steps };
    const work = recolour(from, to);
    try {
      for (let step = 1; !coloured; step++) {
        const next = work.next();
        if (next.done) coloured = next.value;
        else yield { type: 'step', phase, step, steps, epoch: 0, epochs: 0 };
      }
    } finally {
      // Also when the run is stopped in the middle: what the work holds is given back.
      work.return(undefined as never);
    }
    const values = ((await coloured.data()) as Float32Array).map(
      (value, i) => value + to.mean[i % source.columns],
    );
    return { ...source, values };
  } finally {
    sides.forEach(disposeSide);
    coloured?.dispose();
  }
}

/** CORAL, a control without a network: does a GAN beat what is nearly free? */
export const coral: Method = {
  plan: sourceOnly.plan,
  async *train(context) {
    const { source, sourceClasses, target } = context.data;
    const result = yield* sourceOnly.train(context);
    const aligned = yield* align(source, target, context.settings.coral.shrinkage);
    return { ...result, own: { kind: 'rows', set: { x: rowSet(aligned), classes: sourceClasses } } };
  },
};
