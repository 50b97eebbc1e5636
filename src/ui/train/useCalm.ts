/** Text that changes many times a second, for a live region. */
import { useEffect, useRef, useState } from 'react';

const QUIET_MS = 1000;

/** `text`, passed on at once when `key` changes and at most once a second otherwise. */
export function useCalm(text: string, key: string): string {
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
