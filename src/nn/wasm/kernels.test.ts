import { afterEach, describe, expect, it } from 'vitest';
import { provideKernelThreads } from '../../../cli/kernels.ts';
import { configureWasm, discardWasm, probeBackends, selectBackend } from '../backend.ts';
import { kernelErrors } from '../ops/agreement.testing.ts';
import { tf } from '../tf.ts';

afterEach(async () => {
  await selectBackend('cpu');
  configureWasm({});
});

describe('our WASM backend', () => {
  it.each([
    ['relaxed', 1],
    ['relaxed', 2],
    ['simd', 1],
  ] as const)(
    'computes every fused operation as tfjs does (%s SIMD, %d threads)',
    async (kernels, threads) => {
      provideKernelThreads({ kernels, threads });
      await selectBackend('wasm');
      expect(tf.getBackend()).toBe('studio-wasm');
      const errors = await kernelErrors('wasm');
      expect(errors.length).toBeGreaterThanOrEqual(100);
      expect(errors.filter(({ relativeError }) => !(relativeError <= 1e-4))).toEqual([]);
    },
  );

  /** The result of an operation here and on plain JavaScript. */
  async function both(compute: () => tf.Tensor): Promise<[number[], number[]]> {
    const values = async (backend: 'wasm' | 'cpu') => {
      await selectBackend(backend);
      const result = tf.tidy(compute);
      const numbers = Array.from(await result.data());
      result.dispose();
      return numbers;
    };
    return [await values('wasm'), await values('cpu')];
  }

  const x = () => tf.tensor2d([1, -2, 3, 4, 5, -6, 7, 8, 9, 10, -11, 12], [3, 4]);
  it.each<[string, () => tf.Tensor]>([
    ['joins columns', () => tf.concat2d([x(), tf.ones([3, 2]), x()], 1)],
    ['joins rows', () => tf.concat2d([x(), tf.ones([1, 4])], 0)],
    ['joins vectors', () => tf.concat1d([tf.tensor1d([1, 2]), tf.tensor1d([3])])],
    ['joins along three axes', () => tf.concat([tf.ones([2, 2, 2]), tf.zeros([2, 1, 2])], 1)],
    ['cuts', () => tf.slice(x(), [1, 1], [2, 2])],
    ['cuts vectors', () => tf.slice1d(tf.tensor1d([1, 2, 3, 4]), 1, 2)],
    ['splits columns', () => tf.split(x(), [1, 3], 1)[1]],
    ['splits rows', () => tf.split(x(), 3, 0)[2]],
    ['gathers rows', () => tf.gather(x(), tf.tensor1d([2, 0, 2], 'int32'))],
    ['gathers columns', () => tf.gather(x(), tf.tensor1d([3, 0], 'int32'), 1)],
    ['adds equal shapes', () => tf.add(x(), x())],
    ['adds a row', () => tf.add(x(), tf.tensor2d([1, 2, 3, 4], [1, 4]))],
    ['subtracts from a row', () => tf.sub(tf.tensor1d([1, 2, 3, 4]), x())],
    ['multiplies by a column', () => tf.mul(x(), tf.tensor2d([1, 2, 3], [3, 1]))],
    ['multiplies a row by a column', () => tf.mul(tf.tensor2d([1, 2], [1, 2]), tf.tensor2d([3, 4], [2, 1]))],
    ['adds a number', () => tf.add(x(), 2)],
    ['adds a middle axis', () => tf.add(tf.ones([2, 3, 2]), tf.tensor3d([1, 2, 3], [1, 3, 1]))],
    ['adds integers', () => tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32'))],
    ['adds integers to numbers', () => tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([0.5, 4]))],
    ['adds truths', () => tf.add(tf.cast(tf.tensor1d([1, 0], 'bool'), 'float32'), tf.tensor1d([0.5, 4]))],
    ['multiplies integers', () => tf.matMul(tf.cast(tf.ones([2, 2], 'int32'), 'float32'), tf.ones([2, 3]))],
    ['multiplies over nothing', () => tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3]))],
    ['multiplies matrices', () => tf.matMul(x(), x(), false, true)],
    ['multiplies stacks of matrices', () => tf.matMul(tf.ones([2, 3, 4]), tf.ones([2, 4, 2]))],
    ['does what it has no kernel for', () => tf.softmax(tf.cumsum(x(), 1))],
    ['holds nothing', () => tf.concat2d([tf.zeros([0, 4]), x()], 0)],
  ])('%s', async (_, compute) => {
    const [here, there] = await both(compute);
    expect(here).toEqual(there);
  });

  it('computes in a page that has no shared memory', async () => {
    const { SharedArrayBuffer: present } = globalThis;
    Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
    try {
      provideKernelThreads({ threads: 2 });
      await selectBackend('wasm');
      expect(tf.getBackend()).toBe('studio-wasm');
      const { options } = await probeBackends();
      expect(options.find(({ name }) => name === 'wasm')?.reason).toMatch(/one thread \(the page is not/);
      expect([...(await tf.add(tf.ones([2]), tf.ones([2])).data())]).toEqual([2, 2]);
    } finally {
      globalThis.SharedArrayBuffer = present;
    }
  });

  it('starts afresh when its memory is given up', async () => {
    await selectBackend('wasm');
    const before = (tf.backend() as unknown as { machine: unknown }).machine;
    tf.ones([100]);
    await discardWasm();
    await selectBackend('wasm');
    expect((tf.backend() as unknown as { machine: unknown }).machine).not.toBe(before);
    expect([...(await tf.ones([2]).data())]).toEqual([1, 1]);
  });

  it('cuts vectors while memory grows', async () => {
    await selectBackend('wasm');
    const vector = tf.range(0, 200_000);
    const parts = Array.from({ length: 40 }, () => tf.slice1d(vector, 1, 199_999));
    expect([...(await parts[39].data()).slice(0, 3)]).toEqual([1, 2, 3]);
    tf.dispose([vector, ...parts]);
  });

  it('computes with one thread where others cannot be started', async () => {
    let terminated = 0;
    const spawn = () => ({ ready: Promise.reject(new Error('blocked')), terminate: () => void terminated++ });
    configureWasm({ threads: 3, spawn });
    await selectBackend('wasm');
    const { machine } = tf.backend() as unknown as { machine: { threads: number } };
    expect([machine.threads, terminated]).toEqual([1, 2]);
    const { options } = await probeBackends();
    const own = options.find(({ name }) => name === 'wasm');
    expect([own?.threads, own?.reason]).toEqual([1, expect.stringMatching(/one thread \(blocked\)/)]);
    expect([...(await tf.matMul(tf.eye(3), tf.eye(3)).data())]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  it('refuses a row that is not there', async () => {
    await selectBackend('wasm');
    expect(() => tf.gather(tf.ones([2, 2]), tf.tensor1d([2], 'int32'))).toThrow();
  });

  it('gives numbers that stay when the tensor goes', async () => {
    await selectBackend('wasm');
    const tensor = tf.tensor1d([1, 2, 3]);
    const values = await tensor.data();
    tensor.dispose();
    tf.tensor1d([7, 8, 9]);
    expect([...values]).toEqual([1, 2, 3]);
  });

  it('keeps its tensors when memory grows under them', async () => {
    await selectBackend('wasm');
    const small = tf.tensor1d([1, 2, 3]);
    const large = Array.from({ length: 8 }, () => tf.fill([1_000_000], 2));
    expect([...(await tf.add(small, small).data())]).toEqual([2, 4, 6]);
    tf.dispose([small, ...large]);
  });
});
