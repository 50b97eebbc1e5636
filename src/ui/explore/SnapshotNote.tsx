/** Which synthetic samples the map shows. */
import { useStudioState } from '../../store/react.tsx';
import { formatCount } from '../format.ts';
import styles from './Explore.module.css';

export function SnapshotNote() {
  const task = useStudioState((s) => s.setup.task);
  const placed = useStudioState((s) => s.map.placed);
  const error = useStudioState((s) => s.map.error);
  if (error) return <p className={styles.error}>The map failed: {error}</p>;
  if (!placed) return <p>Real utterances so far; types A, B and C join as the GAN trains.</p>;
  if (placed.task !== task) return <p>The samples on hand belong to the other task.</p>;
  return (
    <p>
      Synthetic samples {placed.final ? 'of the finished GAN' : 'of the probe utterances'}, step{' '}
      <b>{formatCount(placed.step)}</b>
    </p>
  );
}
