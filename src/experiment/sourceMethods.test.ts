import { beforeAll, describe, expect, it } from 'vitest';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { parseRunConfig, type RunConfig, type TransferMethod } from './config.ts';
import type { RunEvent, Score } from './events.ts';
import { plannedSteps, TRAINING_PHASES } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { PRESETS } from './presets.ts';
import { runExperiment } from './run.ts';
import { tinyConfig, tinyCorpora, tinyPrepared } from './tiny.testing.ts';

/** The methods that adapt the source, or change it, and make no samples. */
const METHODS: readonly TransferMethod[] = ['dann', 'coral', 'mixup', 'noise'];

const configOf = (method: TransferMethod, seed = 7): RunConfig => ({
  // Noise that is strong, to be seen in what 50 rows are taken for.
  ...tinyConfig({
    dann: { encoder: [8, 6], heads: [4], batch: 16, steps: 5 },
    noise: { deviation: 3 },
  }),
  method,
  seed,
});

async function collect(config: RunConfig, prepared: Prepared): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  const run = runExperiment(config, prepared, { backend: 'wasm', now: () => 0 });
  for await (const event of run) events.push(event);
  return events;
}

const scoresOf = (events: readonly RunEvent[]): Score[] =>
  events.flatMap((event) => (event.type === 'score' ? [event.score] : []));
const lossesOf = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'losses' ? [...event.values] : []));

beforeAll(() => selectBackend('wasm'));

describe.each(METHODS)('%s', (method) => {
  it('fills the baseline and row O for every repeat, in as many steps as planned', async () => {
    const config = configOf(method);
    const prepared = tinyPrepared(config);
    const before = memoryUse().tensors;
    const events = await collect(config, prepared);
    expect(memoryUse().tensors).toBe(before);
    const rows = scoresOf(events).map(({ set, repeat }) => `${set} ${repeat}`);
    expect(rows.sort()).toEqual(['O 0', 'O 1', 'source-only 0', 'source-only 1']);
    expect(events.some(({ type }) => type === 'synthetic' || type === 'snapshot')).toBe(false);
    expect(lossesOf(events).every(Number.isFinite)).toBe(true);
    const plan = plannedSteps(config, prepared);
    for (const phase of TRAINING_PHASES) {
      const done = events.filter((event) => event.type === 'step' && event.phase === phase).length;
      expect(`${phase} ${done}`).toBe(`${phase} ${plan[phase]}`);
    }
  });

  it('gives every tensor back when it is stopped in the middle', async () => {
    const config = configOf(method);
    const before = memoryUse().tensors;
    let steps = 0;
    for await (const event of runExperiment(config, tinyPrepared(config), {
      backend: 'wasm',
      now: () => 0,
    })) {
      if (event.type === 'step' && ++steps === 3) break;
    }
    expect(memoryUse().tensors).toBe(before);
  });

  it('repeats itself from the same seed, differs from another, and never sees a label of the target', async () => {
    const config = configOf(method);
    const { source, target } = tinyCorpora();
    const of = async (other: typeof target, seed = config.seed) =>
      collect({ ...config, seed }, prepare(source, other, config.task, config.settings));
    const seen = (events: readonly RunEvent[]) => [
      lossesOf(events),
      scoresOf(events).map(({ shares }) => shares),
    ];
    const first = seen(await of(target));
    expect(seen(await of(target))).toEqual(first);
    expect(seen(await of({ ...target, labels: {} }))).toEqual(first);
    expect(seen(await of(target, 8))).not.toEqual(first);
  });

  it('differs from the recogniser on the source as it is', async () => {
    const config = configOf(method);
    const { settings } = config;
    const trained = {
      ...config,
      settings: { ...settings, recogniser: { ...settings.recogniser, steps: 40 } },
    };
    const scores = scoresOf(await collect(trained, tinyPrepared(config)));
    const shares = (row: string) => scores.filter(({ set }) => set === row).map((score) => score.shares);
    expect(shares('O')).not.toEqual(shares('source-only'));
  });
});

describe('a configuration saved before these methods', () => {
  it('is read, with the numbers that the preset of the paper has', () => {
    const { cyemogan, dann, coral, mixup, noise, ...older } = PRESETS.quick.settings;
    const config = { method: 'ccemogan', task: 'valence', preset: 'quick', seed: 1, settings: older };
    const { settings } = parseRunConfig(config);
    for (const group of ['cyemogan', 'dann', 'coral', 'mixup', 'noise'] as const) {
      expect(settings[group]).toEqual(PRESETS.paper.settings[group]);
    }
    expect(settings.dann).not.toEqual(dann);
    expect(cyemogan).toEqual({ learnsFrom: 'both' });
    expect([settings.coral, settings.mixup, settings.noise]).toEqual([coral, mixup, noise]);
    const wrong = { ...config, settings: { ...older, coral: { shrinkage: 0 } } };
    expect(() => parseRunConfig(wrong)).toThrow(/coral\.shrinkage/);
  });
});
