/** The controls of the set-up that training and comparing share; `locked` while what they set up is under way. */
import { useRef, useState } from 'react';
import { TASKS, type Task } from '../../corpus/corpus.ts';
import { TASK_TITLES } from '../../experiment/compare/config.ts';
import { PRESET_NAMES, type PresetName } from '../../experiment/config.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import type { BackendChoice } from '../../store/setup.ts';
import { plural } from '../format.ts';
import { Segmented } from '../shell/Segmented.tsx';
import { BACKEND_LABELS } from './backends.ts';
import { SettingsDialog } from './SettingsDialog.tsx';
import styles from './Setup.module.css';
import { countChanges } from './settingFields.ts';

interface ControlProps {
  readonly locked: boolean;
}

const TASK_OPTIONS: { value: Task; label: string }[] = TASKS.map((value) => ({
  value,
  label: TASK_TITLES[value],
}));

export function TaskChoice({ locked }: ControlProps) {
  const { setup } = useStudio();
  const task = useStudioState((s) => s.setup.task);
  return (
    <Segmented label="Task" options={TASK_OPTIONS} value={task} onChange={setup.setTask} disabled={locked} />
  );
}

export function PresetSelect({ locked }: ControlProps) {
  const { setup } = useStudio();
  const preset = useStudioState((s) => s.setup.preset);
  return (
    <label className={styles.control}>
      <span>Preset</span>
      <select
        value={preset}
        disabled={locked}
        onChange={(e) => setup.setPreset(e.target.value as PresetName)}
      >
        {PRESET_NAMES.map((name) => (
          <option key={name} value={name} title={PRESETS[name].description}>
            {PRESETS[name].title}
          </option>
        ))}
      </select>
    </label>
  );
}

export function BackendSelect({ locked }: ControlProps) {
  const { setup } = useStudio();
  const choice = useStudioState((s) => s.setup.backend);
  const report = useStudioState((s) => s.machine.backends);
  return (
    <label className={styles.control}>
      <span>Backend</span>
      <select
        value={choice}
        disabled={locked}
        onChange={(e) => setup.setBackend(e.target.value as BackendChoice)}
      >
        <option value="automatic">
          Automatic ({report ? BACKEND_LABELS[report.automatic] : 'looking …'})
        </option>
        {report?.options.map(({ name, available, reason, threads }) => (
          <option key={name} value={name} disabled={!available} title={reason}>
            {BACKEND_LABELS[name]}
            {available ? threads > 1 && `, ${threads} threads` : ` – ${reason}`}
          </option>
        ))}
      </select>
    </label>
  );
}

interface NumberFieldProps extends ControlProps {
  readonly label: string;
  readonly min: number;
  readonly max?: number;
  readonly value: number;
  /** Takes the value over, or says by false that it is none. */
  readonly onChange: (value: number) => boolean;
  /** What is expected, shown beside a wrong value. */
  readonly expected: string;
}

/** A whole number; what cannot be taken over stays in the field, marked, until it is left. */
export function NumberField({ label, min, max, value, onChange, expected, locked }: NumberFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <label className={styles.control} data-narrow="true">
      <span>{label}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={1}
        disabled={locked}
        value={draft ?? value}
        aria-invalid={draft !== null}
        title={draft === null ? undefined : expected}
        onChange={(e) => {
          const text = e.target.value;
          setDraft(text !== '' && onChange(Number(text)) ? null : text);
        }}
        onBlur={() => setDraft(null)}
      />
    </label>
  );
}

/** Opens every setting, and says how many are not as in the preset. */
export function SettingsButton() {
  const changes = useStudioState((s) => countChanges(s.setup.settings, PRESETS[s.setup.preset].settings));
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <div className={styles.control}>
      <span aria-hidden="true">{changes === 0 ? 'as in preset' : plural(changes, 'change')}</span>
      <button type="button" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
        Settings
      </button>
      <SettingsDialog dialog={dialog} />
    </div>
  );
}
