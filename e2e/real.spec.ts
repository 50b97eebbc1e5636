/** Two real corpora: dropped, described, trained on with pauses, scored. */
import { expect, test } from '@playwright/test';
import { hasRealCorpora, NO_REAL_CORPORA, REAL } from './files.ts';
import { SAMPLE_SETS, Studio } from './studio.ts';

test.describe('real corpora', () => {
  test.skip(!hasRealCorpora, NO_REAL_CORPORA);

  test('EmoDB to RAVDESS: read, trained, paused, stepped, resumed, scored', async ({ page }) => {
    test.setTimeout(480_000);
    const studio = new Studio(page);
    await studio.open();
    await studio.give(studio.source, REAL.emodb);
    await studio.give(studio.target, REAL.ravdess);
    for (const fact of ['535 rows', '10 speakers', '1,440 rows', '24 speakers']) {
      await expect(page.getByText(fact, { exact: true })).toBeVisible({ timeout: 60_000 });
    }
    await expect(page.getByText('1,582 features', { exact: true })).toHaveCount(3);
    await expect(page.getByText('emobase2010', { exact: true })).toHaveCount(2);
    await studio.chooseTask('Activation');
    await studio.shorten();

    await studio.start.click();
    // In the longest phase: at the edge of a short one the pause may fall between two phases, where no step is.
    await expect(studio.status).toContainText(/Training the GAN · step \d/, { timeout: 120_000 });
    await studio.pause.click();
    await expect(studio.status).toContainText('Paused · Training the GAN');
    // The status speaks at most once a second.
    await page.waitForTimeout(1500);
    const paused = await studio.currentStep();
    expect(paused).not.toBeNull();
    await studio.step.click();
    await expect.poll(() => studio.currentStep()).toBe((paused ?? 0) + 1);
    await studio.resume.click();
    await expect(studio.pause).toBeEnabled();

    await studio.done(400_000);
    for (const set of SAMPLE_SETS) await expect(studio.row(set)).toContainText(/\d+\.\d ± \d+\.\d/);
    studio.expectNoComplaints();
  });
});
