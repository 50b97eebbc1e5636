/** A browser without WebGPU: the studio says why, and computes with what there is. */
import { expect, test } from '@playwright/test';
import { launchOptions } from '../scripts/browser.ts';
import { Studio } from './studio.ts';

test.use({ launchOptions: launchOptions({ webgpu: false }) });

test('without WebGPU the page trains on WASM and says why', async ({ page }) => {
  const studio = new Studio(page);
  await studio.open();
  await expect(page.getByText(/WASM: .*WebGPU/).first()).toBeVisible({ timeout: 30_000 });
  await expect(studio.backend.getByRole('option', { name: /webgpu/i })).toBeDisabled();
  await studio.start.click();
  await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
  studio.expectNoComplaints();
});

test('on a host that isolates no page it trains with one thread', async ({ page }) => {
  // As a plain web server would send the page: workers then have no shared memory.
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    await route.fulfill({ response, headers });
  });
  const studio = new Studio(page);
  await studio.open();
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
  await studio.start.click();
  await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
  await expect(page.locator('option[title*="not cross-origin isolated"]')).toBeAttached();
  studio.expectNoComplaints();
});
