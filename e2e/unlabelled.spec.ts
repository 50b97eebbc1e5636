/** A target whose emotions nobody knows: nothing can be scored, and the table says so. */
import { expect, test } from '@playwright/test';
import { demoCorpora } from '../src/corpus/demo.ts';
import { corpusFile } from './files.ts';
import { Studio } from './studio.ts';

test('without target labels the table shows what was predicted instead of scores', async ({ page }) => {
  test.setTimeout(300_000);
  const studio = new Studio(page);
  await studio.open();
  const { target } = demoCorpora({ seed: 1 });
  await studio.give(studio.target, corpusFile(target, 'unlabelled.csv', false));
  await expect(page.getByText('unlabelled').first()).toBeVisible();
  await studio.shorten();
  await studio.start.click();
  await studio.done(240_000);
  await expect(page.getByText(/cannot (be )?score/i).first()).toBeVisible();
  await expect(studio.row('source-only')).toContainText(/\d+(\.\d)?\s?%/);
  await expect(studio.table).not.toContainText('±');
  studio.expectNoComplaints();
});
