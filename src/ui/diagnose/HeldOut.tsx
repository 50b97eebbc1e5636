/** Says that no rows are held out, or too few, without which nobody can tell whether a discriminator learns by heart. */
import { isComparing } from '../../store/compare.ts';
import { evidenceShown } from '../../store/diagnosis.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import styles from './Metrics.module.css';

/** The share that the button sets: enough rows for an accuracy, few enough not to be missed. */
const SHARE = 0.1;

export function HeldOut() {
  const { setup } = useStudio();
  const missing = useStudioState((s) => {
    const networks = evidenceShown(s).at(-1)?.networks;
    return networks?.discriminators.S.heldOut === null && networks.discriminators.T.heldOut === null;
  });
  const held = useStudioState((s) => s.run.config?.settings.gan.heldOut ?? 0);
  const next = useStudioState((s) => s.setup.settings.gan.heldOut);
  const comparing = useStudioState((s) => isComparing(s.compare.status));
  if (!missing) return null;
  return (
    <p className={styles.heldOut}>
      {held > 0 ? 'Too few rows held out to tell: 50 of a corpus are needed.' : 'No rows held out.'}{' '}
      {next > 0 ? (
        <span>The next run holds {Math.round(100 * next)} % out.</span>
      ) : (
        <button
          type="button"
          className="quiet"
          disabled={comparing}
          onClick={() => setup.setSetting('gan', 'heldOut', SHARE)}
        >
          Hold {100 * SHARE} % out next time
        </button>
      )}
    </p>
  );
}
