/**
 * Handles on the two boundaries of a histogram: native sliders, one over the other, whose thumbs are as high as the plot
 * and stand where the figure draws its lines. So they can be dragged, and moved by arrow keys.
 */
import type { CSSProperties, KeyboardEvent } from 'react';
import type { Figure } from '../../../charts/figure.ts';
import styles from './CutHandles.module.css';
import { movedCuts, stepOf, tidy } from './labelChoices.ts';

interface CutHandlesProps {
  /** Whose boundaries they are, e.g. `source, valence`. */
  readonly name: string;
  readonly cuts: readonly [number, number];
  /** The histogram: its margins and the range of its axis are those of the sliders. */
  readonly figure: Figure;
  readonly disabled: boolean;
  readonly onMove: (cuts: readonly [number, number]) => void;
}

const BOUNDARIES = [
  { at: 0, title: 'low ends', sign: 'low ≤' },
  { at: 1, title: 'high begins', sign: 'high ≥' },
] as const;

/** Steps that a key moves a boundary by; the browsers' own differ where any value may be held. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

export function CutHandles({ name, cuts, figure: { layout }, disabled, onMove }: CutHandlesProps) {
  const { l = 0, r = 0, t = 0, b = 0 } = layout.margin ?? {};
  const [from, to] = (layout.xaxis?.range ?? [0, 1]).map(Number);
  const step = stepOf(to - from);
  const press = (event: KeyboardEvent, at: 0 | 1) => {
    const steps = STEPS[event.key];
    if (!steps) return;
    event.preventDefault();
    onMove(movedCuts(cuts, at, cuts[at] + steps * step, step));
  };
  const box: CSSProperties = { left: l, right: r, top: t, height: (layout.height ?? 0) - t - b };
  return (
    <div className={styles.handles} style={box}>
      {BOUNDARIES.map(({ at, title, sign }) => (
        <input
          key={at}
          type="range"
          aria-label={`${name}: where ${title}`}
          aria-valuetext={`${sign} ${tidy(cuts[at])}`}
          min={from}
          max={to}
          // Boundaries that are not multiples of the step stand where their lines are.
          step="any"
          value={cuts[at]}
          disabled={disabled}
          onKeyDown={(event) => press(event, at)}
          onChange={({ target }) => onMove(movedCuts(cuts, at, Number(target.value), step))}
        />
      ))}
    </div>
  );
}
