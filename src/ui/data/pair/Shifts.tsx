/** How far the features of the two corpora lie apart: the strongest as a chart, all of them in a table. */
import { useMemo, useState, useSyncExternalStore } from 'react';
import { shiftFigure, shiftHeight, signed } from '../../../charts/shiftFigure.ts';
import type { FeatureShift } from '../../../corpus/shift.ts';
import { ROLES } from '../../../store/corpora.ts';
import { useStudio, useStudioState } from '../../../store/react.tsx';
import { isBusy } from '../../../store/studio.ts';
import { Chart } from '../../chart/Chart.tsx';
import { formatCount, plural } from '../../format.ts';
import { useTheme } from '../../theme.ts';
import { focusHeading, focusNeighbour } from '../focus.ts';
import styles from './Pair.module.css';
import { leavingOut, pressed, type ShiftOrder, SORTABLE, STRONGEST, shiftRows } from './shiftRows.ts';

/** Features on the chart. */
const TOP = 15;
/** Rows that a press on "more" adds to the table. */
const PAGE = 50;

const HEADINGS: Record<ShiftOrder['by'], { readonly text: string; readonly about: string }> = {
  feature: { text: 'Feature', about: 'by name' },
  d: { text: 'd', about: 'Difference of the means in standard deviations (Cohen’s d), sorted by size' },
  varianceRatio: { text: 'Variance ×', about: 'Variance over the target by that over the source' },
  ks: { text: 'KS', about: 'Kolmogorov–Smirnov distance, of the strongest shifts only' },
};

/** The page is that of a telephone: the chart needs shorter names. */
const telephone = () => window.matchMedia('(max-width: 36rem)');

function subscribe(listener: () => void): () => void {
  const media = telephone();
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

const short = (value: number | null) =>
  value === null ? '–' : String(Number(value.toPrecision(3))).replace('-', '−');

interface TableProps {
  readonly shifts: readonly FeatureShift[];
}

function Headings({ order, onSort }: { order: ShiftOrder; onSort: (by: ShiftOrder['by']) => void }) {
  const sorting = order.descending ? 'descending' : 'ascending';
  return (
    <thead>
      <tr>
        {SORTABLE.map((by) => (
          <th key={by} scope="col" aria-sort={order.by === by ? sorting : undefined}>
            <button type="button" className="quiet" title={HEADINGS[by].about} onClick={() => onSort(by)}>
              {HEADINGS[by].text}
              <span aria-hidden="true">{order.by === by ? (order.descending ? ' ↓' : ' ↑') : ''}</span>
            </button>
          </th>
        ))}
        <th scope="col">Source mean</th>
        <th scope="col">Target mean</th>
        <th scope="col">
          <span className="hidden-visually">Leave out</span>
        </th>
      </tr>
    </thead>
  );
}

function Rows({ shifts }: TableProps) {
  const { corpora } = useStudio();
  const locked = useStudioState(isBusy);
  const ignored = useStudioState(
    ({ corpora: { source: own } }) => (own.revising ?? own.recipe)?.repairs.ignored,
  );
  const leaveOut = (feature: string, button: HTMLElement) => {
    // The row goes, and the focus would go with it.
    if (!focusNeighbour(button, 'tr')) focusHeading(button);
    for (const role of ROLES) void corpora.revise(role, leavingOut(feature));
  };
  return (
    <tbody>
      {shifts.map(({ feature, d, varianceRatio, ks, means }) => (
        <tr key={feature}>
          <th scope="row">{feature}</th>
          <td>{signed(d)}</td>
          <td>{short(varianceRatio)}</td>
          <td>{ks === null ? '–' : ks.toFixed(2)}</td>
          <td>{short(means.source)}</td>
          <td>{short(means.target)}</td>
          <td>
            <button
              type="button"
              className="quiet"
              disabled={locked || ignored?.includes(feature)}
              aria-label={`Leave ${feature} out`}
              onClick={({ currentTarget }) => leaveOut(feature, currentTarget)}
            >
              Leave out
            </button>
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function ShiftTable({ shifts }: TableProps) {
  const [order, setOrder] = useState(STRONGEST);
  const [text, setText] = useState('');
  const [length, setLength] = useState(PAGE);
  const found = useMemo(() => shiftRows(shifts, text, order), [shifts, text, order]);
  const shown = useMemo(() => found.slice(0, length), [found, length]);
  return (
    <div className={styles.table}>
      <label className={styles.find}>
        Find <input type="text" value={text} onChange={({ target }) => setText(target.value)} />
        <span className="muted small">
          {formatCount(shown.length)} of {plural(found.length, 'feature')}
        </span>
      </label>
      <div className={styles.scroll}>
        <table>
          <caption className="hidden-visually">Shift of every feature from source to target</caption>
          <Headings order={order} onSort={(by) => setOrder((now) => pressed(now, by))} />
          <Rows shifts={shown} />
        </table>
      </div>
      {shown.length < found.length && (
        <button type="button" className="quiet" onClick={() => setLength(length + PAGE)}>
          Show {PAGE} more
        </button>
      )}
    </div>
  );
}

export function Shifts({ shifts }: TableProps) {
  const theme = useTheme();
  const [open, setOpen] = useState(false);
  const narrow = useSyncExternalStore(subscribe, () => telephone().matches);
  const figure = useMemo(() => shiftFigure(shifts, { theme, top: TOP, narrow }), [shifts, theme, narrow]);
  if (shifts.length === 0) return <p className="muted">No feature to compare.</p>;
  return (
    <div className={styles.shifts}>
      <Chart
        figure={figure}
        label="The strongest shifts of features from source to target"
        height={shiftHeight(shifts, TOP)}
      />
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>All features as a table, to leave some out</summary>
        {open && <ShiftTable shifts={shifts} />}
      </details>
    </div>
  );
}
