/** How long the run will take here, and why it runs on the backend it runs on. */

import type { BackendOption } from '../../../workers/protocol.ts';
import { useStudioState } from '../../store/react.tsx';
import { resolveBackend } from '../../store/setup.ts';
import type { StudioState } from '../../store/studio.ts';
import { formatCount, formatRoughly, formatStepTime } from '../format.ts';
import { BACKEND_LABELS } from './backends.ts';
import styles from './Setup.module.css';

function optionOf({ machine, setup }: StudioState): BackendOption | null {
  const report = machine.backends;
  if (!report) return null;
  const name = resolveBackend(setup.backend, report);
  return report.options.find((option) => option.name === name) ?? null;
}

const withThreads = (option: BackendOption): string =>
  `${BACKEND_LABELS[option.name]}${option.threads > 1 ? `, ${option.threads} threads` : ''}`;

export function Estimate() {
  const option = useStudioState(optionOf);
  const reason = useStudioState((s) =>
    s.setup.backend === 'automatic' ? (s.machine.backends?.reason ?? '') : (optionOf(s)?.reason ?? ''),
  );
  const { estimate, estimating, error } = useStudioState((s) => s.machine);
  return (
    <div className={styles.estimate}>
      {error ? (
        <p className={styles.warning}>{error}</p>
      ) : estimate && option ? (
        <p className={styles.duration}>
          <b>About {formatRoughly(estimate.seconds * 1000)}</b> on {withThreads(option)}
          <br />
          {formatCount(estimate.steps)} steps at {formatStepTime(estimate.msPerStep)}
        </p>
      ) : (
        <p className={styles.duration}>
          {estimating ? 'Measuring a few steps …' : 'How long it takes is not measured yet'}
        </p>
      )}
      {estimate?.warning ? (
        <p className={styles.warning}>{estimate.warning}</p>
      ) : (
        <p className="muted small">{reason || 'Looking at what this machine offers …'}</p>
      )}
    </div>
  );
}
