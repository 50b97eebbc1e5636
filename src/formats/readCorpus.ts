/**
 * Reads files of features, and of labels, into a corpus with its report: the whole way from files to `corpusOf`. The
 * same in a browser's worker and in Node; knows neither.
 */
import { corpusOf, type Sources } from './corpusOf.ts';
import type { InputFile } from './input.ts';
import type { LabelTable } from './intake.ts';
import { readLabelTable } from './labelFiles.ts';
import { readIntake } from './readIntake.ts';
import { AUTO_RECIPE, type ReadingRules, type Recipe } from './recipe.ts';
import { FormatError, type ReadProgress, type ReadResult } from './report.ts';
import { stackLabelTables } from './uniteLabels.ts';

export interface ReadOptions {
  /** Called at most ten times a second, and at the end. */
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Ends the reading with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Files known to hold labels, beside those that are recognised. */
  readonly labels?: readonly InputFile[];
  /** Features of the corpus that labels may come to, which tell a small table of labels from one of features. */
  readonly heldFeatures?: readonly string[];
}

/** The labels of some files. */
async function readLabels(files: readonly InputFile[], signal?: AbortSignal): Promise<LabelTable[]> {
  const tables: LabelTable[] = [];
  for (const file of files) tables.push(await readLabelTable(file, signal));
  return stackLabelTables(tables);
}

/**
 * Reads files as one corpus; files of labels among them are recognised and joined to it.
 * @param held gives what files of labels alone are joined to, asked only where that is so.
 * @throws FormatError with an address for bad input; the signal's reason where it is aborted.
 */
export async function readSources(
  files: readonly InputFile[],
  rules: ReadingRules,
  { labels: known = [], ...options }: ReadOptions = {},
  held: () => Promise<Sources | null> = async () => null,
): Promise<Sources> {
  const { intake, labelFiles } = await readIntake(files, { rules, ...options });
  const labels = await readLabels([...known, ...labelFiles], options.signal);
  if (intake) return { intake, labels, simulated: false };
  const sources = await held();
  // Where both speak of an utterance, the later labels count.
  if (sources) return { ...sources, labels: [...labels, ...sources.labels] };
  throw new FormatError(
    { file: labelFiles[0].name },
    'a file of labels',
    'a file of features for them to be joined to',
    'Drop it together with the features, or after them.',
  );
}

/**
 * Reads files into a corpus.
 * @throws as `readSources` and `corpusOf` do.
 */
export async function readCorpus(
  files: readonly InputFile[],
  { recipe = AUTO_RECIPE, ...options }: ReadOptions & { readonly recipe?: Recipe } = {},
): Promise<ReadResult> {
  return corpusOf(await readSources(files, recipe.reading, options), recipe);
}
