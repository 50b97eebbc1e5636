/** Says that something else than the user's own work is shown, and leads back to it. */
import { useStudio, useStudioState } from '../../store/react.tsx';
import styles from './Exhibit.module.css';

export function ExhibitBar() {
  const { exhibit } = useStudio();
  const shown = useStudioState((s) => s.exhibit.shown);
  if (!shown) return null;
  return (
    <section className={styles.bar} aria-label="What is shown">
      <p>
        <b>
          {shown.kind === 'recording' ? 'Recorded run' : 'Lesson'}: {shown.title}.
        </b>{' '}
        It is of the simulated demo corpora. Your corpora, settings and run are kept; what you read or train
        now is not.
      </p>
      <button type="button" onClick={exhibit.close}>
        Back to my work
      </button>
    </section>
  );
}
