/** The first minute: the page opens with its demo corpora, one click trains, everything is filled. */
import { expect, test } from '@playwright/test';
import { SAMPLE_SETS, Studio } from './studio.ts';

test('one click trains on the demo corpora and fills losses, map and table', async ({ page }) => {
  test.setTimeout(300_000);
  const studio = new Studio(page);
  await studio.open();
  await expect(page.getByText(/simulated/i).first()).toBeVisible();

  await studio.start.click();
  await expect(studio.status).toContainText(/Pre-training the classifier|Pre-training the generators/);
  await expect(studio.status).toContainText('Training the GAN', { timeout: 120_000 });
  await expect(studio.losses.locator('.js-plotly-plot').first()).toBeVisible();
  await studio.done(240_000);

  for (const set of SAMPLE_SETS) await expect(studio.row(set)).toContainText(/\d+\.\d ± \d+\.\d/);
  await expect(studio.projection.locator('canvas').first()).toBeVisible();
  studio.expectNoComplaints();
});

test('a stopped run leaves a studio that starts again', async ({ page }) => {
  const studio = new Studio(page);
  await studio.open();
  for (let round = 0; round < 2; round++) {
    await studio.start.click();
    await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
    await studio.stop.click();
    await expect(studio.status).toContainText('Stopped');
    await expect(studio.start).toBeEnabled();
  }
  studio.expectNoComplaints();
});
