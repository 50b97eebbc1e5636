/** Every setting of a run, made from the schema. */
import type { RefObject } from 'react';
import { PRESETS } from '../../experiment/presets.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import { plural } from '../format.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Terms } from '../shell/Terms.tsx';
import { SettingRow } from './SettingRow.tsx';
import styles from './Settings.module.css';
import { countChanges, SETTING_GROUPS, settingValue } from './settingFields.ts';

interface SettingsDialogProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
}

export function SettingsDialog({ dialog }: SettingsDialogProps) {
  const { setup } = useStudio();
  const settings = useStudioState((s) => s.setup.settings);
  const preset = useStudioState((s) => s.setup.preset);
  const locked = useStudioState(isBusy);
  const { title, description, settings: original } = PRESETS[preset];
  const changes = countChanges(settings, original);
  return (
    <Dialog dialog={dialog} title="Settings">
      <p>{description}</p>
      <div className={styles.summary}>
        <p>
          {changes === 0
            ? `All as in the preset “${title}”.`
            : `${plural(changes, 'setting')} changed from the preset “${title}”.`}
          {locked && ' Settings can be changed again when the run or comparison has ended.'}
        </p>
        <button type="button" disabled={locked || changes === 0} onClick={() => setup.setPreset(preset)}>
          Reset all
        </button>
      </div>
      {SETTING_GROUPS.map((group) => (
        <section key={group.name} className={styles.group}>
          <h3>{group.title}</h3>
          <p className="muted">
            <Terms text={group.description} />
          </p>
          {group.fields.map((field) => (
            <SettingRow
              key={`${preset} ${field.name}`}
              group={group.name}
              field={field}
              value={settingValue(settings, group.name, field.name)}
              presetValue={settingValue(original, group.name, field.name)}
              disabled={locked}
            />
          ))}
        </section>
      ))}
    </Dialog>
  );
}
