/** Which configuration a command runs: a preset or a saved file, with single choices on top. */

import { readFile } from 'node:fs/promises';
import { type BackendName, parseRunConfig, type RunConfig } from '../src/experiment/config.ts';
import { failureOf } from '../src/experiment/failure.ts';
import { presetConfig } from '../src/experiment/presets.ts';
import { asBackend, asMethod, asPreset, asSeed, asTask } from './arguments.ts';

type Choices = Readonly<
  Partial<Record<'task' | 'preset' | 'method' | 'seed' | 'backend' | 'config', string>>
>;

/** The configuration asked for: a file that an earlier run left, or a preset, with single choices on top. */
export async function configuration(choices: Choices): Promise<{ config: RunConfig; backend: BackendName }> {
  if (choices.config && choices.preset) throw new Error('give --config or --preset, not both');
  const saved = choices.config ? await savedConfiguration(choices.config) : null;
  const start = saved?.config ?? presetConfig(asPreset(choices.preset ?? 'quick'), 'activation', 1);
  const config = {
    ...start,
    ...(choices.task && { task: asTask(choices.task) }),
    ...(choices.seed && { seed: asSeed(choices.seed) }),
    ...(choices.method && { method: asMethod(choices.method) }),
  };
  return { config, backend: choices.backend ? asBackend(choices.backend) : (saved?.backend ?? 'wasm') };
}

/** Reads `config.json` of an earlier run. */
async function savedConfiguration(path: string): Promise<{ config: RunConfig; backend: BackendName }> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path}: no such file, or not readable`);
  });
  try {
    const { backend = 'wasm', ...config } = JSON.parse(text);
    return { config: parseRunConfig(config), backend: asBackend(backend) };
  } catch (error) {
    throw new Error(`${path}: ${failureOf(error).message}`);
  }
}
