/** Why a choice could not be kept, beside the choices. */
import { GROUP_LABELS } from '../../charts/palette.ts';
import type { Role } from '../../store/corpora.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import styles from './Corpus.module.css';
import { focusHeading } from './focus.ts';

interface RefusedChangeProps {
  readonly place: Role;
  /** Whether it is read out: at one of the places where it stands. */
  readonly announced?: boolean;
}

export function RefusedChange({ place, announced = false }: RefusedChangeProps) {
  const { corpora } = useStudio();
  const error = useStudioState((s) => s.corpora[place].error);
  if (error?.doing !== 'change') return null;
  return (
    <div role={announced ? 'alert' : undefined} className={styles.error}>
      <b>{GROUP_LABELS[place]}: this cannot be done, and everything stays as it was.</b>
      <p className={styles.wrap}>{error.message}</p>
      <p className={styles.errorButtons}>
        <button
          type="button"
          className="quiet"
          onClick={({ currentTarget }) => {
            focusHeading(currentTarget);
            corpora.dismiss(place);
          }}
        >
          Dismiss
        </button>
      </p>
    </div>
  );
}
