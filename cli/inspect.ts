/** `inspect FILE… [--labels FILE] [--recipe FILE] [--task T]`: what feature files hold, as the page would show it. */
import { parseArgs } from 'node:util';
import { TASKS, type Task } from '../src/corpus/corpus.ts';
import type { Recipe } from '../src/formats/recipe.ts';
import type { CorpusReport } from '../src/formats/report.ts';
import { readCorpusFiles } from './files.ts';
import { READING_OPTIONS, readingChoices } from './reading.ts';

const isTask = (word: string): word is Task => TASKS.some((task) => task === word);

/** What `inspect` prints: the report, and what was decided, to be edited and given back by `--recipe`. */
interface Inspection extends CorpusReport {
  readonly recipe: Recipe;
}

/** The object to print. @throws Error with a one-line message for bad arguments and bad files. */
export async function inspect(args: string[]): Promise<Inspection> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      ...READING_OPTIONS,
      task: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { task } = values;
  if (positionals.length === 0) {
    throw new Error(
      'inspect: give a file, several or a folder, as in: inspect FILE… [--labels FILE] [--task T]',
    );
  }
  if (task !== undefined && !isTask(task)) {
    throw new Error(`inspect: unknown task "${task}"; known are ${TASKS.join(' and ')}`);
  }
  const { report, recipe } = await readCorpusFiles(positionals, await readingChoices(values));
  if (task === undefined) return { ...report, recipe };
  const counts = report.tasks[task];
  return { ...report, tasks: counts ? { [task]: counts } : {}, recipe };
}
