/** The two places side by side, and why the two corpora cannot be used together where they cannot. */
import { useStudioState } from '../../store/react.tsx';
import styles from './Corpus.module.css';
import type { CorpusCardProps } from './CorpusCard.tsx';
import { CorpusZone } from './CorpusZone.tsx';

export function CorpusPair({ detail }: Pick<CorpusCardProps, 'detail'>) {
  const conflict = useStudioState((s) => s.corpora.pair?.conflict ?? null);
  // While another file is on its way, the pair is not the one that is meant.
  const reading = useStudioState((s) => !!s.corpora.source.reading || !!s.corpora.target.reading);
  return (
    <>
      <div className={styles.pair}>
        <CorpusZone place="source" detail={detail} />
        <CorpusZone place="target" detail={detail} />
      </div>
      {conflict && !reading && (
        <p role="alert" className={`${styles.error} ${styles.conflict}`}>
          <b>These two corpora cannot be used together.</b> {conflict}
        </p>
      )}
    </>
  );
}
