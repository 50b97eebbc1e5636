import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyConfig, tinyPrepared } from '../experiment/tiny.testing.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { CYCLE_VARIANTS } from './cycleVariant.ts';
import type { GanTerm } from './events.ts';
import type { GanTraining } from './ganTraining.ts';
import type { LiveSettings } from './live.ts';
import { untrainedGan } from './measure.ts';
import { SavedTraining } from './savedTraining.ts';

type CycleName = keyof typeof CYCLE_VARIANTS;

function created(gan: Partial<LiveSettings> = {}, method: CycleName = 'ccemogan', batchNorm = false) {
  const { settings } = tinyConfig({ gan, generator: { batchNorm } });
  const { data } = tinyPrepared(tinyConfig());
  return untrainedGan({ data, settings, seed: 1 }, CYCLE_VARIANTS[method]);
}

function step(training: GanTraining): Partial<Record<GanTerm, number>> {
  const losses = training.step();
  const values = losses.dataSync();
  losses.dispose();
  return Object.fromEntries(training.terms.map((term, i) => [term, values[i]]));
}

const steps = (training: GanTraining, count: number) => Array.from({ length: count }, () => step(training));

/** Everything that training changes, as plain numbers: G_ST, G_TS, D_S, D_T, both optimisers, F_s where it learns. */
async function numbersOf(training: GanTraining) {
  const saved = new SavedTraining(training, 0);
  const numbers = await saved.read();
  saved.dispose();
  return numbers;
}

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

const OTHERS: { readonly [K in keyof LiveSettings]: LiveSettings[K] } = {
  generatorLearningRate: 1e-2,
  discriminatorLearningRate: 1e-2,
  lambdaIdentity: 0,
  lambdaCycle: 0,
  lambdaEmotion: 5,
  lambdaPenalty: 0,
  discriminatorSteps: 1,
  adversarial: 'bce',
  cycleNoise: 0.5,
  learners: 'generators',
};

describe('settings changed while a GAN trains', () => {
  it.each(Object.entries(OTHERS))('hold from the next step on, as if configured so: %s', (name, value) => {
    const [changed, configured, asBefore] = [created(), created({ [name]: value }), created()];
    changed.training.change({ [name]: value });
    const losses = steps(changed.training, 3);
    expect(losses).toEqual(steps(configured.training, 3));
    expect(losses).not.toEqual(steps(asBefore.training, 3));
    for (const gan of [changed, configured, asBefore]) gan.dispose();
  });

  it('may change again, and leave what they do not name', () => {
    const [once, twice] = [created(), created({ lambdaCycle: 0, cycleNoise: 0.5 })];
    twice.training.change({ lambdaCycle: 10, cycleNoise: 0, lambdaIdentity: undefined });
    once.training.change({ lambdaCycle: 10 });
    expect(steps(twice.training, 2)).toEqual(steps(once.training, 2));
    expect(twice.training.settings).toEqual(once.training.settings);
    for (const gan of [once, twice]) gan.dispose();
  });

  it('draw nothing for noise that is none: the steps after it was off are those without it', () => {
    const [noisy, plain] = [created({ learners: 'discriminators' }), created({ learners: 'discriminators' })];
    step(plain.training);
    noisy.training.change({ cycleNoise: 0.5 });
    step(noisy.training);
    noisy.training.change({ cycleNoise: 0 });
    expect(steps(noisy.training, 2)).toEqual(steps(plain.training, 2));
    for (const gan of [noisy, plain]) gan.dispose();
  });
});

describe('one side learning alone', () => {
  it.each([
    ['generators', [0, 1, 4, 6, 7]],
    ['discriminators', [2, 3, 5]],
  ] as const)('%s: they and nothing else change, losses of both are told', async (learners, learning) => {
    // F_s learns along and generators have running statistics: neither may move while discriminators learn.
    const { training, dispose } = created({}, 'cyemogan', true);
    step(training);
    const before = await numbersOf(training);
    training.change({ learners });
    const tensors = memoryUse().tensors;
    const losses = step(training);
    expect(memoryUse().tensors).toBe(tensors);
    const after = await numbersOf(training);
    const moved = before.flatMap((part, i) => (same(part, after[i]) ? [] : [i]));
    expect(moved).toEqual([...learning]);
    expect(Object.keys(losses)).toEqual([...training.terms]);
    expect(Object.values(losses).every(Number.isFinite)).toBe(true);
    dispose();
  });

  it('has the losses of the other side told as a step would find them', () => {
    const [both, alone] = [
      created({ discriminatorSteps: 1 }, 'cyemogan'),
      created({ discriminatorSteps: 1 }, 'cyemogan'),
    ];
    alone.training.change({ learners: 'generators' });
    expect(step(alone.training)).toEqual(step(both.training));
    for (const gan of [both, alone]) gan.dispose();
    const [all, still] = [created({ discriminatorSteps: 1 }), created({ discriminatorSteps: 1 })];
    still.training.change({ learners: 'discriminators' });
    expect(step(still.training)).toEqual(step(all.training));
    for (const gan of [all, still]) gan.dispose();
  });
});

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

describe.each(['cpu', 'wasm'] as const)('a saved training on %s', (backend) => {
  beforeAll(() => selectBackend(backend));
  afterAll(() => selectBackend('wasm'));

  it.each([0, 3])('is restored to the last bit, saved after %i steps', async (at) => {
    const { training, dispose } = created({}, 'cyemogan', true);
    steps(training, at);
    const saved = new SavedTraining(training, at);
    const before = await saved.read();
    for (let round = 0; round < 2; round++) {
      steps(training, 2);
      expect(same(await numbersOf(training), before)).toBe(false);
      saved.restore();
      expect(await numbersOf(training)).toEqual(before);
    }
    // What was saved is not what is trained: it stays as it is.
    step(training);
    expect(await saved.read()).toEqual(before);
    saved.dispose();
    dispose();
  });

  it('goes on as it would have, the classifier’s copy for inference included', () => {
    const [there, back] = [created({}, 'cyemogan'), created({}, 'cyemogan')];
    const saved = new SavedTraining(back.training, 0);
    // Discriminators that learn at a rate of 0 use up batches and leave all weights where they are.
    there.training.change({ learners: 'discriminators', discriminatorLearningRate: 0 });
    steps(there.training, 2);
    steps(back.training, 2);
    saved.restore();
    there.training.change({ learners: 'generators', discriminatorLearningRate: 6e-4 });
    back.training.change({ learners: 'generators' });
    expect(steps(back.training, 2)).toEqual(steps(there.training, 2));
    saved.dispose();
    for (const gan of [there, back]) gan.dispose();
  });

  it('leaves no tensor behind', () => {
    const before = memoryUse().tensors;
    const { training, dispose } = created();
    steps(training, 2);
    const present = memoryUse().tensors;
    const saved = new SavedTraining(training, 2);
    const kept = memoryUse().tensors;
    step(training);
    saved.restore();
    expect(memoryUse().tensors).toBe(kept);
    saved.dispose();
    expect(memoryUse().tensors).toBe(present);
    dispose();
    expect(memoryUse().tensors).toBe(before);
  });
});
