/** The corpora that a command works on: two files, or the simulated demo corpora. */
import type { Corpus } from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import { parseDemoSize } from '../src/corpus/demoSize.ts';
import { featureSetConflict } from '../src/formats/featureSets.ts';
import { readCorpusFile } from './files.ts';
import type { Reporter } from './reporter.ts';

/** The arguments that name corpora, for `parseArgs`. */
export const CORPUS_OPTIONS = {
  source: { type: 'string' },
  target: { type: 'string' },
  'demo-size': { type: 'string' },
} as const;

type CorpusChoices = Readonly<Partial<Record<keyof typeof CORPUS_OPTIONS, string>>>;

/**
 * Reads the two files, saying what was found, or simulates the demo corpora where none is named.
 * @param command for messages.
 * @throws one line for arguments that contradict each other, for bad files, and for corpora of different features.
 */
export async function readPair(
  command: string,
  { source, target, 'demo-size': size }: CorpusChoices,
  report: Reporter,
): Promise<{ source: Corpus; target: Corpus }> {
  if (!source && !target) return demoCorpora({ seed: 1, ...(size && parseDemoSize(size)) });
  if (size) throw new Error(`${command}: --demo-size is for the demo corpora, not for files`);
  if (!source || !target)
    throw new Error(`${command}: give both --source and --target, or neither for the demo corpora`);
  const read = async (path: string): Promise<Corpus> => {
    const { corpus, report: found } = await readCorpusFile(path);
    report.line(`${path}: ${found.rows} rows, ${found.features} features`);
    for (const { where, message } of found.warnings) report.line(`  ${where}: ${message}`);
    return corpus;
  };
  const pair = { source: await read(source), target: await read(target) };
  const conflict = featureSetConflict(pair.source, pair.target);
  if (conflict?.blocking) throw new Error(conflict.message);
  if (conflict) report.line(conflict.message);
  return pair;
}
