import { describe, expect, it } from 'vitest';
import { gemmFlops, paperAdam, paperStep, type StepTask, stepFlops } from './tasks.ts';

describe('the work of a step', () => {
  it('at paper size is what PyTorch’s profiler counts in its products, less than 0.1 % beside', () => {
    // addmm 6.7002752, mm 11.2536192 GFLOP, version 1.13, for bench/peers/pytorch.py.
    expect(stepFlops(paperStep(1582, 64)) / 17.9538944e9).toBeCloseTo(1, 3);
  });

  it('is in proportion to the batch', () => {
    expect(stepFlops(paperStep(88, 128))).toBe(2 * stepFlops(paperStep(88, 64)));
  });

  it('of networks without hidden layers is as counted by hand', () => {
    const task: StepTask = {
      ...paperStep(10, 1),
      generator: [],
      discriminator: [],
      classifier: [],
    };
    // Forward and weights' gradient of 2 passes 10 → 10 and 3 of 13 → 10, and a cycle pass of each with its input's.
    const generators = 2 * (2 * 200) + 3 * (2 * 260) + 3 * 200 + 3 * 260;
    // Forward and input's gradient of 3 passes 10 → 3 and 2 of 10 → 1.
    const judges = 2 * (3 * 60 + 2 * 20);
    // Forward and weights' gradient on 2 passes of each D; 4 products of each penalty.
    const discriminators = 2 * (2 * 2 * 20) + 2 * 4 * 20;
    expect(stepFlops(task)).toBe(generators + judges + discriminators);
  });
});

describe('tasks of paper size', () => {
  it('Adam updates the weights of two generators with batch norm', () => {
    const { shapes } = paperAdam(1582);
    const layers = (input: number) =>
      [
        [input, 1000],
        [1000, 500],
        [500, 1000],
      ].reduce((sum, [i, o]) => sum + i * o + 3 * o, 1000 * 1582 + 1582);
    const count = shapes.reduce((sum, shape) => sum + shape.reduce((size, d) => size * d, 1), 0);
    expect(count).toBe(layers(1582) + layers(1585));
  });

  it('a product is two operations for each of m n k', () => {
    expect(gemmFlops({ m: 2, k: 3, n: 5 })).toBe(60);
  });
});
