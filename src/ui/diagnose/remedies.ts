/** What a remedy can do now: in the run that goes, in the next one, or nothing, and why. Pure; knows no component. */
import type { Remedy } from '../../diagnosis/finding.ts';
import type { Settings } from '../../experiment/config.ts';
import { isComparing } from '../../store/compare.ts';
import { isActive } from '../../store/progress.ts';
import type { SettingValue } from '../../store/setup.ts';
import type { StudioState } from '../../store/studio.ts';
import { sameSetting, settingValue } from '../train/settingFields.ts';

/** One setting with the value that a remedy gives it. */
export interface SettingChange {
  readonly group: keyof Settings;
  readonly name: string;
  readonly value: SettingValue;
}

/** The settings that a remedy asks for, one by one; none where it asks for something else. */
export function settingsOf(remedy: Remedy): readonly SettingChange[] {
  const patch =
    remedy.kind === 'next'
      ? remedy.settings
      : remedy.request.kind === 'set'
        ? { gan: remedy.request.set }
        : {};
  return Object.entries(patch).flatMap(([group, values]) =>
    Object.entries(values as Readonly<Record<string, SettingValue>>).map(([name, value]) => ({
      group: group as keyof Settings,
      name,
      value,
    })),
  );
}

export type RemedyState =
  | { readonly can: 'act-now' }
  /** Asked for, and not carried out yet. */
  | { readonly can: 'wait' }
  | { readonly can: 'set-next' }
  | { readonly can: 'is-set' }
  | { readonly can: 'nothing'; readonly reason: string };

type Known = Pick<StudioState, 'run' | 'timeline' | 'setup' | 'compare'>;

/** Whether a GAN trains, which alone can be changed on the way. */
const trains = ({ run }: Known): boolean => isActive(run.status) && run.phase === 'gan';

/** How a remedy stands. What cannot be changed in a run that goes, or no longer, is set for the next one. */
export function remedyState(remedy: Remedy, state: Known): RemedyState {
  if (remedy.kind === 'live' && trains(state)) {
    const asked = JSON.stringify(remedy.request);
    const waits = state.timeline.pending.some((request) => JSON.stringify(request) === asked);
    return waits ? { can: 'wait' } : { can: 'act-now' };
  }
  const changes = settingsOf(remedy);
  if (changes.length === 0) return { can: 'nothing', reason: 'only while the GAN trains' };
  if (isComparing(state.compare.status)) return { can: 'nothing', reason: 'when the comparison has ended' };
  const { settings } = state.setup;
  const set = changes.every(({ group, name, value }) =>
    sameSetting(settingValue(settings, group, name), value),
  );
  return { can: set ? 'is-set' : 'set-next' };
}
