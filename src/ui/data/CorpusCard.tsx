/** What was read: size, feature set, speakers, classes, and what the reader should know about it. */

import { type Corpus, TASKS } from '../../corpus/corpus.ts';
import { TASK_TITLES } from '../../experiment/compare/config.ts';
import type { CorpusReport } from '../../formats/report.ts';
import type { Role } from '../../store/corpora.ts';
import { plural } from '../format.ts';
import { ClassBar } from './ClassBar.tsx';
import styles from './Corpus.module.css';
import { CutsEditor } from './labels/CutsEditor.tsx';
import partStyles from './ReadFiles.module.css';
import { JoinNote, joinTitle, ReadFiles } from './ReadFiles.tsx';
import { Warnings } from './Warnings.tsx';

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

/** What a closer look shows beside size and classes. */
function Details({ corpus, report }: Pick<CorpusCardProps, 'corpus' | 'report'>) {
  const { files, join, warnings } = report;
  return (
    <>
      {!corpus.simulated && <ReadFiles files={files} />}
      {join && (
        <section className={partStyles.part}>
          <h4 className={join.matched === 0 ? partStyles.warning : undefined}>{joinTitle(join)}</h4>
          <JoinNote join={join} rows={report.rows} />
        </section>
      )}
      {warnings.length > 0 && (
        <section className={partStyles.part}>
          <h4 className={partStyles.warning}>{plural(warnings.length, 'warning')}</h4>
          <Warnings warnings={warnings} />
        </section>
      )}
    </>
  );
}

/** The same folded away, with what can be changed at once. */
function Folded({ place, corpus, report, locked }: Omit<CorpusCardProps, 'detail'>) {
  const continuous = TASKS.flatMap((task) => {
    const labels = corpus.labels[task];
    return labels?.kind === 'continuous' ? [{ task, labels }] : [];
  });
  const { constantColumns, warnings, join } = report;
  return (
    <div className={styles.more}>
      {continuous.length > 0 && (
        <details>
          <summary>Class boundaries</summary>
          {continuous.map(({ task, labels }) => (
            <CutsEditor key={task} place={place} task={task} labels={labels} disabled={locked} />
          ))}
        </details>
      )}
      {join && (
        <details>
          <summary className={join.matched === 0 ? styles.warningSummary : undefined}>
            {joinTitle(join)}
          </summary>
          <JoinNote join={join} rows={report.rows} />
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
          <summary className={styles.warningSummary}>{plural(warnings.length, 'warning')}</summary>
          <Warnings warnings={warnings} />
        </details>
      )}
    </div>
  );
}

export interface CorpusCardProps {
  readonly place: Role;
  readonly corpus: Corpus;
  readonly report: CorpusReport;
  readonly locked: boolean;
  /** `folded` where the card must stay small, `open` where it is the matter. */
  readonly detail: 'folded' | 'open';
}

export function CorpusCard({ place, corpus, report, locked, detail }: CorpusCardProps) {
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
        {detail === 'folded' && <Folded place={place} corpus={corpus} report={report} locked={locked} />}
      </div>
      <Classes report={report} />
      {detail === 'open' && <Details corpus={corpus} report={report} />}
    </div>
  );
}
