/**
 * Repairs of a corpus by their path: `repairs.missing` in its recipe, `data.clipPercentile` in the settings of a run.
 * Pure; knows no store and no worker.
 */
import type { Settings } from '../experiment/config.ts';
import { turned } from '../formats/choices.ts';
import { parseRecipe, type Recipe } from '../formats/recipe.ts';
import type { Repair } from '../formats/report.ts';

const isBranch = (node: unknown): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce((node, part) => (isBranch(node) ? node[part] : undefined), tree);

function withAt(tree: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  return isBranch(tree) ? { ...tree, [first]: withAt(tree[first], rest, value) } : tree;
}

const REVERSAL = 'labels.activation.reversedFrom';

/** A recipe with one repair applied. @throws where the recipe has no such part, or not with such a value. */
export function repaired(recipe: Recipe, { path, value }: Repair): Recipe {
  const { activation } = recipe.labels;
  // A scale that is turned round takes its boundaries with it.
  if (path === REVERSAL && activation.from === 'ratings' && typeof value === 'number') {
    if (activation.reversedFrom === value) return recipe;
    return { ...recipe, labels: { ...recipe.labels, activation: turned(activation, value) } };
  }
  return parseRecipe(withAt(recipe, path.split('.'), value));
}

/** Whether a repair is the one in force. */
export const isInForce = ({ in: where, path, value }: Repair, recipe: Recipe, settings: Settings): boolean =>
  at(where === 'recipe' ? recipe : settings, path.split('.')) === value;

/** Group and name of the setting that a repair of the run sets. */
export function settingOf({ path }: Repair): readonly [group: keyof Settings, name: string] {
  const [group, name] = path.split('.');
  return [group as keyof Settings, name];
}
