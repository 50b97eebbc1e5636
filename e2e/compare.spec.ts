/** Comparing methods: the tables fill, what is finished survives a reload, and figures can be taken away. */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { demoCorpora } from '../src/corpus/demo.ts';
import { corpusFile } from './files.ts';
import { ComparePage, Studio } from './studio.ts';

/** What a button saves. */
async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button, exact: true }).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/** Trainings done, as the status states them. */
const doneOf = (text: string | null) => Number(/(\d+) of \d+ trainings done/.exec(text ?? '')?.[1]);

test('a comparison fills tables and chart, and can be taken away', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open(['Source only', 'CORAL', 'Gaussian noise'], 2);
  await expect(page.getByText(/About .+ for 6 trainings/).last()).toBeVisible({ timeout: 30_000 });
  await compare.start.click();
  await expect(compare.stop).toBeEnabled();
  await compare.done(60_000);

  const controls = compare.table(4).getByRole('row').last();
  await expect(controls.getByRole('cell').filter({ hasText: /^\d+\.\d\d ± \d+\.\d\d$/ })).toHaveCount(3);
  await expect(controls.getByRole('cell', { name: '–' })).toHaveCount(1);
  await expect(compare.row(5, 'CORAL')).toContainText(/[+−]\d+\.\d\d.*0\.\d{3}/);
  await expect(page.getByText(/2 pairs cannot reach less than 0\.500/)).toBeVisible();
  await expect(
    page
      .getByRole('figure', { name: /UAR on the target/ })
      .locator('svg')
      .first(),
  ).toBeVisible();

  const results = JSON.parse(await saved(page, 'Save JSON'));
  expect(results.cells).toHaveLength(3);
  expect(await saved(page, 'Save CSV')).toMatch(/^method,samples,.*\nsource-only,O,/);
  expect(await saved(page, 'Save Markdown')).toContain('| Activation |');
  expect(await saved(page, 'Save LaTeX')).toContain('\\toprule');

  await expect(compare.table(2)).not.toContainText('IEMOCAP');
  await page.getByRole('checkbox', { name: /The paper’s figures/ }).check();
  await expect(compare.table(2)).toContainText('IEMOCAP → CreativeIT (paper)');
  compare.studio.expectNoComplaints();
});

test('what is finished survives a stop and a reload', async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.open(['Source only', 'CORAL'], 5);
  await compare.start.click();
  await expect(page.getByRole('img', { name: '2 of 5 seeds done' }).first()).toBeVisible({ timeout: 60_000 });
  await compare.stop.click();
  await expect(compare.status).toContainText('Stopped');
  const before = doneOf(await compare.status.textContent());
  expect(before).toBeGreaterThanOrEqual(3);
  expect(before).toBeLessThan(10);

  await page.reload();
  await expect(compare.status).toContainText(`${before} of 10 trainings done`, { timeout: 30_000 });
  await expect(compare.row(5, 'Source only')).toContainText('n = ');
  await compare.goOn.click();
  await compare.done(60_000);
  await expect(compare.table(5)).not.toContainText('n = ');
  compare.studio.expectNoComplaints();
});

test('a comparison waits for the training run, and both pages stay as they are', async ({ page }) => {
  const compare = new ComparePage(page);
  const { studio } = compare;
  await compare.open(['Source only'], 1);
  await studio.goTo('Studio');
  await studio.start.click();
  await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
  await studio.pause.click();
  await studio.goTo('Compare');
  await expect(compare.method('Source only')).toBeChecked();
  await expect(compare.method('CORAL')).not.toBeChecked();
  await compare.start.click();
  await expect(compare.status).toContainText('Waits for the training run in the studio, which is paused');
  await page.goBack();
  await expect(studio.status).toContainText('Paused');
  await studio.stop.click();
  await studio.goTo('Compare');
  await compare.done(60_000);
  studio.expectNoComplaints();
});

test('a target without labels cannot be compared on, and the page says what to do', async ({ page }) => {
  const studio = new Studio(page);
  await studio.open();
  const { target } = demoCorpora({ seed: 1, sourceRows: 60, targetRows: 50 });
  await studio.give(studio.target, corpusFile(target, 'unlabelled.csv', false));
  await expect(page.getByText('unlabelled').first()).toBeVisible();
  await studio.goTo('Compare');
  await expect(studio.alert).toContainText(/target carries no labels for activation.*Load another target/);
  await expect(new ComparePage(page).start).toBeDisabled();
  studio.expectNoComplaints();
});
