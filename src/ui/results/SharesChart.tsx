/** Which classes the recognisers predict, where nothing can be scored. */
import { useMemo } from 'react';
import { sharesFigure } from '../../charts/sharesFigure.ts';
import { SAMPLE_SETS, type SampleSet } from '../../experiment/events.ts';
import { Chart } from '../chart/Chart.tsx';
import { useTheme } from '../theme.ts';
import type { RowSummary } from './summary.ts';

export function SharesChart({ rows }: { rows: Record<SampleSet, RowSummary | null> }) {
  const theme = useTheme();
  const figure = useMemo(
    () =>
      sharesFigure(
        SAMPLE_SETS.flatMap((set) => rows[set] ?? []),
        { theme },
      ),
    [rows, theme],
  );
  return (
    <Chart figure={figure} label="Classes predicted for the target" height={figure.layout.height ?? 350} />
  );
}
