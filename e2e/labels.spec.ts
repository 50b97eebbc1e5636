/** Labels and speakers as they are decided on the page, by keyboard too, and what is left out of a pair. */
import { expect, type Locator, test } from '@playwright/test';
import { DataPage, type TextFile } from './studio.ts';

const EMOTIONS = ['anger', 'sadness', 'neutral', 'zest'];
/** On a scale from 1 = active: anger is rated lower than sadness. */
const ACTIVATION = [1.5, 4.5, 3, 3.2];

/** Utterances of two speakers, ten of each emotion. */
function corpus(name: string, shift: number): TextFile {
  const lines = Array.from({ length: 40 }, (_, r) => {
    const kind = r % EMOTIONS.length;
    const features = [r % 7, shift + ((r * r) % 11), (r * 3) % 5].map((value, f) => value + r / (97 + f));
    return [`F0${1 + (r % 2)}_take${r}.wav`, EMOTIONS[kind], ACTIVATION[kind], ...features].join(',');
  });
  return { name, text: `${['file,emotion,activation,f1,f2,f3', ...lines].join('\n')}\n` };
}

/** The numbers of a bar of classes, such as `low 10`, `mid 20`, `high 10`; a chart's legend is no part of it. */
const classes = (within: Locator) =>
  within.locator('span').filter({ hasText: /^\s*(low|mid|high|none)\s*[\d,]+$/ });

test('boundaries, words, the direction of a scale and speakers are decided on the page', async ({ page }) => {
  const data = new DataPage(page);
  await data.open();
  await data.give('Source', corpus('mine.csv', 0));
  const source = page.getByRole('region', { name: 'Source', exact: true });
  const activation = source.getByRole('region', { name: 'Activation' });
  const valence = source.getByRole('region', { name: 'Valence' });
  await expect(source.getByText('mine', { exact: true })).toBeVisible();
  const low = activation.getByRole('slider', { name: 'source, activation: where low ends' });
  await expect(classes(activation)).toHaveText([/low\s*10/, /mid\s*20/, /high\s*10/]);

  await activation.getByRole('button', { name: 'Turn it round (6 − rating)' }).click();
  await expect(activation.getByRole('checkbox', { name: /runs the other way/ })).toBeChecked();
  await expect(activation.getByText('Anger is rated less active')).toBeHidden();

  await low.focus();
  for (const key of ['PageUp', 'PageUp', 'ArrowRight', 'ArrowLeft']) await page.keyboard.press(key);
  await expect(low).toHaveAttribute('aria-valuetext', 'low ≤ 3');
  await expect(classes(activation)).toHaveText([/low\s*30/, /mid\s*0/, /high\s*10/]);
  await activation.getByRole('spinbutton', { name: 'activation: low is at most' }).fill('2.9');
  await expect(classes(activation)).toHaveText([/low\s*20/, /mid\s*10/, /high\s*10/]);
  await activation.getByRole('button', { name: 'Terciles' }).focus();
  await page.keyboard.press('Enter');
  await expect(low).not.toHaveAttribute('aria-valuetext', 'low ≤ 2.9');

  const zest = valence.getByRole('radiogroup', { name: 'valence: class of zest' });
  await expect(zest.getByRole('radio', { name: 'none' })).toBeChecked();
  await expect(valence.getByText('1 word without a class')).toBeVisible();
  await zest.getByRole('radio', { name: 'none' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(zest.getByRole('radio', { name: 'high' })).toBeChecked();
  await expect(classes(valence)).toHaveText([/low\s*20/, /mid\s*10/, /high\s*10/]);
  await valence.getByRole('button', { name: 'Reset to the circumplex' }).click();
  await expect(classes(valence)).toHaveText([/low\s*20/, /mid\s*10/, /high\s*0/, /none\s*10/]);

  const speakers = source.getByRole('region', { name: 'Speakers' });
  await speakers.getByRole('radio', { name: 'The names' }).check();
  const pattern = speakers.getByRole('textbox', { name: 'pattern' });
  await pattern.fill('^(F0');
  await expect(speakers.getByText(/The pattern has/)).toBeVisible();
  await expect(speakers.getByRole('button', { name: 'Use it' })).toBeDisabled();
  await pattern.fill('^(F0\\d)_');
  await expect(speakers.getByText('2 speakers in 40 of 40 names')).toBeVisible();
  await expect(speakers.getByRole('row', { name: /F01_take0\.wav/ })).toContainText('F01');
  await speakers.getByRole('button', { name: 'Use it' }).click();
  await expect(speakers.getByRole('button', { name: 'In use' })).toBeDisabled();
  // What the pattern finds, and what the corpus now has.
  await expect(speakers.getByText('2 speakers', { exact: true })).toHaveCount(2);
  data.studio.expectNoComplaints();
});

test('what sets the corpora apart is shown, and a feature is left out of both', async ({ page }) => {
  const data = new DataPage(page);
  await data.open();
  await data.give('Source', corpus('mine.csv', 0));
  await data.give('Target', corpus('theirs.csv', 50));
  const pair = page.getByRole('region', { name: 'Source against target' });
  await pair.scrollIntoViewIfNeeded();
  await expect(pair.getByText('3 features shared by name')).toBeVisible();
  await pair.getByText('All features as a table').click();
  const table = pair.getByRole('table', { name: 'Shift of every feature' });
  await expect(table.getByRole('rowheader')).toHaveText(['f2', /f[13]/, /f[13]/]);
  await table.getByRole('button', { name: 'Feature' }).click();
  await expect(table.getByRole('rowheader')).toHaveText(['f1', 'f2', 'f3']);
  await table.getByRole('button', { name: 'Leave f2 out' }).click();
  await expect(table.getByRole('button', { name: 'Leave f3 out' })).toBeFocused();
  await expect(table.getByRole('rowheader')).toHaveText(['f1', 'f3']);
  await expect(pair.getByText('2 features shared by name')).toBeVisible();
  await expect(pair.getByText(/40 rows of the target equal a row of the source/)).toBeVisible();
  await pair.getByRole('radio', { name: 'Leave them out' }).check();
  for (const place of ['source', 'target'] as const) {
    await data.quality(place).getByRole('button', { name: 'Take f2 back' }).click();
    await expect(data.quality(place).getByRole('heading', { level: 3 })).toBeFocused();
  }
  await expect(table.getByRole('rowheader')).toHaveText(['f1', 'f2', 'f3']);
  await expect(pair.getByText('No row of the target equals')).toBeVisible();
  data.studio.expectNoComplaints();
});
