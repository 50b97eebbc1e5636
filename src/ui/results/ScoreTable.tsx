/** The table of the paper: how well a recogniser trained on each set recognises the target. */
import { CLASSES } from '../../corpus/corpus.ts';
import { SAMPLE_SETS, type SampleSet } from '../../experiment/events.ts';
import styles from './Results.module.css';
import { CHANCE, SET_MEANINGS } from './sets.ts';
import type { RowSummary } from './summary.ts';

interface ScoreTableProps {
  readonly rows: Record<SampleSet, RowSummary | null>;
  /** False where the target has no labels for the task. */
  readonly scorable: boolean;
  readonly best: SampleSet | null;
  readonly selected: SampleSet;
  readonly onSelect: (set: SampleSet) => void;
}

function Difference({ row, base }: { row: RowSummary | null; base: RowSummary | null }) {
  if (!row?.uar || !base?.uar) return '';
  if (row.set === 'source-only') return 'base';
  const difference = row.uar.mean - base.uar.mean;
  const sign = difference < 0 ? '−' : '+';
  return `${sign}${Math.abs(difference).toFixed(1)}`;
}

function UarCells({ row, base }: { row: RowSummary | null; base: RowSummary | null }) {
  return (
    <>
      <td className={styles.figure}>
        {row?.uar ? (
          <>
            <b>{row.uar.mean.toFixed(1)}</b> ± {row.uar.sd.toFixed(1)}
          </>
        ) : (
          <span className="muted">–</span>
        )}
      </td>
      <td className={styles.difference}>
        <Difference row={row} base={base} />
      </td>
      <td className={styles.barCell} aria-hidden="true">
        <span className={styles.bar}>
          <span className={styles.fill} style={{ transform: `scaleX(${(row?.uar?.mean ?? 0) / 100})` }} />
          <span className={styles.chance} style={{ left: `${CHANCE}%` }} />
        </span>
      </td>
    </>
  );
}

function ShareCells({ row }: { row: RowSummary | null }) {
  return CLASSES.map((name, k) => (
    <td key={name} className={styles.figure}>
      {row ? `${(100 * row.shares[k]).toFixed(0)} %` : <span className="muted">–</span>}
    </td>
  ));
}

export function ScoreTable({ rows, scorable, best, selected, onSelect }: ScoreTableProps) {
  return (
    <table className={styles.table}>
      <caption>Recognition on the target (UAR)</caption>
      <thead>
        <tr>
          <th scope="col">Trained on</th>
          {scorable ? (
            <>
              <th scope="col" className={styles.figure}>
                UAR %
              </th>
              <th scope="col" className={styles.difference}>
                <abbr title="Difference to source-only, in percentage points">Diff.</abbr>
              </th>
              <th scope="col" className={styles.barCell}>
                chance 33.3
              </th>
            </>
          ) : (
            CLASSES.map((name) => (
              <th key={name} scope="col" className={styles.figure}>
                {name}
              </th>
            ))
          )}
        </tr>
      </thead>
      <tbody>
        {SAMPLE_SETS.map((set) => (
          // The button is the row's control; the rest of the row is a larger target for a mouse.
          <tr
            key={set}
            data-selected={set === selected}
            data-best={set === best}
            onClick={() => onSelect(set)}
          >
            <th scope="row">
              <button
                type="button"
                aria-pressed={set === selected}
                title={SET_MEANINGS[set]}
                onFocus={() => onSelect(set)}
              >
                {set}
              </button>
            </th>
            {scorable ? (
              <UarCells row={rows[set]} base={rows['source-only']} />
            ) : (
              <ShareCells row={rows[set]} />
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
