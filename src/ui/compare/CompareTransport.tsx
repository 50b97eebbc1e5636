/** Starting and stopping a comparison; where it stands. Stays in sight while the page scrolls. */
import { isComparing } from '../../store/compare.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import type { StudioState } from '../../store/studio.ts';
import { formatCount, formatDuration, formatRoughly, plural } from '../format.ts';
import { Icon } from '../shell/Icon.tsx';
import styles from '../train/Transport.module.css';
import { useCalm } from '../train/useCalm.ts';
import own from './Compare.module.css';
import { counts, obstacle, statusText, unitText } from './compareText.ts';

const blockedBy = (s: StudioState) => obstacle(s.corpora, s.setup.task, s.compare.methods);

function Buttons() {
  const { compare } = useStudio();
  const blocked = useStudioState((s) => blockedBy(s) !== null);
  const active = useStudioState((s) => isComparing(s.compare.status));
  const done = useStudioState((s) => counts(s.compare).done);
  const all = useStudioState((s) => counts(s.compare).all);
  const some = done > 0 && done < all;
  return (
    <div className={`${styles.buttons} ${own.buttons}`}>
      <button
        type="button"
        className="primary"
        disabled={blocked || active || done === all}
        onClick={() => void compare.start()}
      >
        <Icon name="play" /> {some && !active ? 'Go on comparing' : 'Start comparing'}
      </button>
      <button type="button" disabled={!active} onClick={compare.stop}>
        <Icon name="stop" /> Stop
      </button>
    </div>
  );
}

const NONE = '–';

const STATS: readonly { label: string; text(state: StudioState): string }[] = [
  {
    label: 'Trainings',
    text({ compare }) {
      const { done, all } = counts(compare);
      return `${formatCount(done)} / ${formatCount(all)}`;
    },
  },
  {
    label: 'Step',
    text: ({ compare: { work } }) =>
      work && work.step > 0 ? `${formatCount(work.step)} / ${formatCount(work.steps)}` : NONE,
  },
  {
    label: 'Time left',
    text: ({ compare: { progress, status } }) =>
      progress && progress.remainingSeconds !== null && isComparing(status)
        ? formatRoughly(progress.remainingSeconds * 1000)
        : NONE,
  },
  {
    label: 'Elapsed',
    text: ({ compare: { progress } }) => (progress ? formatDuration(progress.elapsedSeconds * 1000) : NONE),
  },
];

function Stat({ label, text }: (typeof STATS)[number]) {
  const value = useStudioState(text);
  return (
    <div className={styles.stat}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Status() {
  const text = useStudioState((s) => statusText(s.compare, blockedBy(s), s.run.status));
  const status = useStudioState((s) => s.compare.status);
  const shown = useCalm(text, status);
  return (
    <p role="status" className={`${styles.status} ${own.status}`} data-run={status} title={shown}>
      {shown}
    </p>
  );
}

/** The whole comparison, in shares of a thousand so that it is drawn only when it moves. */
function Overall() {
  const permille = useStudioState(({ compare }) => {
    const { done, all } = counts(compare);
    const share = isComparing(compare.status) ? (compare.progress?.unitShare ?? 0) : 0;
    return all === 0 ? 0 : Math.round((1000 * (done + share)) / all);
  });
  return (
    <progress className={own.overall} aria-label="Progress of the comparison" max={1000} value={permille} />
  );
}

/** Units that failed; those that diverged have that as their result and stand below the tables. */
function Failures() {
  const { failed, error, kept } = useStudioState((s) => s.compare);
  const comparing = useStudioState((s) => isComparing(s.compare.status));
  return (
    <>
      {error !== null && (
        <p role="alert" className={styles.failure}>
          <b>The comparison has failed.</b> {error} Finished trainings are kept: start again to go on.
        </p>
      )}
      {failed.length > 0 && (
        <div role="alert" className={styles.failure}>
          <b>{plural(failed.length, 'training')} failed.</b>{' '}
          {comparing ? 'The others go on.' : 'Start again to try them once more.'}
          <ul className={own.failures}>
            {failed.map(({ unit, failure }) => (
              <li key={unitText(unit)}>
                {unitText(unit)}: {failure.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {!kept && (
        <p className={own.note}>
          This browser keeps no more results: those of this visit are lost when the page is closed. Save them
          below.
        </p>
      )}
    </>
  );
}

export function CompareTransport() {
  return (
    <div className={`${styles.transport} ${own.bar}`}>
      <div className={styles.row}>
        <Buttons />
        <Status />
        <dl className={`${styles.stats} ${own.stats}`}>
          {STATS.map((stat) => (
            <Stat key={stat.label} {...stat} />
          ))}
        </dl>
      </div>
      <Overall />
      <Failures />
    </div>
  );
}
