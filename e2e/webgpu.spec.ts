/**
 * A run on WebGPU in the trainer's worker. Without a GPU it is computed in software, a second a step or more,
 * so it need only get going; that its numbers are right is shown by the golden test.
 */
import { expect, test } from '@playwright/test';
import { Studio } from './studio.ts';

test('a run on WebGPU trains and can be stopped', async ({ page }) => {
  const studio = new Studio(page);
  await studio.open();
  await studio.backend.selectOption('webgpu');
  await studio.start.click();
  await expect.poll(() => studio.currentStep(), { timeout: 120_000 }).toBeGreaterThan(4);
  await studio.stop.click();
  await expect(studio.start).toBeEnabled({ timeout: 30_000 });
  studio.expectNoComplaints();
});
