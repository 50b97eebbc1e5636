/** Stage 4: how the two corpora differ before anything is trained. */
import { ROLES } from '../../../store/corpora.ts';
import { useStudioState } from '../../../store/react.tsx';
import { isBusy } from '../../../store/studio.ts';
import { Stage } from '../../shell/Stage.tsx';
import { RefusedChange } from '../RefusedChange.tsx';
import { ClassShares } from './ClassShares.tsx';
import { OneSided } from './OneSided.tsx';
import styles from './Pair.module.css';
import { SharedRows } from './SharedRows.tsx';
import { Shifts } from './Shifts.tsx';
import { usePairReport } from './usePairReport.ts';
import { useSeen } from './useSeen.ts';

/** What names of features were put right while reading: they would else be of one corpus only. */
const RESTORED = 'names-restored';

function Restored() {
  const source = useStudioState((s) => s.corpora.source.report);
  const target = useStudioState((s) => s.corpora.target.report);
  const noted = Object.entries({ source, target }).flatMap(([place, report]) =>
    (report?.warnings ?? []).flatMap((one) => (one.code === RESTORED ? [{ place, ...one }] : [])),
  );
  return noted.map(({ place, where, message }) => (
    <p key={`${place} ${where}`} className="muted">
      Names put right in the {place}, {where}: {message}
    </p>
  ));
}

/** What has to be looked up. */
function Differences() {
  const { element, seen } = useSeen();
  const { report, state, error, retry } = usePairReport(seen);
  return (
    <div ref={element} className={styles.differences} aria-busy={state === 'looking'}>
      <section className={styles.panel} aria-labelledby="pair-features">
        <div className={styles.head}>
          <h3 id="pair-features" tabIndex={-1}>
            Features
          </h3>
          <p className="muted small">How far their means lie apart, before scaling. No label is looked at.</p>
          <span role="status" className={styles.state}>
            {state === 'looking' && 'comparing …'}
          </span>
        </div>
        {ROLES.map((role) => (
          <RefusedChange key={role} place={role} />
        ))}
        <OneSided />
        <Restored />
        {state === 'failed' && (
          <p className={styles.note}>
            The corpora could not be compared: {error}{' '}
            <button type="button" onClick={retry}>
              Try again
            </button>
          </p>
        )}
        {report?.hints.map(({ code, message }) => (
          <p key={code} className={styles.note}>
            {message}
          </p>
        ))}
        {report ? (
          <Shifts shifts={report.shifts} />
        ) : (
          state === 'looking' && <p className={styles.waiting}>Comparing feature by feature …</p>
        )}
      </section>
      {report && (
        <section className={styles.panel} aria-labelledby="pair-rows">
          <h3 id="pair-rows">Rows of both</h3>
          <SharedRows shared={report.sharedRows} current={state === 'ready'} />
        </section>
      )}
    </div>
  );
}

/** Why there is nothing to compare, and what to do. */
function Conflict({ conflict }: { conflict: string }) {
  return (
    <div className={styles.panel}>
      <p className={styles.conflict}>
        <b>These two corpora cannot be used together.</b> {conflict}
      </p>
      <OneSided />
    </div>
  );
}

export function PairStage() {
  const pair = useStudioState((s) => s.corpora.pair);
  const busy = useStudioState(isBusy);
  const conflict = pair?.conflict ?? null;
  return (
    <Stage
      number={4}
      name="Source against target"
      state={pair ? (conflict ? 'active' : 'ready') : 'waiting'}
      aside={
        <>
          <p>What tells the two apart before training: other classes, other features, the same rows.</p>
          {busy && <p>Stop the run or comparison to change anything.</p>}
        </>
      }
    >
      {!pair && (
        <p className={`${styles.panel} muted`}>
          Two corpora are needed: choose the one that is missing above.
        </p>
      )}
      {conflict && <Conflict conflict={conflict} />}
      {pair && !conflict && (
        <div className={styles.stage}>
          <ClassShares />
          <Differences />
        </div>
      )}
    </Stage>
  );
}
