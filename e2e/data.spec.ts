/** The data page as somebody uses it who brings files of his own: several, a folder, labels apart, faulty ones. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { Corpus } from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import { corpusFile, labelFile, rowsOf, withLines } from './files.ts';
import { DataPage } from './studio.ts';

const { source: mine, target: other } = demoCorpora({
  seed: 7,
  sourceRows: 60,
  targetRows: 40,
  features: 12,
});
const part = (corpus: Corpus, k: number) =>
  corpusFile(rowsOf(corpus, 20 * k, 20 * (k + 1)), `session_${k + 1}.csv`, true);

test('several files are one corpus, and so is a folder; what lies beside the tables is left aside', async ({
  page,
}, info) => {
  const data = new DataPage(page);
  await data.open();
  await data.give('Source', part(mine, 1), part(mine, 0), part(mine, 2));
  const source = data.column('Source');
  await expect(source.getByText('60 rows', { exact: true })).toBeVisible();
  await expect(source.getByText('3 files', { exact: true })).toBeVisible();
  await expect(source.getByRole('listitem').filter({ hasText: 'session_2.csv' })).toContainText('20 rows');

  const folder = join(info.outputPath(), 'recordings');
  mkdirSync(join(folder, 'features'), { recursive: true });
  for (const file of [part(other, 0), part(other, 1)]) {
    writeFileSync(join(folder, 'features', file.name), file.text);
  }
  writeFileSync(join(folder, 'readme.txt'), 'Recorded in spring.\n');
  await data.giveFolder('Target', folder);
  const target = data.column('Target');
  await expect(target.getByText('40 rows', { exact: true })).toBeVisible();
  await expect(target.getByText('recordings/features/session_1.csv')).toBeVisible();
  await expect(target.getByText('file-ignored')).toBeVisible();
  await expect(page.getByRole('main').getByText('12 features shared by name').first()).toBeVisible();

  await data.drop('Source', folder);
  await expect(source.getByText('40 rows', { exact: true })).toBeVisible();
  await expect(source.getByText('recordings/features/session_2.csv')).toBeVisible();
  const empty = join(info.outputPath(), 'empty');
  mkdirSync(empty);
  await data.drop('Source', empty);
  await expect(data.alert).toContainText(/no file in it/);
  await expect(source.getByText('40 rows', { exact: true })).toBeVisible();
  data.studio.expectNoComplaints();
});

test('faulty files are refused with a way out, and two corpora of different features are kept apart', async ({
  page,
}) => {
  const data = new DataPage(page);
  await data.open();
  const whole = corpusFile(mine, 'cut.csv', true);
  const faulty = withLines(whole, {
    5: (line) => line.split(',').slice(0, 6).join(','),
    9: (line) => line.replace(/,[^,]*$/, ',loud'),
  });
  await data.give('Source', faulty);
  await expect(data.alert).toContainText(/cut\.csv, line 5/);
  await expect(data.column('Source').getByText('Simulated demo corpus')).toBeVisible();
  await page.getByRole('button', { name: 'Read without these rows' }).click();
  await expect(data.alert).toContainText(/line 9.*loud/);
  await page.getByRole('button', { name: 'Count words as missing' }).click();
  await expect(data.column('Source').getByText('59 rows', { exact: true })).toBeVisible();
  const quality = data.quality('source');
  await expect(quality.getByRole('heading', { name: /Rows of the wrong length/ })).toContainText('1');
  await expect(quality.getByRole('heading', { name: /Words among numbers/ })).toContainText('1');
  await expect(quality.getByText(/1 cell with a word.*counted as missing/)).toBeVisible();

  const stranger = { ...other, features: other.features.map((_, i) => `own_measure_${i}_of_mine`) };
  await data.give('Target', corpusFile(stranger, 'stranger.csv', true));
  await expect(data.alert.filter({ hasText: 'cannot be used together' })).toContainText(/share no feature/);
  await data.give('Target', { name: 'nothing.csv', text: '' });
  await expect(data.alert.filter({ hasText: 'nothing.csv' })).toContainText('found an empty file');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(data.alert.filter({ hasText: 'nothing.csv' })).toBeHidden();
  await expect(data.column('Target').getByText('stranger', { exact: true })).toBeVisible();
});

test('a file of labels joins the corpus that is there', async ({ page }) => {
  const data = new DataPage(page);
  await data.open();
  await data.give('Target', corpusFile(other, 'bare.csv', false));
  const target = data.column('Target');
  await expect(target.getByText('no labels')).toHaveCount(2);
  await data.give('Target', { name: 'others.csv', text: 'file,activation\nother_1,low\nother_2,high\n' });
  await expect(target.getByRole('heading', { name: 'Labels fit no utterance' })).toBeVisible();
  await expect(target.getByText('Is it of another corpus?')).toContainText('other_1');
  const labels = labelFile(rowsOf(other, 0, 30), 'ratings.csv');
  await data.give('Target', { ...labels, text: `${labels.text}somebody_else,low,high\n` });
  await expect(target.getByText('30 of 40 utterances')).toBeVisible();
  await target.getByText('10 utterances that it does not name').click();
  await expect(target.getByText(other.utterances[30])).toBeVisible();
  await target.getByText('3 names in it that no utterance has').click();
  await expect(target.getByText('somebody_else')).toBeVisible();
  await expect(target.getByText('no labels')).toHaveCount(0);
  data.studio.expectNoComplaints();
});

test('what is found is mended by one click, and the click can be taken back', async ({ page }) => {
  const data = new DataPage(page);
  await data.open();
  const flat = { ...mine, features: [...mine.features.slice(0, -1), 'the_same_in_all'] };
  flat.values = mine.values.map((value, i) => (i % 12 === 11 ? 3 : value));
  const faulty = withLines(corpusFile(flat, 'faulty.csv', true), {
    4: (line) => line.replace(/^(([^,]*,){5})[^,]*/, '$1'),
    61: (line) => `${line}\n${line}`,
  });
  await data.give('Source', faulty);
  const source = data.column('Source');
  const quality = data.quality('source');
  const choose = async (name: string) => {
    await quality.getByRole('button', { name, exact: true }).click();
    await expect(quality.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true');
  };
  await expect(source.getByText('61 rows', { exact: true })).toBeVisible();
  await choose('Leave their rows out');
  await expect(source.getByText('60 rows', { exact: true })).toBeVisible();
  await choose('Keep the first of each');
  await expect(source.getByText('59 rows', { exact: true })).toBeVisible();
  await choose('Leave them out');
  await expect(source.getByText('11 features', { exact: true })).toBeVisible();
  await choose('Fill with the column’s median');
  await expect(source.getByText('60 rows', { exact: true })).toBeVisible();
  await expect(quality.getByRole('status')).toContainText('faulty made anew: 60 rows, 11 features');
  // What was decided is there for the studio too.
  await data.studio.goTo('Studio');
  await expect(page.getByText('60 rows', { exact: true }).first()).toBeVisible();
  data.studio.expectNoComplaints();
});

test('a choice that would leave nothing is refused where it was made', async ({ page }) => {
  const data = new DataPage(page);
  await data.open();
  const lines = ['file,a,b', ...[1, 2, 3, 4].map((u) => (u % 2 ? `u${u},${u},` : `u${u},,${u}`))];
  await data.give('Source', { name: 'gaps.csv', text: `${lines.join('\n')}\n` });
  const quality = data.quality('source');
  await quality.getByRole('button', { name: 'Leave their rows out' }).click();
  const said = 'These repairs would leave no row of 4: every row has a gap. Choose another repair.';
  await expect(quality.getByRole('alert')).toContainText(said);
  await expect(quality.getByRole('button', { name: 'Fill with the column’s median' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(data.column('Source').getByText(said)).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Source', exact: true }).getByText(said)).toBeVisible();
  await quality.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText(said)).toHaveCount(0);
  await expect(quality.getByRole('heading', { name: 'Source' })).toBeFocused();
  data.studio.expectNoComplaints();
});

test('what is saved reads back as it was, in each format; samples can be saved after a run', async ({
  page,
}, info) => {
  const data = new DataPage(page);
  await data.open();
  await data.give('Source', corpusFile(mine, 'emo.csv', true));
  const facts = (place: 'Source' | 'Target') => data.column(place).getByRole('list').first();
  await expect(facts('Source')).toContainText('60 rows');
  const bars = (place: 'Source' | 'Target') =>
    data
      .column(place)
      .getByText(/^(low|mid|high) [0-9]/)
      .allTextContents();
  for (const format of ['CSV', 'ARFF', 'Parquet'] as const) {
    const path = await data.save('source corpus', format, info.outputPath());
    expect(path).toContain(`emo.${format.toLowerCase()}`);
    await expect(page.getByText(/^emo\.\w+ saved: 60 rows/)).toBeVisible();
    await data.studio.give(page.getByRole('main').getByLabel('Target corpus', { exact: true }), path);
    await expect(data.column('Target').getByText(`${format}, 60 rows`)).toBeVisible();
    await expect(facts('Target')).toHaveText((await facts('Source').textContent()) ?? '');
    expect(await bars('Target')).toEqual(await bars('Source'));
  }
  // All rows of both: a corpus that was written and read again is the same to the last bit.
  await expect(page.getByText('60 rows of the target equal')).toBeVisible();

  const samples = page.getByRole('button', { name: 'Save samples B as CSV' });
  await expect(samples).toBeDisabled();
  await data.studio.goTo('Studio');
  await data.studio.shorten();
  await data.studio.start.click();
  await data.studio.done(60_000);
  await data.studio.goTo('Data');
  await expect(samples).toBeEnabled();
  const path = await data.save('samples B', 'CSV', info.outputPath());
  const [header, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(header).toContain('name,origin_row,origin,type,activation,');
  expect(rows).toHaveLength(60);
  data.studio.expectNoComplaints();
});
