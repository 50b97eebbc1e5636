/** Recorded runs that open at once, and lessons that provoke a failure and let it be cured. */
import type { ReactNode } from 'react';
import type { Failure } from '../../diagnosis/finding.ts';
import { PROVOCATIONS, type Provocation } from '../../experiment/provocations.ts';
import { RECORDINGS } from '../../experiment/recordings.ts';
import { type Exhibit, whyNot } from '../../store/exhibit.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Terms } from '../shell/Terms.tsx';
import styles from './Lessons.module.css';

/** To the studio, where what was opened is shown. */
const toStudio = (opened: boolean) => {
  if (opened) window.location.hash = '#studio';
};

interface CardProps {
  readonly kind: Exhibit['kind'];
  readonly name: string;
  readonly title: string;
  readonly children: ReactNode;
  readonly action: string;
  readonly onOpen: () => void;
}

/** One thing to open. While it is on its way the button says how far it is. */
function Card({ kind, name, title, children, action, onOpen }: CardProps) {
  const refused = useStudioState(whyNot);
  const busy = useStudioState((s) => s.exhibit.opening !== null);
  const share = useStudioState(({ exhibit: { opening } }) =>
    opening?.exhibit.kind === kind && opening.exhibit.name === name ? (opening.share ?? 0) : null,
  );
  const shown = useStudioState(({ exhibit }) => exhibit.shown?.kind === kind && exhibit.shown.name === name);
  return (
    <li className={styles.card} data-shown={shown}>
      <h3>
        <Terms text={title} />
      </h3>
      {children}
      <button
        type="button"
        aria-label={`${action}: ${title}`}
        disabled={refused !== null || busy}
        onClick={onOpen}
      >
        {share === null ? action : `Opening … ${Math.round(100 * share)} %`}
      </button>
    </li>
  );
}

function Recordings() {
  const { exhibit } = useStudio();
  return (
    <ul className={styles.cards}>
      {RECORDINGS.map((recording) => (
        <Card
          key={recording.name}
          kind="recording"
          {...recording}
          action="Open"
          onOpen={() => void exhibit.openRecording(recording).then(toStudio)}
        >
          <p>
            <Terms text={recording.sentence} />
          </p>
        </Card>
      ))}
    </ul>
  );
}

const isLesson = (provocation: Provocation): provocation is Provocation & { readonly name: Failure } =>
  provocation.cure !== null;

function Lessons() {
  const { lesson } = useStudio();
  return (
    <ul className={styles.cards}>
      {PROVOCATIONS.filter(isLesson).map(({ name, title, cause, cure }) => (
        <Card
          key={name}
          kind="lesson"
          name={name}
          title={title}
          action="Open the lesson"
          onOpen={() => void lesson.open(name).then(toStudio)}
        >
          <p>
            <Terms text={cause} />
          </p>
          <p className="muted small">
            {cure?.kind === 'next' ? 'The cure needs a second run.' : 'It is cured while it trains.'}
          </p>
        </Card>
      ))}
    </ul>
  );
}

/** Why nothing can be opened, or why it did not. */
function Refusal() {
  const refused = useStudioState(whyNot);
  const error = useStudioState((s) => s.exhibit.error);
  const text = refused ?? error;
  return (
    <p role="status" className={styles.refusal} hidden={text === null}>
      {text}
    </p>
  );
}

export function LessonsPage() {
  return (
    <main className={styles.page}>
      <p className={styles.intro}>
        See how a GAN goes wrong, and what helps. All of it is on the simulated demo corpora; your own
        corpora, settings and run are put aside and come back with “Back to my work”.
      </p>
      <Refusal />
      <section aria-labelledby="recorded-runs">
        <h2 id="recorded-runs">Recorded runs</h2>
        <p className="muted">
          Trained before and shown at once: go through them with the scrubber, ask any point.
        </p>
        <Recordings />
      </section>
      <section aria-labelledby="guided-lessons">
        <h2 id="guided-lessons">Lessons</h2>
        <p className="muted">
          Provoke a failure, watch it come, hear the alarm, cure it, compare: some two minutes each. It really
          trains, in this tab.
        </p>
        <Lessons />
      </section>
    </main>
  );
}
