/** The way from one page to another, and whether something is under way on them. */
import { isComparing } from '../../store/compare.ts';
import { useStudioState } from '../../store/react.tsx';
import styles from './Header.module.css';
import { PAGE_TITLES, PAGES, type PageName } from './page.ts';

export function PageSwitch({ page }: { page: PageName }) {
  const training = useStudioState((s) => s.run.status === 'running');
  const comparing = useStudioState((s) => isComparing(s.compare.status));
  const reading = useStudioState((s) => !!s.corpora.source.reading || !!s.corpora.target.reading);
  const busy: Partial<Record<PageName, boolean>> = { studio: training, data: reading, compare: comparing };
  return (
    <nav aria-label="Pages" className={styles.pages}>
      {PAGES.map((name) => (
        <a key={name} href={`#${name}`} aria-current={name === page ? 'page' : undefined}>
          {PAGE_TITLES[name]}
          {busy[name] && (
            <span className={styles.lamp}>
              <span className="hidden-visually"> (under way)</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}
