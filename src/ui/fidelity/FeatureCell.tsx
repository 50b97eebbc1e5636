/** One feature: how far it was from what the samples imitate and how far they are, over its distributions. */
import { useMemo } from 'react';
import { FIDELITY_HEIGHT, fidelityFigure } from '../../charts/fidelityFigure.ts';
import { shortFeatureName } from '../../charts/shiftFigure.ts';
import type { FeatureDistribution, Fidelity } from '../../diagnosis/reports.ts';
import { useStudioState } from '../../store/react.tsx';
import { Chart } from '../chart/Chart.tsx';
import { useTheme } from '../theme.ts';
import styles from './Fidelity.module.css';

/** Characters of a name that have room, and those kept of a long one's end. */
const ROOM = { longest: 22, tail: 12 };

interface FeatureCellProps {
  readonly distribution: FeatureDistribution;
  readonly type: Fidelity['type'];
}

export function FeatureCell({ distribution, type }: FeatureCellProps) {
  const theme = useTheme();
  const palette = useStudioState((s) => s.view.palette);
  const figure = useMemo(
    () => () => fidelityFigure(distribution, type, { theme, palette }),
    [distribution, type, theme, palette],
  );
  const { feature, before, after } = distribution;
  return (
    <article className={styles.cell} data-nearer={after < before}>
      <h4 title={feature}>{shortFeatureName(feature, ROOM)}</h4>
      <p title="Kolmogorov–Smirnov distance to the corpus that the type imitates: of the other corpus, and of the samples">
        <span className="muted">KS</span> {before.toFixed(2)} <span aria-hidden="true">→</span>
        <span className="hidden-visually">to</span> <b>{after.toFixed(2)}</b>
      </p>
      <Chart
        figure={figure}
        label={`Distribution of ${feature} in source, target and type ${type}`}
        height={FIDELITY_HEIGHT}
      />
    </article>
  );
}
