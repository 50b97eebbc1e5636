/**
 * What the next run will be: task, preset, settings, seed, backend. Knows no worker and no run.
 */
import * as v from 'valibot';
import type { BackendReport } from '../../workers/protocol.ts';
import type { Task } from '../corpus/corpus.ts';
import {
  type BackendName,
  type PresetName,
  type RunConfig,
  type Settings,
  SettingsSchema,
} from '../experiment/config.ts';
import { PRESETS } from '../experiment/presets.ts';
import type { CorporaState } from './corpora.ts';
import type { Slice } from './slice.ts';

/** A backend by name, or whichever the ladder gives. */
export type BackendChoice = 'automatic' | BackendName;

export interface SetupState {
  readonly task: Task;
  readonly preset: PresetName;
  readonly seed: number;
  readonly settings: Settings;
  readonly backend: BackendChoice;
}

export type SettingValue = string | number | boolean | readonly number[];

export interface SetupActions {
  setTask(task: Task): void;
  /** Takes over all of a preset's settings. */
  setPreset(preset: PresetName): void;
  /** Takes over what an earlier run or comparison was configured by. */
  take(config: Pick<RunConfig, 'task' | 'preset' | 'settings'>): void;
  /** Ignores what is not a whole number from 0 to 2³¹ − 1, and says so by returning false. */
  setSeed(seed: number): boolean;
  setBackend(backend: BackendChoice): void;
  /** Changes one setting; returns what is wrong with the value, which then is not taken, or null. */
  setSetting(group: keyof Settings, name: string, value: SettingValue): string | null;
}

export const INITIAL_SETUP: SetupState = {
  task: 'activation',
  preset: 'quick',
  seed: 1,
  settings: PRESETS.quick.settings,
  backend: 'automatic',
};

/** The full configuration of the run that the setup describes, on corpora by these recipes. */
export const configOf = (
  { task, preset, seed, settings }: SetupState,
  { source, target }: Pick<CorporaState, 'source' | 'target'>,
): RunConfig => ({
  method: 'ccemogan',
  task,
  preset,
  seed,
  settings,
  ...(source.recipe && target.recipe && { corpora: { source: source.recipe, target: target.recipe } }),
});

/** The backend that a choice means on this machine. */
export const resolveBackend = (choice: BackendChoice, report: BackendReport): BackendName =>
  choice === 'automatic' ? report.automatic : choice;

export function createSetupActions(slice: Slice<SetupState>): SetupActions {
  return {
    setTask: (task) => slice.set({ task }),
    setPreset: (preset) => slice.set({ preset, settings: PRESETS[preset].settings }),
    take: ({ task, preset, settings }) => slice.set({ task, preset, settings }),
    setSeed(seed) {
      const valid = Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31;
      if (valid) slice.set({ seed });
      return valid;
    },
    setBackend: (backend) => slice.set({ backend }),
    setSetting(group, name, value) {
      const { settings } = slice.get();
      const changed = { ...settings, [group]: { ...settings[group], [name]: value } };
      const result = v.safeParse(SettingsSchema, changed);
      if (!result.success) return result.issues[0].message;
      slice.set({ settings: result.output });
      return null;
    },
  };
}
