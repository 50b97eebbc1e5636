/** `inspect FILE… [--labels FILE] [--recipe FILE] [--task T]`: what feature files hold, as the page would show it. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { TASKS, type Task } from '../src/corpus/corpus.ts';
import { failureOf } from '../src/experiment/failure.ts';
import { parseRecipe, type Recipe } from '../src/formats/recipe.ts';
import type { CorpusReport } from '../src/formats/report.ts';
import { readCorpusFiles } from './files.ts';

const isTask = (word: string): word is Task => TASKS.some((task) => task === word);

/** What `inspect` prints: the report, and what was decided, to be edited and given back by `--recipe`. */
interface Inspection extends CorpusReport {
  readonly recipe: Recipe;
}

/** A recipe from a file. @throws one line that names the file and what is wrong in it. */
async function savedRecipe(path: string): Promise<Recipe> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path}: no such file, or not readable`);
  });
  try {
    return parseRecipe(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path}: ${failureOf(error).message}`);
  }
}

/** The object to print. @throws Error with a one-line message for bad arguments and bad files. */
export async function inspect(args: string[]): Promise<Inspection> {
  const { values, positionals } = parseArgs({
    args,
    options: {
      task: { type: 'string' },
      labels: { type: 'string', multiple: true },
      recipe: { type: 'string' },
    },
    allowPositionals: true,
  });
  const { task, labels } = values;
  if (positionals.length === 0) {
    throw new Error(
      'inspect: give a file, several or a folder, as in: inspect FILE… [--labels FILE] [--task T]',
    );
  }
  if (task !== undefined && !isTask(task)) {
    throw new Error(`inspect: unknown task "${task}"; known are ${TASKS.join(' and ')}`);
  }
  const given = values.recipe ? { recipe: await savedRecipe(values.recipe) } : {};
  const { report, recipe } = await readCorpusFiles(positionals, { ...given, labels });
  if (task === undefined) return { ...report, recipe };
  const counts = report.tasks[task];
  return { ...report, tasks: counts ? { [task]: counts } : {}, recipe };
}
