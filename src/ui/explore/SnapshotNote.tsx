/** Which synthetic samples the map shows. */
import { useStudioState } from '../../store/react.tsx';
import { momentShown } from '../../store/timeline.ts';
import { formatCount } from '../format.ts';
import styles from './Explore.module.css';

export function SnapshotNote() {
  const task = useStudioState((s) => s.setup.task);
  const moment = useStudioState((s) => momentShown(s.timeline));
  const past = useStudioState((s) => s.timeline.position !== null);
  const error = useStudioState((s) => s.map.error);
  const conflict = useStudioState((s) => !!s.corpora.pair?.conflict);
  if (conflict) return null;
  if (error) return <p className={styles.error}>The map failed: {error}</p>;
  if (!moment) return <p>Real utterances so far; types A, B and C join as the GAN trains.</p>;
  if (moment.task !== task) return <p>The samples on hand belong to the other task.</p>;
  const step = (
    <>
      step <b>{formatCount(moment.step)}</b>
    </>
  );
  if (!moment.final) {
    return (
      <p>
        Synthetic samples of the probe utterances, {step}
        {past && ', as the timeline stands'}
      </p>
    );
  }
  return <p>Synthetic samples of the finished GAN (best checkpoint, {step}), at most 2,000 of each type</p>;
}
