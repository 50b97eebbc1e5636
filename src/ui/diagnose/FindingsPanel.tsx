/** What is wrong at the moment on show, the worst first; calm where nothing is. New findings are announced once. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Finding } from '../../diagnosis/finding.ts';
import { evidenceShown, findingsShown } from '../../store/diagnosis.ts';
import { useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import { formatCount } from '../format.ts';
import { Symbols } from '../losses/Label.tsx';
import { FindingCard } from './FindingCard.tsx';
import styles from './Findings.module.css';
import { SEVERITIES } from './Severity.tsx';
import { announcement, WATCHED } from './watched.ts';

/** What to say of findings that this run has not had before. */
function useAnnouncement(findings: readonly Finding[]): string {
  const run = useStudioState((s) => s.run.number);
  const told = useRef({ run, ids: new Set<string>() });
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (told.current.run !== run) {
      told.current = { run, ids: new Set() };
      setSaid('');
    }
    const { ids } = told.current;
    const fresh = findings.filter(({ id }) => !ids.has(id));
    for (const { id } of fresh) ids.add(id);
    if (fresh.length > 0) setSaid(announcement(fresh));
  }, [findings, run]);
  return said;
}

/** How things stand where no finding is to be told. */
function Quiet() {
  const some = useStudioState((s) => momentShown(s.timeline) !== null);
  // Of the moment on show or, where that is not measured yet, of the last before it: as far as anybody knows.
  const step = useStudioState((s) => (s.timeline.anchors ? (evidenceShown(s).at(-1)?.step ?? null) : null));
  const well = step !== null;
  return (
    <div className={styles.quiet} data-well={well}>
      <p className={styles.verdict}>
        {well ? (
          <>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              <path d="M2.5 8.5 6.5 12.5 13.5 4" />
            </svg>
            <b>Nothing wrong at step {formatCount(step)}</b>
          </>
        ) : (
          <b>{some ? 'Measuring the first moment …' : 'Nothing to judge yet'}</b>
        )}
      </p>
      <p className="muted">
        {well ? 'Watched for' : 'While the GAN trains, its samples and networks are watched for'}{' '}
        <Symbols text={`${WATCHED.slice(0, -1).join(', ')} and ${WATCHED.at(-1)}.`} />
      </p>
    </div>
  );
}

export function FindingsPanel() {
  const findings = useStudioState(findingsShown);
  const said = useAnnouncement(findings);
  const sorted = useMemo(
    () => findings.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)),
    [findings],
  );
  return (
    <section aria-label="Findings" className={styles.findings}>
      <p role="status" className="hidden-visually">
        {said}
      </p>
      {sorted.length === 0 ? (
        <Quiet />
      ) : (
        sorted.map((finding, i) => <FindingCard key={finding.id} finding={finding} open={i === 0} />)
      )}
    </section>
  );
}
