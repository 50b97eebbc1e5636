/** What the run had to say, e.g. why it stopped early. */
import { useStudioState } from '../../store/react.tsx';
import styles from './Setup.module.css';

export function Notes() {
  const notes = useStudioState((s) => s.run.notes);
  return (
    <ul className={styles.notes} aria-label="Notes of the run">
      {[...new Set(notes)].map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
