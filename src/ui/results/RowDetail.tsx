/** What stands behind the chosen row: its confusion matrix, or the classes predicted where nothing is scored. */
import { useMemo } from 'react';
import { confusionFigure } from '../../charts/confusionFigure.ts';
import { sharesFigure } from '../../charts/sharesFigure.ts';
import { CLASSES } from '../../corpus/corpus.ts';
import { SAMPLE_SETS, type SampleSet } from '../../experiment/events.ts';
import { Chart } from '../chart/Chart.tsx';
import { useTheme } from '../theme.ts';
import styles from './Results.module.css';
import { SET_MEANINGS } from './sets.ts';
import type { RowSummary } from './summary.ts';

const CONFUSION_HEIGHT = 250;

/** The matrix in words, for those who cannot see it. */
const inWords = (confusion: readonly (readonly number[])[]): string =>
  confusion
    .map((row, t) => `${CLASSES[t]}: ${row.map((n, p) => `${Math.round(n)} as ${CLASSES[p]}`).join(', ')}`)
    .join('; ');

function Confusion({ row }: { row: RowSummary }) {
  const theme = useTheme();
  const { set, confusion, repeats } = row;
  const mean = useMemo(
    () => confusion?.map((counts) => counts.map((n) => n / repeats)) ?? [],
    [confusion, repeats],
  );
  const figure = useMemo(() => confusionFigure(set, mean, { theme }), [set, mean, theme]);
  return (
    <Chart figure={figure} label={`Confusion matrix of ${set}. ${inWords(mean)}`} height={CONFUSION_HEIGHT} />
  );
}

function Shares({ rows }: { rows: Record<SampleSet, RowSummary | null> }) {
  const theme = useTheme();
  const figure = useMemo(() => {
    const known = SAMPLE_SETS.flatMap((set) => rows[set] ?? []);
    return sharesFigure(known, { theme });
  }, [rows, theme]);
  return (
    <Chart figure={figure} label="Classes predicted for the target" height={figure.layout.height ?? 350} />
  );
}

interface RowDetailProps {
  readonly rows: Record<SampleSet, RowSummary | null>;
  readonly selected: SampleSet;
  readonly scorable: boolean;
}

export function RowDetail({ rows, selected, scorable }: RowDetailProps) {
  const row = rows[selected];
  return (
    <div className={styles.detail}>
      <p className={styles.meaning}>
        <b>{selected}</b> {SET_MEANINGS[selected]}
      </p>
      {scorable && row?.confusion && <Confusion row={row} />}
      {scorable && !row?.confusion && (
        <p className={styles.empty} style={{ minHeight: CONFUSION_HEIGHT }}>
          The confusion matrix stands here once the row is scored.
        </p>
      )}
      {!scorable && SAMPLE_SETS.some((set) => rows[set]) && <Shares rows={rows} />}
    </div>
  );
}
