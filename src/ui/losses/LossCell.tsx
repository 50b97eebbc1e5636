/** One group of loss terms: its latest values, large enough to read from afar, over their small curves. */
import { useMemo } from 'react';
import { stepRange } from '../../charts/evidenceAxes.ts';
import type { StepMark } from '../../charts/evidenceMarks.ts';
import {
  type LossCell as Cell,
  COMPACT_LOSS_HEIGHT,
  type LossChart,
  type LossSeries,
  lossChartNote,
  lossChartTitle,
  lossFigure,
} from '../../charts/lossFigures.ts';
import { chartTheme } from '../../charts/palette.ts';
import type { Phase } from '../../experiment/events.ts';
import { useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import { Chart } from '../chart/Chart.tsx';
import { formatLoss } from '../format.ts';
import { useTheme } from '../theme.ts';
import { StepCursor } from '../timeline/StepCursor.tsx';
import { useMarks } from '../timeline/useMarks.ts';
import { Label } from './Label.tsx';
import styles from './Losses.module.css';
import { valueAt } from './lossAt.ts';

interface LossCellProps extends Cell {
  readonly onEnlarge: () => void;
}

/** Seven small charts redraw less often than a large one: the values above them keep up anyway. */
const CALM_MS = 800;

/** Points of a line, at most: a small chart has some 100 pixels to show them on. */
const COMPACT_POINTS = 120;
const MOST_POINTS = 300;

const EMPTY: LossSeries = { steps: [], terms: {} };
const NO_MARKS: readonly StepMark[] = [];

/** The step of the moment that one looks back at; null where the newest is followed, or the phase is not the GAN's. */
const useStepLookedAt = (phase: Phase): number | null =>
  useStudioState(({ timeline }) =>
    phase === 'gan' && timeline.position !== null ? (momentShown(timeline)?.step ?? null) : null,
  );

/** The figure of a chart, made anew when its phase has new values. */
export function useLossFigure(chart: LossChart, phase: Phase, compact: boolean) {
  const theme = useTheme();
  const logScale = useStudioState((s) => s.view.logScale);
  const series: LossSeries = useStudioState((s) => s.run.losses[phase]) ?? EMPTY;
  const length = useStudioState((s) => s.run.losses[phase]?.steps.length ?? 0);
  const bestStep = useStudioState((s) => (phase === 'gan' ? (s.run.best?.step ?? null) : null));
  const happened = useMarks();
  const marks = phase === 'gan' ? happened : NO_MARKS;
  const lookedAt = useStepLookedAt(phase);
  // Over a small chart lies a line of its own.
  const shownStep = compact ? null : lookedAt;
  const points = compact ? COMPACT_POINTS : MOST_POINTS;
  // `length` stands for the values, which grow in place.
  const figure = useMemo(
    () => () =>
      lossFigure(chart, series, {
        theme,
        logScale,
        bestStep,
        marks,
        shownStep,
        compact,
        maxPoints: length > 0 ? points : 0,
      }),
    [chart, series, length, theme, logScale, bestStep, marks, shownStep, compact, points],
  );
  return { figure, series, theme, lookedAt };
}

export function LossCell({ chart, phase, lines, onEnlarge }: LossCellProps) {
  const { figure, series, theme, lookedAt } = useLossFigure(chart, phase, true);
  const colours = chartTheme(theme).lines;
  const title = lossChartTitle(chart);
  return (
    <article className={styles.cell} data-chart={chart} data-waiting={series.steps.length === 0}>
      <h3>
        <button
          type="button"
          className={styles.title}
          title={`${lossChartNote(chart)}. Click to enlarge.`}
          onClick={onEnlarge}
        >
          {title}
        </button>
      </h3>
      <ul className={styles.legend}>
        {lines.map(({ term, label, dash, place }) => {
          const value = valueAt(series, term, lookedAt);
          return (
            <li key={term}>
              <span
                className={styles.key}
                style={{ borderTop: `3px ${dash === 'dash' ? 'dotted' : 'solid'} ${colours[place]}` }}
              />
              <span className={styles.label}>
                <Label text={label} />
              </span>
              <b>{value === undefined ? '–' : formatLoss(value)}</b>
            </li>
          );
        })}
      </ul>
      {series.steps.length === 0 && <p className={styles.note}>{lossChartNote(chart)}</p>}
      <div className={styles.plot}>
        <Chart
          figure={figure}
          label={`${title}: ${lossChartNote(chart)}`}
          height={COMPACT_LOSS_HEIGHT}
          interval={CALM_MS}
        />
        {phase === 'gan' && <StepCursor range={stepRange(series.steps)} />}
      </div>
    </article>
  );
}
