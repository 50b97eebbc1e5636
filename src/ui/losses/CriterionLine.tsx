/** The label-free criterion by which training stops: what it is, where it stands, where it was best. */
import { useStudioState } from '../../store/react.tsx';
import { formatCount, formatLoss } from '../format.ts';
import styles from './Losses.module.css';

export function CriterionLine() {
  const criterion = useStudioState((s) => s.run.criterion);
  const best = useStudioState((s) => s.run.best);
  return (
    <p className={styles.criterion}>
      <span>
        <b>Stopping criterion</b>{' '}
        <span className="muted">
          (label-free: distance of translated rows to real ones, plus wrong labels of A where F judges)
        </span>
      </span>
      <span className={styles.criterionValue}>
        {criterion && best ? (
          <>
            <b>{formatLoss(criterion.value)}</b>, best <b>{formatLoss(best.value)}</b> at step{' '}
            <b>{formatCount(best.step)}</b>
          </>
        ) : (
          <span className="muted">measured while the GAN trains</span>
        )}
      </span>
    </p>
  );
}
