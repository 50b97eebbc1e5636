/**
 * The live settings as fields: their names and limits from the schema, how their sliders go, and what a value is told as.
 * Knows no component.
 */
import * as v from 'valibot';
import {
  LIVE_SETTINGS,
  type LiveRequest,
  type LiveSetting,
  SettingsSchema,
} from '../../experiment/config.ts';
import type { Phase } from '../../experiment/events.ts';
import { isActive, type RunProgress } from '../../store/progress.ts';
import type { SettingValue } from '../../store/setup.ts';
import { SETTING_GROUPS, type SettingField } from '../train/settingFields.ts';
import type { SliderRange } from './sliderScale.ts';

const RATE: SliderRange = { least: 1e-6, most: 0.1, kind: 'logarithmic' };
const WEIGHT: SliderRange = { least: 0.01, most: 1000, kind: 'zero' };

/** The settings that have a slider, in the order in which they stand. */
const RANGES = {
  generatorLearningRate: RATE,
  discriminatorLearningRate: RATE,
  lambdaIdentity: WEIGHT,
  lambdaCycle: WEIGHT,
  lambdaEmotion: WEIGHT,
  lambdaPenalty: WEIGHT,
  discriminatorSteps: { least: 1, most: 10, kind: 'linear' },
  cycleNoise: { least: 0.001, most: 1, kind: 'zero' },
} as const satisfies Partial<Record<LiveSetting, SliderRange>>;
export type SliderSetting = keyof typeof RANGES;

export interface LiveField extends SettingField {
  readonly name: LiveSetting;
}

const GAN = SETTING_GROUPS.find(({ name }) => name === 'gan')?.fields ?? [];

/** The field of a live setting. @throws where the schema has none of this name. */
export function liveField(name: LiveSetting): LiveField {
  const field = GAN.find((one) => one.name === name);
  if (!field) throw new Error(`The schema has no setting gan.${name}.`);
  return { ...field, name };
}

export const SLIDER_FIELDS = (Object.keys(RANGES) as SliderSetting[]).map((name) => ({
  ...liveField(name),
  name,
  range: RANGES[name],
}));

/** What is wrong with a value of a live setting; null where it can be taken. */
export function liveFault(name: LiveSetting, value: SettingValue): string | null {
  if (typeof value === 'number' && Number.isNaN(value)) return 'Not a number';
  const result = v.safeParse(SettingsSchema.entries.gan.pipe[0].entries[name], value);
  return result.success ? null : result.issues[0].message;
}

/** The live settings that were asked for and are not in force yet. */
export const pendingSettings = (pending: readonly LiveRequest[]): ReadonlySet<LiveSetting> =>
  new Set(
    pending.flatMap((request) =>
      request.kind === 'set' ? LIVE_SETTINGS.filter((name) => request.set[name] !== undefined) : [],
    ),
  );

/** Phases that come before the last step of the GAN, in which it can still be asked for something. */
const BEFORE_THE_END: readonly Phase[] = ['prepare', 'classifier', 'identity', 'gan'];

/** `before` a run, `live` while the GAN can be asked for something, `over` while the run goes on without it. */
export type LiveState = 'before' | 'live' | 'over';
export function liveState({ status, phase }: Pick<RunProgress, 'status' | 'phase'>): LiveState {
  if (!isActive(status)) return 'before';
  return phase === null || BEFORE_THE_END.includes(phase) ? 'live' : 'over';
}

/** How fast steps go: milliseconds that each takes at least. */
export const PACES = [
  { value: '0', label: 'Full speed' },
  { value: '200', label: '5/s' },
  { value: '1000', label: '1/s' },
  { value: '3000', label: '1 in 3 s' },
] as const;

/** Who learns, in short. */
export const LEARNERS = [
  { value: 'both', label: 'Both' },
  { value: 'generators', label: 'G only' },
  { value: 'discriminators', label: 'D only' },
] as const;
export type Learners = (typeof LEARNERS)[number]['value'];
