/** `inspect FILE [--task T]`: what a feature file holds, as the page would show it. */
import { parseArgs } from 'node:util';
import { TASKS, type Task } from '../src/corpus/corpus.ts';
import type { CorpusReport } from '../src/formats/report.ts';
import { readCorpusFile } from './files.ts';

const isTask = (word: string): word is Task => TASKS.some((task) => task === word);

/** The report to print. @throws Error with a one-line message for bad arguments and bad files. */
export async function inspect(args: string[]): Promise<CorpusReport> {
  const { values, positionals } = parseArgs({
    args,
    options: { task: { type: 'string' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error('inspect: give one file, as in: inspect FILE [--task T]');
  const { task } = values;
  if (task !== undefined && !isTask(task)) {
    throw new Error(`inspect: unknown task "${task}"; known are ${TASKS.join(' and ')}`);
  }
  const { report } = await readCorpusFile(file);
  if (task === undefined) return report;
  const counts = report.tasks[task];
  return { ...report, tasks: counts ? { [task]: counts } : {} };
}
