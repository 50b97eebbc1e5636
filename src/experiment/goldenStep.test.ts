import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BackendName, memoryUse, selectBackend } from '../nn/backend.ts';
import { checkStep } from './goldenStep.ts';

const golden = new URL('../../../shared/golden/', import.meta.url);
const files = ['step_bce_bn0.json', 'step_bce_bn1.json', 'step_wgan_bn0.json'];

describe.skipIf(!existsSync(golden))('reference values of one step (needs ../shared/golden)', () => {
  describe.each<BackendName>(['cpu', 'wasm'])('on %s', (backend) => {
    beforeAll(() => selectBackend(backend));
    afterAll(() => selectBackend('cpu'));

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
