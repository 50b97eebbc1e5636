/** No serious or critical finding of axe, in either theme, on every page, before and after a run has begun. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { demoCorpora } from '../src/corpus/demo.ts';
import { corpusFile, labelFile, withLines } from './files.ts';
import { ComparePage, DataPage, Studio } from './studio.ts';

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
    );
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1366, 390]) {
    test(`axe finds nothing serious: ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 844 });
      const studio = new Studio(page);
      await studio.open();
      expect(await seriousFindings(page)).toEqual([]);
      await studio.give(studio.source, { name: 'empty.csv', text: '' });
      await expect(studio.alert).toBeVisible();
      await studio.start.click();
      await expect(studio.status).toContainText(/step \d/i, { timeout: 60_000 });
      await studio.pause.click();
      await expect(studio.resume).toBeEnabled();
      expect(await seriousFindings(page)).toEqual([]);
    });

    test(`axe finds nothing serious on the data page: ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 844 });
      const data = new DataPage(page);
      await data.open();
      expect(await seriousFindings(page)).toEqual([]);
      const { source } = demoCorpora({ seed: 3, sourceRows: 60, targetRows: 20, features: 12 });
      const name = `${'a_name_as_long_as_names_of_files_become_'.repeat(3)}.csv`;
      const whole = corpusFile(source, name, true);
      const faulty = withLines(whole, {
        4: (line) => line.replace(/[^,]*$/, ''),
        9: (line) => `${line}\n${line}`,
      });
      await data.give('Source', faulty);
      await expect(
        data.quality('source').getByRole('button', { name: 'Keep the first of each' }),
      ).toBeVisible();
      await data.give('Target', whole);
      await data.give('Target', labelFile(source, 'labels.csv'));
      await expect(data.column('Target').getByText('60 of 60 utterances')).toBeVisible();
      await data.give('Target', withLines(whole, { 5: () => 'x,1' }));
      await expect(data.alert).toBeVisible();
      for (const summary of await page.getByRole('main').locator('summary').all()) await summary.click();
      expect(await seriousFindings(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });

    test(`axe finds nothing serious while comparing: ${colorScheme}, ${width} px`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 844 });
      const compare = new ComparePage(page);
      await compare.open(['Source only', 'CORAL'], 1);
      expect(await seriousFindings(page)).toEqual([]);
      await compare.start.click();
      await compare.done(60_000);
      await page.getByRole('checkbox', { name: /The paper’s figures/ }).check();
      expect(await seriousFindings(page)).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
}

test('the page does not scroll sideways at 390 px', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await new Studio(page).open();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
