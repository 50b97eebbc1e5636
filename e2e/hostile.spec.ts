/** Files that cannot be read: an alert names the place, and what was loaded before stays. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { demoCorpora } from '../src/corpus/demo.ts';
import { corpusFile, hasRealCorpora, NO_REAL_CORPORA, REAL } from './files.ts';
import { Studio, type TestFile } from './studio.ts';

interface HostileFile {
  readonly what: string;
  readonly file: TestFile;
  /** What the alert must say besides the file's name. */
  readonly says: RegExp;
}

const HOSTILE: readonly HostileFile[] = [
  { what: 'an empty file', file: { name: 'empty.csv', text: '' }, says: /empty/i },
  {
    what: 'a binary file',
    file: {
      name: 'picture.csv',
      text: Buffer.from(Uint8Array.from({ length: 4096 }, (_, i) => (i * 131) % 256)),
    },
    says: /binary|text/i,
  },
  {
    what: 'a ragged file',
    file: { name: 'ragged.csv', text: 'file,a1,a2,a3\nx.wav,1,2,3\ny.wav,4,5\nz.wav,7,8,9\n' },
    says: /line 3/,
  },
  {
    what: 'a word among numbers',
    file: { name: 'word.csv', text: 'file,a1,a2,a3\nx.wav,1,2,3\ny.wav,4,loud,6\nz.wav,7,8,9\n' },
    says: /line 3, column 3 "a2".*loud/s,
  },
];

for (const { what, file, says } of HOSTILE) {
  test(`${what} gives an alert with an address`, async ({ page }) => {
    const studio = new Studio(page);
    await studio.open();
    await studio.give(studio.target, file);
    await expect(studio.alert).toContainText(says);
    await expect(studio.alert).toContainText(typeof file === 'string' ? file : file.name);
    await expect(studio.start).toBeEnabled();
    studio.expectNoComplaints();
  });
}

test('a file of low-level descriptors is refused', async ({ page }) => {
  test.skip(!hasRealCorpora, NO_REAL_CORPORA);
  const studio = new Studio(page);
  await studio.open();
  await studio.give(studio.source, { name: 'lld.csv', text: readFileSync(REAL.lld) });
  await expect(studio.alert).toContainText(/low-level/i);
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
