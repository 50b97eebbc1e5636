import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UNLABELLED } from '../corpus/corpus.ts';
import { type BackendName, memoryUse, selectBackend } from '../nn/backend.ts';
import { type LiveRequest, parseRunConfig, type RunConfig } from './config.ts';
import { PHASES, type RunEvent, SAMPLE_SETS } from './events.ts';
import { LiveQueue } from './live.ts';
import { plannedSteps } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { runExperiment } from './run.ts';
import { tinyConfig, tinyCorpora, tinyPrepared } from './tiny.testing.ts';

/** Time that stands still: losses are then read only at the end of a phase. */
const environment = (backend: string) => ({ backend, now: () => 0 });

async function collect(config: RunConfig, prepared: Prepared, backend = 'cpu'): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runExperiment(config, prepared, environment(backend))) events.push(event);
  return events;
}

const losses = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'losses' ? [...event.values] : []));
const scores = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'score' ? [event.score] : []));

describe.each<BackendName>(['cpu', 'wasm'])('a run on %s', (backend) => {
  beforeAll(() => selectBackend(backend));
  afterAll(() => selectBackend('cpu'));

  it('goes through every phase and fills every row of the table', async () => {
    const config = tinyConfig();
    const events = await collect(config, tinyPrepared(config), backend);
    expect(events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []))).toEqual(
      PHASES.filter((phase) => phase !== 'adaptation'),
    );
    expect(scores(events).map(({ set, repeat }) => `${set} ${repeat}`)).toEqual(
      [0, 1].flatMap((repeat) => SAMPLE_SETS.map((set) => `${set} ${repeat}`)),
    );
    for (const { uar, confusion, shares } of scores(events)) {
      expect(uar).toBeGreaterThanOrEqual(0);
      expect(confusion?.flat().reduce((a, b) => a + b)).toBe(50);
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1);
    }
  });

  it('repeats itself to the last bit from the same seed, and differs from another', async () => {
    const config = tinyConfig();
    const first = await collect(config, tinyPrepared(config), backend);
    const second = await collect(config, tinyPrepared(config), backend);
    const other = await collect({ ...config, seed: 8 }, tinyPrepared(config), backend);
    expect(losses(second)).toEqual(losses(first));
    expect(scores(second)).toEqual(scores(first));
    expect(losses(other)).not.toEqual(losses(first));
  });

  it('gives every tensor back, also when it is stopped in the middle', async () => {
    const config = tinyConfig();
    const before = memoryUse().tensors;
    await collect(config, tinyPrepared(config), backend);
    expect(memoryUse().tensors).toBe(before);
    const run = runExperiment(config, tinyPrepared(config), environment(backend));
    for await (const event of run) if (event.type === 'step' && event.phase === 'gan') break;
    expect(memoryUse().tensors).toBe(before);
  });
});

describe('a run', () => {
  beforeAll(() => selectBackend('wasm'));
  afterAll(() => selectBackend('cpu'));

  it('keeps the number of tensors flat over 1,000 GAN steps', async () => {
    const config = tinyConfig({
      gan: { steps: 1000, epochs: 100_000, checkEvery: 100, patience: 0, discriminatorSteps: 2 },
      snapshot: { every: 250 },
      recogniser: { seeds: 1 },
    });
    const counts: number[] = [];
    // Reading the losses at every step leaves nothing pending when tensors are counted.
    let time = 0;
    const everyStep = { backend: 'wasm', now: () => (time += 1000) };
    for await (const event of runExperiment(config, tinyPrepared(config), everyStep)) {
      if (event.type === 'step' && event.phase === 'gan') counts.push(memoryUse().tensors);
    }
    expect(counts).toHaveLength(1000);
    // From the second check on, one best checkpoint is kept; nothing else may come.
    expect(new Set(counts.slice(200)).size).toBe(1);
  }, 120_000);

  it('reports every loss of every GAN step, finite', async () => {
    const config = tinyConfig();
    const events = await collect(config, tinyPrepared(config));
    const steps = events.flatMap((event) =>
      event.type === 'losses' && event.phase === 'gan' ? event.steps : [],
    );
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
    const gan = events.filter((event) => event.type === 'losses' && event.phase === 'gan');
    expect(losses(gan)).toHaveLength(6 * 12);
    expect(losses(events).every(Number.isFinite)).toBe(true);
  });

  it('never sees the labels of the target: shuffling them changes no loss, choice, sample or prediction', async () => {
    const config = tinyConfig();
    const { source, target } = tinyCorpora();
    const labels = target.labels.activation;
    if (labels?.kind !== 'continuous') throw new Error('the demo has continuous labels');
    const ratings = labels.ratings.toReversed();
    const shuffled = { ...target, labels: { ...target.labels, activation: { ...labels, ratings } } };
    const unlabelled = { ...target, labels: {} };
    const of = async (other: typeof target) =>
      collect(config, prepare(source, other, config.task, config.settings));
    const seen = (events: readonly RunEvent[]) => [
      ...events.filter(({ type }) => !['score', 'result', 'note'].includes(type)),
      ...scores(events).map(({ shares }) => shares),
    ];
    const [as, bs, cs] = [await of(target), await of(shuffled), await of(unlabelled)];
    expect(seen(bs)).toEqual(seen(as));
    expect(seen(cs)).toEqual(seen(as));
    expect(scores(bs).map(({ uar }) => uar)).not.toEqual(scores(as).map(({ uar }) => uar));
    expect(scores(cs).every(({ uar, confusion }) => uar === null && confusion === null)).toBe(true);
  });

  it('leaves out source rows without a label and names the original rows of samples', async () => {
    const config = tinyConfig({ selection: { judges: 0 } });
    const { source, target } = tinyCorpora();
    const labels = source.labels.activation;
    if (labels?.kind !== 'continuous') throw new Error('the demo has continuous labels');
    const ratings = labels.ratings.map((rating, row) => (row < 5 ? Number.NaN : rating));
    const partial = { ...source, labels: { activation: { ...labels, ratings } } };
    const prepared = prepare(partial, target, 'activation', config.settings);
    expect(prepared.data.source.rows).toBe(55);
    expect(prepared.data.sourceClasses).not.toContain(UNLABELLED);
    expect(prepared.notes).toContain('5 source rows without labels for activation are left out.');
    const events = await collect(config, prepared);
    const synthetic = events.find((event) => event.type === 'synthetic');
    expect(synthetic?.sets.B.origin[0]).toBe(5);
    expect(synthetic?.sets.C.origin[0]).toBe(0);
    expect(synthetic?.sets.C.rows).toBe(150);
    for (const event of events) {
      if (event.type === 'snapshot') expect(Math.min(...event.sets.A.origin)).toBeGreaterThanOrEqual(5);
    }
  });

  it('names target rows by the corpus where those of both corpora are left out', async () => {
    const config = tinyConfig({ selection: { judges: 0 }, data: { sharedRows: 'drop' } });
    const { source, target } = tinyCorpora();
    const width = source.features.length;
    const values = target.values.slice();
    // The target's row 0 and its last are rows of the source.
    values.set(source.values.subarray(0, width));
    values.set(source.values.subarray(width, 2 * width), 49 * width);
    const prepared = prepare(source, { ...target, values }, 'activation', config.settings);
    const events = await collect(config, prepared);
    const C = events.find((event) => event.type === 'synthetic')?.sets.C;
    expect([C?.rows, C?.origin[0], C?.origin.at(-1)]).toEqual([144, 1, 48]);
    for (const event of events) {
      if (event.type === 'snapshot') expect(event.sets.C.origin).not.toContain(0);
      if (event.type === 'score') expect(event.prediction).toHaveLength(48);
    }
    expect(
      scores(events)[0]
        .confusion?.flat()
        .reduce((a, b) => a + b),
    ).toBe(48);
  });

  it('does as many steps as were planned', async () => {
    const config = tinyConfig({ gan: { patience: 0 } });
    const prepared = tinyPrepared(config);
    const events = await collect(config, prepared);
    const done = (phase: string) =>
      events.filter((event) => event.type === 'step' && event.phase === phase).length;
    const plan = plannedSteps(config, prepared);
    expect({
      classifier: done('classifier'),
      identity: done('identity'),
      gan: done('gan'),
      selection: done('selection'),
      adaptation: 0,
      recognisers: done('recognisers'),
    }).toEqual(plan);
  });

  it('finds the epochs of F_s by leave-one-speaker-out', async () => {
    const config = tinyConfig({
      classifier: { epochs: 'leave-one-speaker-out', maximumEpochs: 3, patience: 1 },
    });
    const events = await collect(config, tinyPrepared(config));
    const notes = events.flatMap((event) => (event.type === 'note' ? [event.message] : []));
    expect(notes.join()).toMatch(/Leave-one-speaker-out on the source found [123] epochs/);
  });

  it('stops early by the label-free criterion and keeps the best generators', async () => {
    const config = tinyConfig({
      gan: { steps: 60, epochs: 100, checkEvery: 1, patience: 2, generatorLearningRate: 1e-8 },
    });
    const events = await collect(config, tinyPrepared(config));
    const checks = events.filter((event) => event.type === 'criterion');
    expect(checks.length).toBeLessThan(60);
    expect(checks.slice(-2).map(({ best }) => best)).toEqual([false, false]);
  });

  it('says where a loss stopped being finite', async () => {
    const config = tinyConfig({ gan: { generatorLearningRate: 1, discriminatorLearningRate: 1, steps: 40 } });
    config.settings.gan.lambdaCycle = 1e6;
    config.settings.generator.residual = false;
    const prepared = tinyPrepared(config);
    prepared.data.source.values.fill(1e30);
    await expect(collect(config, prepared)).rejects.toThrow(
      /diverged: the loss "\w+" became (NaN|Infinity) at step \d+/,
    );
  });

  it('refuses a source without labels', () => {
    const config = tinyConfig();
    const { source, target } = tinyCorpora();
    expect(() => prepare({ ...source, labels: {} }, target, 'valence', config.settings)).toThrow(
      /no valence labels/,
    );
  });
});

describe('a run that is changed while it trains', () => {
  beforeAll(() => selectBackend('wasm'));
  afterAll(() => selectBackend('cpu'));

  /** Asks for each request once the event says that it is time. */
  async function changed(config: RunConfig, when: (event: RunEvent) => LiveRequest | null) {
    const live = new LiveQueue(config.changes, true);
    const events: RunEvent[] = [];
    for await (const event of runExperiment(config, tinyPrepared(config), { ...environment('wasm'), live })) {
      events.push(event);
      const request = when(event);
      if (request) live.request(request);
    }
    const result = events.find((event) => event.type === 'result')?.result;
    if (!result) throw new Error('the run ended without a result');
    return { events, result };
  }
  const atStep =
    (requests: Readonly<Record<number, LiveRequest>>) =>
    (event: RunEvent): LiveRequest | null =>
      event.type === 'step' && event.phase === 'gan' ? (requests[event.step] ?? null) : null;

  it('is repeated to the last bit by the configuration that it ends with', async () => {
    const config = tinyConfig({ gan: { steps: 8, checkEvery: 2 }, recogniser: { seeds: 1 } });
    const asked = atStep({
      2: { kind: 'set', set: { lambdaCycle: 1, discriminatorSteps: 1, adversarial: 'bce' } },
      5: { kind: 'restore' },
      7: { kind: 'extend', steps: 3 },
      9: { kind: 'set', set: { learners: 'generators', generatorLearningRate: 1e-3 } },
    });
    const first = await changed(config, asked);
    expect(first.result.config.changes?.map(({ after, request }) => [after, request.kind])).toEqual([
      [2, 'set'],
      [5, 'restore'],
      [7, 'extend'],
      [9, 'set'],
    ]);
    expect(first.result.steps).toBe(11);
    const again = await collect(
      parseRunConfig(JSON.parse(JSON.stringify(first.result.config))),
      tinyPrepared(config),
    );
    expect(losses(again)).toEqual(losses(first.events));
    expect(scores(again)).toEqual(scores(first.events));
    expect(again.find((event) => event.type === 'result')?.result.config).toEqual(first.result.config);
    const untouched = await collect(config, tinyPrepared(config), 'wasm');
    expect(losses(untouched)).not.toEqual(losses(first.events));
  });

  it('is repeated also where it diverged and was taken back', async () => {
    const config = tinyConfig({
      // Deep, so that large steps of all layers together soon run away.
      generator: { hidden: Array(8).fill(128), residual: false },
      gan: { steps: 12, checkEvery: 2 },
      snapshot: { every: 0 },
      recogniser: { seeds: 1 },
    });
    const runaway = {
      kind: 'set',
      set: { generatorLearningRate: 1, discriminatorLearningRate: 1, lambdaCycle: 1e6 },
    } as const;
    const tamed = {
      kind: 'set',
      set: { generatorLearningRate: 1e-4, discriminatorLearningRate: 1e-4, lambdaCycle: 1 },
    } as const;
    const first = await changed(config, (event) =>
      event.type === 'diverged' ? tamed : atStep({ 3: runaway })(event),
    );
    expect(first.events.some(({ type }) => type === 'diverged')).toBe(true);
    const again = await collect(first.result.config, tinyPrepared(config), 'wasm');
    expect(losses(again)).toEqual(losses(first.events));
    expect(scores(again)).toEqual(scores(first.events));
  });

  it('tells first which rows of the corpora it trains on', async () => {
    const config = tinyConfig();
    const [, rows] = await collect(config, tinyPrepared(config), 'wasm');
    expect(rows).toMatchObject({
      type: 'rows',
      source: expect.any(Int32Array),
      target: expect.any(Int32Array),
    });
    expect(rows.type === 'rows' && [rows.source.length, rows.target.length]).toEqual([60, 50]);
  });
});
