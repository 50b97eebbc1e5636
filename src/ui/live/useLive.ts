/** The live settings as they are just now, and how they are changed: of the run while one goes on, before it of the set-up. */
import { useMemo } from 'react';
import type { LiveRequest, LiveSetting, LiveSettings } from '../../experiment/config.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { liveSettingsNow } from '../../store/diagnosis.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import type { SettingValue } from '../../store/setup.ts';
import { isBusy, type StudioState } from '../../store/studio.ts';
import { type LiveState, liveFault, liveState, pendingSettings } from './liveFields.ts';

export interface Live {
  readonly state: LiveState;
  /** Null where settings can be changed; else why not. */
  readonly locked: string | null;
  /** As they are in force or were asked for. */
  readonly values: LiveSettings;
  /** As they were when the run began; before it, as in the preset. */
  readonly began: LiveSettings;
  readonly pending: ReadonlySet<LiveSetting>;
  /** Changes one setting; returns what is wrong with the value, which then is not taken, or null. */
  set(name: LiveSetting, value: SettingValue): string | null;
}

const valuesNow = (state: StudioState): LiveSettings =>
  liveState(state.run) === 'before' ? state.setup.settings.gan : liveSettingsNow(state);

function lockOf(state: StudioState): string | null {
  const now = liveState(state.run);
  if (now === 'over') return 'The GAN is trained. Settings can be changed again when the run has ended.';
  return now === 'before' && isBusy(state)
    ? 'Settings can be changed again when the comparison has ended.'
    : null;
}

export function useLive(): Live {
  const { run, setup } = useStudio();
  const state = useStudioState((s) => liveState(s.run));
  const locked = useStudioState(lockOf);
  const values = useStudioState(valuesNow);
  const began: LiveSettings = useStudioState((s) =>
    liveState(s.run) !== 'before' && s.run.config
      ? s.run.config.settings.gan
      : PRESETS[s.setup.preset].settings.gan,
  );
  const asked: readonly LiveRequest[] = useStudioState((s) => s.timeline.pending);
  const pending = useMemo(() => pendingSettings(asked), [asked]);
  const set = (name: LiveSetting, value: SettingValue): string | null => {
    const fault = liveFault(name, value);
    if (fault || locked) return fault ?? locked;
    if (state === 'before') return setup.setSetting('gan', name, value);
    run.change({ kind: 'set', set: { [name]: value } });
    return null;
  };
  return { state, locked, values, began, pending, set };
}
