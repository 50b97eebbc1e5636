/** Why files could not be read, and what can be done: by one click where there is a way. */
import type { ReadingRules } from '../../formats/recipe.ts';
import type { ReadError, Role } from '../../store/corpora.ts';
import { useStudio } from '../../store/react.tsx';
import styles from './Corpus.module.css';

/** Most messages begin with the file's name themselves. */
const titleOf = ({ file, message }: ReadError): string =>
  message.startsWith(file) ? 'This file could not be read.' : `${file} could not be read.`;

/** What the button of a remedy says. */
function remedyLabel({ ragged, words }: Partial<ReadingRules>): string {
  const parts = [
    ragged === 'drop' && 'Read without these rows',
    words === 'missing' && 'Count words as missing',
  ].filter(Boolean);
  return parts.join(', ') || 'Read all the same';
}

interface NoteProps {
  readonly place: Role;
  readonly error: ReadError;
  /** The corpus that stays; null where there is none. */
  readonly loaded: string | null;
  readonly locked: boolean;
}

export function ReadErrorNote({ place, error, loaded, locked }: NoteProps) {
  const { corpora } = useStudio();
  const { remedy } = error;
  return (
    <div role="alert" className={styles.error}>
      <b className={styles.wrap}>{titleOf(error)}</b>
      <p className={styles.wrap}>{error.message}</p>
      {loaded !== null && <p className={`small ${styles.wrap}`}>Still loaded: {loaded}.</p>}
      <p className={styles.errorButtons}>
        {remedy && (
          <button type="button" disabled={locked} onClick={() => void corpora.retry(place)}>
            {remedyLabel(remedy.adds)}
          </button>
        )}
        <button type="button" className="quiet" onClick={() => corpora.dismiss(place)}>
          Dismiss
        </button>
      </p>
    </div>
  );
}
