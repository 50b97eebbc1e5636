/**
 * A run for every failure that provokes it, and one that is healthy: which settings, what to watch, and what cures it. On
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
/** What binds them again, and lets them learn at the pace of preset `quick`. */
const BOUND = { lambdaIdentity: 5, lambdaCycle: 10, generatorLearningRate: 3e-4 };

/** In the order of `FAILURES`, the healthy run first. */
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
      generator: { hidden: [128, 128, 128, 128, 128, 128, 128, 128], residual: false },
      gan: { generatorLearningRate: 0.3 },
    },
    cause:
      'Deep generators take steps so large that what they make grows with every layer, until it is no number.',
    watch:
      'The losses shoot up within a few steps; then one is no number, and training is taken back and waits.',
    cure: live('Lower the generators’ learning rate to 0.0001', { generatorLearningRate: 1e-4 }),
  },
  {
    ...ACTIVATION,
    name: 'mode-collapse',
    title: 'Mode collapse',
    settings: {
      generator: { residual: false },
      gan: { ...UNBOUND, generatorLearningRate: 2e-3 },
    },
    cause:
      'Nothing asks the generators to keep what they are given, neither identity nor cycle, and they learn fast: a few answers that please are enough.',
    watch:
      'On the map, types A and B shrink to a few spots; the Vendi score and recall fall towards nothing.',
    cure: live('Bind the generators again: λ1 = 5, λ2 = 10, learning rate 0.0003', BOUND),
  },
  {
    ...ACTIVATION,
    name: 'no-translation',
    title: 'No translation',
    settings: { gan: { lambdaIdentity: 1000, generatorLearningRate: 3e-5 } },
    cause:
      'The identity loss outweighs all else, and the generators have been taught to copy before: so they go on copying.',
    watch:
      'Type B stays on the source on the map; its displacement stays near 0, and it is told from the target every time.',
    cure: live('Lower λ1 to 1 and raise the generators’ learning rate to 0.001', {
      lambdaIdentity: 1,
      generatorLearningRate: 1e-3,
    }),
  },
  {
    ...ACTIVATION,
    name: 'z-ignored',
    title: 'Z ignored',
    settings: { gan: { lambdaEmotion: 0 } },
    cause: 'λ3 is 0: no loss asks G_TS to follow the class that it is told, so it leaves Z aside.',
    watch: 'The three samples of type C of a target row lie on one another; the Z-ratio stays near 0.',
    cure: live('Raise λ3 to 3', { lambdaEmotion: 3 }),
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
];
