/**
 * Seeing a GAN fail: a lesson provokes a collapse, which is told and can be cured; a recorded run opens at once; what is
 * changed while a GAN trains leaves its mark; samples can be asked about.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Watch } from './studio.ts';

test('a collapse is provoked, told, and cured in the run that goes', async ({ page }) => {
  test.setTimeout(300_000);
  const watch = new Watch(page);
  await watch.studio.open();
  await watch.open('lesson', 'Mode collapse');
  const coach = page.getByRole('complementary', { name: 'Lesson: Mode collapse' });
  await coach.getByRole('button', { name: 'Start training' }).click();
  await expect(coach.getByRole('status')).toContainText(/Alarm at step \d+/, { timeout: 150_000 });
  const finding = watch.finding(/Mode collapse/).first();
  await expect(finding).toContainText(/since step \d+/);
  await expect(finding).toContainText(/expected/);
  // A figure lights its curve up.
  const figure = finding.getByRole('button', { pressed: false }).first();
  await figure.click();
  await expect(finding.getByRole('button', { pressed: true })).toHaveCount(1);

  await coach.getByRole('button', { name: /Bind the generators again/ }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(/λ/, { timeout: 60_000 });
  await expect(watch.studio.status).toContainText(/Training the GAN/, { timeout: 60_000 });
  await expect(coach.getByRole('status')).toContainText(/The cure is at work|Gone at step/);
  await watch.studio.stop.click();
  await watch.back.click();
  await expect(watch.studio.start).toBeEnabled();
  watch.studio.expectNoComplaints();
});

test('a recorded run opens without training, and one scrubber moves it', async ({ page }) => {
  const watch = new Watch(page);
  await watch.studio.open();
  await watch.open('recording', 'Collapsed');
  await watch.shows(/step \d+/);
  await watch.moment.press('End');
  await expect(watch.finding(/Mode collapse/).first()).toBeVisible({ timeout: 60_000 });
  await expect(watch.studio.projection.locator('canvas').first()).toBeVisible();
  const last = await watch.moment.getAttribute('aria-valuetext');
  await watch.moment.press('Home');
  await expect(watch.moment).not.toHaveAttribute('aria-valuetext', last ?? '');
  await expect(watch.finding(/Mode collapse/)).toHaveCount(0);

  await page.getByRole('button', { name: 'Play the moments' }).click();
  await watch.shows(/step (?!25\b)\d+/);
  await page.getByRole('button', { name: 'Stop playing the moments' }).click();

  await watch.back.click();
  await watch.shows(/no moments yet/);
  watch.studio.expectNoComplaints();
});

test('a healthy recorded run stays quiet', async ({ page }) => {
  const watch = new Watch(page);
  await watch.studio.open();
  await watch.open('recording', 'A healthy run');
  await expect(watch.findings).toContainText(/Nothing wrong at step \d+/, { timeout: 60_000 });
  for (const alarm of ['Critical', 'Warning']) await expect(watch.findings).not.toContainText(alarm);
});

test('what is changed while the GAN trains has its mark, and is in the configuration', async ({ page }) => {
  const watch = new Watch(page);
  const { studio } = watch;
  await studio.open();
  await studio.shorten();
  await studio.start.click();
  await expect(studio.status).toContainText('Training the GAN', { timeout: 120_000 });
  await studio.pause.click();
  await page.getByText('Live settings').first().click();
  const field = page.getByRole('textbox', { name: 'λ₂ cycle', exact: true });
  await field.fill('4');
  await field.press('Enter');
  await studio.resume.click();
  await studio.done(120_000);
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText(/λ₂ cycle.*10.*4/);

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Configuration as JSON' }).click();
  const config = JSON.parse(await readFile(await (await saving).path(), 'utf8'));
  expect(config.settings.gan.lambdaCycle).toBe(10);
  expect(config.changes).toEqual([
    { after: expect.any(Number), request: { kind: 'set', set: { lambdaCycle: 4 } } },
  ]);
  studio.expectNoComplaints();
});

test('samples can be selected, counted and compared', async ({ page }) => {
  const watch = new Watch(page);
  await watch.studio.open();
  await watch.open('recording', 'A healthy run');
  const { projection } = watch.studio;
  const inspector = page.getByRole('region', { name: 'Inspector' });
  const select = async (group: string) => {
    await projection.getByRole('combobox', { name: 'Group to select' }).selectOption(group);
    await projection.getByRole('button', { name: 'Select this group and class' }).click();
  };
  await select('Source');
  await expect(inspector).toContainText('600');
  await projection.getByRole('button', { name: /Compare with/ }).click();
  await select('Target');
  await expect(inspector).toContainText('500');
  await expect(inspector.getByRole('table').last()).toContainText(/F0|loudness|mfcc/i);
  watch.studio.expectNoComplaints();
});
