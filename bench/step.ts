/** One CCEmoGAN step of the preset `paper`, both updates with all their terms, by each engine. */
import { contenders, contestantOf, withEngines } from './engines.ts';
import { measurePeaks } from './gemm.ts';
import { type Options, type Report, race } from './harness.ts';
import { paperStep, stepFlops } from './tasks.ts';

const REPEATS = 5;

export async function step(options: Options): Promise<Report> {
  const task = paperStep(options.features, options.batch);
  const flops = stepFlops(task);
  const { specs, notes } = contenders(options);
  return withEngines(specs, async (engines) => {
    const { peaks, note } = await measurePeaks(
      engines.filter(({ spec }) => spec.backend !== 'cpu' || spec.engine === 'pytorch'),
    );
    const contestants = engines.map((engine) => contestantOf(engine, task));
    const rows = await race(contestants, { repeats: options.repeats ?? REPEATS, flops });
    const work = `One step is ${(flops / 1e9).toFixed(2)} GFLOP of matrix products (${options.features} features, batch ${options.batch}).`;
    return { bench: 'step', rows, peaks, notes: [work, note, ...notes] };
  });
}
