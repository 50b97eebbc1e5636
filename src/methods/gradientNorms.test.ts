import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import { tf } from '../nn/tf.ts';
import { CYCLE_VARIANTS, ganTerms } from './cycleVariant.ts';
import type { GanTerm } from './events.ts';
import {
  discriminatorConstants,
  discriminatorLoss,
  generatorLoss,
  judgeBatch,
  type LossOptions,
  makeFakes,
} from './ganStep.ts';
import { gradientNorms, PULLS } from './gradientNorms.ts';
import { smallGan } from './smallGan.testing.ts';

const OPTIONS: LossOptions = {
  conditioned: false,
  adversarial: 'bce',
  mse: 'sum',
  pairedTerm: 'source',
  weights: { identity: 5, cycle: 10, emotion: 2, gradientPenalty: 3 },
};
const VARIANT = CYCLE_VARIANTS.cycada;

beforeAll(() => selectBackend('cpu'));
afterAll(() => selectBackend('cpu'));

/** Every loss term with its weight, and the totals; as plain numbers. */
function lossesOf({ nets, batch, F }: ReturnType<typeof smallGan>) {
  return tf.tidy(() => {
    const judge = { F, question: VARIANT.emotion.question };
    const { total: generatorTotal, ...made } = generatorLoss(nets, batch, OPTIONS, judge).terms;
    const judged = judgeBatch(nets, batch, makeFakes(nets, batch, OPTIONS));
    const constants = discriminatorConstants(nets, batch, judged);
    const { total: discriminatorTotal, ...told } = discriminatorLoss(nets, constants, OPTIONS);
    const terms: Partial<Record<GanTerm, tf.Scalar>> = { ...made, ...told };
    const value = (term: GanTerm) => terms[term]?.dataSync()[0] ?? Number.NaN;
    const weighted = PULLS.flatMap(({ of, terms: own, weight }) =>
      (Object.keys(own) as GanTerm[])
        .filter((term) => terms[term])
        .map((term) => ({ of, term, value: weight(OPTIONS.weights) * value(term) })),
    );
    return {
      weighted,
      generatorTotal: generatorTotal.dataSync()[0],
      discriminatorTotal: discriminatorTotal.dataSync()[0],
    };
  });
}

/** The norm of the gradient by central differences, of every weight of the networks. */
function numericNorm(gan: ReturnType<typeof smallGan>, term: GanTerm, names: readonly string[]): number {
  const h = 2e-3;
  const loss = () => lossesOf(gan).weighted.find((entry) => entry.term === term)?.value ?? Number.NaN;
  let squares = 0;
  for (const name of names) {
    for (const variable of gan.nets[name as keyof typeof gan.nets].variables()) {
      const values = variable.dataSync().slice();
      const at = (i: number, delta: number) => {
        const moved = values.slice();
        moved[i] += delta;
        const tensor = tf.tensor(moved, variable.shape);
        variable.assign(tensor);
        tensor.dispose();
        return loss();
      };
      for (let i = 0; i < values.length; i++) squares += ((at(i, h) - at(i, -h)) / (2 * h)) ** 2;
      at(0, 0);
    }
  }
  return Math.sqrt(squares);
}

describe('gradient norms', () => {
  it('are those of the terms as they enter the totals', () => {
    const gan = smallGan();
    const { weighted, generatorTotal, discriminatorTotal } = lossesOf(gan);
    gan.dispose();
    const sum = (discriminators: boolean) =>
      weighted
        .filter(({ of }) => (of === 'discriminators') === discriminators)
        .reduce((total, { value }) => total + value, 0);
    expect(sum(false)).toBeCloseTo(generatorTotal, 3);
    expect(sum(true)).toBeCloseTo(discriminatorTotal, 3);
  });

  it.each([
    ['cycle', ['G_ST', 'G_TS']],
    ['adversarialTS', ['G_ST', 'G_TS']],
    ['semanticConsistency', ['G_ST', 'G_TS']],
    ['adversarialT', ['D_S', 'D_T']],
  ] as const)('agree with differences of the loss: %s', async (term, names) => {
    const before = memoryUse().tensors;
    const gan = smallGan();
    const { nets, batch, F } = gan;
    const judge = { F, question: VARIANT.emotion.question };
    const copy = () => ({ ...batch });
    const norms = await gradientNorms(nets, copy, OPTIONS, judge, VARIANT);
    const numeric = numericNorm(gan, term, names);
    expect(Math.abs((norms[term] ?? Number.NaN) / numeric - 1)).toBeLessThan(0.02);
    gan.dispose();
    expect(memoryUse().tensors).toBe(before);
  });

  it('leave out what has no weight and what the method has not', async () => {
    const gan = smallGan();
    const weights = { ...OPTIONS.weights, cycle: 0, gradientPenalty: 0 };
    const options = { ...OPTIONS, weights };
    const norms = await gradientNorms(
      gan.nets,
      () => ({ ...gan.batch }),
      options,
      null,
      CYCLE_VARIANTS.cyclegan,
    );
    expect(Object.keys(norms)).toEqual([
      'adversarialST',
      'adversarialTS',
      'identity',
      'adversarialS',
      'adversarialT',
    ]);
    gan.dispose();
  });

  it('know every term of every method but totals and the loss of F_s', () => {
    const known = new Set(PULLS.flatMap(({ terms }) => Object.keys(terms)));
    for (const variant of Object.values(CYCLE_VARIANTS)) {
      expect(
        ganTerms(variant).filter((term) => !known.has(term) && !/Total|classifierTask/.test(term)),
      ).toEqual([]);
    }
  });
});
