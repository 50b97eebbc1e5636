// @vitest-environment happy-dom
/** What stands of a pair before training, with the reading workers' own service behind it. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, it, vi } from 'vitest';
import { ROLES } from '../../../store/corpora.ts';
import { wrong } from '../../../store/doubles.testing.ts';
import { StudioProvider } from '../../../store/react.tsx';
import { readingStudio } from '../../../store/realIngest.testing.ts';
import type { Studio } from '../../../store/studio.ts';
import { PairStage } from './PairStage.tsx';
import { leavingOut } from './shiftRows.ts';

vi.mock('../../chart/Chart.tsx', () => ({ Chart: () => null }));
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

/** Tells of the elements that have come on screen. */
let look: (() => void) | null = null;
beforeEach(() => {
  look = null;
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
        look = () => seen([{ isIntersecting: true }]);
      }
      observe() {}
      disconnect() {}
    },
  );
});

const SOURCE = 'file,valence,a,b,c\nu1,low,1,2,3\nu2,high,2,2.5,1\nu3,mid,1.5,7,0\n';
const TARGET = 'file,a,b,d\nv1,101,2,3\nv2,102,2.5,1\nu3,1.5,7,0\n';

async function shown(studio: Studio): Promise<HTMLElement> {
  await studio.corpora.read('source', [new File([SOURCE], 'source.csv')]);
  await studio.corpora.read('target', [new File([TARGET], 'target.csv')]);
  const page = document.createElement('div');
  // Only what is in the document takes the focus.
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <PairStage />
      </StudioProvider>,
    ),
  );
  return page;
}

const settle = () => act(async () => new Promise((resolve) => setTimeout(resolve, 20)));

async function openTable(page: HTMLElement): Promise<void> {
  const details = [...page.querySelectorAll('details')].find((one) => one.textContent?.includes('table'))!;
  await act(async () => {
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
  });
}

const features = (page: HTMLElement) =>
  [...page.querySelectorAll('table[class] tbody th, details table tbody th')].map((cell) => cell.textContent);

it('compares once it can be seen, and leaves a feature out of both corpora', async () => {
  const { studio } = readingStudio();
  const page = await shown(studio);
  await settle();
  expect(studio.store.getState().corpora.differences.report).toBeNull();
  await act(async () => look?.());
  await settle();
  expect(studio.store.getState().corpora.differences.report?.shifts.map(({ feature }) => feature)).toEqual([
    'a',
    'b',
  ]);
  await openTable(page);
  const table = page.querySelector('details table')!;
  expect([...table.querySelectorAll('tbody th')].map((cell) => cell.textContent)).toEqual(['a', 'b']);
  expect(table.querySelector('tbody tr')?.textContent).toContain('1.568.2');
  const leave = (name: string) => page.querySelector<HTMLButtonElement>(`[aria-label="Leave ${name} out"]`)!;
  await act(async () => {
    leave('a').focus();
    leave('a').click();
  });
  expect(document.activeElement).toBe(leave('b'));
  await settle();
  await settle();
  const { corpora } = studio.store.getState();
  for (const role of ROLES) expect(corpora[role].recipe?.repairs.ignored).toEqual(['a']);
  expect(corpora.differences.report?.shifts.map(({ feature }) => feature)).toEqual(['b']);
  expect(features(page)).not.toContain('a');
});

it('names features of one side, and decides about rows of both', async () => {
  const { studio } = readingStudio();
  const page = await shown(studio);
  await act(async () => look?.());
  await settle();
  expect(page.textContent).toContain('2 features shared by name');
  expect(page.textContent).toContain('1 feature only in the sourcec');
  expect(page.textContent).toContain('1 feature only in the targetd');
  expect(page.textContent).toContain('1 row of the target equals a row of the source');
  expect(page.textContent).toContain('u3 = u3');
  await act(async () => page.querySelector<HTMLInputElement>('input[value="drop"]')!.click());
  expect(studio.store.getState().setup.settings.data.sharedRows).toBe('drop');
});

it('names no rows of both while the corpora are compared anew', async () => {
  const { studio, clients } = readingStudio();
  const page = await shown(studio);
  await act(async () => look?.());
  await settle();
  expect(page.textContent).toContain('u3 = u3');
  vi.spyOn(clients.target.api, 'comparePair').mockReturnValue(new Promise(() => undefined));
  await act(async () => studio.corpora.revise('target', leavingOut('a')));
  expect(page.textContent).toContain('1 row of the target equals a row of the source');
  expect(page.textContent).not.toContain('u3 = u3');
});

it('says why the corpora could not be compared, and tries again', async () => {
  let broken = true;
  const { studio } = readingStudio((clients) => {
    const { target } = clients;
    const comparePair: typeof target.api.comparePair = async (...pair) =>
      broken ? wrong('Error', 'Out of memory.') : target.api.comparePair(...pair);
    return { ...clients, target: { ...target, api: { ...target.api, comparePair } } };
  });
  const page = await shown(studio);
  await act(async () => look?.());
  await settle();
  expect(page.textContent).toContain('could not be compared: Out of memory.');
  broken = false;
  const again = [...page.querySelectorAll('button')].find(({ textContent }) => textContent === 'Try again')!;
  await act(async () => again.click());
  await settle();
  expect(page.textContent).not.toContain('could not be compared');
  expect(page.textContent).toContain('All features as a table');
});

it('says what to do where the corpora cannot be used together', async () => {
  const { studio } = readingStudio();
  const page = await shown(studio);
  await act(async () =>
    studio.store.setState(({ corpora }) => ({
      corpora: { ...corpora, pair: { ...corpora.pair!, conflict: 'Extract both with one feature set.' } },
    })),
  );
  expect(page.textContent).toContain('cannot be used together. Extract both');
  expect(page.textContent).not.toContain('Rows of both');
});
