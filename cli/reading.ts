/** What commands that read one corpus may be told about it: files of labels, and an earlier recipe. */
import { readFile } from 'node:fs/promises';
import { failureOf } from '../src/experiment/failure.ts';
import { parseRecipe, type Recipe } from '../src/formats/recipe.ts';

/** The arguments, for `parseArgs`. */
export const READING_OPTIONS = {
  labels: { type: 'string', multiple: true },
  recipe: { type: 'string' },
} as const;

/** A recipe from a file, or from what `inspect` printed. @throws one line that names the file and what is wrong. */
async function savedRecipe(path: string): Promise<Recipe> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path}: no such file, or not readable`);
  });
  try {
    const content: unknown = JSON.parse(text);
    const printed = typeof content === 'object' && content !== null && 'recipe' in content;
    return parseRecipe(printed ? content.recipe : content);
  } catch (error) {
    throw new Error(`${path}: ${failureOf(error).message}`);
  }
}

/** What the arguments say. @throws where the recipe cannot be read. */
export async function readingChoices(values: {
  readonly labels?: readonly string[];
  readonly recipe?: string;
}): Promise<{ labels: readonly string[]; recipe?: Recipe }> {
  const { labels = [], recipe } = values;
  return recipe ? { labels, recipe: await savedRecipe(recipe) } : { labels };
}
