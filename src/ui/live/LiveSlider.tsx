/** One live setting: a slider, a field for the exact number, what it was at the beginning, whether a change is on its way. */
import { useId, useState } from 'react';
import type { SettingValue } from '../../store/setup.ts';
import { Terms } from '../shell/Terms.tsx';
import { parseSetting } from '../train/settingFields.ts';
import styles from './Live.module.css';
import type { LiveField } from './liveFields.ts';
import { positionOf, SLIDER_END, type SliderRange, valueAt } from './sliderScale.ts';

interface LiveSliderProps {
  readonly field: LiveField & { readonly range: SliderRange };
  readonly value: number;
  readonly began: number;
  readonly pending: boolean;
  readonly disabled: boolean;
  /** Takes a value over, or says what is wrong with it. */
  readonly onTake: (value: SettingValue) => string | null;
}

interface NoteProps extends Pick<LiveSliderProps, 'value' | 'began' | 'pending' | 'disabled'> {
  readonly id: string;
  readonly wrong: string | null;
  readonly onBack: () => void;
}

/** What is wrong, or on its way, or the way back to the beginning. */
function Note({ id, value, began, pending, disabled, wrong, onBack }: NoteProps) {
  return (
    <p id={id} className={styles.began}>
      {wrong ? (
        <span className={styles.wrong}>
          {wrong}; still {String(value)}
        </span>
      ) : pending ? (
        <b>with the next step</b>
      ) : (
        value !== began && (
          <button type="button" className="quiet" disabled={disabled} onClick={onBack}>
            back to {String(began)}
          </button>
        )
      )}
    </p>
  );
}

export function LiveSlider({ field, value, began, pending, disabled, onTake }: LiveSliderProps) {
  const id = useId();
  // A run is asked once the hand has come to rest, not for every value on the way.
  const [dragged, setDragged] = useState<number | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const shown = dragged === null ? value : valueAt(field.range, dragged);
  const take = (next: SettingValue) => {
    setWrong(next === value ? null : onTake(next));
  };
  const release = () => {
    if (dragged !== null) take(valueAt(field.range, dragged));
    setDragged(null);
  };
  const finish = () => {
    if (typed !== null) take(parseSetting(field.kind, typed));
    setTyped(null);
  };
  return (
    <div
      className={styles.setting}
      data-changed={value !== began}
      data-pending={pending}
      title={field.description}
    >
      <div className={styles.head}>
        <label htmlFor={id}>
          <Terms text={field.title} />
        </label>
        <Note
          id={`${id}-began`}
          value={value}
          began={began}
          pending={pending}
          disabled={disabled}
          wrong={wrong}
          onBack={() => take(began)}
        />
      </div>
      <input
        type="range"
        aria-label={`${field.title}, slider`}
        aria-valuetext={String(shown)}
        min={0}
        max={SLIDER_END}
        step={field.range.kind === 'linear' ? SLIDER_END / (field.range.most - field.range.least) : 1}
        disabled={disabled}
        value={dragged ?? positionOf(field.range, value)}
        onChange={(e) => setDragged(Number(e.target.value))}
        onPointerUp={release}
        onKeyUp={release}
        onBlur={release}
      />
      <input
        id={id}
        type="text"
        inputMode="decimal"
        disabled={disabled}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-began`}
        value={typed ?? String(shown)}
        onChange={(e) => setTyped(e.target.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter') finish();
          if (e.key === 'Escape') setTyped(null);
        }}
        onBlur={finish}
      />
    </div>
  );
}
