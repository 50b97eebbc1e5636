/**
 * jax-js on its WASM backend, its functions under jit. Run as `jax.ts THREADS`; more than one thread needs a
 * Worker, which `jaxThreads.ts` offers.
 */
// First: jax-js looks for a Worker when it is loaded.
import './jaxThreads.ts';

import { blockUntilReady, defaultDevice, init, jit, numpy as np, tree } from '@jax-js/jax';
import type { AdamTask, GemmTask, Task } from '../tasks.ts';
import { ratesOf, untrained, update } from './jaxAdam.ts';
import { StepTraining } from './jaxStep.ts';
import {
  checkClose,
  checkLearning,
  type Job,
  lastOfProduct,
  PRODUCT,
  STEADY,
  serve,
  uniform,
  unknown,
} from './serve.ts';

async function gemm(task: GemmTask): Promise<Job> {
  const { m, k, n, transposeA, transposeB } = task;
  const [aValues, bValues] = [uniform(m * k, 1), uniform(k * n, 2)];
  const a = np.array(aValues).reshape(transposeA ? [k, m] : [m, k]);
  const b = np.array(bValues).reshape(transposeB ? [n, k] : [k, n]);
  const product = jit((left: np.Array, right: np.Array) =>
    np.matmul(transposeA ? left.transpose() : left, transposeB ? right.transpose() : right),
  );
  checkClose(
    (await product(a.ref, b.ref).data())[m * n - 1],
    lastOfProduct(task, aValues, bValues),
    'the product',
  );
  const once = async () => {
    const c = product(a.ref, b.ref);
    await c.blockUntilReady();
    c.dispose();
  };
  const dispose = () => {
    tree.dispose([a, b]);
    product.dispose();
  };
  return { ...PRODUCT, once, dispose };
}

async function adam({ shapes, adam: rates }: AdamTask): Promise<Job> {
  let trained = untrained(shapes.map((shape) => np.zeros([...shape])));
  const gradient = shapes.map((shape) => np.ones([...shape]));
  const jitted = jit((before: typeof trained, slope: np.Array[], rate: np.Array) =>
    update(before, slope, rate, rates),
  );
  let steps = 0;
  const once = async () => {
    trained = jitted(trained, tree.ref(gradient), ratesOf(++steps, rates));
    await blockUntilReady(trained);
  };
  await once();
  const [first] = await trained.weights[0].ref.flatten().slice([0, 1]).data();
  checkClose(-first / rates.learningRate, 1, 'the first update, in learning rates,');
  const dispose = () => {
    tree.dispose(trained);
    tree.dispose(gradient);
    jitted.dispose();
  };
  return { once, dispose };
}

async function start(task: Task): Promise<Job> {
  switch (task.kind) {
    case 'step': {
      const training = new StepTraining(task);
      await checkLearning(() => training.once());
      return { ...STEADY, once: async () => void (await training.once()), dispose: () => training.dispose() };
    }
    case 'gemm':
      return gemm(task);
    case 'adam':
      return adam(task);
    default:
      return unknown(task);
  }
}

await init('wasm');
defaultDevice('wasm');
await serve(start);
