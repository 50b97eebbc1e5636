/**
 * One CCEmoGAN step in plain tfjs: a layer is matMul, add, batchNorm, leakyRelu; the losses are tf.losses; the
 * updates are tf.train.adam's minimize. Networks without batch norm see several inputs as one batch.
 */
import * as tf from '@tensorflow/tfjs';
import type { StepTask } from '../tasks.ts';

const SLOPE = 0.2;
const EPSILON = 1e-3;
const MOMENTUM = 0.99;

type Activation = (x: tf.Tensor2D) => tf.Tensor2D;

interface Layer {
  readonly kernel: tf.Variable<tf.Rank.R2>;
  readonly bias: tf.Variable<tf.Rank.R1>;
  readonly gamma: tf.Variable<tf.Rank.R1> | null;
  readonly beta: tf.Variable<tf.Rank.R1> | null;
  /** Running statistics. */
  readonly mean: tf.Variable<tf.Rank.R1>;
  readonly variance: tf.Variable<tf.Rank.R1>;
}

class Network {
  readonly layers: readonly Layer[];

  constructor(
    sizes: readonly number[],
    private readonly activation: Activation,
    batchNorm: boolean,
  ) {
    this.layers = sizes.slice(1).map((width, i) => {
      const normalised = batchNorm && i < sizes.length - 2;
      const constant = (value: number, trainable: boolean) =>
        tf.variable<tf.Rank.R1>(tf.fill([width], value), trainable);
      return {
        kernel: tf.variable<tf.Rank.R2>(tf.randomNormal([sizes[i], width], 0, Math.sqrt(2 / sizes[i]))),
        bias: constant(0, true),
        gamma: normalised ? constant(1, true) : null,
        beta: normalised ? constant(0, true) : null,
        mean: constant(0, false),
        variance: constant(1, false),
      };
    });
  }

  weights(): tf.Variable[] {
    return this.layers.flatMap(({ kernel, bias, gamma, beta }) =>
      gamma && beta ? [kernel, bias, gamma, beta] : [kernel, bias],
    );
  }

  apply(x: tf.Tensor2D): tf.Tensor2D {
    return this.layers.reduce((y, layer, i) => {
      const z = layerOutput(y, layer);
      return i === this.layers.length - 1 ? z : this.activation(z);
    }, x);
  }

  /**
   * The gradient of the outputs' sum by the input at `x`, as forward operations: tfjs has no second derivative of
   * leakyRelu, so the penalty cannot be a gradient of tf.grad. The slopes are constants, taken before any tape.
   */
  inputGradient(slopes: readonly tf.Tensor2D[]): tf.Tensor2D {
    const kernels = this.layers.map(({ kernel }) => kernel);
    const last = kernels.length - 1;
    return kernels
      .slice(0, last)
      .reduceRight<tf.Tensor2D>(
        (gradient, kernel, i) => tf.matMul(tf.mul(slopes[i], gradient), kernel, false, true),
        tf.transpose(kernels[last]),
      );
  }

  /** leakyRelu's slope at every hidden unit, for `inputGradient`. */
  slopes(x: tf.Tensor2D): tf.Tensor2D[] {
    let y = x;
    return this.layers.slice(0, -1).map((layer) => {
      y = this.activation(layerOutput(y, layer));
      return tf.step(y, SLOPE);
    });
  }

  dispose(): void {
    for (const layer of this.layers) {
      for (const variable of Object.values(layer)) variable?.dispose();
    }
  }
}

function layerOutput(x: tf.Tensor2D, { kernel, bias, gamma, beta, mean, variance }: Layer): tf.Tensor2D {
  const z = tf.add(tf.matMul(x, kernel), bias) as tf.Tensor2D;
  if (!gamma || !beta) return z;
  const batch = tf.moments(z, 0);
  for (const [running, now] of [
    [mean, batch.mean],
    [variance, batch.variance],
  ] as const) {
    running.assign(tf.add(tf.mul(running, MOMENTUM), tf.mul(now as tf.Tensor1D, 1 - MOMENTUM)));
  }
  return tf.batchNorm2d(z, batch.mean as tf.Tensor1D, batch.variance as tf.Tensor1D, beta, gamma, EPSILON);
}

const leaky: Activation = (x) => tf.leakyRelu(x, SLOPE);
const withClass = (x: tf.Tensor2D, z: tf.Tensor2D) => tf.concat2d([x, z], 1);
const sum = (...terms: tf.Tensor[]) => tf.addN(terms) as tf.Scalar;
const squaredError = (target: tf.Tensor, output: tf.Tensor) => tf.losses.meanSquaredError(target, output);
const crossEntropy = (oneHot: tf.Tensor, logits: tf.Tensor) => tf.losses.softmaxCrossEntropy(oneHot, logits);
const realness = (label: 0 | 1, logits: tf.Tensor) =>
  tf.losses.sigmoidCrossEntropy(tf.fill(logits.shape, label), logits);

/** The two updates on one random batch, which stays the same. */
export class StepTraining {
  private readonly G_ST: Network;
  private readonly G_TS: Network;
  private readonly D_S: Network;
  private readonly D_T: Network;
  private readonly F: Network;
  private readonly generators: tf.Optimizer;
  private readonly discriminators: tf.Optimizer;
  private readonly batch: Record<'S' | 'T' | 'y' | 'z' | 'epsS' | 'epsT', tf.Tensor2D>;

  constructor(private readonly task: StepTask) {
    const { features, classes, batch, generator, discriminator, classifier, adam } = task;
    this.G_ST = new Network([features, ...generator, features], leaky, true);
    this.G_TS = new Network([features + classes, ...generator, features], leaky, true);
    this.D_S = new Network([features, ...discriminator, 1], leaky, false);
    this.D_T = new Network([features, ...discriminator, 1], leaky, false);
    this.F = new Network([features, ...classifier, classes], (x) => tf.relu(x), false);
    this.generators = tf.train.adam(adam.learningRate, adam.beta1, adam.beta2, 1e-8);
    this.discriminators = tf.train.adam(adam.learningRate, adam.beta1, adam.beta2, 1e-8);
    const classOf = () => tf.oneHot(tf.randomUniform([batch], 0, classes, 'int32'), classes, 1, 0, 'float32');
    this.batch = {
      S: tf.randomUniform([batch, features]),
      T: tf.randomUniform([batch, features]),
      y: tf.tidy(() => classOf() as tf.Tensor2D),
      z: tf.tidy(() => classOf() as tf.Tensor2D),
      epsS: tf.randomUniform([batch, 1]),
      epsT: tf.randomUniform([batch, 1]),
    };
  }

  /** One step; the sum of both losses, read back. */
  once(): number {
    return tf.tidy(() => {
      const { loss, fakeS, fakeT } = this.generatorStep();
      return sum(loss, this.discriminatorStep(fakeS, fakeT)).dataSync()[0];
    });
  }

  private generatorStep(): { loss: tf.Scalar; fakeS: tf.Tensor2D; fakeT: tf.Tensor2D } {
    const { G_ST, G_TS, D_S, D_T, F } = this;
    const { S, T, y, z } = this.batch;
    const { identity, cycle, emotion } = this.task.lambda;
    const fakes: tf.Tensor2D[] = [];
    const loss = this.generators.minimize(
      () => {
        const [fakeT, idT] = [G_ST.apply(S), G_ST.apply(T)];
        const [fakeS, idS] = [G_TS.apply(withClass(T, y)), G_TS.apply(withClass(S, y))];
        const randomS = G_TS.apply(withClass(T, z));
        const [cycleT, cycleS] = [G_ST.apply(fakeS), G_TS.apply(withClass(fakeT, y))];
        // Kept, because minimize disposes what its function leaves.
        fakes.push(tf.keep(fakeS.clone()), tf.keep(fakeT.clone()));
        const [cycleLogits, pairedLogits, randomLogits] = tf.split(
          F.apply(tf.concat2d([cycleS, idS, randomS], 0)),
          3,
        );
        const emotions = sum(
          crossEntropy(y, cycleLogits),
          crossEntropy(y, pairedLogits),
          crossEntropy(z, randomLogits),
        );
        return sum(
          realness(1, D_T.apply(fakeT)),
          realness(1, D_S.apply(fakeS)),
          tf.mul(sum(squaredError(S, idS), squaredError(T, idT)), identity),
          tf.mul(sum(squaredError(S, cycleS), squaredError(T, cycleT)), cycle),
          tf.mul(emotions, emotion),
        );
      },
      true,
      [...G_ST.weights(), ...G_TS.weights()],
    ) as tf.Scalar;
    const [fakeS, fakeT] = fakes.map((fake) => fake.clone());
    tf.dispose(fakes);
    return { loss, fakeS, fakeT };
  }

  private discriminatorStep(fakeS: tf.Tensor2D, fakeT: tf.Tensor2D): tf.Scalar {
    const { S, T, epsS, epsT } = this.batch;
    const sides = [
      { network: this.D_S, real: S, fake: fakeS, epsilon: epsS },
      { network: this.D_T, real: T, fake: fakeT, epsilon: epsT },
    ].map((side) => {
      const between = tf.add(side.fake, tf.mul(side.epsilon, tf.sub(side.real, side.fake))) as tf.Tensor2D;
      return { ...side, slopes: side.network.slopes(between) };
    });
    const loss = () =>
      sum(
        ...sides.flatMap(({ network, real, fake, slopes }) => {
          const [realLogits, fakeLogits] = tf.split(network.apply(tf.concat2d([real, fake], 0)), 2);
          const gradient = network.inputGradient(slopes);
          const norm = tf.sqrt(tf.add(tf.sum(tf.square(gradient), 1), 1e-12));
          const penalty = tf.mean(tf.square(tf.sub(norm, 1)));
          const weighted = tf.mul(penalty, this.task.lambda.penalty);
          return [realness(1, realLogits), realness(0, fakeLogits), weighted];
        }),
      );
    const weights = [...this.D_S.weights(), ...this.D_T.weights()];
    return this.discriminators.minimize(loss, true, weights) as tf.Scalar;
  }

  dispose(): void {
    for (const network of [this.G_ST, this.G_TS, this.D_S, this.D_T, this.F]) network.dispose();
    this.generators.dispose();
    this.discriminators.dispose();
    tf.dispose(this.batch);
  }
}
