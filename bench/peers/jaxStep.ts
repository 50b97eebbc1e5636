/**
 * One CCEmoGAN step in jax-js: pure functions of trees of arrays, differentiated by valueAndGrad, each update under
 * one jit. A function owns its arguments; `.ref` keeps one for later.
 */
import { jit, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax';
import type { StepTask } from '../tasks.ts';
import { ratesOf, type Trained, untrained, update } from './jaxAdam.ts';

const SLOPE = 0.2;
const EPSILON = 1e-3;
const MOMENTUM = 0.99;

type Vector = np.Array;
/** Kernel and bias; then batch norm's scale and shift, where the layer has it. */
type Layer = np.Array[];
type Network = Layer[];
/** Running mean and variance of each normalised layer. */
type Statistics = np.Array[][];

type Generators = { ST: Network; TS: Network };
type Discriminators = { S: Network; T: Network };
type Batch = Record<'S' | 'T' | 'y' | 'z' | 'epsS' | 'epsT', np.Array>;

/**
 * jax-js has vectors only for matrices whose width is a multiple of four, and takes five times as long for others.
 * So features and classes are rounded up: 0.2 % more work at paper size.
 */
const wide = (width: number) => 4 * Math.ceil(width / 4);

let seeds = 0;
const key = () => random.key(++seeds);
const both = <T>(make: () => T) => [make(), make()] as const;

function network(sizes: readonly number[], batchNorm: boolean): Network {
  return sizes.slice(1).map((width, i) => {
    const kernel = random.normal(key(), [sizes[i], width]).mul(Math.sqrt(2 / sizes[i]));
    const plain = [kernel, np.zeros([width])];
    return batchNorm && i < sizes.length - 2 ? [...plain, np.ones([width]), np.zeros([width])] : plain;
  });
}

const leaky = (x: np.Array) => nn.leakyRelu(x, SLOPE);
const withClass = (x: np.Array, z: np.Array) => np.concatenate([x, z], 1);

function normalise(
  z: np.Array,
  gamma: Vector,
  beta: Vector,
): { y: np.Array; mean: Vector; variance: Vector } {
  const mean = np.mean(z.ref, 0);
  const centred = z.sub(mean.ref);
  const variance = np.mean(np.square(centred.ref), 0);
  const scale = gamma.div(np.sqrt(variance.ref.add(EPSILON)));
  return { y: centred.mul(scale).add(beta), mean, variance };
}

/** A network's output, and the batch statistics of its normalised layers. */
function apply(
  layers: Network,
  input: np.Array,
  activation: (x: np.Array) => np.Array,
): { output: np.Array; statistics: Statistics } {
  const statistics: Statistics = [];
  const output = layers.reduce((x, [kernel, bias, gamma, beta], i) => {
    const z = np.matmul(x, kernel).add(bias);
    if (gamma === undefined) return i === layers.length - 1 ? z : activation(z);
    const { y, mean, variance } = normalise(z, gamma, beta);
    statistics.push([mean, variance]);
    return activation(y);
  }, input);
  return { output, statistics };
}

/** The running statistics after the passes, which are taken one after the other. */
function follow(running: Statistics, passes: readonly Statistics[]): Statistics {
  return passes.reduce(
    (old, pass) =>
      tree.map((a: np.Array, b: np.Array) => a.mul(MOMENTUM).add(b.mul(1 - MOMENTUM)), old, pass),
    running,
  );
}

const squaredError = (a: np.Array, b: np.Array) => np.mean(np.square(a.sub(b)));
const crossEntropy = (logits: np.Array, oneHot: np.Array) =>
  np.mean(np.sum(nn.logSoftmax(logits).mul(oneHot), 1)).mul(-1);
/** −log of the probability that the rows are real, or that they are not. */
const realness = (logits: np.Array, real: boolean) => np.mean(nn.softplus(real ? logits.mul(-1) : logits));
const total = (terms: readonly np.Array[]) => terms.reduce((a, b) => a.add(b));

function generatorLoss(
  { ST, TS }: Generators,
  { S: dS, T: dT }: Discriminators,
  judge: Network,
  running: { ST: Statistics; TS: Statistics },
  { S, T, y, z }: Pick<Batch, 'S' | 'T' | 'y' | 'z'>,
  lambda: StepTask['lambda'],
): [np.Array, { fakeS: np.Array; fakeT: np.Array; running: { ST: Statistics; TS: Statistics } }] {
  const toTarget = (x: np.Array) => apply(tree.ref(ST), x, leaky);
  const toSource = (x: np.Array, label: np.Array) => apply(tree.ref(TS), withClass(x, label), leaky);
  const [fakeT, idT] = [toTarget(S.ref), toTarget(T.ref)];
  const [fakeS, idS] = [toSource(T.ref, y.ref), toSource(S.ref, y.ref)];
  const randomS = toSource(T.ref, z.ref);
  const cycleT = toTarget(fakeS.output.ref);
  const cycleS = toSource(fakeT.output.ref, y.ref);

  const judged = np.concatenate([cycleS.output.ref, idS.output.ref, randomS.output], 0);
  const logits = apply(judge, judged, nn.relu).output;
  const loss = total([
    realness(apply(dT, fakeT.output.ref, leaky).output, true),
    realness(apply(dS, fakeS.output.ref, leaky).output, true),
    squaredError(idS.output, S.ref).add(squaredError(idT.output, T.ref)).mul(lambda.identity),
    squaredError(cycleS.output, S).add(squaredError(cycleT.output, T)).mul(lambda.cycle),
    // Three equal parts: the mean over all rows is a third of the sum of their means.
    crossEntropy(logits, np.concatenate([y.ref, y, z], 0)).mul(3 * lambda.emotion),
  ]);
  const followed = {
    ST: follow(running.ST, [fakeT.statistics, idT.statistics, cycleT.statistics]),
    TS: follow(running.TS, [fakeS.statistics, idS.statistics, randomS.statistics, cycleS.statistics]),
  };
  tree.dispose({ ST, TS });
  return [loss, { fakeS: fakeS.output, fakeT: fakeT.output, running: followed }];
}

/** leakyRelu's slope at every hidden unit, for rows between real and fake ones. */
function slopesBetween(layers: Network, real: np.Array, fake: np.Array, epsilon: np.Array): np.Array[] {
  const between = fake.ref.add(epsilon.mul(real.sub(fake)));
  const hidden = layers.slice(0, -1);
  tree.dispose(layers.slice(-1));
  const slopes: np.Array[] = [];
  const last = hidden.reduce((x, [kernel, bias]) => {
    const y = leaky(np.matmul(x, kernel).add(bias));
    slopes.push(np.where(np.less(y.ref, 0), SLOPE, 1));
    return y;
  }, between);
  last.dispose();
  return slopes;
}

/**
 * Mean of (|gradient of the outputs' sum by the input| − 1)², the gradient written out with the slopes held
 * constant. Version 0.1.25's grad of a grad gives the same value and the same gradient of the first kernel, but
 * wrong ones of the other kernels where there are two layers with leakyRelu.
 */
function penalty(layers: Network, slopes: readonly np.Array[]): np.Array {
  const kernels = layers.map(([kernel, bias]) => {
    bias.dispose();
    return kernel;
  });
  const last = kernels.length - 1;
  const gradient = kernels
    .slice(0, last)
    .reduceRight(
      (g, kernel, i) => np.matmul(slopes[i].mul(g), kernel.transpose()),
      kernels[last].transpose(),
    );
  const norm = np.sqrt(np.sum(np.square(gradient), 1).add(1e-12));
  return np.mean(np.square(norm.sub(1)));
}

function discriminatorLoss(
  layers: Network,
  real: np.Array,
  fake: np.Array,
  slopes: np.Array[],
  weight: number,
) {
  const rows = np.concatenate([real, fake], 0);
  const [realLogits, fakeLogits] = np.split(apply(tree.ref(layers), rows, leaky).output, 2);
  return total([
    realness(realLogits, true),
    realness(fakeLogits, false),
    penalty(layers, slopes).mul(weight),
  ]);
}

/** The two updates on one random batch, which stays the same. */
export class StepTraining {
  private generators: Trained<Generators>;
  private discriminators: Trained<Discriminators>;
  private running: { ST: Statistics; TS: Statistics };
  private readonly judge: Network;
  private readonly batch: Batch;
  private steps = 0;

  constructor(private readonly task: StepTask) {
    const { batch, classes, generator, discriminator, classifier } = task;
    const [features, labels] = [wide(task.features), wide(classes)];
    const [S, T] = both(() => network([features, ...discriminator, 1], false));
    this.generators = untrained({
      ST: network([features, ...generator, features], true),
      TS: network([features + labels, ...generator, features], true),
    });
    this.discriminators = untrained({ S, T });
    this.judge = network([features, ...classifier, labels], false);
    const [ST, TS] = both(() => generator.map((width) => [np.zeros([width]), np.ones([width])]));
    this.running = { ST, TS };
    const uniform = (columns: number) => random.uniform(key(), [batch, columns]);
    const label = (shift: number) => {
      const rows = Array.from({ length: batch }, (_, r) => (r + shift) % classes);
      return nn.oneHot(np.array(rows, { dtype: np.int32 }), labels);
    };
    this.batch = {
      S: uniform(features),
      T: uniform(features),
      y: label(0),
      z: label(1),
      epsS: uniform(1),
      epsT: uniform(1),
    };
  }

  private readonly updateGenerators = jit(
    (
      trained: Trained<Generators>,
      judges: Discriminators,
      judge: Network,
      running: { ST: Statistics; TS: Statistics },
      batch: Pick<Batch, 'S' | 'T' | 'y' | 'z'>,
      rates: np.Array,
    ) => {
      const loss = (nets: Generators) => generatorLoss(nets, judges, judge, running, batch, this.task.lambda);
      const [[value, aux], gradient] = valueAndGrad(loss, { hasAux: true })(tree.ref(trained.weights));
      return { trained: update(trained, gradient, rates, this.task.adam), loss: value, ...aux };
    },
  );

  private readonly updateDiscriminators = jit(
    (
      trained: Trained<Discriminators>,
      { S, T, epsS, epsT }: Pick<Batch, 'S' | 'T' | 'epsS' | 'epsT'>,
      fakeS: np.Array,
      fakeT: np.Array,
      rates: np.Array,
    ) => {
      const weight = this.task.lambda.penalty;
      const { S: dS, T: dT } = tree.ref(trained.weights);
      const slopesS = slopesBetween(dS, S.ref, fakeS.ref, epsS);
      const slopesT = slopesBetween(dT, T.ref, fakeT.ref, epsT);
      const loss = (nets: Discriminators) =>
        discriminatorLoss(nets.S, S, fakeS, slopesS, weight).add(
          discriminatorLoss(nets.T, T, fakeT, slopesT, weight),
        );
      const [value, gradient] = valueAndGrad(loss)(tree.ref(trained.weights));
      return { trained: update(trained, gradient, rates, this.task.adam), loss: value };
    },
  );

  /** One step; the sum of both losses, read back. */
  async once(): Promise<number> {
    const { S, T, y, z, epsS, epsT } = this.batch;
    const rates = ratesOf(++this.steps, this.task.adam);
    const first = this.updateGenerators(
      this.generators,
      tree.ref(this.discriminators.weights),
      tree.ref(this.judge),
      this.running,
      tree.ref({ S, T, y, z }),
      rates.ref,
    );
    this.generators = first.trained;
    this.running = first.running;
    const second = this.updateDiscriminators(
      this.discriminators,
      tree.ref({ S, T, epsS, epsT }),
      first.fakeS,
      first.fakeT,
      rates,
    );
    this.discriminators = second.trained;
    const [loss] = await first.loss.add(second.loss).data();
    return loss;
  }

  dispose(): void {
    tree.dispose(this.generators);
    tree.dispose(this.discriminators);
    tree.dispose(this.running);
    tree.dispose(this.judge);
    tree.dispose(this.batch);
    this.updateGenerators.dispose();
    this.updateDiscriminators.dispose();
  }
}
