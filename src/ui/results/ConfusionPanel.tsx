/** Below map and table, over the whole width: what was confused, or what was predicted. */
import styles from './Confusion.module.css';
import { ConfusionStrip } from './ConfusionStrip.tsx';
import { SharesChart } from './SharesChart.tsx';
import { useResults } from './useResults.ts';

export function ConfusionPanel() {
  const { rows, selected, scorable } = useResults();
  return (
    <section className={styles.panel} aria-labelledby="confusion-name">
      <h3 id="confusion-name" className={styles.name}>
        {scorable ? 'What was confused' : 'What was predicted'}
      </h3>
      <p className="muted small">
        {scorable
          ? 'Each row is a true class and adds up to 100 %; the diagonal is what was recognised. Click a cell to see its rows on the map.'
          : 'Shares of the target’s rows, by recogniser.'}
      </p>
      {scorable ? <ConfusionStrip rows={rows} selected={selected} /> : <SharesChart rows={rows} />}
    </section>
  );
}
