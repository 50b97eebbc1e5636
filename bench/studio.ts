/**
 * The studio's child process: every task done by the product's own code, as a run does it. Run as
 * `studio.ts BACKEND THREADS`.
 */
import { inputsAt } from '../cli/files.ts';
import { provideKernelThreads } from '../cli/kernels.ts';
import { CLASS_COUNT } from '../src/corpus/corpus.ts';
import { PRESETS } from '../src/experiment/presets.ts';
import { readIntake } from '../src/formats/readIntake.ts';
import { AUTO_RECIPE } from '../src/formats/recipe.ts';
import { CYCLE_VARIANTS } from '../src/methods/cycleVariant.ts';
import { untrainedGan } from '../src/methods/measure.ts';
import { Adam } from '../src/nn/adam.ts';
import { type BackendName, selectBackend } from '../src/nn/backend.ts';
import { anchor, noteGradient } from '../src/nn/gradients.ts';
import { tf } from '../src/nn/tf.ts';
import { readingJob } from './peers/reading.ts';
import { checkClose, checkLearning, type Job, STEADY, serve, uniform, unknown } from './peers/serve.ts';
import { product } from './peers/tfjsProduct.ts';
import type { AdamTask, StepTask, Task } from './tasks.ts';

const SEED = 1;

/** Rows of each corpus, in batches: a step draws its batch from more than it takes. */
const BATCHES = 8;

/** A GAN step on random corpora in [0, 1], its losses read back. */
async function step(task: StepTask): Promise<Job> {
  const { features, batch } = task;
  const rows = BATCHES * batch;
  const matrix = (seed: number) => ({ rows, columns: features, values: uniform(rows * features, seed) });
  const sourceClasses = Int8Array.from({ length: rows }, (_, r) => r % CLASS_COUNT);
  const data = { source: matrix(1), sourceClasses, sourceSpeakers: null, target: matrix(2) };
  const { settings: paper } = PRESETS.paper;
  const classifier = { ...paper.classifier, hidden: [...task.classifier] };
  const settings = { ...paper, classifier, gan: { ...paper.gan, batch } };
  const { training, dispose } = untrainedGan({ data, settings, seed: SEED }, CYCLE_VARIANTS.ccemogan);
  const once = async () => {
    const losses = training.step();
    const values: ArrayLike<number> = await losses.data();
    losses.dispose();
    return Array.from(values).reduce((sum, loss) => sum + loss, 0);
  };
  await checkLearning(once);
  return { ...STEADY, once: async () => void (await once()), dispose };
}

/** The optimiser as a step drives it, with a loss whose gradient is there already. */
async function adam({ shapes, adam: rates }: AdamTask): Promise<Job> {
  const variables = shapes.map((shape) => tf.variable(tf.zeros([...shape])));
  const gradients = variables.map((variable) => tf.onesLike(variable));
  const optimiser = new Adam(variables, rates);
  const once = () => {
    const total = () => {
      const back = tf.customGrad(() => ({
        value: tf.scalar(0),
        gradFunc: () => {
          variables.forEach((variable, i) => {
            noteGradient(variable, gradients[i] as tf.Tensor2D);
          });
          return tf.scalar(0);
        },
      }));
      return back(anchor() as tf.Scalar) as tf.Scalar;
    };
    optimiser.minimise(() => ({ total: total() })).total.dispose();
  };
  const firstWeight = () => tf.tidy(() => tf.slice(tf.reshape(variables[0], [-1]), 0, 1).dataSync()[0]);
  const before = firstWeight();
  once();
  checkClose((before - firstWeight()) / rates.learningRate, 1, 'the first update, in learning rates,');
  const dispose = () => {
    optimiser.dispose();
    tf.dispose([...variables, ...gradients]);
  };
  return { once, dispose };
}

/** What the file holds, before it is made a corpus by a recipe. */
async function readValues(file: string): Promise<Float32Array> {
  const { intake } = await readIntake(await inputsAt(file), { rules: AUTO_RECIPE.reading });
  if (!intake) throw new Error('the file holds no features');
  return intake.values;
}

async function start(task: Task): Promise<Job> {
  switch (task.kind) {
    case 'step':
      return step(task);
    case 'gemm':
      return product(task);
    case 'adam':
      return adam(task);
    case 'read':
      return readingJob('studio', task, () => readValues(task.file));
    default:
      return unknown(task);
  }
}

provideKernelThreads({ threads: Number(process.argv[3]) });
await selectBackend(process.argv[2] as BackendName);
await serve(start);
