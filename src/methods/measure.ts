/** Times a few steps of the classifier and of the GAN on the present backend, with the run's own sizes. */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import type { tf } from '../nn/tf.ts';
import { ClassifierTraining } from './classifier.ts';
import { GanTraining } from './ganTraining.ts';
import type { MethodContext } from './method.ts';
import { rowSet } from './rows.ts';

/** Steps are timed until this much has passed, but three at least, after one that is not counted. */
const BUDGET_MS = 500;

/** Rejects with the signal's reason; the promise of a lost device's data may never settle by itself. */
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function timeSteps(step: () => tf.Tensor1D, now: () => number, signal: AbortSignal): Promise<number> {
  // Reading the loss waits for the device, so the time is that of the work and not of its submission.
  const timeOne = async () => {
    signal.throwIfAborted();
    const started = now();
    const losses = step();
    try {
      await Promise.race([losses.data(), aborted(signal)]);
    } finally {
      losses.dispose();
    }
    const ms = now() - started;
    // A message that aborts the measuring needs a turn of the event loop to arrive.
    await new Promise<void>((resolve) => setTimeout(resolve));
    return ms;
  };
  await timeOne();
  // The fastest counts: what slows single steps, such as the map being fitted, is over when the run goes.
  let fastest = Number.POSITIVE_INFINITY;
  let busy = 0;
  for (let steps = 0; steps < 3 || busy < BUDGET_MS; steps++) {
    const ms = await timeOne();
    busy += ms;
    fastest = Math.min(fastest, ms);
  }
  return fastest;
}

/**
 * Milliseconds of one classifier step and of one GAN step.
 * @throws the signal's reason once it is aborted.
 */
export async function measureSteps(
  context: MethodContext,
  signal: AbortSignal,
): Promise<{ classifier: number; gan: number }> {
  const { data, settings, seed, now } = context;
  const sizes = [data.source.columns, ...settings.classifier.hidden, CLASS_COUNT];
  const shape = { ...SHAPE_DEFAULTS, sizes, hidden: 'relu', batchNorm: false } as const;
  const judge = Mlp.create(shape, randomStream(seed, 'measure'));
  const training = new ClassifierTraining(
    { x: rowSet(data.source), classes: data.sourceClasses },
    settings.classifier,
    seed,
    'measure',
  );
  const gan = new GanTraining(context, judge);
  try {
    return {
      classifier: await timeSteps(() => training.step(), now, signal),
      gan: await timeSteps(() => gan.step(), now, signal),
    };
  } finally {
    for (const resource of [judge, training, gan]) resource.dispose();
  }
}
