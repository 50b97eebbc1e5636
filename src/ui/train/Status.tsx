/** The one live region: phase and step, at most once a second while only the step moves. */
import { useEffect, useRef, useState } from 'react';
import { useStudioState } from '../../store/react.tsx';
import { statusText } from './statusText.ts';
import styles from './Transport.module.css';

const QUIET_MS = 1000;

/** `text`, passed on at once when `key` changes and at most once a second otherwise. */
function useCalm(text: string, key: string): string {
  const [shown, setShown] = useState({ text, key });
  const shownAt = useRef(0);
  useEffect(() => {
    const wait = shown.key === key ? Math.max(0, shownAt.current + QUIET_MS - performance.now()) : 0;
    if (shown.text === text) return;
    const timer = setTimeout(() => {
      shownAt.current = performance.now();
      setShown({ text, key });
    }, wait);
    return () => clearTimeout(timer);
  }, [text, key, shown]);
  return shown.text;
}

export function Status() {
  const text = useStudioState((s) => statusText(s.run, s.corpora));
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
