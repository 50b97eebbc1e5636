/** What was read: size, feature set, speakers, classes, and what the reader should know about it. */

import { type Corpus, TASKS } from '../../corpus/corpus.ts';
import { TASK_TITLES } from '../../experiment/compare/config.ts';
import type { CorpusReport, Warning } from '../../formats/report.ts';
import type { Role } from '../../store/corpora.ts';
import { formatCount, plural } from '../format.ts';
import { ClassBar } from './ClassBar.tsx';
import styles from './Corpus.module.css';
import { CutsEditor } from './labels/CutsEditor.tsx';

/** Warnings shown before the rest is folded away. */
const SHOWN = 3;

function Facts({ report }: { report: CorpusReport }) {
  const facts = [
    plural(report.rows, 'row'),
    plural(report.features, 'feature'),
    report.featureSet ?? 'unknown feature set',
    report.speakers === null ? 'no speakers named' : plural(report.speakers, 'speaker'),
  ];
  return (
    <ul className={styles.facts}>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function Classes({ report }: { report: CorpusReport }) {
  return TASKS.map((task) => {
    const counts = report.tasks[task];
    if (!counts) {
      return (
        <p key={task} className={styles.noLabels}>
          <span>{TASK_TITLES[task]}</span> no labels
        </p>
      );
    }
    const unlabelled = report.rows - counts.low - counts.mid - counts.high;
    return <ClassBar key={task} label={TASK_TITLES[task]} counts={counts} unlabelled={unlabelled} />;
  });
}

function WarningItem({ warning }: { warning: Warning }) {
  return (
    <li>
      <b>{warning.where}</b>: {warning.message} <code>{warning.code}</code>
    </li>
  );
}

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  return (
    <div className={styles.warnings}>
      <ul>
        {warnings.slice(0, SHOWN).map((w) => (
          <WarningItem key={`${w.code} ${w.where}`} warning={w} />
        ))}
      </ul>
      {warnings.length > SHOWN && (
        <details>
          <summary>{plural(warnings.length - SHOWN, 'more warning')}</summary>
          <ul>
            {warnings.slice(SHOWN).map((w) => (
              <WarningItem key={`${w.code} ${w.where}`} warning={w} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

interface CardProps {
  readonly place: Role;
  readonly corpus: Corpus;
  readonly report: CorpusReport;
  readonly locked: boolean;
}

export function CorpusCard({ place, corpus, report, locked }: CardProps) {
  const continuous = TASKS.flatMap((task) => {
    const labels = corpus.labels[task];
    return labels?.kind === 'continuous' ? [{ task, labels }] : [];
  });
  const { constantColumns, warnings } = report;
  return (
    <div className={styles.card}>
      <div className={styles.titleRow}>
        <span className={`${styles.corpusName} ellipsis`} title={corpus.name}>
          {corpus.name}
        </span>
        {corpus.simulated && <span className={styles.badge}>Simulated demo corpus</span>}
      </div>
      <div className={styles.about}>
        <Facts report={report} />
        <div className={styles.more}>
          {continuous.length > 0 && (
            <details>
              <summary>Class boundaries</summary>
              {continuous.map(({ task, labels }) => (
                <CutsEditor key={task} place={place} task={task} labels={labels} disabled={locked} />
              ))}
            </details>
          )}
          {constantColumns.length > 0 && (
            <details>
              <summary>{plural(constantColumns.length, 'constant column')}</summary>
              <p>
                The same value in every row; mapped to 0. <code>{constantColumns.join(', ')}</code>
              </p>
            </details>
          )}
          {warnings.length > 0 && (
            <details>
              <summary className={styles.warningSummary}>
                {formatCount(warnings.length)} {warnings.length === 1 ? 'warning' : 'warnings'}
              </summary>
              <Warnings warnings={warnings} />
            </details>
          )}
        </div>
      </div>
      <Classes report={report} />
    </div>
  );
}
