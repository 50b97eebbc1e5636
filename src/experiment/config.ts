/**
 * The configuration of a run: one plain, schema-checked object that describes it completely. Knows nothing of
 * tensors, workers or the page.
 */
import * as v from 'valibot';
import { TASKS } from '../corpus/corpus.ts';
import { RecipeSchema } from '../formats/recipe.ts';
import { LiveChangeSchema } from '../methods/live.ts';
import { TRANSFER_METHODS } from '../methods/names.ts';
import { SettingsSchema } from '../methods/settings.ts';
import type { BackendName } from '../nn/backend.ts';

export { type Settings, type SettingsPatch, SettingsSchema } from '../methods/settings.ts';

export const BACKENDS = ['webgpu', 'wasm', 'cpu'] as const satisfies readonly BackendName[];
export type { BackendName } from '../nn/backend.ts';

export const PRESET_NAMES = ['quick', 'standard', 'paper'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export {
  LIVE_SETTINGS,
  type LiveChange,
  type LiveControl,
  type LiveRequest,
  type LiveSetting,
  type LiveSettings,
} from '../methods/live.ts';
export { lossTermsOf } from '../methods/lossTerms.ts';
export { METHOD_DESCRIPTIONS, TRANSFER_METHODS, type TransferMethod } from '../methods/names.ts';

/** What was decided about the files of either corpus. */
export const RecipesSchema = v.strictObject({ source: RecipeSchema, target: RecipeSchema });
export type Recipes = v.InferOutput<typeof RecipesSchema>;

export const RunConfigSchema = v.strictObject({
  method: v.picklist(TRANSFER_METHODS),
  task: v.picklist(TASKS),
  /** The preset the settings started from. */
  preset: v.picklist(PRESET_NAMES),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31 - 1)),
  settings: SettingsSchema,
  /** Absent where nothing was decided, as of the demo corpora on the command line. */
  corpora: v.optional(RecipesSchema),
  /** What was asked for while the GAN trained, in order: the same again gives the same run. */
  changes: v.optional(v.array(LiveChangeSchema)),
});
export type RunConfig = v.InferOutput<typeof RunConfigSchema>;

/** Checks a configuration read from outside; throws with the path of the first setting at fault. */
export function parseRunConfig(input: unknown): RunConfig {
  const result = v.safeParse(RunConfigSchema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`Configuration: ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`);
}
