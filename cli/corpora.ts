/** The corpora that a command works on: two files, or the simulated demo corpora. */
import type { Corpus } from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import { parseDemoSize } from '../src/corpus/demoSize.ts';
import type { Recipes } from '../src/experiment/config.ts';
import { featureSetConflict } from '../src/formats/featureSets.ts';
import type { Recipe } from '../src/formats/recipe.ts';
import type { ReadResult } from '../src/formats/report.ts';
import { readCorpusFiles } from './files.ts';
import type { Reporter } from './reporter.ts';

/** The arguments that name corpora, for `parseArgs`. */
export const CORPUS_OPTIONS = {
  source: { type: 'string', multiple: true },
  target: { type: 'string', multiple: true },
  'demo-size': { type: 'string' },
} as const;

interface CorpusChoices {
  /** Files or folders that are one corpus, files of labels among them. */
  readonly source?: readonly string[];
  readonly target?: readonly string[];
  readonly 'demo-size'?: string;
}

/** What is used, and what was decided about it. */
interface ReadPair {
  readonly source: Corpus;
  readonly target: Corpus;
  /** Absent for the demo corpora. */
  readonly recipes?: Recipes;
}

/**
 * Reads the two corpora, saying what was found, or simulates the demo corpora where none is named.
 * @param command for messages.
 * @param given what an earlier run decided about the files.
 * @throws one line for arguments that contradict each other, for bad files, and for corpora of different features.
 */
export async function readPair(
  command: string,
  { source, target, 'demo-size': size }: CorpusChoices,
  report: Reporter,
  given?: Recipes,
): Promise<ReadPair> {
  if (!source && !target) return demoCorpora({ seed: 1, ...(size && parseDemoSize(size)) });
  if (size) throw new Error(`${command}: --demo-size is for the demo corpora, not for files`);
  if (!source || !target)
    throw new Error(`${command}: give both --source and --target, or neither for the demo corpora`);
  const read = async (paths: readonly string[], recipe: Recipe | undefined): Promise<ReadResult> => {
    const result = await readCorpusFiles(paths, recipe && { recipe });
    const { rows, features, warnings, quality } = result.report;
    report.line(`${paths.join(', ')}: ${rows} rows, ${features} features`);
    for (const { where, message } of [...warnings, ...quality]) report.line(`  ${where}: ${message}`);
    return result;
  };
  const [one, other] = [await read(source, given?.source), await read(target, given?.target)];
  const conflict = featureSetConflict(one.corpus, other.corpus);
  if (conflict?.blocking) throw new Error(conflict.message);
  if (conflict) report.line(conflict.message);
  return {
    source: one.corpus,
    target: other.corpus,
    recipes: { source: one.recipe, target: other.recipe },
  };
}
