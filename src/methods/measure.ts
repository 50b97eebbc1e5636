/** Times a few steps of the classifier and of the GAN on the present backend, with the run's own sizes. */
import type { tf } from '../nn/tf.ts';
import { ClassifierTraining } from './classifier.ts';
import type { CycleVariant } from './cycleVariant.ts';
import { GanClassifier } from './ganClassifier.ts';
import { GanTraining } from './ganTraining.ts';
import type { GanContext, MethodContext } from './method.ts';
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

/** A classifier on the source that has learned nothing yet; the caller disposes it. */
const untrainedClassifier = ({ data, settings, seed }: GanContext) =>
  new ClassifierTraining(
    { x: rowSet(data.source), classes: data.sourceClasses },
    settings.classifier,
    seed,
    'measure',
  );

/** A cycle GAN with an untrained classifier, for measuring its steps; the caller disposes both. */
export function untrainedGan(
  context: GanContext,
  variant: CycleVariant,
): { readonly training: GanTraining; readonly dispose: () => void } {
  const { emotion } = variant;
  const { learnsFrom } = context.settings.cyemogan;
  const classifier =
    emotion && GanClassifier.from(untrainedClassifier(context), emotion.classifier, learnsFrom);
  const training = new GanTraining(context, variant, classifier);
  const dispose = () => {
    training.dispose();
    classifier?.dispose();
  };
  return { training, dispose };
}

/**
 * Milliseconds of one classifier step and, for a method that trains a cycle GAN, of one of its steps.
 * @throws the signal's reason once it is aborted.
 */
export async function measureSteps(
  context: MethodContext,
  variant: CycleVariant | undefined,
  signal: AbortSignal,
): Promise<{ classifier: number; gan?: number }> {
  const { now } = context;
  const training = untrainedClassifier(context);
  const gan = variant && untrainedGan(context, variant);
  try {
    const classifier = await timeSteps(() => training.step(), now, signal);
    return { classifier, ...(gan && { gan: await timeSteps(() => gan.training.step(), now, signal) }) };
  } finally {
    for (const resource of [training, gan]) resource?.dispose();
  }
}
