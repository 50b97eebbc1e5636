/** What is asked of a GAN in training and what becomes of it where it diverges, on the whole training of a method. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyConfig, tinyPrepared } from '../experiment/tiny.testing.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { tf } from '../nn/tf.ts';
import { BestCheckpoint } from './checkpoint.ts';
import { Criterion } from './criterion.ts';
import { CYCLE_VARIANTS } from './cycleVariant.ts';
import type { TrainingEvent } from './events.ts';
import { GanLoop } from './ganLoop.ts';
import type { LiveControl, LiveRequest } from './live.ts';
import { untrainedGan } from './measure.ts';
import type { MethodResult } from './method.ts';
import { drawSample } from './probes.ts';
import { METHODS } from './registry.ts';

type Plan = Readonly<Record<number, readonly LiveRequest[]>>;

/** Answers with what is planned after so many steps. */
const control = (plan: Plan, recovers = true): LiveControl => ({
  take: (done) => plan[done] ?? [],
  recovers,
});

interface Trained {
  readonly events: readonly TrainingEvent[];
  readonly result: MethodResult;
}

async function train(
  live: LiveControl | undefined,
  overrides: Parameters<typeof tinyConfig>[0] = {},
  now: () => number = () => 0,
  seen: (event: TrainingEvent) => void = () => {},
): Promise<Trained> {
  const config = tinyConfig({ selection: { judges: 0 }, ...overrides });
  const { data } = tinyPrepared(config);
  const { settings, task } = config;
  const run = METHODS.ccemogan.train({ data, task, settings, seed: 1, now, live });
  const events: TrainingEvent[] = [];
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { events, result: value };
    events.push(value);
    seen(value);
  }
}

const ofType = <T extends TrainingEvent['type']>({ events }: Pick<Trained, 'events'>, type: T) =>
  events.filter((event): event is Extract<TrainingEvent, { type: T }> => event.type === type);
const ganSteps = (trained: Trained) =>
  ofType(trained, 'step').flatMap(({ phase, step, steps }) => (phase === 'gan' ? [[step, steps]] : []));
const told = (trained: Trained) =>
  ofType(trained, 'losses').flatMap(({ phase, steps }) => (phase === 'gan' ? [...steps] : []));

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

describe('what is asked of a GAN in training', () => {
  it('changes nothing where nothing is asked, whoever listens and whatever is kept', async () => {
    const [listening, plain] = [await train(control({})), await train(undefined)];
    // Where training can be taken back losses are read at fixed steps, so they come in other bundles.
    const others = ({ events }: Trained) => events.filter(({ type }) => type !== 'losses');
    const values = (trained: Trained) => ofType(trained, 'losses').flatMap((event) => [...event.values]);
    expect(others(listening)).toEqual(others(plain));
    expect(values(listening)).toEqual(values(plain));
    expect(listening.result).toEqual(plain.result);
  });

  it('is carried out before the next step and told', async () => {
    const set = { kind: 'set', set: { lambdaCycle: 0 } } as const;
    const [plain, changed] = [await train(undefined), await train(control({ 3: [set] }, false))];
    expect(ofType(changed, 'changed').map(({ change }) => change)).toEqual([{ after: 3, request: set }]);
    const losses = (trained: Trained) =>
      ofType(trained, 'losses').find(({ phase }) => phase === 'gan')?.values ?? new Float32Array(0);
    const [before, after] = [losses(plain), losses(changed)];
    const width = before.length / 6;
    // The losses of step 4 are those of weights that are still the same, but for λ in their total.
    const total = 6;
    expect(after.slice(0, 3 * width)).toEqual(before.slice(0, 3 * width));
    expect(after[3 * width + 3]).toBe(before[3 * width + 3]);
    expect(after[3 * width + total]).not.toBe(before[3 * width + total]);
    expect(after.slice(4 * width)).not.toEqual(before.slice(4 * width));
  });

  it('adds steps, also when the last one is done, and counts them', async () => {
    const extended = await train(
      control({ 2: [{ kind: 'extend', steps: 1 }], 7: [{ kind: 'extend', steps: 2 }] }),
    );
    expect(ganSteps(extended)).toEqual([
      [1, 6],
      [2, 6],
      ...[3, 4, 5, 6, 7].map((step) => [step, 7]),
      [8, 9],
      [9, 9],
    ]);
    expect(extended.result.steps).toBe(9);
    expect(ofType(extended, 'criterion').map(({ step }) => step)).toEqual([3, 6, 7, 9]);
  });

  it.each([
    [4, [3, 4]],
    [3, [3]],
    [0, [0]],
  ])('ends training after %i steps, its networks measured once', async (after, checks) => {
    const finished = await train(control({ [after]: [{ kind: 'finish' }] }));
    expect(finished.result.steps).toBe(after);
    expect(ofType(finished, 'criterion').map(({ step }) => step)).toEqual(checks);
    expect(ofType(finished, 'snapshot').map(({ step }) => step)).toEqual(checks);
    expect(finished.result.synthetic?.B.rows).toBe(60);
  });

  it('refuses to go back where nothing is kept', async () => {
    await expect(train(control({ 4: [{ kind: 'restore' }] }, false))).rejects.toThrow(
      /After step 4 .* none are kept.*Take "restore" out/,
    );
  });

  it('goes back to the last networks that were measured', async () => {
    const still = { generatorLearningRate: 1e-8, discriminatorLearningRate: 1e-8 };
    const restored = await train(
      control({ 4: [{ kind: 'restore' }, { kind: 'set', set: { ...still, learners: 'generators' } }] }),
      { gan: { steps: 6, checkEvery: 2, heldOut: 0 } },
    );
    const values = ofType(restored, 'criterion').map(({ step, value }) => [step, value]);
    // What was kept after step 4 is what training was at then; from there nothing moves to speak of.
    expect(values.map(([step]) => step)).toEqual([2, 4, 6]);
    expect(values[2][1]).toBeCloseTo(values[1][1], 4);
    const back = await train(
      control({ 3: [{ kind: 'restore' }, { kind: 'set', set: { ...still, learners: 'generators' } }] }),
      { gan: { steps: 4, checkEvery: 2, heldOut: 0 } },
    );
    const [second, fourth] = ofType(back, 'criterion').map(({ value }) => value);
    expect(fourth).toBeCloseTo(second, 4);
    expect(fourth).not.toBeCloseTo(values[1][1], 6);
  });
});

describe('a GAN that diverges', () => {
  // Deep, so that large steps of all layers together soon run away.
  const deep = {
    generator: { hidden: Array(8).fill(64), residual: false },
    gan: { steps: 24, checkEvery: 4 },
    snapshot: { every: 6 },
  };
  const rates = (rate: number) => ({
    kind: 'set' as const,
    set: { generatorLearningRate: rate, discriminatorLearningRate: rate },
  });
  const runaway: Plan = { 4: [rates(5)] };

  it('ends with its error where nobody recovers', async () => {
    const before = memoryUse().tensors;
    await expect(train(control(runaway, false), deep)).rejects.toThrow(
      /Training diverged: the loss ".+" became/,
    );
    expect(memoryUse().tensors).toBe(before);
  });

  it('goes on from its last good networks, at the same step whatever the clock', async () => {
    const tamed = () => {
      let diverged = false;
      const live: LiveControl = {
        recovers: true,
        take: (done) => {
          if (done === 4 && !diverged) return [rates(5)];
          const now = diverged;
          diverged = false;
          return now ? [rates(1e-4)] : [];
        },
      };
      const seen = ({ type }: TrainingEvent) => {
        if (type === 'diverged') diverged = true;
      };
      return { live, seen };
    };
    const run = (now: () => number) => {
      const { live, seen } = tamed();
      return train(live, deep, now, seen);
    };
    const before = memoryUse().tensors;
    let time = 0;
    const [lazy, eager] = [await run(() => 0), await run(() => (time += 1000))];
    expect(memoryUse().tensors).toBe(before);
    const [diverged] = ofType(lazy, 'diverged');
    expect(ofType(lazy, 'diverged')).toHaveLength(1);
    expect(diverged).toMatchObject({ restored: 4, step: expect.any(Number) });
    expect(Number.isFinite(diverged.value)).toBe(false);
    expect(ofType(eager, 'diverged')).toEqual([diverged]);
    expect(ofType(eager, 'changed')).toEqual(ofType(lazy, 'changed'));
    expect(ofType(eager, 'criterion')).toEqual(ofType(lazy, 'criterion'));
    expect(eager.result.synthetic).toEqual(lazy.result.synthetic);
    // Losses from the step that broke up to the one where it was found are nobody's.
    const found = ofType(lazy, 'changed')[1].change.after;
    const expected = [...Array(24).keys()].map((i) => i + 1).filter((s) => s < diverged.step || s > found);
    expect([told(lazy), told(eager)]).toEqual([expected, expected]);
    expect(ofType(lazy, 'losses').every(({ values }) => values.every(Number.isFinite))).toBe(true);
  });

  it('has networks to show for it also where it diverged at once', async () => {
    const trained = await train(control({ 0: [rates(5)] }), {
      ...deep,
      gan: { steps: 4, checkEvery: 10 },
    });
    expect(ofType(trained, 'diverged').map(({ restored }) => restored)).toEqual([0]);
    expect(ofType(trained, 'criterion').map(({ step }) => step)).toEqual([4]);
    expect(trained.result.synthetic?.B.values.every(Number.isFinite)).toBe(true);
  });

  it('keeps no networks to go back to that are broken already, though the criterion cannot tell', async () => {
    const { settings, task } = tinyConfig({ gan: { steps: 9, checkEvery: 3 } });
    const { data } = tinyPrepared(tinyConfig());
    const context = { data, settings, task, seed: 1, now: () => 0, live: control({}) };
    const { training, dispose } = untrainedGan(context, CYCLE_VARIANTS.cyclegan);
    const criterion = await Criterion.create(drawSample(context, 20, 'criterion'));
    const checkpoint = new BestCheckpoint(training, null, criterion, 0);
    const loop = new GanLoop(context, CYCLE_VARIANTS.cyclegan, training, checkpoint, null);
    const restored: number[] = [];
    for await (const event of loop.run()) {
      if (event.type === 'diverged') restored.push(event.restored);
      // After the losses of step 6 have been read, as by its update, and before the criterion is measured.
      if (event.type !== 'losses' || event.steps.at(-1) !== 6) continue;
      const [weights] = training.nets.D_T.variables();
      const broken = tf.fill(weights.shape, Number.NaN);
      weights.assign(broken);
      broken.dispose();
    }
    expect(restored).toEqual([3]);
    for (const owned of [loop, checkpoint, criterion]) owned.dispose();
    dispose();
  });

  it('keeps as many tensors while it trains, copies included', async () => {
    const counts: number[] = [];
    let time = 0;
    await train(
      control({ 20: [{ kind: 'restore' }] }),
      { gan: { steps: 40, checkEvery: 4, epochs: 1000 }, snapshot: { every: 10 } },
      () => (time += 1000),
      (event) => {
        if (event.type === 'step' && event.phase === 'gan') counts.push(memoryUse().tensors);
      },
    );
    // From the first check on: the best networks and the last good ones are kept.
    expect(new Set(counts.slice(4)).size).toBe(1);
  });
});
