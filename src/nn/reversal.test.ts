import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { selectBackend } from './backend.ts';
import { differentiate } from './gradients.ts';
import { crossEntropy } from './losses.ts';
import { Mlp, SHAPE_DEFAULTS } from './mlp.ts';
import { reverseGradient } from './reversal.ts';
import { oneHotRows, tf } from './tf.ts';

const random = randomStream(1, 'reversal-test');
// One linear layer each: finite differences across a kink of a ReLU would be off.
const shape = { ...SHAPE_DEFAULTS, hidden: 'relu', batchNorm: false } as const;

beforeAll(() => selectBackend('cpu'));

describe('reversal of the gradient', () => {
  it('gives an encoder −factor times the derivative, by finite differences, and the head the derivative itself', () => {
    const factor = 0.7;
    const encoder = Mlp.create({ ...shape, sizes: [3, 4] }, random);
    const head = Mlp.create({ ...shape, sizes: [4, 3] }, random);
    const x = tf.tensor2d(Float32Array.from({ length: 24 }, random.normal), [8, 3]);
    const labels = oneHotRows([0, 1, 2, 0, 1, 2, 0, 1], 3);
    const loss = () =>
      crossEntropy(head.apply(reverseGradient(encoder.apply(x, { inputGradient: false }), factor)), labels);
    const { gradients } = differentiate(() => ({ total: loss() }));
    for (const [network, sign] of [
      [encoder, -factor],
      [head, 1],
    ] as const) {
      for (const variable of network.variables()) {
        const gradient = gradients.take(variable).dataSync();
        const values = Float32Array.from(variable.dataSync());
        for (const i of [0, 4, values.length - 1]) {
          const at = (value: number) => {
            variable.assign(tf.tensor(values.with(i, value), variable.shape));
            return loss().dataSync()[0];
          };
          const step = 1e-2;
          const slope = (at(values[i] + step) - at(values[i] - step)) / (2 * step);
          at(values[i]);
          expect(gradient[i]).toBeCloseTo(sign * slope, 3);
        }
      }
    }
  });

  it('changes nothing on the way forward', () => {
    const x = tf.tensor2d([[1, -2]]);
    expect([...reverseGradient(x, 3).dataSync()]).toEqual([1, -2]);
  });
});
