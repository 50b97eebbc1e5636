/** One choice of a few, as native radio buttons drawn as one bar. */
import { useId } from 'react';
import styles from './Segmented.module.css';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  /** Keeps the label for assistive technology only. */
  readonly hideLabel?: boolean;
}

export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={`${id}-label`} className={styles.group}>
      <span id={`${id}-label`} className={props.hideLabel ? 'hidden-visually' : styles.label}>
        {props.label}
      </span>
      <div className={styles.bar}>
        {props.options.map(({ value, label }) => (
          <label key={value} className={styles.option}>
            <input
              type="radio"
              name={id}
              value={value}
              checked={value === props.value}
              disabled={props.disabled}
              onChange={() => props.onChange(value)}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </div>
  );
}
