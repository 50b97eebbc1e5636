/** What the next run will be: task, preset, backend, seed, settings; and how long it will take here. */
import { useRef, useState } from 'react';
import { TASKS, type Task } from '../../corpus/corpus.ts';
import { PRESET_NAMES, type PresetName } from '../../experiment/config.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { isActive } from '../../store/progress.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import type { BackendChoice } from '../../store/setup.ts';
import { plural } from '../format.ts';
import { Segmented } from '../shell/Segmented.tsx';
import { BACKEND_LABELS } from './backends.ts';
import { Estimate } from './Estimate.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import styles from './Setup.module.css';
import { countChanges } from './settingFields.ts';

const TASK_OPTIONS: { value: Task; label: string }[] = TASKS.map((value) => ({
  value,
  label: value === 'activation' ? 'Activation' : 'Valence',
}));

function BackendSelect({ locked }: { locked: boolean }) {
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

function SeedField({ locked }: { locked: boolean }) {
  const { setup } = useStudio();
  const seed = useStudioState((s) => s.setup.seed);
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <label className={styles.control} data-narrow="true">
      <span>Seed</span>
      <input
        type="number"
        min={0}
        step={1}
        disabled={locked}
        value={draft ?? seed}
        aria-invalid={draft !== null}
        title={draft === null ? undefined : 'A whole number from 0 on'}
        onChange={(e) => {
          const { value } = e.target;
          setDraft(value !== '' && setup.setSeed(Number(value)) ? null : value);
        }}
        onBlur={() => setDraft(null)}
      />
    </label>
  );
}

export function Setup() {
  const { setup } = useStudio();
  const task = useStudioState((s) => s.setup.task);
  const preset = useStudioState((s) => s.setup.preset);
  const changes = useStudioState((s) => countChanges(s.setup.settings, PRESETS[s.setup.preset].settings));
  const locked = useStudioState((s) => isActive(s.run.status));
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <div className={styles.setup}>
      <Segmented
        label="Task"
        options={TASK_OPTIONS}
        value={task}
        onChange={setup.setTask}
        disabled={locked}
      />
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
      <BackendSelect locked={locked} />
      <SeedField locked={locked} />
      <div className={styles.control}>
        <span aria-hidden="true">{changes === 0 ? 'as in preset' : `${plural(changes, 'change')}`}</span>
        <button type="button" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
          Settings
        </button>
      </div>
      <Estimate />
      <SettingsDialog dialog={dialog} />
    </div>
  );
}
