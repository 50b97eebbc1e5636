/** Files that cannot be read: an alert names the place, and what was loaded before stays. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { demoCorpora } from '../src/corpus/demo.ts';
import { corpusFile, hasRealCorpora, NO_REAL_CORPORA, REAL } from './files.ts';
import { Studio, type TestFile } from './studio.ts';

interface HostileFile {
  readonly what: string;
  readonly file: TestFile;
  /** What the alert must say: the file's name tells nothing of it. */
  readonly says: string;
}

const HOSTILE: readonly HostileFile[] = [
  { what: 'an empty file', file: { name: 'given.csv', text: '' }, says: 'given.csv: found an empty file' },
  {
    what: 'a binary file',
    file: {
      name: 'given.csv',
      text: Buffer.from(Uint8Array.from({ length: 4096 }, (_, i) => (i * 131) % 256)),
    },
    says: 'given.csv: found binary data (a zero byte at position 1)',
  },
  {
    what: 'a ragged file',
    file: { name: 'given.csv', text: 'file,a1,a2,a3\nx.wav,1,2,3\ny.wav,4,5\nz.wav,7,8,9\n' },
    says: 'given.csv, line 3: found 3 cells, expected 4 cells',
  },
  {
    what: 'a word among numbers',
    file: { name: 'given.csv', text: 'file,a1,a2,a3\nx.wav,1,2,3\ny.wav,4,loud,6\nz.wav,7,8,9\n' },
    says: 'given.csv, line 3, column 3 "a2": found "loud", expected a number',
  },
];

for (const { what, file, says } of HOSTILE) {
  test(`${what} gives an alert with an address`, async ({ page }) => {
    const studio = new Studio(page);
    await studio.open();
    await studio.give(studio.target, file);
    await expect(studio.alert).toContainText(says);
    await expect(studio.start).toBeEnabled();
    studio.expectNoComplaints();
  });
}

test('a file of low-level descriptors is refused', async ({ page }) => {
  test.skip(!hasRealCorpora, NO_REAL_CORPORA);
  const studio = new Studio(page);
  await studio.open();
  await studio.give(studio.source, { name: 'given.csv', text: readFileSync(REAL.lld) });
  await expect(studio.alert).toContainText('found low-level descriptors: 5 rows of "03a01Fa.wav"');
  studio.expectNoComplaints();
});

test('the corpus that was loaded before stays', async ({ page }) => {
  const studio = new Studio(page);
  await studio.open();
  const { source } = demoCorpora({ seed: 3, sourceRows: 123, targetRows: 20 });
  await studio.give(studio.source, corpusFile(source, 'mine.csv', true));
  await expect(page.getByText('mine').first()).toBeVisible();
  await studio.give(studio.source, HOSTILE[0].file);
  await expect(studio.alert).toBeVisible();
  await expect(page.getByText('mine').first()).toBeVisible();
  await expect(page.getByText('123').first()).toBeVisible();
  await expect(studio.start).toBeEnabled();
});
