/**
 * Runs that provoke a failure, and one that is healthy: which settings, what to watch, and what cures it. On
 * the demo corpora, preset `quick` with a few settings changed. That they do what they say is measured by
 * `bench/provocations.ts`. Plain data.
 */

import type { Task } from '../corpus/corpus.ts';
import type { DemoOptions } from '../corpus/demo.ts';
import type { Failure, Remedy } from '../diagnosis/finding.ts';
import type { LiveRequest, RunConfig, Settings, SettingsPatch } from './config.ts';
import { presetConfig } from './presets.ts';

/** A run that shows a failure, or none. */
export interface Provocation {
  /** The failure, also as file name and on the command line. */
  readonly name: Failure | 'healthy';
  readonly title: string;
  readonly task: Task;
  readonly seed: number;
  /** What is set otherwise than in preset `quick`. */
  readonly settings: SettingsPatch;
  /** What is done to the GAN, and why that makes it fail; one sentence. */
  readonly cause: string;
  /** Where to look, and what is to be seen there. */
  readonly watch: string;
  /** Null where nothing is wrong. */
  readonly cure: Remedy | null;
}

/** The demo corpora of all of them: the defaults. */
export const PROVOKED_DEMO: Required<DemoOptions> = {
  seed: 1,
  sourceRows: 600,
  targetRows: 500,
  features: 88,
};

/** Settings with some others. */
export function patched(settings: Settings, patch: SettingsPatch): Settings {
  const groups = Object.entries(patch).map(([group, values]) => [
    group,
    { ...settings[group as keyof Settings], ...values },
  ]);
  return { ...settings, ...Object.fromEntries(groups) };
}

/** The configuration of a provocation's run. */
export function provokedConfig({ task, seed, settings }: Provocation): RunConfig {
  const config = presetConfig('quick', task, seed);
  return { ...config, settings: patched(config.settings, settings) };
}

const live = (label: string, set: Extract<LiveRequest, { kind: 'set' }>['set']): Remedy => ({
  kind: 'live',
  label,
  request: { kind: 'set', set },
});

/** The runs of activation from seed 1, all but for what is set. */
const ACTIVATION = { task: 'activation', seed: 1 } as const;

/** Generators that need not copy, nor find their way back: only the discriminators and F_s say what they are to make. */
const UNBOUND = { lambdaIdentity: 0, lambdaCycle: 0 };
/** What binds them again, at the pace of preset `quick`. */
const BOUND = { lambdaIdentity: 5, lambdaCycle: 10, generatorLearningRate: 3e-4 };
/** Cross-entropy, several steps of D for each of G, and nothing that holds D back. */
const STRONG_D = { adversarial: 'bce', lambdaPenalty: 0, discriminatorSteps: 5 } as const;
/** The critic of preset `quick`, held back by the penalty. */
const CRITIC = {
  adversarial: 'wgan',
  lambdaPenalty: 10,
  discriminatorSteps: 3,
  discriminatorLearningRate: 6e-4,
} as const;

/**
 * In the order of `FAILURES`, the healthy run first. None is known for a dropped mode and for steganography: on the demo
 * corpora the generators reach every cluster or collapse, and give noise back no larger than it was.
 */
export const PROVOCATIONS: readonly Provocation[] = [
  {
    ...ACTIVATION,
    name: 'healthy',
    title: 'A healthy run',
    settings: {},
    cause: 'Preset Quick as it is: nothing is done to the GAN.',
    watch:
      'Type B leaves the source for the target and keeps its classes; recall climbs, and 1-NN accuracy falls.',
    cure: null,
  },
  {
    ...ACTIVATION,
    name: 'divergence',
    title: 'Divergence',
    settings: {
      gan: { ...UNBOUND, lambdaPenalty: 0, discriminatorLearningRate: 4e-3, generatorLearningRate: 3e-3 },
    },
    cause:
      'A Wasserstein critic without a penalty may say ever larger numbers, and nothing holds the generators either: they drive each other on.',
    watch:
      'The adversarial losses and the totals grow faster and faster, on both sides, and do not come back.',
    cure: live('Penalty 10, λ₁ = 5, λ₂ = 10 and the learning rates of preset Quick', { ...CRITIC, ...BOUND }),
  },
  {
    ...ACTIVATION,
    name: 'mode-collapse',
    title: 'Mode collapse',
    settings: {
      generator: { residual: false },
      gan: { ...UNBOUND, generatorLearningRate: 2e-3, steps: 300 },
    },
    cause:
      'Nothing asks the generators to keep what they are given, neither identity nor cycle, and they learn fast: a few answers that please are enough.',
    watch:
      'On the map, types A and B shrink to a few spots; the Vendi score and recall fall towards nothing.',
    cure: {
      kind: 'next',
      label: 'Next run: residual generators, λ₁ = 5, λ₂ = 10, learning rate 0.0003',
      settings: { generator: { residual: true }, gan: BOUND },
    },
  },
  {
    ...ACTIVATION,
    name: 'shrinkage',
    title: 'Shrinkage',
    settings: { gan: { cycleNoise: 0.5 } },
    cause:
      'So much noise is added on the way back that the safest answer is the middle: generators that lose least keep away from the edges.',
    watch:
      'Type A draws together on the map, inside the cloud of the source; its variance falls, its density rises.',
    cure: live('Take the noise out of the cycle', { cycleNoise: 0 }),
  },
  {
    ...ACTIVATION,
    name: 'no-translation',
    title: 'No translation',
    settings: { gan: { lambdaIdentity: 1000, generatorLearningRate: 3e-5, steps: 300 } },
    cause:
      'The identity loss outweighs all else, and the generators have been taught to copy before: so they go on copying.',
    watch:
      'Type B stays on the source on the map; its displacement stays near 0, and it is told from the target every time.',
    cure: live('Lower λ₁ to 1 and raise the generators’ learning rate to 0.001', {
      lambdaIdentity: 1,
      generatorLearningRate: 1e-3,
    }),
  },
  {
    ...ACTIVATION,
    name: 'z-ignored',
    title: 'Z ignored',
    settings: { gan: { lambdaEmotion: 0 } },
    cause: 'λ₃ is 0: no loss asks G_TS to follow the class that it is told, so it leaves Z aside.',
    watch: 'The three samples of type C of a target row lie on one another; the Z-ratio stays near 0.',
    cure: live('Raise λ₃ to 3', { lambdaEmotion: 3 }),
  },
  {
    ...ACTIVATION,
    name: 'z-dominates',
    title: 'Z dominates',
    settings: {
      generator: { residual: false },
      gan: { ...UNBOUND, generatorLearningRate: 2e-3, steps: 300 },
    },
    cause:
      'The generators need not keep what they are given, but are asked for the right class: so the class is all that G_TS looks at.',
    watch: 'Type C falls into three clumps on the map, one a class; the Z-ratio climbs far above 1.',
    cure: live('Bind the generators again: λ₁ = 100, λ₂ = 100', { lambdaIdentity: 100, lambdaCycle: 100 }),
  },
  {
    ...ACTIVATION,
    name: 'f-fooled',
    title: 'F_s fooled',
    settings: { classifier: { epochsActivation: 1 }, gan: { lambdaEmotion: 30 } },
    cause:
      'F_s has trained for one epoch only, and a high λ₃ asks G_TS to please it: it learns what F_s listens to, which is not emotion.',
    watch: 'F_s soon hears every class as asked in type C, a second classifier of its kind hears much less.',
    cure: {
      kind: 'next',
      label: 'Next run: train F_s for 15 epochs, and λ₃ = 1',
      settings: { classifier: { epochsActivation: 15 }, gan: { lambdaEmotion: 1 } },
    },
  },
  {
    ...ACTIVATION,
    name: 'd-wins',
    title: 'D wins',
    settings: { gan: { ...STRONG_D, discriminatorLearningRate: 5e-3, generatorLearningRate: 1e-5 } },
    cause: 'D takes five large steps for each small one of the generators, and nothing holds it back.',
    watch:
      'Both discriminators tell every row rightly, and have nothing left to learn; the samples hardly move.',
    cure: live('Wasserstein loss, penalty 10 and the learning rates of preset Quick', {
      ...CRITIC,
      generatorLearningRate: 3e-4,
    }),
  },
  {
    ...ACTIVATION,
    name: 'd-blind',
    title: 'D blind',
    settings: { gan: { discriminatorLearningRate: 1e-8 } },
    cause: 'The discriminators learn so slowly that they know nothing: the generators have no teacher.',
    watch: 'The accuracy of D stays at 0.5, while samples and real rows are plainly apart on the map.',
    cure: live('Raise D’s learning rate to 0.001', { discriminatorLearningRate: 1e-3 }),
  },
  {
    ...ACTIVATION,
    name: 'd-overfits',
    title: 'D overfits',
    settings: {
      discriminator: { hidden: [256, 256] },
      gan: {
        ...STRONG_D,
        heldOut: 0.5,
        discriminatorSteps: 10,
        discriminatorLearningRate: 3e-3,
        generatorLearningRate: 1e-3,
        lambdaIdentity: 0.5,
        lambdaCycle: 1,
      },
    },
    cause:
      'Wide discriminators see half of the rows only, again and again, with nothing that holds them back: they learn the rows and not the corpus.',
    watch: 'The accuracy of D on rows it learned climbs towards 1, that on rows held out stays behind.',
    cure: live('Wasserstein loss with penalty 10, three steps of D for each of G', CRITIC),
  },
  {
    ...ACTIVATION,
    name: 'term-drowns',
    title: 'One term drowns the others',
    settings: { gan: { lambdaCycle: 10_000 } },
    cause: 'λ₂ is so high that finding the way back is all that counts for the generators.',
    watch:
      'Among the gradients one is hundreds of times as large as any other; the samples stay where they were.',
    cure: live('Lower λ₂ to 10', { lambdaCycle: 10 }),
  },
];
