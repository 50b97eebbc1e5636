/** Stage 3 of the data page: what is wrong in either corpus, and what is done about it. */
import { GROUP_LABELS } from '../../charts/palette.ts';
import { isBeingReplaced, ROLES, type Role } from '../../store/corpora.ts';
import { useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import { Stage } from '../shell/Stage.tsx';
import { LeftOut } from './LeftOut.tsx';
import styles from './Quality.module.css';
import { QualityIssues } from './QualityIssues.tsx';
import { RefusedChange } from './RefusedChange.tsx';
import { useOutcome } from './useOutcome.ts';

function Column({ place }: { place: Role }) {
  const slot = useStudioState((s) => s.corpora[place]);
  const { corpus, report, reading, revising } = slot;
  const busy = useStudioState(isBusy);
  const outcome = useOutcome(place, 'change');
  const locked = busy || isBeingReplaced(slot);
  return (
    <section className={styles.column} aria-label={`Quality of the ${place}`} aria-busy={!!revising}>
      <header>
        <h3 tabIndex={-1}>{GROUP_LABELS[place]}</h3>
        <span className="muted small ellipsis" title={corpus?.name}>
          {corpus?.name}
        </span>
        <span role="status" className={styles.state}>
          {reading && revising ? 'being read again …' : revising ? 'being made anew …' : ''}
          <span className="hidden-visually">{outcome}</span>
        </span>
      </header>
      <RefusedChange place={place} announced />
      {!report && <p className="muted">Nothing has been read yet.</p>}
      {report?.quality.length === 0 && (
        <p className={styles.clean}>
          <b>Nothing found.</b> No gaps, no repeated rows, no empty or constant columns, no outliers.
        </p>
      )}
      {report && <QualityIssues place={place} issues={report.quality} locked={locked} />}
      <LeftOut place={place} locked={locked} />
    </section>
  );
}

export function QualityStage() {
  const known = useStudioState(({ corpora }) => ROLES.every((role) => corpora[role].report !== null));
  const busy = useStudioState(isBusy);
  return (
    <Stage
      number={3}
      name="Quality"
      state={known ? 'ready' : 'waiting'}
      aside={
        <>
          <p>One click decides; the corpus is made anew, and what was decided is kept with every run.</p>
          {busy && <p>Stop the run or comparison to change anything.</p>}
        </>
      }
    >
      <div className={styles.columns}>
        {ROLES.map((role) => (
          <Column key={role} place={role} />
        ))}
      </div>
    </Stage>
  );
}
