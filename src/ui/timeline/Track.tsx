/** The track of the timeline: what was changed above it, a tick for every moment, what was found wrong under it. */
import { type CSSProperties, type KeyboardEvent, memo, useMemo } from 'react';
import type { StepMark } from '../../charts/evidenceMarks.ts';
import { findingsByMoment } from '../../store/diagnosis.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import type { Moment } from '../../store/timeline.ts';
import { SEVERITY_LABELS, SeverityMark, worstOf } from '../diagnose/Severity.tsx';
import { formatCount } from '../format.ts';
import { momentNear, placeOf, placeOfStep, severityStretches } from './places.ts';
import styles from './Timeline.module.css';

const at = (place: number) => ({ '--at': place }) as CSSProperties;

interface MarksProps {
  readonly marks: readonly StepMark[];
  readonly steps: number;
  readonly onSeek: (step: number) => void;
}

/** What happened, one mark a step; its words appear where it is pointed at or has the focus. */
const Marks = memo(function Marks({ marks, steps, onSeek }: MarksProps) {
  const happened = [...new Set(marks.map(({ step }) => step))];
  return (
    <ul className={styles.marks} aria-label="Changes">
      {happened.map((step) => {
        const group = marks.filter((mark) => mark.step === step);
        const place = placeOfStep(step, steps);
        const text = group.map((mark) => mark.text).join('; ');
        const kind = group.some((mark) => mark.kind === 'divergence') ? 'divergence' : 'change';
        return (
          <li key={step} style={at(place)} data-side={place > 0.5 ? 'left' : 'right'}>
            <button
              type="button"
              data-kind={kind}
              aria-label={`Step ${formatCount(step)}: ${text}`}
              onClick={() => onSeek(step)}
            >
              <span className={styles.words} aria-hidden="true">
                <b>Step {formatCount(step)}</b> {text}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
});

interface MomentsProps {
  readonly moments: readonly Moment[];
  readonly steps: number;
}

const Ticks = memo(function Ticks({ moments, steps }: MomentsProps) {
  return (
    <div className={styles.ticks} aria-hidden="true">
      {moments.map((moment) => (
        <i key={moment.id} style={at(placeOf(moment, steps))} data-final={moment.final} />
      ))}
    </div>
  );
});

/** What was found wrong over time, by the worst severity. */
function Strip({ moments, steps }: MomentsProps) {
  const findings = useStudioState(findingsByMoment);
  const stretches = useMemo(
    () => severityStretches(moments, ({ id }) => worstOf(findings.get(id) ?? []), steps),
    [moments, findings, steps],
  );
  return (
    <div className={styles.strip} aria-hidden="true">
      {stretches.map(({ from, to, severity, step }) => (
        <span
          key={`${step} ${from}`}
          data-severity={severity}
          style={{ ...at(from), '--to': to } as CSSProperties}
          title={`${SEVERITY_LABELS[severity]} from step ${formatCount(step)} on`}
        >
          <SeverityMark severity={severity} />
        </span>
      ))}
    </div>
  );
}

interface TrackProps extends MomentsProps {
  readonly marks: readonly StepMark[];
  readonly shown: Moment | null;
  /** The moment on show in words. */
  readonly valueText: string;
  readonly onSeek: (moment: Moment | null | undefined) => void;
  readonly onTogglePlay: () => void;
}

export function Track({ moments, marks, steps, shown, valueText, onSeek, onTogglePlay }: TrackProps) {
  const { store } = useStudio();
  const index = shown ? moments.indexOf(shown) : -1;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => onSeek(moments[index - 1]),
    ArrowDown: () => onSeek(moments[index - 1]),
    ArrowRight: () => onSeek(moments[index + 1]),
    ArrowUp: () => onSeek(moments[index + 1]),
    PageDown: () => onSeek(moments[Math.max(0, index - 10)]),
    PageUp: () => onSeek(moments[Math.min(moments.length - 1, index + 10)]),
    Home: () => onSeek(moments[0]),
    End: () => onSeek(null),
    ' ': onTogglePlay,
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  };
  // Of the store as it is then, so that the marks need no drawing anew for every moment.
  const seekStep = useMemo(
    () => (step: number) => {
      const all = store.getState().timeline.moments;
      onSeek(all.findLast((moment) => !moment.final && moment.step <= step) ?? all[0]);
    },
    [store, onSeek],
  );
  return (
    <div className={styles.track}>
      <Marks marks={marks} steps={steps} onSeek={seekStep} />
      <div className={styles.rail}>
        <Ticks moments={moments} steps={steps} />
        <input
          type="range"
          aria-label="Moment on show"
          aria-valuetext={valueText}
          min={0}
          max={1}
          step="any"
          value={shown ? placeOf(shown, steps) : 0}
          disabled={moments.length === 0}
          onChange={(event) => onSeek(momentNear(moments, Number(event.target.value), steps))}
          onKeyDown={onKeyDown}
        />
      </div>
      <Strip moments={moments} steps={steps} />
    </div>
  );
}
