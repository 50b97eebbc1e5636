/**
 * Calibration of the simulated demo corpora: `npx tsx bench/demo.ts [seeds]`. Prints, as a Markdown table,
 * UAR on the target in percent, mean ± standard deviation over seeds. Target labels are used to score only,
 * except in `within`, the bound.
 */
import {
  type Corpus,
  corpusClasses,
  corpusMatrix,
  type Matrix,
  TASKS,
  type Task,
} from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import { coral, fitLogistic, matchMoments, mostProbable, recall, takeRows, transport } from './linear.ts';

/** Every column to [0, 1] by its own minimum and maximum. */
function minMax(x: Matrix): Matrix {
  const low = new Float64Array(x.columns).fill(Infinity);
  const high = new Float64Array(x.columns).fill(-Infinity);
  x.values.forEach((v, i) => {
    low[i % x.columns] = Math.min(low[i % x.columns], v);
    high[i % x.columns] = Math.max(high[i % x.columns], v);
  });
  const values = x.values.map((v, i) => {
    const c = i % x.columns;
    return high[c] > low[c] ? (v - low[c]) / (high[c] - low[c]) : 0;
  });
  return { ...x, values };
}

/** UAR of leave-one-speaker-out on one corpus, its predictions pooled. */
function within(corpus: Corpus, x: Matrix, classes: Int8Array): number {
  const speakers = corpus.speakers;
  if (!speakers) throw new Error(`"${corpus.name}" names no speakers.`);
  const predicted = new Int8Array(x.rows);
  speakers.names.forEach((_, speaker) => {
    const rows = Array.from(speakers.index.keys());
    const train = rows.filter((r) => speakers.index[r] !== speaker);
    const test = rows.filter((r) => speakers.index[r] === speaker);
    const recogniser = fitLogistic(
      takeRows(x, train),
      train.map((r) => classes[r]),
    );
    mostProbable(recogniser(takeRows(x, test))).forEach((k, i) => {
      predicted[test[i]] = k;
    });
  });
  return recall(classes, predicted);
}

/** Every figure of one seed and task. */
function figures(seed: number, task: Task): Record<string, number> {
  const { source, target } = demoCorpora({ seed });
  const [s, t] = [minMax(corpusMatrix(source)), minMax(corpusMatrix(target))];
  const [labels, truth] = [corpusClasses(source, task), corpusClasses(target, task)];
  const score = (recogniser: (x: Matrix) => Float64Array) => recall(truth, mostProbable(recogniser(t)));
  const moved = matchMoments(s, t);
  return {
    'within source': within(source, s, labels),
    'source-only': score(fitLogistic(s, labels)),
    'mean and variance': score(fitLogistic(moved, labels)),
    CORAL: score(fitLogistic(coral(s, t), labels)),
    'optimal transport': score(fitLogistic(transport(moved, t), labels)),
    'within target': within(target, t, truth),
  };
}

function summary(values: readonly number[]): string {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / Math.max(1, values.length - 1);
  return `${(100 * mean).toFixed(1)} ± ${(100 * Math.sqrt(variance)).toFixed(1)}`;
}

const seeds = Array.from({ length: Number(process.argv[2] ?? 6) }, (_, i) => i + 1);
for (const task of TASKS) {
  const rows = seeds.map((seed) => figures(seed, task));
  process.stdout.write(
    `\n| ${task} | UAR % on the target, ${seeds.length} seeds | each seed |\n|---|---|---|\n`,
  );
  for (const name of Object.keys(rows[0])) {
    const values = rows.map((r) => r[name]);
    const each = values.map((v) => (100 * v).toFixed(1)).join(', ');
    process.stdout.write(`| ${name} | ${summary(values)} | ${each} |\n`);
  }
}
