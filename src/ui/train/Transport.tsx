/** Starting, pausing, stepping, stopping; where the run stands. Stays in sight while the page scrolls. */
import { isActive, type RunStatus } from '../../store/progress.ts';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { Icon } from '../shell/Icon.tsx';
import { PhaseRail } from './PhaseRail.tsx';
import { Stats } from './Stats.tsx';
import { Status } from './Status.tsx';
import { obstacle } from './statusText.ts';
import styles from './Transport.module.css';

function Buttons() {
  const { run } = useStudio();
  const status: RunStatus = useStudioState((s) => s.run.status);
  const ready = useStudioState((s) => obstacle(s.corpora) === null);
  const active = isActive(status);
  return (
    <div className={styles.buttons}>
      <button type="button" className="primary" disabled={!ready || active} onClick={() => void run.start()}>
        <Icon name="play" /> Start training
      </button>
      <button type="button" disabled={status !== 'running'} onClick={run.pause}>
        <Icon name="pause" /> Pause
      </button>
      <button type="button" disabled={status !== 'paused'} onClick={run.resume}>
        <Icon name="resume" /> Resume
      </button>
      <button
        type="button"
        disabled={status !== 'paused' && (!ready || active)}
        title="One training step; before a run, starts one and pauses it"
        onClick={() => (status === 'paused' ? run.step() : void run.start({ paused: true }))}
      >
        <Icon name="step" /> Step
      </button>
      <button type="button" disabled={!active} onClick={run.stop}>
        <Icon name="stop" /> Stop
      </button>
    </div>
  );
}

function RunFailure() {
  const error = useStudioState((s) => (s.run.status === 'failed' ? s.run.error : null));
  if (error === null) return null;
  return (
    <p role="alert" className={styles.failure}>
      <b>The run has failed.</b> {error}
    </p>
  );
}

export function Transport() {
  return (
    <div className={styles.transport}>
      <div className={styles.row}>
        <Buttons />
        <Stats />
      </div>
      <div className={styles.row}>
        <Status />
        <PhaseRail />
      </div>
      <RunFailure />
    </div>
  );
}
