/** Stage 1: the two corpora side by side, and how they fit together. */
import { useStudio, useStudioState } from '../../store/react.tsx';
import { isBusy } from '../../store/studio.ts';
import { plural } from '../format.ts';
import { Stage } from '../shell/Stage.tsx';
import styles from './Corpus.module.css';
import { CorpusZone } from './CorpusZone.tsx';

function PairNote() {
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

export function DataStage() {
  const pair = useStudioState((s) => s.corpora.pair);
  // While another file is on its way, the pair is not the one that is meant.
  const reading = useStudioState((s) => !!s.corpora.source.reading || !!s.corpora.target.reading);
  return (
    <Stage number={1} name="Data" state={pair && !pair.conflict ? 'ready' : 'active'} aside={<PairNote />}>
      <div className={styles.pair}>
        <CorpusZone place="source" />
        <CorpusZone place="target" />
      </div>
      {pair?.conflict && !reading && (
        <p role="alert" className={styles.error} style={{ marginTop: '0.5rem' }}>
          <b>These two corpora cannot be used together.</b> {pair.conflict}
        </p>
      )}
    </Stage>
  );
}
