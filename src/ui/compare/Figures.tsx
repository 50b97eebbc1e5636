/** Stage 3: every figure at a glance. The same numbers stand in the tables. */
import { useMemo, useState } from 'react';
import { compareFigure, compareHeight } from '../../charts/compareFigure.ts';
import { namedInAdvance } from '../../experiment/compare/cells.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Chart } from '../chart/Chart.tsx';
import { plural } from '../format.ts';
import { Segmented } from '../shell/Segmented.tsx';
import { useTheme } from '../theme.ts';
import { countChanges } from '../train/settingFields.ts';
import styles from './Compare.module.css';
import { type CompareOrder, compareContent } from './compareContent.ts';
import { isOutdated } from './compareText.ts';
import { cellLabel } from './groups.ts';

const ORDERS: { value: CompareOrder; label: string }[] = [
  { value: 'table', label: 'As in the tables' },
  { value: 'mean', label: 'Largest first' },
];

/** Which comparison the figures are of: the set-up may have changed since. */
function About() {
  const { compare } = useStudio();
  const results = useStudioState((s) => s.compare.results);
  const outdated = useStudioState(isOutdated);
  if (!results) return null;
  const { config, corpora } = results;
  const changes = countChanges(config.settings, PRESETS[config.preset].settings);
  return (
    <div className={styles.about}>
      <p className={styles.names}>
        <b>{corpora.source.name}</b> → <b>{corpora.target.name}</b>
        <span className="muted">
          {' '}
          · {config.task}, preset {config.preset}
          {changes > 0 && ` with ${plural(changes, 'change')}`}, {plural(config.seeds.length, 'seed')}
        </span>
      </p>
      {outdated && (
        <p className={styles.note}>
          These figures are of another set-up than the one above.{' '}
          <button type="button" className="quiet" onClick={() => void compare.recall()}>
            Show those of the set-up
          </button>
        </p>
      )}
    </div>
  );
}

export function Figures() {
  const results = useStudioState((s) => s.compare.results);
  const [order, setOrder] = useState<CompareOrder>('table');
  const theme = useTheme();
  const content = useMemo(
    () => (results && results.cells.length > 0 ? compareContent(results, order) : null),
    [results, order],
  );
  const figure = useMemo(() => content && compareFigure(content, { theme }), [content, theme]);
  return (
    <div className={styles.panel}>
      <div className={styles.panelHead}>
        <About />
        {content && (
          <Segmented label="Order of the rows" hideLabel options={ORDERS} value={order} onChange={setOrder} />
        )}
      </div>
      {results && content && figure ? (
        <>
          <Chart
            figure={figure}
            label="UAR on the target by method and samples"
            height={compareHeight(content)}
          />
          <p className="muted small">
            Diamond: mean over seeds, bar: ± one sample standard deviation, dots: single seeds. In bold the
            figure named in advance, {cellLabel(namedInAdvance(results.config.preset))}.
          </p>
        </>
      ) : (
        <p className={styles.empty}>Filled as trainings finish, the cheap methods first.</p>
      )}
    </div>
  );
}
