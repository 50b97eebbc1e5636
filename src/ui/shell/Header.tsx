/** Name, the way between the pages, help and theme. */
import { useRef } from 'react';
import { useStudio, useStudioState } from '../../store/react.tsx';
import { THEMES } from '../../store/view.ts';
import styles from './Header.module.css';
import { HowItWorks } from './HowItWorks.tsx';
import { PageSwitch } from './PageSwitch.tsx';
import type { PageName } from './page.ts';
import { Segmented } from './Segmented.tsx';

const THEME_LABELS = { system: 'Auto', light: 'Light', dark: 'Dark' } as const;
const THEME_OPTIONS = THEMES.map((value) => ({ value, label: THEME_LABELS[value] }));

export function Header({ page }: { page: PageName }) {
  const { view } = useStudio();
  const theme = useStudioState((s) => s.view.theme);
  const help = useRef<HTMLDialogElement>(null);
  return (
    <header className={styles.header}>
      <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
        <path d="M6 14a10 10 0 0 1 17-5M26 18a10 10 0 0 1-17 5" />
        <path d="M24 3v6h-6M8 29v-6h6" />
      </svg>
      <h1 className={styles.name}>CCEmoGAN Studio</h1>
      <PageSwitch page={page} />
      <p className={styles.claim}>
        Train a conditional cycle emotion GAN between two speech corpora, and see whether it helps.
      </p>
      <button
        type="button"
        className="quiet"
        aria-haspopup="dialog"
        onClick={() => help.current?.showModal()}
      >
        How it works
      </button>
      <Segmented
        label="Theme"
        hideLabel
        options={THEME_OPTIONS}
        value={theme}
        onChange={(next) => view.set({ theme: next })}
      />
      <HowItWorks dialog={help} />
    </header>
  );
}
