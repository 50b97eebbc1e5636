/** Whether the user's system asks for little motion. */
import { useSyncExternalStore } from 'react';

const QUERY = '(prefers-reduced-motion: reduce)';

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(QUERY);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** True while nothing should move that need not. */
export const useStillness = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(QUERY).matches);
