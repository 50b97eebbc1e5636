/**
 * The configuration of a comparison: which methods, each trained anew from which seeds, on which task. Plain data,
 * checked on its way in. Knows nothing of corpora, networks or files.
 */
import * as v from 'valibot';
import { TASKS, type Task } from '../../corpus/corpus.ts';
import { METHOD_NAMES, type MethodName } from '../../methods/names.ts';
import { SettingsSchema } from '../../methods/settings.ts';
import { PRESET_NAMES, RunConfigSchema } from '../config.ts';

export { METHOD_DESCRIPTIONS, METHOD_NAMES, type MethodName } from '../../methods/names.ts';

/** Beyond so many re-trainings nobody reads a comparison of single seeds. */
export const MAXIMUM_SEEDS = 100;

/** The tasks as they are printed. */
export const TASK_TITLES: Readonly<Record<Task, string>> = { activation: 'Activation', valence: 'Valence' };

/** Methods in the order of the tables, whatever the order in which they were named. */
export const inTableOrder = (methods: readonly MethodName[]): MethodName[] =>
  METHOD_NAMES.filter((method) => methods.includes(method));

const distinct = (values: readonly unknown[]) => new Set(values).size === values.length;

export const ComparisonConfigSchema = v.strictObject({
  task: v.picklist(TASKS),
  /** The preset the settings started from. */
  preset: v.picklist(PRESET_NAMES),
  settings: SettingsSchema,
  methods: v.pipe(
    v.array(v.picklist(METHOD_NAMES)),
    v.minLength(1, 'name at least one method'),
    v.check((values) => distinct(values), 'a method is named twice'),
    v.transform((methods) => inTableOrder(methods)),
  ),
  /** Every method is trained once from each; figures are paired by them. */
  seeds: v.pipe(
    v.array(RunConfigSchema.entries.seed),
    v.minLength(1, 'give at least one seed'),
    v.maxLength(MAXIMUM_SEEDS, `at most ${MAXIMUM_SEEDS} seeds`),
    v.check((values) => distinct(values), 'a seed is given twice'),
  ),
});
export type ComparisonConfig = v.InferOutput<typeof ComparisonConfigSchema>;

/**
 * Checks what was read from outside against a schema.
 * @throws with `what`, the path of the first value at fault, and what was expected of it.
 */
export function parseAs<S extends v.GenericSchema>(
  schema: S,
  input: unknown,
  what: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, input);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`${what}: ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`);
}
