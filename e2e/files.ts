/** Corpus files for the browser tests: made from the demo corpora, or the real ones where they are at hand. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CLASSES, type Corpus, corpusClasses, type LabelColumn, TASKS } from '../src/corpus/corpus.ts';
import type { TextFile } from './studio.ts';

const CORPORA = resolve('..', 'shared', 'data', 'corpora');

export const REAL = {
  emodb: resolve(CORPORA, 'emodb_emobase2010.csv.gz'),
  ravdess: resolve(CORPORA, 'ravdess_emobase2010.csv.gz'),
  lld: resolve(CORPORA, '..', 'native', 'egemaps_v02_lld.csv'),
};
export const hasRealCorpora = Object.values(REAL).every((path) => existsSync(path));
export const NO_REAL_CORPORA = 'The real corpora are not at hand (../shared/data is absent).';

/** Rows of a corpus from one to before another, as a corpus of their own. */
export function rowsOf(corpus: Corpus, from: number, to: number): Corpus {
  const { features, values, labels } = corpus;
  const cut = (label: LabelColumn | undefined) =>
    label?.kind === 'continuous' ? { ...label, ratings: label.ratings.slice(from, to) } : undefined;
  return {
    ...corpus,
    rows: to - from,
    utterances: corpus.utterances.slice(from, to),
    values: values.slice(from * features.length, to * features.length),
    labels: { activation: cut(labels.activation), valence: cut(labels.valence) },
  };
}

/** A corpus's classes by themselves, under the utterances' names without their endings. */
export function labelFile(corpus: Corpus, name: string): TextFile {
  const classes = TASKS.map((task) => corpusClasses(corpus, task));
  const lines = corpus.utterances.map((utterance, r) =>
    [utterance.replace(/\.\w+$/, ''), ...classes.map((column) => CLASSES[column[r]])].join(','),
  );
  return { name, text: `${['file', ...TASKS].join(',')}\n${lines.join('\n')}\n` };
}

/** Some lines of a file changed, each by its number; a line that becomes several stands in their place. */
export function withLines(
  file: TextFile,
  change: Readonly<Record<number, (line: string) => string>>,
): TextFile {
  const lines = file.text.trimEnd().split('\n');
  const changed = lines.map((line, i) => change[i + 1]?.(line) ?? line);
  return { ...file, text: `${changed.join('\n')}\n` };
}

/** A corpus as a comma-separated file; without `labels`, as the user has it who knows none. */
export function corpusFile(corpus: Corpus, name: string, labels: boolean): TextFile {
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
