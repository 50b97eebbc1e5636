/** The presets: complete settings as plain objects, each with one sentence on what it is for. */
import { DATA_DEFAULTS, GAN_DEFAULTS, METHOD_DEFAULTS } from '../methods/settings.ts';
import type { PresetName, RunConfig, Settings } from './config.ts';

export interface Preset {
  readonly title: string;
  readonly description: string;
  /** The figure of CCEmoGAN that counts, named before any is known. */
  readonly named: 'OB' | 'OC';
  readonly settings: Settings;
}

/** The paper's numbers; what the paper leaves open is as `docs/method.md` says. */
const paper: Settings = {
  data: { scaler: 'minmax-per-corpus', clipPercentile: 0, ...DATA_DEFAULTS },
  classifier: {
    hidden: [500, 100],
    batchNorm: true,
    learningRate: 2e-4,
    epochs: 'fixed',
    epochsActivation: 15,
    epochsValence: 20,
    maximumEpochs: 40,
    patience: 5,
    batch: 64,
  },
  generator: { hidden: [1000, 500, 1000], batchNorm: true, output: 'linear', residual: false },
  discriminator: { hidden: [1000, 1000] },
  identityPretraining: { epochs: 50, steps: 0, learningRate: 2e-5 },
  gan: {
    epochs: 50,
    steps: 0,
    batch: 64,
    generatorLearningRate: 2e-5,
    discriminatorLearningRate: 2e-5,
    beta1: 0.5,
    beta2: 0.999,
    adversarial: 'bce',
    discriminatorSteps: 1,
    mse: 'mean',
    pairedTerm: 'source',
    lambdaIdentity: 5,
    lambdaCycle: 10,
    lambdaEmotion: 10,
    lambdaPenalty: 10,
    ...GAN_DEFAULTS,
    checkEvery: 50,
    patience: 10,
  },
  recogniser: { seeds: 5, epochs: 0, steps: 0 },
  ...METHOD_DEFAULTS,
  snapshot: { every: 50, rows: 500, networks: true },
};

/** Small networks, since corpora of hundreds of rows feed no larger ones; what chose the rest is in docs/presets.md. */
const standard: Settings = {
  ...paper,
  classifier: { ...paper.classifier, hidden: [128, 64], learningRate: 1e-3 },
  generator: { hidden: [128, 64, 128], batchNorm: false, output: 'linear', residual: true },
  discriminator: { hidden: [128, 128] },
  identityPretraining: { epochs: 20, steps: 60, learningRate: 1e-3 },
  gan: {
    ...paper.gan,
    epochs: 200,
    steps: 600,
    generatorLearningRate: 3e-4,
    discriminatorLearningRate: 6e-4,
    adversarial: 'wgan',
    discriminatorSteps: 3,
    mse: 'sum',
    lambdaEmotion: 1,
    checkEvery: 50,
    patience: 0,
  },
  // More epochs than steps allow: every recogniser takes the same number of steps, whatever its rows.
  recogniser: { seeds: 3, epochs: 1000, steps: 200 },
  selection: { judges: 3, share: 0.5 },
  dann: { ...paper.dann, encoder: [128, 64], heads: [32], lambda: 0.1, learningRate: 1e-3, steps: 300 },
  snapshot: { every: 25, rows: 500, networks: true },
};

/** Rows are held out, so that the demo can show a discriminator that learns by heart. */
const quick: Settings = { ...standard, gan: { ...standard.gan, steps: 400, heldOut: 0.1 } };

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  quick: {
    title: 'Quick',
    description: 'For the demo: small networks, a few hundred steps, some 15 seconds on two CPU cores.',
    named: 'OB',
    settings: quick,
  },
  standard: {
    title: 'Standard',
    description:
      'For real corpora of hundreds of rows: generators that change little, and judges that choose among type C.',
    named: 'OC',
    settings: standard,
  },
  paper: {
    title: 'Paper',
    description: "The paper's own numbers; made for corpora of thousands of utterances and a GPU.",
    named: 'OB',
    settings: paper,
  },
};

/** A configuration with a preset's settings. */
export function presetConfig(preset: PresetName, task: RunConfig['task'], seed: number): RunConfig {
  return { method: 'ccemogan', task, preset, seed, settings: structuredClone(PRESETS[preset].settings) };
}
