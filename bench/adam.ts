/** One Adam update of the weights of both generators of the preset `paper`, by each engine. */
import { contenders, contestantOf, withEngines } from './engines.ts';
import { type Options, type Report, race } from './harness.ts';
import { paperAdam } from './tasks.ts';

const REPEATS = 9;

/** Reads of weight, gradient and both averages, writes of all but the gradient, in float32. */
const BYTES_PER_WEIGHT = 7 * 4;

/** Bound by memory and not by arithmetic, so the notes give bytes a second instead of operations. */
export async function adam(options: Options): Promise<Report> {
  const task = paperAdam(options.features);
  const weights = task.shapes.reduce((sum, shape) => sum + shape.reduce((size, d) => size * d, 1), 0);
  const { specs, notes } = contenders(options);
  return withEngines(specs, async (engines) => {
    const contestants = engines.map((engine) => contestantOf(engine, task));
    const rows = await race(contestants, { repeats: options.repeats ?? REPEATS, flops: null });
    const fastest = rows.reduce((best, row) => (row.ms < best.ms ? row : best));
    const rate = (weights * BYTES_PER_WEIGHT) / fastest.ms / 1e6;
    const work =
      `${weights.toLocaleString('en-GB')} weights in ${task.shapes.length} tensors; ` +
      `the fastest, ${fastest.engine}, moves ${rate.toFixed(1)} GB/s if it passes over them once.`;
    return { bench: 'adam', rows, notes: [work, ...notes] };
  });
}
