/**
 * The line at the moment on show over a small chart of steps. It lies over the drawing, so that going through the
 * moments redraws no chart.
 */
import type { CSSProperties } from 'react';
import { COMPACT_MARGIN } from '../../charts/evidenceAxes.ts';
import { useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import styles from './StepCursor.module.css';

const MARGINS = {
  '--left': `${COMPACT_MARGIN.l}px`,
  '--right': `${COMPACT_MARGIN.r}px`,
  '--top': `${COMPACT_MARGIN.t}px`,
  '--bottom': `${COMPACT_MARGIN.b}px`,
};

interface StepCursorProps {
  /** First and last step of the chart; null while it has none. */
  readonly range: readonly [number, number] | null;
}

/** Stands in a box that the chart fills, and that is positioned. */
export function StepCursor({ range }: StepCursorProps) {
  const step = useStudioState((s) => momentShown(s.timeline)?.step ?? null);
  if (step === null || range === null || step < range[0] || step > range[1]) return null;
  const share = (step - range[0]) / (range[1] - range[0]);
  return (
    <span className={styles.box} style={{ ...MARGINS, '--share': share } as CSSProperties} aria-hidden="true">
      <span className={styles.line} />
    </span>
  );
}
