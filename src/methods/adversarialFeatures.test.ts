import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { PRESETS } from '../experiment/presets.ts';
import { selectBackend } from '../nn/backend.ts';
import { AdaptedTraining, adaptationPlan, reversalWeight } from './adversarialFeatures.ts';
import { predict } from './classifier.ts';
import { rowSet } from './rows.ts';

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));

/** Three classes along the first feature; the target is moved along the second, which says nothing of the class. */
function toy(rows: number, shift: number, name: string) {
  const random = randomStream(1, name);
  const classes = Int8Array.from({ length: rows }, (_, r) => r % 3);
  const values = Float32Array.from({ length: 2 * rows }, (_, i) =>
    i % 2 === 0 ? classes[i / 2] - 1 + 0.15 * random.normal() : shift + 0.3 * random.normal(),
  );
  return { classes, matrix: { rows, columns: 2, values } };
}

const source = toy(150, 0, 'toy/source');
const target = toy(120, 1.5, 'toy/target');
const set = { labelled: { x: rowSet(source.matrix), classes: source.classes }, target: target.matrix };

/** Trains on the toy; the mean domain loss of the last steps and the share of target rows recognised. */
async function trained(lambda: number): Promise<{ domain: number; right: number }> {
  const steps = 300;
  const settings = {
    encoder: [16, 8],
    heads: [8],
    lambda,
    gamma: 10,
    learningRate: 5e-3,
    batch: 32,
    epochs: 1,
    steps,
  };
  const training = new AdaptedTraining(set, settings, 1);
  let domain = 0;
  for (let step = 0; step < steps; step++) {
    const losses = training.step(step / steps);
    if (step >= steps - 50) domain += losses.dataSync()[1] / 50;
    losses.dispose();
  }
  const frozen = training.frozen();
  const prediction = await predict(frozen, target.matrix);
  frozen.dispose();
  training.dispose();
  return { domain, right: prediction.filter((k, row) => k === target.classes[row]).length / 120 };
}

describe('adversarial features', () => {
  it('cannot be told apart by the domain head, which without reversal tells them easily', async () => {
    const [plain, reversed] = [await trained(0), await trained(1)];
    expect(plain.domain).toBeLessThan(0.3);
    expect(reversed.domain).toBeGreaterThan(0.85 * 2 * Math.LN2);
    // What tells classes apart is still there: guessing is right for a third.
    expect(reversed.right).toBeGreaterThan(0.6);
  });

  it('weighs the reversal from 0 to nearly λ as training goes', () => {
    expect(reversalWeight(0, { lambda: 1, gamma: 10 })).toBe(0);
    expect(reversalWeight(0.1, { lambda: 2, gamma: 10 })).toBeCloseTo(2 * Math.tanh(0.5), 12);
    expect(reversalWeight(1, { lambda: 1, gamma: 10 })).toBeCloseTo(1, 3);
  });

  it('plans as many steps as epochs of the longer corpus take, at most those set, for every repeat', () => {
    const { settings } = structuredClone(PRESETS.paper);
    const classes = Int8Array.from({ length: 100 }, (_, i) => i % 2);
    settings.dann = { ...settings.dann, batch: 10, epochs: 3, steps: 0 };
    expect(adaptationPlan(classes, 205, settings)).toEqual({ perEpoch: 21, perClassifier: 63, total: 315 });
    expect(adaptationPlan(classes, 50, settings)).toMatchObject({ perEpoch: 10, perClassifier: 30 });
    settings.dann.steps = 7;
    expect(adaptationPlan(classes, 50, settings)).toMatchObject({ perClassifier: 7, total: 35 });
  });
});
