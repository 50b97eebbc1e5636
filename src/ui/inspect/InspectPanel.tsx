/** The inspector: a sample that was pointed at, and samples that were selected. Says how to ask where nothing was. */
import { useStudioState } from '../../store/react.tsx';
import styles from './Inspect.module.css';
import { PointCard } from './PointCard.tsx';
import { SelectionCard } from './SelectionCard.tsx';
import { useNamed } from './useNamed.ts';

export function InspectPanel() {
  const point = useStudioState((s) => s.selection.point);
  const first = useStudioState((s) => s.selection.first);
  const error = useStudioState((s) => s.selection.error);
  const saving = useStudioState((s) => s.saving.error);
  const named = useNamed();
  const problem = error ?? saving;
  return (
    <section className={styles.panel} aria-labelledby="inspect-name">
      <div className={styles.title}>
        <h3 id="inspect-name">Inspector</h3>
        {!point && !first && (
          <p className="muted small">
            Hover over a point of the map to see what it is, click it to ask about it, or draw around several
            to count and compare them. A cell of a confusion matrix selects its rows.
          </p>
        )}
      </div>
      {problem && (
        <p role="alert" className={styles.error}>
          {problem}
        </p>
      )}
      {point && <PointCard point={point} named={named} />}
      {first && <SelectionCard first={first} named={named} />}
    </section>
  );
}
