/**
 * The folder of a comparison: what it is of, one file a finished unit, and the figures made of them. Files appear
 * whole or not at all, so that a comparison may be killed at any time, and several machines may fill one folder.
 */

import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAs } from '../src/experiment/compare/config.ts';
import { plannedUnits } from '../src/experiment/compare/grid.ts';
import {
  type FoundUnit,
  type Identity,
  IdentitySchema,
  identityDifferences,
  sameProgram,
} from '../src/experiment/compare/identity.ts';
import { latexOf } from '../src/experiment/compare/latex.ts';
import { markdownOf } from '../src/experiment/compare/markdown.ts';
import { resultsCsv } from '../src/experiment/compare/output.ts';
import { type ComparisonResults, summarise } from '../src/experiment/compare/summary.ts';
import { comparisonDocument, type TableOptions } from '../src/experiment/compare/tables.ts';
import { sameUnit, type UnitResult, UnitResultSchema, unitName } from '../src/experiment/compare/unit.ts';
import { type Recipes, RecipesSchema } from '../src/experiment/config.ts';
import { failureOf } from '../src/experiment/failure.ts';

const IDENTITY = 'comparison.json';
const RECIPES = 'corpora.json';
const UNITS = 'units';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
const isAbsent = (error: unknown) => codeOf(error) === 'ENOENT';
const isPresent = (error: unknown) => codeOf(error) === 'EEXIST';
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** Writes a file beside the one that is meant; its path. */
async function writeBeside(path: string, text: string): Promise<string> {
  const beside = `${path}.${randomUUID()}.tmp`;
  await writeFile(beside, text);
  return beside;
}

/** Writes beside the file, then takes its place in one move. */
async function writeWhole(path: string, text: string): Promise<void> {
  await rename(await writeBeside(path, text), path);
}

/** Writes a file whole where there is none; false where there is one, which stays, whoever wrote it just now. */
async function writeFirst(path: string, text: string): Promise<boolean> {
  const beside = await writeBeside(path, text);
  try {
    // Unlike a move, a link never takes the place of what is there. Some shared disks have none.
    await link(beside, path).catch((error) => {
      if (isPresent(error)) throw error;
      return copyFile(beside, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if (isPresent(error)) return false;
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
}

/**
 * What the comparison in a folder is of; null where there is none.
 * @throws where its file is not one of this format, saying what to do.
 */
export async function readIdentity(folder: string): Promise<Identity | null> {
  const path = join(folder, IDENTITY);
  try {
    return parseAs(IdentitySchema, JSON.parse(await readFile(path, 'utf8')), 'not a comparison');
  } catch (error) {
    if (isAbsent(error)) return null;
    throw new Error(`${path}: ${failureOf(error).message}. Remove the file or choose another --out.`);
  }
}

/** @throws where what a folder holds is not of this comparison, or of another version of the program. */
function requireSame(folder: string, identity: Identity, there: Identity): void {
  const differences = identityDifferences(identity, there);
  if (differences.length > 0) {
    throw new Error(
      `${folder} holds another comparison: ${differences.join('; ')}. ` +
        'Start with the same configuration and corpora to go on with it, or choose another --out.',
    );
  }
  if (!sameProgram(identity, there)) {
    throw new Error(
      `${folder} was computed by version ${there.program} of the program, and this is ${identity.program}: ` +
        'their figures may differ. Go on with that version, or choose another --out.',
    );
  }
}

/**
 * Makes the folder that of this comparison, or finds that it is; `report` is told where nobody knows which version of
 * the program began it.
 * @throws where it holds another comparison, naming what differs, or one of another version of the program.
 */
export async function openFolder(
  folder: string,
  identity: Identity,
  report: (message: string) => void,
): Promise<void> {
  await mkdir(join(folder, UNITS), { recursive: true });
  // Another machine may begin at the same time: whoever is first says what the folder is of.
  if (await writeFirst(join(folder, IDENTITY), json(identity))) return;
  const there = await readIdentity(folder);
  if (!there) throw new Error(`${join(folder, IDENTITY)} was removed while it was read. Start again.`);
  requireSame(folder, identity, there);
  if (there.program === '' && identity.program !== '') {
    report(
      `${folder} does not say which version of the program began it; its trainings are taken as they are.`,
    );
  }
}

/**
 * Notes what was decided about the corpora's files, so that they can be read so again; what is noted there stays, for
 * other decisions that give the same data are as good.
 */
export async function noteRecipes(folder: string, recipes: Recipes): Promise<void> {
  await writeFirst(join(folder, RECIPES), json(recipes));
}

/**
 * What a folder notes of decisions about the corpora; null where it notes none, as of the demo corpora.
 * @throws where its file is not one of this format, saying what to do.
 */
export async function readRecipes(folder: string): Promise<Recipes | null> {
  const path = join(folder, RECIPES);
  try {
    return parseAs(RecipesSchema, JSON.parse(await readFile(path, 'utf8')), 'no decisions about corpora');
  } catch (error) {
    if (isAbsent(error)) return null;
    throw new Error(`${path}: ${failureOf(error).message}. Remove the file, or mend it.`);
  }
}

/**
 * The finished units of a folder. A file that cannot be read as one is told to `report` and counts as missing.
 */
export async function readUnits(
  folder: string,
  { config }: Identity,
  report: (message: string) => void,
): Promise<FoundUnit[]> {
  const names = await readdir(join(folder, UNITS)).catch((error) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  const planned = plannedUnits(config);
  const found: FoundUnit[] = [];
  for (const name of names.filter((other) => other.endsWith('.json')).toSorted()) {
    const where = join(folder, UNITS, name);
    const unit = planned.find((key) => `${unitName(key)}.json` === name);
    try {
      const result = parseAs(UnitResultSchema, JSON.parse(await readFile(where, 'utf8')), 'not a unit');
      if (!unit || !sameUnit(unit, result)) throw new Error('not a unit of this comparison');
      found.push({ result, where });
    } catch (error) {
      report(`${where} is damaged and counts as missing: ${failureOf(error).message}`);
    }
  }
  return found;
}

/** Keeps a finished unit. */
export const writeUnit = (folder: string, result: UnitResult): Promise<void> =>
  writeWhole(join(folder, UNITS, `${unitName(result)}.json`), json(result));

/** Writes the figures of the units: `results.json`, `results.csv`, `table.md`, `table.tex`. */
export async function writeResults(
  folder: string,
  { config, corpora }: Identity,
  units: readonly UnitResult[],
  options: TableOptions,
): Promise<ComparisonResults> {
  const results = summarise(config, corpora, units);
  const document = comparisonDocument(results, options);
  await writeWhole(join(folder, 'results.json'), json(results));
  await writeWhole(join(folder, 'results.csv'), resultsCsv(config, units));
  await writeWhole(join(folder, 'table.md'), markdownOf(document));
  await writeWhole(join(folder, 'table.tex'), latexOf(document));
  return results;
}
