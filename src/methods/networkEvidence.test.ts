import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { tinyConfig, tinyPrepared } from '../experiment/tiny.testing.ts';
import type { NetworkEvidence } from '../metrics/networkEvidence.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { CYCLE_VARIANTS, type CycleVariant, ganTerms } from './cycleVariant.ts';
import type { SyntheticSets, TrainingEvent } from './events.ts';
import type { FrozenGenerators } from './generate.ts';
import { untrainedGan } from './measure.ts';
import type { MethodContext } from './method.ts';
import { type Listeners, NetworkObserver } from './networkEvidence.ts';
import { METHODS } from './registry.ts';

type CycleName = keyof typeof CYCLE_VARIANTS;
type Overrides = Parameters<typeof tinyConfig>[0];

const contextOf = (overrides: Overrides = {}): MethodContext => {
  const { settings, task } = tinyConfig(overrides);
  return { data: tinyPrepared(tinyConfig()).data, settings, task, seed: 1, now: () => 0 };
};

const NO_SAMPLES: SyntheticSets = (() => {
  const none = {
    rows: 0,
    columns: 12,
    values: new Float32Array(0),
    classes: new Int8Array(0),
    origin: new Int32Array(0),
  };
  return { A: none, B: none, C: none };
})();

/** What is found of a GAN after so many steps; its own generators and no listeners where none are given. */
async function observed(
  context: MethodContext,
  options: {
    readonly variant?: CycleVariant;
    readonly steps?: number;
    readonly generators?: FrozenGenerators;
    readonly listeners?: Listeners;
    readonly sets?: SyntheticSets;
  } = {},
): Promise<NetworkEvidence> {
  const { variant = CYCLE_VARIANTS.ccemogan, steps = 0, sets = NO_SAMPLES } = options;
  const { training, dispose } = untrainedGan(context, variant);
  for (let i = 0; i < steps; i++) training.step().dispose();
  const own = training.frozenGenerators();
  const observer = new NetworkObserver(context, variant, training, options.listeners ?? null);
  const before = memoryUse().tensors;
  const evidence = await observer.measure(steps, options.generators ?? own, sets);
  expect(memoryUse().tensors).toBe(before);
  for (const network of [own.G_ST, own.G_TS]) network.dispose();
  dispose();
  return evidence;
}

/** y = factor · x + bias, of 12 features, or the given number of outputs that ignore x. */
function linear(factor: number, bias: readonly number[] = new Array(12).fill(0)): Mlp {
  const kernel = Array.from({ length: 12 }, (_, r) => bias.map((_, c) => (r === c ? factor : 0)));
  const shape = { ...SHAPE_DEFAULTS, sizes: [12, bias.length], hidden: 'relu', batchNorm: false } as const;
  return Mlp.fromArrays(shape, [{ kernel, bias }]);
}

async function eventsOf(method: CycleName, overrides: Overrides): Promise<TrainingEvent[]> {
  const tiny = { selection: { judges: 0 }, dann: { encoder: [6, 4], heads: [4], batch: 16, steps: 2 } };
  const context = contextOf({ ...tiny, ...overrides });
  const events: TrainingEvent[] = [];
  for await (const event of METHODS[method].train(context)) events.push(event);
  return events;
}

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

describe.each(Object.keys(CYCLE_VARIANTS) as CycleName[])('asking the networks of %s', (method) => {
  const variant: CycleVariant = CYCLE_VARIANTS[method];

  it('leaves training as it is to the last bit, running statistics included', async () => {
    const run = (networks: boolean) =>
      eventsOf(method, {
        generator: { batchNorm: true },
        // Often, so that whatever it moved would be learned from.
        snapshot: { every: 2, networks },
        gan: { cycleNoise: 0.1, heldOut: 0.2 },
      });
    const [asked, left] = [await run(true), await run(false)];
    const trained = (events: readonly TrainingEvent[]) =>
      events.filter(
        (event) => event.type === 'criterion' || event.type === 'snapshot' || event.type === 'losses',
      );
    expect(trained(asked)).toEqual(trained(left));
    expect(left.some(({ type }) => type === 'networks')).toBe(false);
  });

  it('tells of every term with a weight, just before each snapshot', async () => {
    const events = await eventsOf(method, { gan: { lambdaIdentity: 0, heldOut: 0 } });
    const snapshots = events.flatMap((event, i) => (event.type === 'snapshot' ? [i] : []));
    expect(snapshots).toHaveLength(2);
    for (const i of snapshots) {
      const before = events[i - 1];
      if (before.type !== 'networks') throw new Error('a snapshot without evidence');
      const { gradients, discriminators, heard } = before.evidence;
      const terms = ganTerms(variant).filter((term) => !/Total|classifierTask|identity/.test(term));
      expect(Object.keys(gradients).sort()).toEqual([...terms].sort());
      expect(Object.values(gradients).every((norm) => Number.isFinite(norm) && Number(norm) > 0)).toBe(true);
      expect(discriminators.S.heldOut).toBeNull();
      expect(heard === null).toBe(variant.emotion === null);
      expect(heard?.C.F.every((share) => share !== null)).toBe(heard ? variant.conditioned : undefined);
      expect(heard?.A.judge.some((share) => share !== null)).toBe(heard ? true : undefined);
    }
  });
});

describe('the evidence', () => {
  it('is not asked for where there are no snapshots: nothing is trained or measured for it', async () => {
    const none = await eventsOf('ccemogan', { snapshot: { every: 0 } });
    const some = await eventsOf('ccemogan', { snapshot: { every: 3 } });
    const planned = (events: readonly TrainingEvent[]) =>
      events.flatMap((event) =>
        event.type === 'phase' && event.phase === 'classifier' ? [event.steps] : [],
      )[0];
    expect(none.some(({ type }) => type === 'networks')).toBe(false);
    expect(planned(some)).toBe(2 * planned(none));
  });

  it('shows a discriminator that learned its rows by heart: it knows no others', async () => {
    const random = randomStream(1, 'noise');
    const plain = contextOf({
      gan: {
        heldOut: 0.5,
        learners: 'discriminators',
        adversarial: 'bce',
        lambdaPenalty: 0,
        discriminatorLearningRate: 1e-2,
        discriminatorSteps: 1,
      },
      discriminator: { hidden: [64, 64] },
    });
    // The same noise in both corpora: there is nothing to be learned but the rows.
    const rows = 120;
    const noise = () => ({
      rows,
      columns: 12,
      values: Float32Array.from({ length: 12 * rows }, random.normal),
    });
    const sourceClasses = Int8Array.from({ length: rows }, (_, row) => row % CLASS_COUNT);
    const data = { ...plain.data, source: noise(), target: noise(), sourceClasses };
    const { discriminators } = await observed({ ...plain, data }, { steps: 80 });
    for (const { seen, heldOut } of [discriminators.S, discriminators.T]) {
      expect(seen).toBeGreaterThan(0.95);
      expect(heldOut).toBeLessThan(0.85);
    }
  });

  it('shows a message hidden in small differences: noise destroys it', async () => {
    const context = contextOf();
    const cycleOf = async (factor: number) => {
      const generators = { G_ST: linear(1 / factor), G_TS: linear(factor), conditioned: false };
      const { cycle } = await observed(context, { generators });
      for (const network of [generators.G_ST, generators.G_TS]) network.dispose();
      return cycle;
    };
    const [open, hidden] = [await cycleOf(1), await cycleOf(100)];
    expect(open.clean).toBeLessThan(1e-5);
    expect(hidden.clean).toBeLessThan(1e-5);
    // Taken back as it is, noise is what was added; hidden a hundredfold, a hundred times that.
    expect(open.noisy / open.noise).toBeCloseTo(1, 1);
    expect(hidden.noisy / hidden.noise / 100).toBeCloseTo(1, 1);
  });

  it('says in which share of the samples of each class either listener hears it', async () => {
    const made = (rows: number, classes: number[]) => ({
      rows,
      columns: 12,
      values: new Float32Array(12 * rows),
      classes: Int8Array.from(classes),
      origin: new Int32Array(rows),
    });
    const always = (k: number) =>
      linear(
        0,
        Array.from({ length: CLASS_COUNT }, (_, i) => Number(i === k)),
      );
    const [F, judge] = [always(1), always(2)];
    const sets = { A: made(4, [0, 1, 1, 0]), B: NO_SAMPLES.B, C: made(3, [0, 1, 2]) };
    const { heard } = await observed(contextOf(), { listeners: { F: { present: F }, judge }, sets });
    expect(heard).toEqual({
      A: { F: [0, 1, null], judge: [0, 0, null] },
      C: { F: [0, 1, 0], judge: [0, 0, 1] },
    });
    for (const network of [F, judge]) network.dispose();
  });

  it('counts the milliseconds that it took', async () => {
    let time = 0;
    expect((await observed({ ...contextOf(), now: () => (time += 40) })).ms).toBe(40);
  });
});
