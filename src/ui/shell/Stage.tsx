/** One of the stages that a page leads through: a number and a name on the spine, its content beside it. */
import type { ReactNode } from 'react';
import styles from './Stage.module.css';

export type StageState = 'waiting' | 'active' | 'ready';

export interface StageProps {
  readonly number: number;
  readonly name: string;
  readonly state: StageState;
  /** What stands on the spine under the name: a sentence, switches. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export function Stage({ number, name, state, aside, children }: StageProps) {
  // Not the bare name: `#data` in the address is a page, and must not be scrolled to as a stage.
  const id = `stage-${name.toLowerCase().replaceAll(/\W+/g, '-')}`;
  return (
    <section id={id} className={styles.stage} data-state={state} aria-labelledby={`${id}-name`}>
      <div className={styles.spine}>
        <div className={styles.name}>
          <span className={styles.number} aria-hidden="true">
            {number}
          </span>
          <h2 id={`${id}-name`}>{name}</h2>
        </div>
        {aside && <div className={styles.aside}>{aside}</div>}
      </div>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
