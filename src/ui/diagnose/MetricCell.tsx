/** One chart of the evidence: its values at the moment on show, large enough to read from afar, over their small curves. */
import { useEffect, useMemo, useRef } from 'react';
import {
  type EvidenceCell,
  type EvidenceLine,
  type EvidenceView,
  evidenceCellText,
  evidenceLines,
  placeOfCurve,
} from '../../charts/evidenceCells.ts';
import {
  COMPACT_EVIDENCE_HEIGHT,
  type EvidenceSeries,
  evidenceFigure,
  evidenceRange,
  lineStyle,
} from '../../charts/evidenceFigures.ts';
import { inkOn } from '../../charts/palette.ts';
import { curveValue } from '../../diagnosis/curves.ts';
import { evidenceShown } from '../../store/diagnosis.ts';
import { useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import { Chart } from '../chart/Chart.tsx';
import { Label, Symbols } from '../losses/Label.tsx';
import { useTheme } from '../theme.ts';
import { StepCursor } from '../timeline/StepCursor.tsx';
import { useMarks } from '../timeline/useMarks.ts';
import { formatMetric } from './formatMetric.ts';
import { HeldOut } from './HeldOut.tsx';
import { useHighlight } from './highlight.tsx';
import styles from './Metrics.module.css';

export interface CellProps {
  readonly cell: EvidenceCell;
  readonly series: EvidenceSeries;
  readonly view: EvidenceView;
}

/** Many small charts redraw less often than a large one: the values above them keep up anyway. */
const CALM_MS = 1000;

/** The figure of a cell, made anew when there is another moment or another view. */
export function useEvidenceFigure({ cell, series, view }: CellProps, compact: boolean) {
  const theme = useTheme();
  const palette = useStudioState((s) => s.view.palette);
  const anchors = useStudioState((s) => s.timeline.anchors);
  const marks = useMarks();
  const { curve } = useHighlight();
  const highlighted = curve !== null && placeOfCurve(curve)?.cell === cell ? curve : null;
  // Over a small chart lies a line of its own.
  const shownStep = useStudioState((s) => (compact ? null : (momentShown(s.timeline)?.step ?? null)));
  const figure = useMemo(() => {
    const options = { theme, palette, view, anchors, marks, shownStep, highlighted, compact };
    return () => evidenceFigure(cell, series, options);
  }, [cell, series, view, theme, palette, anchors, marks, shownStep, highlighted, compact]);
  return { figure, highlighted, theme, palette };
}

/** What tells a line from the others: of samples their type on its colour, else a stroke with its label. */
function LineKey({ line, colour }: { readonly line: EvidenceLine; readonly colour: string }) {
  if (typeof line.colour === 'string' && line.label === line.colour) {
    return (
      <span className={styles.type} style={{ background: colour, color: inkOn(colour) }}>
        {line.label}
      </span>
    );
  }
  const stroke = line.dash === 'dash' ? 'dotted' : 'solid';
  return (
    <>
      <span className={styles.key} style={{ borderTop: `3px ${stroke} ${colour}` }} />
      <span className={styles.label}>
        <Label text={line.label} />
      </span>
    </>
  );
}

/** The lines with their values at the moment on show. */
function Values({ cell, series, view, colours }: CellProps & { colours: Parameters<typeof lineStyle>[1] }) {
  const evidence = useStudioState((s) => evidenceShown(s).at(-1) ?? null);
  return (
    <ul className={styles.values}>
      {evidenceLines(cell, view, series.moments).map((line) => {
        const value = evidence && curveValue(evidence, line.curve);
        return (
          <li key={line.curve}>
            <LineKey line={line} colour={lineStyle(line, colours).colour} />
            <b>{value === null ? '–' : formatMetric(value)}</b>
          </li>
        );
      })}
    </ul>
  );
}

export function MetricCell({ onEnlarge, ...props }: CellProps & { readonly onEnlarge: () => void }) {
  const { cell, series } = props;
  const { figure, highlighted, ...colours } = useEvidenceFigure(props, true);
  const { title, note } = evidenceCellText(cell);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (highlighted !== null) card.current?.scrollIntoView({ block: 'nearest' });
  }, [highlighted]);
  return (
    <article
      ref={card}
      className={styles.cell}
      data-cell={cell}
      data-highlighted={highlighted !== null}
      data-waiting={series.moments.length === 0}
    >
      <h4>
        <button
          type="button"
          className={styles.title}
          title={`${note} Click to enlarge.`}
          onClick={onEnlarge}
        >
          {title}
        </button>
      </h4>
      <Values {...props} colours={colours} />
      {cell === 'discriminators' && <HeldOut />}
      <div className={styles.plot}>
        {series.moments.length === 0 && (
          <p className={styles.note}>
            <Symbols text={note} />
          </p>
        )}
        <Chart
          figure={figure}
          label={`${title}: ${note}`}
          height={COMPACT_EVIDENCE_HEIGHT}
          interval={CALM_MS}
        />
        <StepCursor range={evidenceRange(series)} />
      </div>
    </article>
  );
}
