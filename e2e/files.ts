/** Corpus files for the browser tests: made from the demo corpora, or the real ones where they are at hand. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CLASSES, type Corpus, corpusClasses, TASKS } from '../src/corpus/corpus.ts';
import type { TestFile } from './studio.ts';

const CORPORA = resolve('..', 'shared', 'data', 'corpora');

export const REAL = {
  emodb: resolve(CORPORA, 'emodb_emobase2010.csv.gz'),
  ravdess: resolve(CORPORA, 'ravdess_emobase2010.csv.gz'),
  lld: resolve(CORPORA, '..', 'native', 'egemaps_v02_lld.csv'),
};
export const hasRealCorpora = Object.values(REAL).every((path) => existsSync(path));
export const NO_REAL_CORPORA = 'The real corpora are not at hand (../shared/data is absent).';

/** A corpus as a comma-separated file; without `labels`, as the user has it who knows none. */
export function corpusFile(corpus: Corpus, name: string, labels: boolean): TestFile {
  const tasks = labels ? TASKS : [];
  const classes = tasks.map((task) => corpusClasses(corpus, task));
  const width = corpus.features.length;
  const lines = [['file', ...tasks, ...corpus.features].join(',')];
  for (let r = 0; r < corpus.rows; r++) {
    const words = classes.map((column) => CLASSES[column[r]]);
    const values = corpus.values.subarray(r * width, (r + 1) * width);
    lines.push([corpus.utterances[r], ...words, ...values].join(','));
  }
  return { name, text: `${lines.join('\n')}\n` };
}
