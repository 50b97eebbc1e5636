/** One setting: its name, its sentence, its field, and a way back to the preset's value. */
import { useId, useState } from 'react';
import type { Settings } from '../../experiment/config.ts';
import { useStudio } from '../../store/react.tsx';
import type { SettingValue } from '../../store/setup.ts';
import { Terms } from '../shell/Terms.tsx';
import styles from './Settings.module.css';
import { parseSetting, type SettingField, sameSetting, settingText } from './settingFields.ts';

interface SettingRowProps {
  readonly group: keyof Settings;
  readonly field: SettingField;
  readonly value: SettingValue;
  readonly presetValue: SettingValue;
  readonly disabled: boolean;
}

export function SettingRow({ group, field, value, presetValue, disabled }: SettingRowProps) {
  const { setup } = useStudio();
  const id = useId();
  const [wrong, setWrong] = useState<{ readonly text: string; readonly message: string } | null>(null);
  const changed = !sameSetting(value, presetValue);
  const take = (next: SettingValue, text: string) => {
    const unread = [next].flat().some((part) => typeof part === 'number' && Number.isNaN(part));
    const message = unread ? 'Not a number' : setup.setSetting(group, field.name, next);
    setWrong(message === null ? null : { text, message });
  };
  const { kind } = field;
  const common = {
    id,
    disabled,
    'aria-describedby': `${id}-about${wrong ? ` ${id}-wrong` : ''}`,
    'aria-invalid': wrong !== null,
  };
  return (
    <div className={styles.row} data-changed={changed}>
      <div>
        <label htmlFor={id}>
          <Terms text={field.title} />
        </label>
        <p id={`${id}-about`} className="muted small">
          <Terms text={field.description} />
        </p>
      </div>
      <div className={styles.field}>
        {kind.type === 'toggle' && (
          <input
            {...common}
            type="checkbox"
            checked={value === true}
            onChange={(e) => take(e.target.checked, '')}
          />
        )}
        {kind.type === 'choice' && (
          <select
            {...common}
            value={settingText(value)}
            onChange={(e) => take(e.target.value, e.target.value)}
          >
            {kind.options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        )}
        {(kind.type === 'number' || kind.type === 'widths') && (
          <input
            {...common}
            type="text"
            inputMode={kind.type === 'number' ? 'decimal' : 'text'}
            value={wrong?.text ?? settingText(value)}
            onChange={(e) => take(parseSetting(kind, e.target.value), e.target.value)}
            onBlur={() => setWrong(null)}
          />
        )}
        <button
          type="button"
          className="quiet"
          disabled={disabled}
          style={{ visibility: changed ? 'visible' : 'hidden' }}
          aria-label={`Reset ${field.title} to ${settingText(presetValue)}`}
          title={`The preset has ${settingText(presetValue)}`}
          onClick={() => take(presetValue, '')}
        >
          Reset
        </button>
        <p id={`${id}-wrong`} className={styles.wrong}>
          {wrong && `${wrong.message}; still in force: ${settingText(value)}`}
        </p>
      </div>
    </div>
  );
}
