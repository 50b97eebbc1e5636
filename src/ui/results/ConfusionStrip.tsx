/** What each recogniser confuses: a small matrix for every row of the table, side by side. */
import { type CSSProperties, useMemo, useRef, useState } from 'react';
import { confusionFigure, rowShares } from '../../charts/confusionFigure.ts';
import { CLASSES, corpusClasses } from '../../corpus/corpus.ts';
import { SAMPLE_SETS, type SampleSet } from '../../experiment/events.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Chart } from '../chart/Chart.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { useTheme } from '../theme.ts';
import styles from './Confusion.module.css';
import { cellRows } from './confusionRows.ts';
import type { RowSummary } from './summary.ts';

type Counts = readonly (readonly number[])[];

const FIGURE_HEIGHT = 250;

/** Selects the rows of a cell; null where it is not known which they are. */
type SelectCell = ((truth: number, heard: number) => void) | null;

interface MatrixProps {
  readonly set: SampleSet;
  readonly counts: Counts | null;
  readonly onSelect: SelectCell;
}

/** One share of a matrix, which selects its rows. */
function Cell({
  percent,
  about,
  onSelect,
}: {
  percent: number;
  about: string;
  onSelect: (() => void) | null;
}) {
  const chosen = useStudioState((s) => s.selection.first?.label === about);
  if (!onSelect) return percent;
  return (
    <button
      type="button"
      aria-label={`${percent} %, select ${about}`}
      aria-pressed={chosen}
      onClick={onSelect}
    >
      {percent}
    </button>
  );
}

/** What a cell holds, in words; names the selection that it makes. */
const cellName = (set: SampleSet, truth: string, heard: string) => `${set}: ${truth} heard as ${heard}`;

/** Truth × prediction in percent of the truth's rows. */
function Matrix({ set, counts, onSelect }: MatrixProps) {
  const shares = counts && rowShares(counts);
  return (
    <table className={styles.matrix}>
      <caption className="hidden-visually">
        Confusion of {set}: rows are the truth, columns what was recognised, in percent of the truth
      </caption>
      <thead>
        <tr>
          <td />
          {CLASSES.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {CLASSES.map((truth, t) => (
          <tr key={truth}>
            <th scope="row">{truth}</th>
            {CLASSES.map((heard, p) => {
              const percent = shares && Math.round(100 * shares[t][p]);
              const title = counts ? `${Math.round(counts[t][p])} ${truth} heard as ${heard}` : undefined;
              return (
                <td
                  key={heard}
                  title={title}
                  data-hit={t === p}
                  data-dark={percent !== null && percent > 55}
                  style={{ '--share': `${percent ?? 0}%` } as CSSProperties}
                >
                  {percent !== null && (
                    <Cell
                      percent={percent}
                      about={cellName(set, truth, heard)}
                      onSelect={onSelect && (() => onSelect(t, p))}
                    />
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Enlarged({ set, counts }: { set: SampleSet; counts: Counts }) {
  const theme = useTheme();
  const figure = useMemo(() => confusionFigure(set, counts, { theme }), [set, counts, theme]);
  return <Chart figure={figure} label={`Confusion matrix of ${set}`} height={FIGURE_HEIGHT} />;
}

/** Selects target rows by what the recognisers of the last run heard in them, where that is of the corpora at hand. */
function useSelectCell(): (set: SampleSet) => SelectCell {
  const { selection } = useStudio();
  const target = useStudioState((s) => s.corpora.target.corpus);
  const { config, rows, predictions, corpora } = useStudioState((s) => s.run);
  const classes = useMemo(() => target && config && corpusClasses(target, config.task), [target, config]);
  return (set) => {
    const own = predictions[set];
    if (!classes || !rows || !own || corpora?.replaced) return null;
    const heard = { rows: rows.target, predictions: own };
    return (truth, prediction) =>
      selection.select({
        label: cellName(set, CLASSES[truth], CLASSES[prediction]),
        samples: { target: cellRows(classes, heard, truth, prediction) },
      });
  };
}

/** Counts as a mean over recognisers; null before the row is scored. */
const meanCounts = (row: RowSummary | null): Counts | null =>
  row?.confusion?.map((counts) => counts.map((n) => n / row.repeats)) ?? null;

interface ConfusionStripProps {
  readonly rows: Record<SampleSet, RowSummary | null>;
  readonly selected: SampleSet;
}

export function ConfusionStrip({ rows, selected }: ConfusionStripProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [enlarged, setEnlarged] = useState<SampleSet>('source-only');
  const matrices = useMemo(() => SAMPLE_SETS.map((set) => ({ set, counts: meanCounts(rows[set]) })), [rows]);
  const selectCell = useSelectCell();
  const open = matrices.find(({ set }) => set === enlarged)?.counts;
  return (
    <div className={styles.strip}>
      {matrices.map(({ set, counts }) => (
        <article key={set} className={styles.cell} data-selected={set === selected}>
          <h3>
            <button
              type="button"
              disabled={!counts}
              title="Click to enlarge"
              aria-label={`Enlarge the confusion matrix of ${set}`}
              onClick={() => {
                setEnlarged(set);
                dialog.current?.showModal();
              }}
            >
              {set}
            </button>
          </h3>
          <Matrix set={set} counts={counts} onSelect={selectCell(set)} />
        </article>
      ))}
      <Dialog dialog={dialog} title={`Confusion of ${enlarged}`}>
        {open && <Enlarged set={enlarged} counts={open} />}
      </Dialog>
    </div>
  );
}
