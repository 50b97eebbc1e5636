/** One group of loss terms: its latest values, large enough to read from afar, over their small curves. */
import { Fragment, useMemo } from 'react';
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
import { Chart } from '../chart/Chart.tsx';
import { formatLoss } from '../format.ts';
import { useTheme } from '../theme.ts';
import styles from './Losses.module.css';

/** Text with `<sub>` as the charts write it. */
function Label({ text }: { text: string }) {
  return text.split(/<sub>|<\/sub>/).map((part, i) => {
    const key = `${i} ${part}`;
    return i % 2 === 1 ? <sub key={key}>{part}</sub> : <Fragment key={key}>{part}</Fragment>;
  });
}

interface LossCellProps extends Cell {
  readonly onEnlarge: () => void;
}

/** Seven small charts redraw less often than a large one: the values above them keep up anyway. */
const CALM_MS = 800;

/** Points of a line, at most: a small chart has some 100 pixels to show them on. */
const COMPACT_POINTS = 120;
const MOST_POINTS = 300;

const EMPTY: LossSeries = { steps: [], terms: {} };

/** The figure of a chart, made anew when its phase has new values. */
export function useLossFigure(chart: LossChart, phase: Phase, compact: boolean) {
  const theme = useTheme();
  const logScale = useStudioState((s) => s.view.logScale);
  const series: LossSeries = useStudioState((s) => s.run.losses[phase]) ?? EMPTY;
  const length = useStudioState((s) => s.run.losses[phase]?.steps.length ?? 0);
  const bestStep = useStudioState((s) => (phase === 'gan' ? (s.run.best?.step ?? null) : null));
  const points = compact ? COMPACT_POINTS : MOST_POINTS;
  // `length` stands for the values, which grow in place.
  const figure = useMemo(
    () => () =>
      lossFigure(chart, series, { theme, logScale, bestStep, compact, maxPoints: length > 0 ? points : 0 }),
    [chart, series, length, theme, logScale, bestStep, compact, points],
  );
  return { figure, series, theme };
}

export function LossCell({ chart, phase, lines, onEnlarge }: LossCellProps) {
  const { figure, series, theme } = useLossFigure(chart, phase, true);
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
          const value = series.terms[term]?.at(-1);
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
      <Chart
        figure={figure}
        label={`${title}: ${lossChartNote(chart)}`}
        height={COMPACT_LOSS_HEIGHT}
        interval={CALM_MS}
      />
    </article>
  );
}
