/** The report of a corpus, from a file or simulated. Knows nothing of how it was read. */
import { type Corpus, classCounts, classIndices, TASKS } from '../corpus/corpus.ts';
import { featureSetName } from './featureSets.ts';
import type { CorpusReport, Warning } from './report.ts';

/** Names of the columns with the same value in every row. */
function constantColumns({ rows, features, values }: Corpus): string[] {
  const width = features.length;
  let constant = features.map((_, c) => c);
  for (let r = 1; r < rows && constant.length > 0; r++) {
    constant = constant.filter((c) => values[r * width + c] === values[c]);
  }
  return constant.map((c) => features[c]);
}

/** Describes a corpus; `warnings` are those of reading it. */
export function reportOf(corpus: Corpus, warnings: readonly Warning[] = []): CorpusReport {
  const tasks: Record<string, { low: number; mid: number; high: number }> = {};
  for (const task of TASKS) {
    const labels = corpus.labels[task];
    if (!labels) continue;
    const [low, mid, high] = classCounts(classIndices(labels));
    tasks[task] = { low, mid, high };
  }
  return {
    rows: corpus.rows,
    features: corpus.features.length,
    featureSet: featureSetName(corpus.features),
    speakers: corpus.speakers?.names.length ?? null,
    tasks,
    constantColumns: constantColumns(corpus),
    warnings,
  };
}
