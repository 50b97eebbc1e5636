/** `merge`: the parts of a comparison that several machines computed, put together. */
import { parseArgs } from 'node:util';
import {
  type FoundUnit,
  type Identity,
  identityDifferences,
  joinUnits,
  sameProgram,
} from '../src/experiment/compare/identity.ts';
import { type PrintedComparison, printedComparison } from '../src/experiment/compare/output.ts';
import { unitName } from '../src/experiment/compare/unit.ts';
import {
  noteRecipes,
  openFolder,
  readIdentity,
  readRecipes,
  readUnits,
  writeResults,
  writeUnit,
} from './comparisonFolder.ts';
import { reporter } from './reporter.ts';

/** The identity that all folders share; without a version of the program where one of them has none. */
async function commonIdentity(folders: readonly string[]): Promise<Identity> {
  const parts = await Promise.all(
    folders.map(async (folder) => {
      const identity = await readIdentity(folder);
      if (!identity)
        throw new Error(`merge: ${folder} holds no comparison; name folders that compare --out wrote`);
      return { folder, identity };
    }),
  );
  // Compared with one whose version is known, where there is one: two others may differ in it.
  const first = parts.find(({ identity }) => identity.program !== '') ?? parts[0];
  for (const { folder, identity } of parts) {
    const differences = identityDifferences(first.identity, identity);
    if (differences.length > 0) {
      throw new Error(
        `merge: ${first.folder} and ${folder} are not parts of one comparison: ${differences.join('; ')}. ` +
          'Merge only what was computed with the same configuration on the same corpora.',
      );
    }
    if (!sameProgram(first.identity, identity)) {
      throw new Error(
        `merge: ${first.folder} and ${folder} were computed by versions ${first.identity.program} and ` +
          `${identity.program} of the program, whose figures may differ. Merge only what one version computed.`,
      );
    }
  }
  return (parts.find(({ identity }) => identity.program === '') ?? first).identity;
}

/** Joins the folders into `--out`; the object to print. */
export async function merge(args: string[]): Promise<PrintedComparison> {
  const { values, positionals } = parseArgs({
    args,
    options: { out: { type: 'string' }, paper: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const { out } = values;
  if (positionals.length === 0 || !out)
    throw new Error('merge: give folders and --out, as in: merge DIR… --out DIR');
  const report = reporter(process.stderr);
  const told = (message: string) => report.line(message);
  const identity = await commonIdentity(positionals);
  if (identity.program === '') {
    told('Not every part says which version of the program computed it; they are taken to be of one.');
  }
  // What the folder holds already is a part too.
  await openFolder(out, identity, told);
  const found: FoundUnit[] = [];
  for (const folder of new Set([...positionals, out])) {
    const recipes = await readRecipes(folder);
    if (recipes) await noteRecipes(out, recipes);
    found.push(...(await readUnits(folder, identity, told)));
  }
  const units = joinUnits(found);
  for (const unit of units) await writeUnit(out, unit);
  const results = await writeResults(out, identity, units, values);
  const { missing } = results;
  if (missing.length > 0) {
    report.line(`${missing.length} trainings are missing: ${missing.map(unitName).join(', ')}`);
  }
  return printedComparison(results);
}
