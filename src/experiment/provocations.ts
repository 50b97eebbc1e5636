/**
 * A run for every failure that provokes it, and one that is healthy: which settings, what to watch, and what cures it. On
 * the demo corpora, preset `quick` with a few settings changed. That they do what they say is measured by
 * `bench/provocations.ts`. Plain data.
 */

import type { Task } from '../corpus/corpus.ts';
import type { DemoOptions } from '../corpus/demo.ts';
import type { Failure, Remedy } from '../diagnosis/finding.ts';
import type { RunConfig, Settings, SettingsPatch } from './config.ts';
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

/** In the order of `FAILURES`, the healthy run first. */
export const PROVOCATIONS: readonly Provocation[] = [
  {
    name: 'healthy',
    title: 'A healthy run',
    task: 'activation',
    seed: 1,
    settings: {},
    cause: 'Preset Quick as it is: nothing is done to the GAN.',
    watch:
      'Type B leaves the source and spreads over the target, class beside class, while recall climbs and stays.',
    cure: null,
  },
];
