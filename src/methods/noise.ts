/** Gaussian noise on every source row that a recogniser learns from. Knows neither target nor network. */
import { columnMeans, type Matrix } from '../corpus/corpus.ts';
import type { Random } from '../corpus/random.ts';
import { tf } from '../nn/tf.ts';
import { augmentedSource } from './augmented.ts';
import type { LabelledBatch } from './classifier.ts';

/** Standard deviation of every column over the rows, `[columns]`. */
export function columnDeviations(matrix: Matrix): Float64Array {
  const { rows, columns, values } = matrix;
  const mean = columnMeans(matrix);
  const squares = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) squares[i % columns] += (values[i] - mean[i % columns]) ** 2;
  return squares.map((sum) => Math.sqrt(sum / rows));
}

/** The batch with normal noise of `deviations` `[features]` added to its rows; call inside a tidy. */
export function addNoise({ x, y }: LabelledBatch, deviations: Float64Array, random: Random): LabelledBatch {
  const [rows, columns] = x.shape;
  const values = Float32Array.from(
    { length: rows * columns },
    (_, i) => random.normal() * deviations[i % columns],
  );
  return { x: tf.add(x, tf.tensor2d(values, [rows, columns])), y };
}

/** Noise in proportion to each feature's spread over the source, a control: augmentation that is nearly free. */
export const noise = augmentedSource(({ data, settings }) => {
  const deviations = columnDeviations(data.source).map((sd) => sd * settings.noise.deviation);
  return (batch, random) => addNoise(batch, deviations, random);
});
