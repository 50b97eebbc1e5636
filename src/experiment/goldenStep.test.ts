import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { provideKernelThreads } from '../../cli/kernels.ts';
import { type BackendName, configureWasm, memoryUse, selectBackend, type WasmSetup } from '../nn/backend.ts';
import { tf } from '../nn/tf.ts';
import { checkStep } from './goldenStep.ts';

const golden = new URL('../../../shared/golden/', import.meta.url);
const files = ['step_bce_bn0.json', 'step_bce_bn1.json', 'step_wgan_bn0.json'];

/** Every way a step is computed without a GPU. */
const PATHS: readonly { name: string; backend: BackendName; setup?: Omit<WasmSetup, 'spawn'> }[] = [
  { name: 'plain JavaScript', backend: 'cpu' },
  { name: 'stock WASM', backend: 'wasm', setup: { kernels: 'stock' } },
  ...(['simd', 'relaxed'] as const).flatMap((kernels) =>
    [1, 3].map((threads) => ({
      name: `kernels with ${kernels}, ${threads} threads`,
      backend: 'wasm' as const,
      setup: { kernels, threads },
    })),
  ),
];

describe.skipIf(!existsSync(golden))('reference values of one step (needs ../shared/golden)', () => {
  describe.each(PATHS)('on $name', ({ backend, setup }) => {
    beforeAll(async () => {
      if (setup) provideKernelThreads(setup);
      await selectBackend(backend);
    });
    afterAll(async () => {
      await selectBackend('cpu');
      configureWasm({});
    });

    it('computes with what is meant', () => {
      const name = tf.getBackend();
      expect(name).toBe(setup && setup.kernels !== 'stock' ? 'studio-wasm' : backend);
      const { machine } = tf.backend() as { machine?: { level: string; threads: number } };
      expect([machine?.level, machine?.threads]).toEqual(
        setup?.kernels === 'stock' || !setup ? [undefined, undefined] : [setup.kernels, setup.threads],
      );
    });

    it.each(files)('%s: every term and gradient within 2e-4', async (name) => {
      const discrepancies = await checkStep(JSON.parse(readFileSync(new URL(name, golden), 'utf8')));
      expect(discrepancies.length).toBeGreaterThanOrEqual(40);
      expect(discrepancies.filter(({ relativeError }) => !(relativeError <= 2e-4))).toEqual([]);
    });

    it('sees a wrong loss and a wrong gradient', async () => {
      const file = JSON.parse(readFileSync(new URL(files[0], golden), 'utf8'));
      file.expected.generator.cycle *= 1.001;
      file.expected.gradients.D_T[1].kernel[0][0] += 0.01;
      const wrong = (await checkStep(file)).filter(({ relativeError }) => relativeError > 2e-4);
      expect(wrong.map(({ name }) => name)).toEqual(['generator.cycle', 'gradients.D_T[1].kernel']);
    });

    it('leaves no tensor behind', async () => {
      const file = JSON.parse(readFileSync(new URL(files[1], golden), 'utf8'));
      await checkStep(file);
      const before = memoryUse().tensors;
      await checkStep(file);
      expect(memoryUse().tensors).toBe(before);
    });
  });
});
