/** Arguments of the commands, checked: a wrong one gives an error that names the choices. */

import { TASKS, type Task } from '../src/corpus/corpus.ts';
import {
  BACKENDS,
  type BackendName,
  PRESET_NAMES,
  type PresetName,
  TRANSFER_METHODS,
  type TransferMethod,
} from '../src/experiment/config.ts';

function oneOf<T extends string>(what: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (!found) throw new Error(`unknown ${what} "${value}"; known are ${choices.join(', ')}`);
  return found;
}

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
