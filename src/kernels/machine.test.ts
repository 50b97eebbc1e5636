import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnKernelThread } from '../../cli/kernels.ts';
import { randomStream } from '../corpus/random.ts';
import { Machine, type Product, type SimdLevel, simdLevel } from './machine.ts';

const random = randomStream(1, 'machine-test');
const normals = (count: number) => Float32Array.from({ length: count }, random.normal);

/** Puts arrays into the machine's memory, uses them, and frees them. */
function withArrays<T>(
  machine: Machine,
  arrays: readonly Float32Array[],
  use: (...places: number[]) => T,
): T {
  const places = arrays.map((array) => machine.allocate(4 * array.length));
  arrays.forEach((array, i) => {
    machine.floats(places[i], array.length).set(array);
  });
  const result = use(...places);
  for (const place of places) machine.release(place);
  return result;
}

interface Case extends Pick<Product, 'm' | 'n' | 'k' | 'transposeA' | 'transposeB' | 'add'> {
  readonly slope: number;
  readonly biased: boolean;
}

/** What `gemm` leaves in C, from a C of ones. */
function product(
  machine: Machine,
  { biased, ...shape }: Case,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
) {
  const ones = new Float32Array(shape.m * shape.n).fill(1);
  return withArrays(machine, [a, b, bias, ones], (aAt, bAt, biasAt, c) => {
    machine.gemm({ ...shape, a: aAt, b: bAt, c, bias: biased ? biasAt : 0 });
    return machine.floats(c, ones.length).slice();
  });
}

function byDefinition(
  { m, n, k, transposeA, transposeB, add, slope, biased }: Case,
  a: Float32Array,
  b: Float32Array,
  bias: Float32Array,
) {
  return Float64Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = add ? 1 : 0;
    for (let d = 0; d < k; d++)
      sum += a[transposeA ? d * m + i : i * k + d] * b[transposeB ? j * k + d : d * n + j];
    if (biased) sum += bias[j];
    return sum > 0 ? sum : slope * sum;
  });
}

const shapes = fc.record({
  m: fc.integer({ min: 1, max: 40 }),
  n: fc.integer({ min: 1, max: 40 }),
  // Around 512 the inner dimension is cut into blocks.
  k: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(511, 512, 513, 1030)),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  add: fc.boolean(),
  slope: fc.constantFrom(0, 0.25, 1),
  biased: fc.boolean(),
});

describe.each<SimdLevel>(['simd', 'relaxed'])('the kernels on %s', (level) => {
  let alone: Machine;
  let many: Machine;
  beforeAll(async () => {
    alone = Machine.create({ level, shared: false }) as Machine;
    many = Machine.create({ level, shared: true }) as Machine;
    await many.start(3, spawnKernelThread);
  });
  afterAll(() => many.dispose());

  it('are those of the level that was asked for', () => {
    expect(simdLevel()).toBe('relaxed');
    expect([alone.level, alone.threads, many.level, many.threads]).toEqual([level, 1, level, 3]);
  });

  it('multiply as the definition does, for every transposition, with bias, activation and addition', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const [a, b, bias] = [shape.m * shape.k, shape.k * shape.n, shape.n].map(normals);
        const expected = byDefinition(shape, a, b, bias);
        const found = product(alone, shape, a, b, bias);
        const tolerance = 1e-6 * Math.sqrt(shape.k) * 10;
        found.forEach((value, i) => {
          expect(Math.abs(value - expected[i])).toBeLessThan(tolerance);
        });
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    [130, 257, 300, false, false],
    [257, 130, 300, true, false],
    [130, 1000, 520, false, true],
    [1000, 70, 64, true, true],
  ])('give the same bits with three threads as with one (%d × %d, %d)', (m, n, k, transposeA, transposeB) => {
    const shape: Case = { m, n, k, transposeA, transposeB, slope: 0.2, biased: true, add: false };
    const [a, b, bias] = [m * k, k * n, n].map(normals);
    const one = product(alone, shape, a, b, bias);
    expect(product(many, shape, a, b, bias)).toEqual(one);
    // Rows of A large enough for several blocks of the cache.
    expect(one.some((value) => value !== 0)).toBe(true);
  });

  it('hand out work thousands of times without losing a part', () => {
    const [m, n, k] = [64, 256, 256];
    const shape: Case = {
      m,
      n,
      k,
      transposeA: false,
      transposeB: false,
      slope: 1,
      biased: false,
      add: false,
    };
    const [a, b] = [normals(m * k), normals(k * n)];
    const expected = product(alone, shape, a, b, b);
    withArrays(many, [a, b, new Float32Array(m * n)], (aAt, bAt, c) => {
      for (let turn = 0; turn < 2000; turn++) {
        many.floats(c, m * n).fill(0);
        many.gemm({ m, n, k, a: aAt, b: bAt, c });
        if (turn % 100 === 0) expect(many.floats(c, m * n)).toEqual(expected);
      }
    });
  });

  it('update as Adam does', () => {
    const settings = { rate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };
    const count = 100_003;
    const [weights, average, gradient] = [normals(count), normals(count), normals(count)];
    const squares = normals(count).map(Math.abs);
    const update = (machine: Machine) =>
      withArrays(machine, [weights, average, squares, gradient], (w, a, s, g) => {
        machine.adam({ weights: w, average: a, squares: s, gradient: g }, count, settings);
        return [w, a, s].map((place) => machine.floats(place, count).slice());
      });
    const [w, a, s] = update(alone);
    for (let i = 0; i < count; i += 997) {
      const mean = 0.5 * average[i] + 0.5 * gradient[i];
      const square = 0.999 * squares[i] + 0.001 * gradient[i] ** 2;
      expect(a[i]).toBeCloseTo(mean, 5);
      expect(s[i]).toBeCloseTo(square, 5);
      expect(w[i]).toBeCloseTo(weights[i] - (0.01 * mean) / (Math.sqrt(square) + 1e-8), 4);
    }
    expect(update(many)).toEqual([w, a, s]);
  });

  it('end the threads that did start where one does not', async () => {
    const machine = Machine.create({ level, shared: true }) as Machine;
    let ended = 0;
    const spawn = (setup: { thread: number }) => {
      if (setup.thread === 2) throw new Error('no more');
      return { ready: Promise.resolve(), terminate: () => void ended++ };
    };
    await expect(machine.start(3, spawn)).rejects.toThrow('no more');
    expect([ended, machine.threads]).toEqual([1, 1]);
  });

  it('multiply matrices of very many columns', () => {
    const [m, n, k] = [2, 300_000, 8];
    withArrays(many, [normals(m * k), normals(k * n), new Float32Array(m * n)], (a, b, c) => {
      many.gemm({ m, n, k, a, b, c });
      const [x, y] = [many.floats(a, m * k), many.floats(b, k * n)];
      let last = 0;
      for (let d = 0; d < k; d++) last += x[k + d] * y[d * n + n - 1];
      expect(many.floats(c, m * n)[m * n - 1]).toBeCloseTo(last, 4);
    });
  });

  it('say so when memory is at its end, and go on', () => {
    expect(() => alone.allocate(2 ** 31)).toThrow('No memory is left');
    expect(() => alone.allocate(2 ** 32)).toThrow('No memory is left');
    const at = alone.allocate(1024);
    alone.floats(at, 256).fill(1);
    expect(alone.squaredSum(at, null, 256)).toBe(256);
    alone.release(at);
  });

  it('give back what was freed: memory does not grow over and over', () => {
    const grow = () => {
      const places = Array.from({ length: 20 }, (_, i) => alone.allocate(1000 * (i + 1)));
      for (const place of places) alone.release(place);
      return alone.memory.buffer.byteLength;
    };
    const before = grow();
    for (let turn = 0; turn < 1000; turn++) grow();
    expect(grow()).toBe(before);
  });
});
