/** How many rows each class has: a bar of three shades, and the numbers beside it. */
import { CLASSES, type EmotionClass } from '../../corpus/corpus.ts';
import { formatCount } from '../format.ts';
import styles from './ClassBar.module.css';

export interface ClassBarProps {
  readonly label: string;
  readonly counts: Readonly<Record<EmotionClass, number>>;
  /** Rows without a label. */
  readonly unlabelled: number;
}

export function ClassBar({ label, counts, unlabelled }: ClassBarProps) {
  return (
    <div className={styles.row}>
      <span className={styles.label}>{label}</span>
      <span className={styles.bar} aria-hidden="true">
        {CLASSES.map((name) => (
          <span key={name} className={styles[name]} style={{ flexGrow: counts[name] }} />
        ))}
        <span style={{ flexGrow: unlabelled }} />
      </span>
      <span className={styles.numbers}>
        {CLASSES.map((name) => (
          <span key={name} className={styles.count}>
            <span className={styles.key} data-class={name} aria-hidden="true" />
            {name} <b>{formatCount(counts[name])}</b>
          </span>
        ))}
        {unlabelled > 0 && <span className={styles.count}>none {formatCount(unlabelled)}</span>}
      </span>
    </div>
  );
}
