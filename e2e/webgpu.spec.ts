/**
 * A run on WebGPU in the trainer's worker, and one whose device is lost. Without a GPU it is computed in software,
 * a second a step or more, so it need only get going; that its numbers are right is shown by the golden test.
 */
import { chromium, expect, test } from '@playwright/test';
import { launchOptions } from '../scripts/browser.ts';
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

test('a lost graphics device ends the run with a message, and the next run goes', async ({ baseURL }) => {
  test.setTimeout(240_000);
  // A browser of its own: its graphics process is killed.
  const browser = await chromium.launch(launchOptions({ webgpu: true }));
  try {
    const studio = new Studio(await browser.newPage({ baseURL }));
    await studio.open();
    await studio.backend.selectOption('webgpu');
    await studio.start.click();
    await expect.poll(() => studio.currentStep(), { timeout: 120_000 }).toBeGreaterThan(2);
    const session = await browser.newBrowserCDPSession();
    await session.send('Browser.crashGpuProcess');
    await expect(studio.alert).toContainText('graphics device was lost', { timeout: 30_000 });
    await studio.backend.selectOption('wasm');
    await studio.start.click();
    await expect.poll(() => studio.currentStep(), { timeout: 60_000 }).toBeGreaterThan(4);
    await expect(studio.alert).toHaveCount(0);
  } finally {
    await browser.close();
  }
});
