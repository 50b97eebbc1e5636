/** The report of a corpus. Knows nothing of how it was read. */
import { type Corpus, classCounts, classIndices, TASKS, type Task } from '../corpus/corpus.ts';
import { featureSetName } from './featureSets.ts';
import type { CorpusReport } from './report.ts';

/** Rows of each class, for each task that has labels. */
export function taskCounts(labels: Corpus['labels']): CorpusReport['tasks'] {
  const tasks: Partial<Record<Task, { low: number; mid: number; high: number }>> = {};
  for (const task of TASKS) {
    const own = labels[task];
    if (!own) continue;
    const [low, mid, high] = classCounts(classIndices(own));
    tasks[task] = { low, mid, high };
  }
  return tasks;
}

/** What only reading knows of a corpus. */
type Noted = Pick<CorpusReport, 'warnings' | 'quality' | 'files' | 'columns' | 'join' | 'constantColumns'>;

/** Describes a corpus; `noted` is what was noticed on the way to it. */
export const reportOf = (corpus: Corpus, noted: Noted): CorpusReport => ({
  rows: corpus.rows,
  features: corpus.features.length,
  featureSet: featureSetName(corpus.features),
  speakers: corpus.speakers?.names.length ?? null,
  tasks: taskCounts(corpus.labels),
  ...noted,
});
