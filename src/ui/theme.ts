/** Which of the two themes is on: the user's choice, or the system's. */
import { useEffect, useSyncExternalStore } from 'react';
import type { ThemeName } from '../charts/palette.ts';
import { useStudioState } from '../store/react.tsx';

const systemDark = () => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const media = systemDark();
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** The theme in force, for what CSS does not draw. */
export function useTheme(): ThemeName {
  const choice = useStudioState((s) => s.view.theme);
  const dark = useSyncExternalStore(subscribe, () => systemDark().matches);
  if (choice !== 'system') return choice;
  return dark ? 'dark' : 'light';
}

/** Tells the style sheets the user's choice. */
export function useThemeAttribute(): void {
  const choice = useStudioState((s) => s.view.theme);
  useEffect(() => {
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  }, [choice]);
}
