/** Which of the pages is open: it stands in the address, so that it can be linked and gone back from. */
import { useEffect, useSyncExternalStore } from 'react';

export const PAGES = ['studio', 'data', 'lessons', 'compare'] as const;
export type PageName = (typeof PAGES)[number];

export const PAGE_TITLES: Record<PageName, string> = {
  studio: 'Studio',
  data: 'Data',
  lessons: 'Lessons',
  compare: 'Compare',
};

/** The page that an address ends in, such as `#compare`; the studio where it names none. */
const pageOf = (hash: string): PageName => PAGES.find((page) => hash === `#${page}`) ?? 'studio';

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** Where each page was scrolled to when it was left. */
const left: Partial<Record<PageName, number>> = {};

/** The open page; it is put where it was left, and named in the window's title. */
export function usePage(): PageName {
  const page = useSyncExternalStore(subscribe, () => pageOf(window.location.hash));
  useEffect(() => {
    const { title } = document;
    if (page !== 'studio') document.title = `${PAGE_TITLES[page]} – ${title}`;
    window.scrollTo({ top: left[page] ?? 0, behavior: 'instant' });
    const note = () => {
      left[page] = window.scrollY;
    };
    window.addEventListener('scroll', note, { passive: true });
    return () => {
      window.removeEventListener('scroll', note);
      document.title = title;
    };
  }, [page]);
  return page;
}
