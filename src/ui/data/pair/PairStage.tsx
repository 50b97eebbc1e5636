/** Stage 4: how the two corpora differ before anything is trained. */
import { useStudioState } from '../../../store/react.tsx';
import { plural } from '../../format.ts';
import { Stage } from '../../shell/Stage.tsx';
import styles from './Pair.module.css';

export function PairStage() {
  const pair = useStudioState((s) => s.corpora.pair);
  return (
    <Stage number={4} name="Source against target" state={pair && !pair.conflict ? 'ready' : 'waiting'}>
      <div className={styles.panel}>
        {pair?.conflict && (
          <p role="alert" className={styles.conflict}>
            <b>These two corpora cannot be used together.</b> {pair.conflict}
          </p>
        )}
        {pair ? (
          <p>
            <b>{plural(pair.shared, 'feature')}</b> shared by name.
          </p>
        ) : (
          <p className="muted">Two corpora are needed.</p>
        )}
      </div>
    </Stage>
  );
}
