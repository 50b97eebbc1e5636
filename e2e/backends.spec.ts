/** A browser without WebGPU: the studio says why, and computes with what there is. */
import { expect, test } from '@playwright/test';
import { launchOptions } from '../scripts/browser.ts';
import { Studio } from './studio.ts';

test.describe('without WebGPU', () => {
  test.use({ launchOptions: launchOptions({ webgpu: false }) });

  test('the page trains on WASM and says why', async ({ page }) => {
    const studio = new Studio(page);
    await studio.open();
    await expect(page.getByText(/WebGPU: /).first()).toBeAttached({ timeout: 30_000 });
    await expect(studio.backend.locator('option', { hasText: /webgpu/i })).toBeDisabled();
    await studio.start.click();
    await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
    await expect(page.getByText(/wasm/i).first()).toBeVisible();
    studio.expectNoComplaints();
  });
});

test('a run on WebGPU reaches the GAN', async ({ page }) => {
  test.setTimeout(300_000);
  const studio = new Studio(page);
  await studio.open();
  await studio.backend.selectOption('webgpu');
  await studio.start.click();
  await expect(studio.status).toContainText('Training the GAN', { timeout: 240_000 });
  await studio.stop.click();
  await expect(studio.start).toBeEnabled();
  studio.expectNoComplaints();
});
