/** Two real corpora: dropped, described, trained on with pauses, scored. */
import { expect, test } from '@playwright/test';
import { hasRealCorpora, NO_REAL_CORPORA, REAL } from './files.ts';
import { SAMPLE_SETS, Studio } from './studio.ts';

test.describe('real corpora', () => {
  test.skip(!hasRealCorpora, NO_REAL_CORPORA);

  test('EmoDB to RAVDESS: read, trained, paused, stepped, resumed, scored', async ({ page }) => {
    test.setTimeout(600_000);
    const studio = new Studio(page);
    await studio.open();
    await studio.give(studio.source, REAL.emodb);
    await studio.give(studio.target, REAL.ravdess);
    await expect(page.getByText('emobase2010').first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/1[,\s.]?440/).first()).toBeVisible({ timeout: 60_000 });
    await studio.chooseTask('Activation');

    await studio.start.click();
    await expect(studio.status).toContainText(/step \d/i, { timeout: 120_000 });
    await studio.pause.click();
    await expect(studio.resume).toBeEnabled();
    const paused = await studio.currentStep();
    await studio.step.click();
    await expect.poll(() => studio.currentStep()).toBe((paused ?? 0) + 1);
    await studio.resume.click();
    await expect(studio.pause).toBeEnabled();

    await studio.done(540_000);
    for (const set of SAMPLE_SETS) await expect(studio.row(set)).toContainText(/\d+\.\d ± \d+\.\d/);
    studio.expectNoComplaints();
  });

  test('a stopped run leaves a studio that starts again', async ({ page }) => {
    const studio = new Studio(page);
    await studio.open();
    await studio.start.click();
    await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
    await studio.stop.click();
    await expect(studio.start).toBeEnabled();
    await studio.start.click();
    await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
    studio.expectNoComplaints();
  });
});
