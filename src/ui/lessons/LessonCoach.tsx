/** Leads through a lesson, at the foot of the studio: what to press next, what to look at, how far one has come. */
import { useMemo, useState } from 'react';
import { curveLabel } from '../../diagnosis/curves.ts';
import type { Failure } from '../../diagnosis/finding.ts';
import { MORE_STEPS, provocationOf } from '../../store/lessonActions.ts';
import { comparedFigures, LESSON_STAGES, type LessonState } from '../../store/lessons.ts';
import { isActive } from '../../store/progress.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { formatLoss } from '../format.ts';
import { Terms } from '../shell/Terms.tsx';
import styles from './Coach.module.css';
import { coachText, STAGE_NAMES, stageStates } from './coachText.ts';
import { type Place, pointAt } from './pointAt.ts';

const PLACE_NAMES: Record<Place, string> = {
  map: 'Show the map',
  findings: 'Show the findings',
  metrics: 'Show the figures',
  losses: 'Show the losses',
};

function Steps({ lesson }: { lesson: LessonState }) {
  const states = stageStates(lesson);
  return (
    <ol className={styles.steps} aria-label="Steps of the lesson">
      {LESSON_STAGES.map((stage, i) => (
        <li key={stage} data-state={states[i]} aria-current={states[i] === 'now' ? 'step' : undefined}>
          {STAGE_NAMES[stage]}
        </li>
      ))}
    </ol>
  );
}

/** What is to be pressed next. */
function Next({ lesson, failure, active }: { lesson: LessonState; failure: Failure; active: boolean }) {
  const { lesson: actions, timeline } = useStudio();
  const { cure } = provocationOf(failure);
  const { stage, alarm, secondRun } = lesson;
  const again = stage === 'missed' || (stage === 'alarm' && !active && cure?.kind === 'live');
  if (stage === 'provoke' || again) {
    return (
      <button type="button" className="primary" disabled={active} onClick={actions.provoke}>
        {again ? 'Provoke it again' : 'Start training'}
      </button>
    );
  }
  if (stage === 'alarm' && cure) {
    return (
      <button type="button" className="primary" onClick={actions.cure}>
        {cure.label}
      </button>
    );
  }
  if (stage === 'recover' && active) {
    return (
      <button type="button" onClick={actions.more}>
        {MORE_STEPS} steps more
      </button>
    );
  }
  if (stage !== 'compare') return null;
  return (
    <>
      {!secondRun && alarm?.moment != null && (
        <>
          <button type="button" onClick={() => timeline.seek(alarm.moment)}>
            At the alarm
          </button>
          <button type="button" onClick={() => timeline.seek(null)}>
            Now
          </button>
        </>
      )}
      <a className="button primary" href="#lessons">
        More lessons
      </a>
    </>
  );
}

/** The figures that spoke for the failure, then and now. */
function Compared({ lesson }: { lesson: LessonState }) {
  const moments = useStudioState((s) => s.timeline.moments);
  const { store } = useStudio();
  const { alarm } = lesson;
  // Read when a moment is added: nothing else changes what is known of the newest.
  const figures = useMemo(
    () => (alarm && moments ? comparedFigures(store.getState(), alarm) : []),
    [store, alarm, moments],
  );
  if (figures.length === 0) return null;
  return (
    <table className={styles.figures}>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          <th scope="col">Alarm</th>
          <th scope="col">Now</th>
          <th scope="col">Should be</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ curve, value, now, expected }) => (
          <tr key={curve}>
            <th scope="row">
              <Terms text={curveLabel(curve)} />
            </th>
            <td>{formatLoss(value)}</td>
            <td>{now === null ? '–' : formatLoss(now)}</td>
            <td className="muted">{expected}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Coach({ lesson, failure }: { lesson: LessonState; failure: Failure }) {
  const { lesson: actions } = useStudio();
  const active = useStudioState((s) => isActive(s.run.status));
  const [folded, setFolded] = useState(false);
  const provocation = provocationOf(failure);
  const { title, text, places } = coachText(lesson, provocation, active);
  return (
    <aside className={styles.coach} aria-label={`Lesson: ${provocation.title}`} data-folded={folded}>
      <header className={styles.head}>
        <h2>
          <Terms text={provocation.title} />
        </h2>
        <Steps lesson={lesson} />
        <div className={styles.leave}>
          <button type="button" className="quiet" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
            {folded ? 'Unfold' : 'Fold'}
          </button>
          <button type="button" className="quiet" onClick={actions.leave}>
            Leave the lesson
          </button>
        </div>
      </header>
      <div className={styles.body} hidden={folded}>
        <div className={styles.text}>
          <p role="status">
            <b>
              <Terms text={title} />
            </b>{' '}
            <Terms text={text} />
          </p>
          {lesson.stage === 'compare' && <Compared lesson={lesson} />}
        </div>
        <div className={styles.actions}>
          <Next lesson={lesson} failure={failure} active={active} />
          {places.map((place) => (
            <button key={place} type="button" className="quiet" onClick={() => pointAt(place)}>
              {PLACE_NAMES[place]}
            </button>
          ))}
        </div>
      </div>
    </aside>
  );
}

export function LessonCoach() {
  const lesson = useStudioState((s) => s.lesson);
  return lesson.failure === null ? null : <Coach lesson={lesson} failure={lesson.failure} />;
}
