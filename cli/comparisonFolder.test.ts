import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { identityOf } from '../src/experiment/compare/identity.ts';
import { testConfig, testCorpora } from '../src/experiment/compare/units.testing.ts';
import { openFolder, readIdentity } from './comparisonFolder.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ccemogan-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('is of one comparison, however many begin in it at the same moment', async () => {
  const shared = join(folder, 'shared');
  const identities = [1, 2, 3, 4].map((seed) => identityOf(testConfig({ seeds: [seed] }), testCorpora, 'v1'));
  const opened = await Promise.allSettled(
    identities.map((identity) => openFolder(shared, identity, () => {})),
  );
  const first = opened.findIndex(({ status }) => status === 'fulfilled');
  expect(await readIdentity(shared)).toEqual(identities[first]);
  const refused = opened.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(refused).toHaveLength(3);
  for (const reason of refused) expect(reason).toMatch(/holds another comparison: config\.seeds/);
  // Those who lost leave nothing behind, and the first may come again.
  expect((await readdir(shared)).toSorted()).toEqual(['comparison.json', 'units']);
  await openFolder(shared, identities[first], () => {});
});
