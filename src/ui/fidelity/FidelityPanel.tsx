/** Feature fidelity: whether samples of a type have the features of the corpus that they imitate, at the moment on show. */
import { useEffect } from 'react';
import { GROUP_LABELS } from '../../charts/palette.ts';
import { REFERENCE, type SampleType, TYPES } from '../../diagnosis/evidence.ts';
import type { Fidelity } from '../../diagnosis/reports.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import { formatCount } from '../format.ts';
import { GroupMark } from '../inspect/GroupMark.tsx';
import { Segmented } from '../shell/Segmented.tsx';
import { FeatureCell } from './FeatureCell.tsx';
import styles from './Fidelity.module.css';
import { useInSight } from './useInSight.ts';
import { Verdicts } from './Verdicts.tsx';

const OPTIONS = TYPES.map((type) => ({ value: type, label: GROUP_LABELS[type] }));

/** What the two corpora and the samples look like, and what they should look like. */
function Key({ type }: { readonly type: SampleType }) {
  const imitated = REFERENCE[type];
  return (
    <ul className={styles.key}>
      <li>
        <GroupMark group="source" /> (line)
      </li>
      <li>
        <GroupMark group="target" /> (dotted)
      </li>
      <li>
        <GroupMark group={type} /> (filled)
      </li>
      <li className="muted">
        {GROUP_LABELS[type]} should look like the {imitated}. Units are those of its files; the other corpus
        stands as scaling alone brings it there.
      </li>
    </ul>
  );
}

function Report({ report }: { readonly report: Fidelity }) {
  const { type, features, improved, total, verdicts } = report;
  return (
    <>
      <Verdicts verdicts={verdicts} />
      <Key type={type} />
      <div className={styles.grid}>
        {features.map((distribution, rank) => (
          // By rank: another type's features redraw the charts that are there.
          <FeatureCell key={FEATURE_KEYS[rank]} distribution={distribution} type={type} />
        ))}
      </div>
      <p className="muted small">
        The {features.length} features by which the corpora differ most. Of all {formatCount(total)} features{' '}
        {formatCount(improved)} are nearer to the {REFERENCE[type]} than the other corpus is.
      </p>
    </>
  );
}

/** Names of the places in the grid. */
const FEATURE_KEYS = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th', '8th'] as const;

/** What stands where the report will. */
function Waiting() {
  const error = useStudioState((s) => s.fidelity.error);
  const some = useStudioState((s) => momentShown(s.timeline) !== null);
  if (error) {
    return (
      <p role="alert" className={styles.error}>
        {error}
      </p>
    );
  }
  return (
    <p className={styles.waiting}>
      {some
        ? 'Comparing features …'
        : 'The features of the samples are compared here as soon as a GAN has made some.'}
    </p>
  );
}

export function FidelityPanel() {
  const { fidelity } = useStudio();
  const { element, inSight } = useInSight<HTMLElement>();
  const type = useStudioState((s) => s.fidelity.type);
  const report = useStudioState((s) => s.fidelity.report);
  const step = useStudioState((s) => s.fidelity.step);
  const { follow, show } = fidelity;
  useEffect(() => (inSight ? follow() : undefined), [inSight, follow]);
  return (
    <section ref={element} className={styles.panel} aria-labelledby="fidelity-name">
      <div className={styles.head}>
        <h3 id="fidelity-name">Feature fidelity</h3>
        <Segmented label="Type of samples" hideLabel options={OPTIONS} value={type} onChange={show} />
        {step !== null && <p className="muted small">at step {formatCount(step)}</p>}
      </div>
      {report ? (
        <div className={styles.report} aria-busy={report.type !== type}>
          <Report report={report} />
        </div>
      ) : (
        <Waiting />
      )}
    </section>
  );
}
