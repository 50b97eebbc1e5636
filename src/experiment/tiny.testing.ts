/** Small corpora and settings for tests of whole runs: seconds on the slowest backend. */
import type { Corpus } from '../corpus/corpus.ts';
import { demoCorpora } from '../corpus/demo.ts';
import type { RunConfig, Settings } from './config.ts';
import { type Prepared, prepare } from './prepare.ts';
import { presetConfig } from './presets.ts';

type Overrides = { readonly [G in keyof Settings]?: Partial<Settings[G]> };

/** The quick preset with tiny networks and a handful of steps; `overrides` replace single settings. */
export function tinyConfig(overrides: Overrides = {}): RunConfig {
  const config = presetConfig('quick', 'activation', 7);
  const tiny: Overrides = {
    classifier: { hidden: [8, 6], epochs: 'fixed', epochsActivation: 2, batch: 16 },
    generator: { hidden: [8, 6, 8] },
    discriminator: { hidden: [8, 6] },
    identityPretraining: { epochs: 1, steps: 3 },
    gan: { steps: 6, batch: 16, checkEvery: 3 },
    recogniser: { seeds: 2, steps: 3 },
    snapshot: { every: 3, rows: 10 },
  };
  for (const part of [tiny, overrides]) {
    for (const [group, values] of Object.entries(part)) {
      Object.assign(config.settings[group as keyof Settings], values);
    }
  }
  return config;
}

export function tinyCorpora(): { source: Corpus; target: Corpus } {
  return demoCorpora({ seed: 3, sourceRows: 60, targetRows: 50, features: 12 });
}

export function tinyPrepared(config: RunConfig): Prepared {
  const { source, target } = tinyCorpora();
  return prepare(source, target, config.task, config.settings);
}
