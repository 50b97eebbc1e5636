/** How often each class occurs in either corpus, task by task. */
import { useMemo } from 'react';
import { CLASS_SHARE_HEIGHT, classShareFigure } from '../../../charts/classShareFigure.ts';
import { GROUP_LABELS } from '../../../charts/palette.ts';
import { CLASSES, TASKS, type Task } from '../../../corpus/corpus.ts';
import { TASK_TITLES } from '../../../experiment/compare/config.ts';
import type { CorpusReport } from '../../../formats/report.ts';
import { ROLES } from '../../../store/corpora.ts';
import { useStudioState } from '../../../store/react.tsx';
import { Chart } from '../../chart/Chart.tsx';
import { formatCount } from '../../format.ts';
import { useTheme } from '../../theme.ts';
import styles from './Pair.module.css';

interface Reports {
  readonly source: CorpusReport;
  readonly target: CorpusReport;
}

function countsOf({ tasks }: CorpusReport, task: Task): readonly [number, number, number] | null {
  const counts = tasks[task];
  return counts ? [counts.low, counts.mid, counts.high] : null;
}

/** The chart's numbers. */
function CountTable({ task, reports }: { task: Task; reports: Reports }) {
  return (
    <table className={styles.counts}>
      <caption className="hidden-visually">Rows of each class of {task}</caption>
      <thead>
        <tr>
          <th scope="col">Rows</th>
          {CLASSES.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">none</th>
        </tr>
      </thead>
      <tbody>
        {ROLES.map((side) => {
          const { rows } = reports[side];
          const counts = countsOf(reports[side], task) ?? [0, 0, 0];
          const none = rows - counts[0] - counts[1] - counts[2];
          return (
            <tr key={side}>
              <th scope="row">{GROUP_LABELS[side]}</th>
              {CLASSES.map((name, k) => (
                <td key={name}>{formatCount(counts[k])}</td>
              ))}
              <td>{formatCount(none)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function TaskShares({ task, reports }: { task: Task; reports: Reports }) {
  const theme = useTheme();
  const palette = useStudioState((s) => s.view.palette);
  const figure = useMemo(() => {
    const counts = { source: countsOf(reports.source, task), target: countsOf(reports.target, task) };
    return classShareFigure(counts, task, { theme, palette });
  }, [reports, task, theme, palette]);
  if (!reports.source.tasks[task] && !reports.target.tasks[task]) {
    return <p className="muted">{TASK_TITLES[task]}: no labels in either corpus.</p>;
  }
  return (
    <div className={styles.share}>
      <Chart
        figure={figure}
        label={`Shares of the classes of ${task} in source and target`}
        height={CLASS_SHARE_HEIGHT}
      />
      <CountTable task={task} reports={reports} />
    </div>
  );
}

export function ClassShares() {
  const source = useStudioState((s) => s.corpora.source.report);
  const target = useStudioState((s) => s.corpora.target.report);
  const reports = useMemo(() => source && target && { source, target }, [source, target]);
  if (!reports) return null;
  return (
    <section className={styles.panel} aria-labelledby="pair-classes">
      <div className={styles.head}>
        <h3 id="pair-classes">Classes</h3>
        <p className="muted small">The target’s labels are shown only; they are not used in training.</p>
      </div>
      <div className={styles.two}>
        {TASKS.map((task) => (
          <TaskShares key={task} task={task} reports={reports} />
        ))}
      </div>
    </section>
  );
}
