/** Stage 2: which columns the labels and the speakers of either corpus come from, and how they become classes. */
import { GROUP_LABELS } from '../../../charts/palette.ts';
import { TASKS } from '../../../corpus/corpus.ts';
import { isBeingReplaced, ROLES, type Role } from '../../../store/corpora.ts';
import { useStudioState } from '../../../store/react.tsx';
import { isBusy } from '../../../store/studio.ts';
import { Stage } from '../../shell/Stage.tsx';
import { RefusedChange } from '../RefusedChange.tsx';
import styles from './Labels.module.css';
import { Speakers } from './Speakers.tsx';
import { TaskLabels } from './TaskLabels.tsx';

const USES: Record<Role, string> = {
  source: 'The recogniser learns from these labels.',
  target: 'Not used in training: they only score and colour.',
};

/** What is decided about one corpus. */
function Decisions({ place }: { place: Role }) {
  const slot = useStudioState((s) => s.corpora[place]);
  const busy = useStudioState(isBusy);
  const { corpus, report, recipe, revising } = slot;
  const locked = busy || isBeingReplaced(slot);
  const made = corpus && report && recipe && { corpus, report, recipe: revising ?? recipe };
  const id = `labels-${place}`;
  return (
    <section className={styles.panel} aria-labelledby={id} aria-busy={revising !== null}>
      <div className={styles.head}>
        <h3 id={id} tabIndex={-1}>
          {GROUP_LABELS[place]}
        </h3>
        {corpus && (
          <span className="ellipsis" title={corpus.name}>
            {corpus.name}
          </span>
        )}
        {/* Stage 3 says it aloud. */}
        <span className={styles.state}>{revising && 'being made anew …'}</span>
      </div>
      <RefusedChange place={place} />
      {made ? (
        <>
          <p className="muted small">
            {busy ? 'Stop the run or comparison to change anything here.' : USES[place]}
          </p>
          {TASKS.map((task) => (
            <TaskLabels key={task} {...{ place, task, made, disabled: locked }} />
          ))}
          <Speakers {...{ place, made, disabled: locked }} />
        </>
      ) : (
        <p className="muted">Nothing has been read yet.</p>
      )}
    </section>
  );
}

export function LabelsStage() {
  const labelled = useStudioState(({ corpora }) => TASKS.some((task) => corpora.source.report?.tasks[task]));
  return (
    <Stage
      number={2}
      name="Labels and speakers"
      state={labelled ? 'ready' : 'active'}
      aside={
        <p>
          Where the classes low, mid and high come from. Speakers serve scaling, and tests on people not heard
          in training.
        </p>
      }
    >
      <div className={styles.columns}>
        {ROLES.map((role) => (
          <Decisions key={role} place={role} />
        ))}
      </div>
    </Stage>
  );
}
