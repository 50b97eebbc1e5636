/**
 * What engines are asked to do, as plain data that goes to a child process of any language, and how much
 * arithmetic each task needs. Knows no engine.
 */
import { CLASS_COUNT } from '../src/corpus/corpus.ts';
import { PRESETS } from '../src/experiment/presets.ts';

/** One CCEmoGAN step: the generators' update and the discriminators' on the same fakes. */
export interface StepTask {
  readonly kind: 'step';
  readonly features: number;
  readonly classes: number;
  readonly batch: number;
  /** Widths of the hidden layers. */
  readonly generator: readonly number[];
  readonly discriminator: readonly number[];
  readonly classifier: readonly number[];
  readonly adam: AdamRates;
  readonly lambda: {
    readonly identity: number;
    readonly cycle: number;
    readonly emotion: number;
    readonly penalty: number;
  };
}

export interface AdamRates {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
}

/** C `[m, n]` = A B, of inner size k; a transposed operand lies in memory as `[k, m]` or `[n, k]`. */
export interface GemmTask {
  readonly kind: 'gemm';
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** One Adam update of weights of these shapes from gradients that are there. */
export interface AdamTask {
  readonly kind: 'adam';
  readonly shapes: readonly (readonly number[])[];
  readonly adam: AdamRates;
}

/** A delimited file read into one row-major Float32Array `[rows, columns]`, its names and labels aside. */
export interface ReadTask {
  readonly kind: 'read';
  readonly file: string;
  readonly rows: number;
  readonly columns: number;
  /** What the last value of the last row must be. */
  readonly last: number;
}

/** A map of simulated rows, `umapData.ts`; what a repeat leaves is written to the folder. */
export interface UmapTask {
  readonly kind: 'umap';
  readonly rows: number;
  readonly features: number;
  readonly folder: string;
}

export type Task = StepTask | GemmTask | AdamTask | ReadTask | UmapTask;

const { settings: PAPER } = PRESETS.paper;

const RATES: AdamRates = {
  learningRate: PAPER.gan.generatorLearningRate,
  beta1: PAPER.gan.beta1,
  beta2: PAPER.gan.beta2,
};

/** The step of the preset `paper`. */
export function paperStep(features: number, batch: number): StepTask {
  return {
    kind: 'step',
    features,
    classes: CLASS_COUNT,
    batch,
    generator: PAPER.generator.hidden,
    discriminator: PAPER.discriminator.hidden,
    classifier: PAPER.classifier.hidden,
    adam: RATES,
    lambda: {
      identity: PAPER.gan.lambdaIdentity,
      cycle: PAPER.gan.lambdaCycle,
      emotion: PAPER.gan.lambdaEmotion,
      penalty: PAPER.gan.lambdaPenalty,
    },
  };
}

/** One Adam update of both generators of that step: kernels, biases, batch norm's scales and shifts. */
export function paperAdam(features: number): AdamTask {
  const { generator } = PAPER;
  const shapes = [features, features + CLASS_COUNT].flatMap((input) =>
    [...generator.hidden, features].flatMap((width, i) => {
      const fanIn = i === 0 ? input : generator.hidden[i - 1];
      const normalised = i < generator.hidden.length ? [[width], [width]] : [];
      return [[fanIn, width], [width], ...normalised];
    }),
  );
  return { kind: 'adam', shapes, adam: RATES };
}

export const gemmFlops = ({ m, k, n }: Pick<GemmTask, 'm' | 'k' | 'n'>) => 2 * m * k * n;

/**
 * Floating-point operations of the step's matrix products, 2 m n k each, in the plain algorithm: fakes shared
 * between the updates, nothing differentiated that is frozen or data. A layer costs one product forward, one for
 * its weights' gradient and one for its input's. What is not counted (batch norm, activations, losses, Adam) is
 * linear in the number of activations or weights.
 */
export function stepFlops(task: StepTask): number {
  const { features, classes, batch, generator, discriminator, classifier } = task;
  /** One product with every layer, and with the first one alone. */
  const pass = (sizes: readonly number[]) => {
    const layers = sizes.slice(1).map((width, i) => gemmFlops({ m: batch, k: sizes[i], n: width }));
    return { all: layers.reduce((sum, flops) => sum + flops, 0), first: layers[0] };
  };
  const gST = pass([features, ...generator, features]);
  const gTS = pass([features + classes, ...generator, features]);
  const d = pass([features, ...discriminator, 1]);
  const f = pass([features, ...classifier, classes]);

  // Passes on data (two of G_ST, three of G_TS) need no gradient of their input; one cycle pass of each does.
  const onData = 2 * (3 * gST.all - gST.first) + 3 * (3 * gTS.all - gTS.first);
  const cycles = 3 * (gST.all + gTS.all);
  // Frozen networks: forward and input gradient. F judges three outputs, each D one fake.
  const judges = 2 * (3 * f.all + 2 * d.all);
  // Each D on real and fake rows, which are data by then.
  const discriminators = 2 * 2 * (3 * d.all - d.first);
  // Each penalty: forward at x̂, the input's gradient there, and two products a layer to differentiate that.
  const penalties = 2 * 4 * d.all;
  return onData + cycles + judges + discriminators + penalties;
}
