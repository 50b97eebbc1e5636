import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { identityOf } from '../src/experiment/compare/identity.ts';
import { testConfig, testCorpora } from '../src/experiment/compare/units.testing.ts';
import { AUTO_RECIPE } from '../src/formats/recipe.ts';
import { noteRecipes, openFolder, readIdentity, readRecipes } from './comparisonFolder.ts';

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

it('notes the decisions about corpora by which it began, and refuses what are none', async () => {
  const one = join(folder, 'noted');
  await openFolder(one, identityOf(testConfig(), testCorpora, 'v1'), () => {});
  expect(await readRecipes(one)).toBeNull();
  const first = { source: AUTO_RECIPE, target: AUTO_RECIPE };
  await noteRecipes(one, first);
  await noteRecipes(one, { ...first, source: { ...AUTO_RECIPE, speaker: { from: 'none' } } });
  expect(await readRecipes(one)).toEqual(first);
  await writeFile(join(one, 'corpora.json'), '{"source": 1}');
  await expect(readRecipes(one)).rejects.toThrow(
    /corpora\.json: no decisions about corpora: .*Remove the file/,
  );
});
