/** Arguments of the commands, checked: a wrong one gives an error that names the choices. */

import { TASKS, type Task } from '../src/corpus/corpus.ts';
import { MAXIMUM_SEEDS, METHOD_NAMES, type MethodName } from '../src/experiment/compare/config.ts';
import type { Shard } from '../src/experiment/compare/grid.ts';
import {
  BACKENDS,
  type BackendName,
  PRESET_NAMES,
  type PresetName,
  TRANSFER_METHODS,
  type TransferMethod,
} from '../src/experiment/config.ts';
import { SHEET_FORMATS, type SheetFormat } from '../src/formats/write.ts';

function oneOf<T extends string>(what: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (!found) throw new Error(`unknown ${what} "${value}"; known are ${choices.join(', ')}`);
  return found;
}

export const asSheetFormat = (value: string): SheetFormat => oneOf('format', value, SHEET_FORMATS);
export const asBackend = (value: string): BackendName => oneOf('backend', value, BACKENDS);
export const asTask = (value: string): Task => oneOf('task', value, TASKS);
export const asPreset = (value: string): PresetName => oneOf('preset', value, PRESET_NAMES);
export const asMethod = (value: string): TransferMethod => oneOf('method', value, TRANSFER_METHODS);

/** A seed: a whole number from 0. */
export function asSeed(value: string): number {
  const seed = Number(value);
  if (!/^\d+$/.test(value) || seed >= 2 ** 31)
    throw new Error(`seed "${value}" is not a whole number from 0 to 2147483647`);
  return seed;
}

/** Methods to compare: `all`, or names with commas between them. */
export function asMethods(value: string): MethodName[] {
  if (value === 'all') return [...METHOD_NAMES];
  return value.split(',').map((name) => oneOf('method', name.trim(), METHOD_NAMES));
}

/** The seeds 1 to N of a comparison. */
export function asSeeds(value: string): number[] {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || count > MAXIMUM_SEEDS)
    throw new Error(`--seeds "${value}" is not a number of seeds from 1 to ${MAXIMUM_SEEDS}`);
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** A part of a comparison, `i/n`, counted from 1. */
export function asShard(value: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(value)?.map(Number) ?? [];
  if (!index || index > of)
    throw new Error(`--shard "${value}" is not i/n with i from 1 to n, such as 1/4 for the first of four`);
  return { index, of };
}
