/**
 * Seeing a GAN fail: a lesson provokes a collapse, which is told and can be cured; a recorded run opens at once; what is
 * changed while a GAN trains leaves its mark; samples can be asked about.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { Watch } from './studio.ts';

test('a collapse is provoked, told with its figures, and cured by another run', async ({ page }) => {
  test.setTimeout(300_000);
  const watch = new Watch(page);
  const { studio } = watch;
  await studio.open();
  await watch.open('lesson', 'Mode collapse');
  const coach = watch.coach('Mode collapse');
  await coach.getByRole('button', { name: 'Start training' }).click();
  await expect(coach.getByRole('status')).toContainText(/Alarm at step \d+/, { timeout: 150_000 });
  await expect(studio.status).toContainText('Paused');
  const finding = watch.finding(/Mode collapse/).first();
  await expect(finding).toContainText(/Critical.*since step \d+/);
  // A figure lights its curve up.
  await finding
    .getByRole('button', { name: /expected/ })
    .first()
    .click();
  await expect(finding.getByRole('button', { pressed: true })).toHaveCount(1);

  await coach.getByRole('button', { name: /^Next run/ }).click();
  await expect(coach.getByRole('status')).toContainText('The cure is at work');
  await expect(studio.status).toContainText('Training the GAN', { timeout: 60_000 });
  await expect(watch.findings).toContainText(/Nothing wrong at step \d+/, { timeout: 60_000 });
  await studio.stop.click();
  await watch.back.click();
  await expect(studio.start).toBeEnabled();
  studio.expectNoComplaints();
});

test('a failure is cured in the run that goes, which leaves its mark', async ({ page }) => {
  test.setTimeout(300_000);
  const watch = new Watch(page);
  await watch.studio.open();
  await watch.open('lesson', 'Z ignored');
  const coach = watch.coach('Z ignored');
  await coach.getByRole('button', { name: 'Start training' }).click();
  await expect(coach.getByRole('status')).toContainText(/Alarm at step \d+/, { timeout: 150_000 });
  await coach.getByRole('button', { name: /^Raise λ₃/ }).click();
  await expect(coach.getByRole('status')).toContainText(/Gone at step \d+/, { timeout: 150_000 });
  await expect(watch.timeline).toContainText(/λ₃ emotion/);
  await expect(coach.getByRole('table')).toContainText('Z-ratio');
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
  await watch.moment.press('Home');
  const moments = 9;
  for (let i = 0; i < moments; i++) {
    await expect(watch.moment).toHaveAttribute('aria-valuetext', /no findings/);
    await watch.moment.press('ArrowRight');
  }
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
  await expect(watch.timeline).toContainText(/λ₂ cycle.*10.*4/);

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

  // An outline that is drawn back to where it began.
  await projection.getByRole('button', { name: 'Lasso' }).click();
  const map = projection.locator('canvas').first();
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (!box) throw new Error('The map is not on the page.');
  const [left, top, side] = [box.x + 20, box.y + box.height / 2 - 80, 160];
  await page.mouse.move(left, top);
  await page.mouse.down();
  for (const [x, y] of [
    [side, 0],
    [side, side],
    [0, side],
    [0, 0],
  ]) {
    await page.mouse.move(left + x, top + y, { steps: 5 });
  }
  await page.mouse.up();
  await expect(inspector).toContainText(/Drawn on the map/);
  watch.studio.expectNoComplaints();
});
