/** The one live region: phase and step, at most once a second while only the step moves. */
import { useStudioState } from '../../store/react.tsx';
import { statusText } from './statusText.ts';
import styles from './Transport.module.css';
import { useCalm } from './useCalm.ts';

export function Status() {
  const text = useStudioState((s) => statusText(s.run, s.corpora, s.compare.status === 'running'));
  const run = useStudioState((s) => s.run.status);
  const step = useStudioState((s) => `${s.run.status} ${s.run.phase}`);
  const key = run === 'idle' ? text : step;
  const shown = useCalm(text, key);
  return (
    <p role="status" className={styles.status} data-run={run} title={shown}>
      {shown}
    </p>
  );
}
