import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../experiment/config.ts';
import { estimateRun } from '../experiment/estimate.ts';
import type { RunEvent } from '../experiment/events.ts';
import { plannedSteps, rowsOfRun } from '../experiment/plan.ts';
import { type Prepared, prepare } from '../experiment/prepare.ts';
import { runExperiment } from '../experiment/run.ts';
import { tinyConfig, tinyCorpora, tinyPrepared } from '../experiment/tiny.testing.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { tf } from '../nn/tf.ts';
import { CYCLE_VARIANTS, ganTerms, hasOwnClassifier } from './cycleVariant.ts';
import { lossTermsOf } from './lossTerms.ts';
import { untrainedGan } from './measure.ts';
import { TRAINING_PHASES } from './method.ts';

type CycleName = keyof typeof CYCLE_VARIANTS;
const NAMES = Object.keys(CYCLE_VARIANTS) as CycleName[];

const configOf = (method: CycleName, overrides: Parameters<typeof tinyConfig>[0] = {}): RunConfig => ({
  ...tinyConfig({ dann: { encoder: [6, 4], heads: [4], batch: 16, steps: 2 }, ...overrides }),
  method,
});

/** Time that stands still: losses are then read only at the end of a phase. */
const ENVIRONMENT = { backend: 'wasm', now: () => 0 };

async function collect(config: RunConfig, prepared: Prepared = tinyPrepared(config)): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runExperiment(config, prepared, ENVIRONMENT)) events.push(event);
  return events;
}

const scores = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'score' ? [event.score] : []));
const samples = (events: readonly RunEvent[]) => {
  const event = events.find(({ type }) => type === 'synthetic');
  if (event?.type !== 'synthetic') throw new Error('no samples');
  return event.sets;
};

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

describe.each(NAMES)('%s', (method) => {
  const variant = CYCLE_VARIANTS[method];
  const own = hasOwnClassifier(variant);

  it('fills its rows of the table, with the losses, samples and steps that were announced', async () => {
    const config = configOf(method, { gan: { patience: 0 } });
    const events = await collect(config);
    const rows = [...new Set(scores(events).map(({ set }) => set))];
    expect(rows.sort()).toEqual([...rowsOfRun(method)].sort());
    expect(rows.includes('O')).toBe(own);

    const reported = events.flatMap((event) => (event.type === 'losses' ? [event] : []));
    for (const { phase, terms, values } of reported) {
      expect(terms).toEqual(lossTermsOf(config)[phase]);
      expect(values.every(Number.isFinite)).toBe(true);
    }
    expect(new Set(reported.map(({ phase }) => phase))).toEqual(new Set(Object.keys(lossTermsOf(config))));

    const { A, B, C } = samples(events);
    expect([A.rows, B.rows]).toEqual([60, 60]);
    expect(C.rows > 0).toBe(variant.conditioned);
    expect(C).toMatchObject({ columns: 12 });

    const done = (phase: string) => events.filter((e) => e.type === 'step' && e.phase === phase).length;
    expect(Object.fromEntries(TRAINING_PHASES.map((phase) => [phase, done(phase)]))).toEqual(
      plannedSteps(config, tinyPrepared(config)),
    );
  });

  it('repeats itself from the same seed and sees no label of the target', async () => {
    const config = configOf(method);
    const { source, target } = tinyCorpora();
    const unlabelled = { ...target, labels: {} };
    const seen = (events: readonly RunEvent[]) => [
      ...events.filter(({ type }) => !['score', 'result', 'note'].includes(type)),
      ...scores(events).map(({ set, repeat, shares }) => ({ set, repeat, shares })),
    ];
    const first = seen(await collect(config));
    const second = seen(await collect(config, prepare(source, unlabelled, config.task, config.settings)));
    expect(second).toEqual(first);
  });

  it('gives every tensor back, also when it is stopped in the middle', async () => {
    const config = configOf(method);
    const before = memoryUse().tensors;
    await collect(config);
    expect(memoryUse().tensors).toBe(before);
    for (const phase of own && variant.adapted ? ['gan', 'adaptation'] : ['classifier', 'gan']) {
      const run = runExperiment(config, tinyPrepared(config), ENVIRONMENT);
      for await (const event of run) if (event.type === 'step' && event.phase === phase) break;
      expect(memoryUse().tensors).toBe(before);
    }
  });

  it('keeps as many tensors after every step as after the first', () => {
    const { data } = tinyPrepared(configOf(method));
    const { settings } = configOf(method, { gan: { discriminatorSteps: 2 } });
    const { training, dispose } = untrainedGan({ data, settings, seed: 1 }, variant);
    const counts = Array.from({ length: 5 }, () => {
      training.step().dispose();
      return memoryUse().tensors;
    });
    dispose();
    expect(new Set(counts).size).toBe(1);
  });

  it('asks F only where its losses need it', async () => {
    const config = configOf(method);
    const { data } = tinyPrepared(config);
    const { training, dispose } = untrainedGan({ data, settings: config.settings, seed: 1 }, variant);
    training.step().dispose();
    const { kernels } = await tf.profile(() => training.step());
    dispose();
    const count = (name: string) => kernels.filter((kernel) => kernel.name === name).length;
    const crossEntropies = { cyclegan: 0, cycada: 2, cyemogan: 1, ccemogan: 3 };
    expect(count('StudioCrossEntropy')).toBe(crossEntropies[method]);
  });

  it('has its length estimated before it starts', async () => {
    const config = configOf(method);
    // A clock by which every step takes a quarter of a second, so that few are measured.
    let time = 0;
    const now = () => (time += 250);
    const { steps, msPerStep, seconds } = await estimateRun(
      config,
      tinyPrepared(config),
      now,
      new AbortController().signal,
    );
    expect([steps, msPerStep]).toEqual([6, 250]);
    expect(seconds).toBeGreaterThan(6 * 0.25);
  });
});

describe('the family', () => {
  it('reports for each method what it has', () => {
    const emotion = (name: CycleName) => ganTerms(CYCLE_VARIANTS[name]).slice(4, -5);
    expect(emotion('cyclegan')).toEqual(['generatorTotal']);
    expect(emotion('cycada')).toEqual(['semanticConsistency', 'generatorTotal']);
    expect(emotion('cyemogan')).toEqual(['semanticConsistency', 'generatorTotal', 'classifierTask']);
    expect(emotion('ccemogan')).toEqual(['conditionalEmotion', 'randomConditionalEmotion', 'generatorTotal']);
  });

  it('pre-trains a classifier only where one is asked', async () => {
    const phases = async (method: CycleName) =>
      (await collect(configOf(method))).flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
    expect(await phases('cyclegan')).not.toContain('classifier');
    expect(await phases('cycada')).toEqual(expect.arrayContaining(['classifier', 'adaptation']));
  });

  it('has F_s learn along from what the settings say', () => {
    const first = (learnsFrom: 'both' | 'translated') => {
      const { settings } = configOf('cyemogan', { cyemogan: { learnsFrom } });
      const { data } = tinyPrepared(configOf('cyemogan'));
      const { training, dispose } = untrainedGan({ data, settings, seed: 1 }, CYCLE_VARIANTS.cyemogan);
      const losses = training.step();
      const values = losses.dataSync();
      const task = training.terms.indexOf('classifierTask');
      losses.dispose();
      dispose();
      return { task: values[task], others: values.filter((_, i) => i !== task) };
    };
    const [both, translated] = [first('both'), first('translated')];
    expect(translated.task).not.toBe(both.task);
    expect(translated.others).toEqual(both.others);
  });

  it('starts all members from the same discriminators and batches: the first discriminator losses agree', () => {
    const first = (method: CycleName) => {
      const config = configOf(method, { gan: { discriminatorSteps: 1 } });
      const { data } = tinyPrepared(config);
      const { training, dispose } = untrainedGan(
        { data, settings: config.settings, seed: 1 },
        CYCLE_VARIANTS[method],
      );
      const losses = training.step();
      const value = losses.dataSync()[training.terms.indexOf('adversarialT')];
      losses.dispose();
      dispose();
      return value;
    };
    expect(new Set(NAMES.map(first)).size).toBe(1);
  });
});
