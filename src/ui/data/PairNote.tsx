/** How the two corpora fit together, and the way back to the demo corpora. */
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import { plural } from '../format.ts';
import styles from './Corpus.module.css';

export function PairNote() {
  const { corpora } = useStudio();
  const pair = useStudioState((s) => s.corpora.pair);
  const demo = useStudioState(
    (s) => !!s.corpora.source.corpus?.simulated && !!s.corpora.target.corpus?.simulated,
  );
  const locked = useStudioState(isBusy);
  const unmatched = pair ? pair.onlySource + pair.onlyTarget : 0;
  return (
    <div className={styles.pairNote}>
      {pair && !pair.conflict && (
        <p>
          <b>{plural(pair.shared, 'feature')}</b> shared by name
          {unmatched > 0 && `, ${plural(unmatched, 'other')} left out`}
        </p>
      )}
      {pair?.caution && <p className={styles.caution}>{pair.caution}</p>}
      <p>Transductive: the target’s rows take part in training, without their labels.</p>
      {!demo && (
        <button type="button" className="quiet" disabled={locked} onClick={() => void corpora.loadDemo()}>
          Back to the demo corpora
        </button>
      )}
    </div>
  );
}
