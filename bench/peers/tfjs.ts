/**
 * Stock tfjs, as any of its users would write the tasks: its ops, its losses, its optimiser, no kernel and no
 * gradient of our own. Run as `tfjs.ts BACKEND`.
 */
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs';
import type { AdamTask, Task } from '../tasks.ts';
import { checkClose, checkLearning, type Job, STEADY, serve, unknown } from './serve.ts';
import { product } from './tfjsProduct.ts';
import { StepTraining } from './tfjsStep.ts';

async function adam({ shapes, adam: { learningRate, beta1, beta2 } }: AdamTask): Promise<Job> {
  const weights = shapes.map((shape) => tf.variable(tf.zeros([...shape])));
  const gradients = Object.fromEntries(weights.map((weight) => [weight.name, tf.onesLike(weight)]));
  const optimiser = tf.train.adam(learningRate, beta1, beta2, 1e-8);
  const once = () => optimiser.applyGradients(gradients);
  const firstWeight = () => tf.tidy(() => weights[0].flatten().slice(0, 1).dataSync()[0]);
  const before = firstWeight();
  once();
  checkClose((before - firstWeight()) / learningRate, 1, 'the first update, in learning rates,');
  const dispose = () => {
    optimiser.dispose();
    tf.dispose(weights);
    tf.dispose(gradients);
  };
  return { once, dispose };
}

async function start(task: Task): Promise<Job> {
  switch (task.kind) {
    case 'step': {
      const training = new StepTraining(task);
      await checkLearning(() => training.once());
      return { ...STEADY, once: () => void training.once(), dispose: () => training.dispose() };
    }
    case 'gemm':
      return product(task);
    case 'adam':
      return adam(task);
    default:
      return unknown(task);
  }
}

tf.enableProdMode();
await tf.setBackend(process.argv[2]);
await serve(start);
