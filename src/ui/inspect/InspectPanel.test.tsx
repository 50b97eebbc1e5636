// @vitest-environment happy-dom
/** What stands of a sample that was pointed at and of samples that were selected, and what can be done with them. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, it, vi } from 'vitest';
import type { PointReport } from '../../diagnosis/reports.ts';
import { doubles, fine, memoryStorage, samples, update } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio, type Studio } from '../../store/studio.ts';
import { InspectPanel } from './InspectPanel.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const REPORT: PointReport = {
  sample: { group: 'B', row: 2 },
  origin: { group: 'source', row: 0 },
  moved: 0.25,
  features: [{ feature: 'F0_mean', first: 120, second: 190.5, difference: 1.5 }],
  reconstruction: { error: 0.125, features: [] },
  neighbours: [{ group: 'target', row: 7, distance: 1.25 }],
};

let studio: Studio;
let workers: ReturnType<typeof doubles>;
let page: HTMLElement;
/** Does something, and waits until all that follows from it is on the page. */
const after = (work: () => void) =>
  act(async () => {
    work();
    await new Promise((resolve) => setTimeout(resolve, 15));
  });
const button = (name: string | RegExp) => {
  const found = [...page.querySelectorAll('button')].find((one) => {
    const text = one.getAttribute('aria-label') ?? one.textContent ?? '';
    return typeof name === 'string' ? text === name : name.test(text);
  });
  if (!found) throw new Error(`No button ${name} in ${page.textContent}`);
  return found;
};

beforeEach(async () => {
  workers = doubles();
  const { diagnosis } = workers.clients;
  const api: typeof diagnosis.api = {
    ...diagnosis.api,
    inspect: async (sample) => fine({ ...REPORT, sample }),
    compare: async () => fine({ rows: [3, 40], distance: 0.5, features: REPORT.features }),
  };
  const clients = { ...workers.clients, diagnosis: { ...diagnosis, api } };
  const storage = memoryStorage();
  studio = createStudio({ clients, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  await studio.run.start();
  workers.send(update([{ type: 'snapshot', step: 10, sets: samples(4) }]));
  await new Promise((resolve) => setTimeout(resolve, 15));
  page = document.createElement('div');
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <InspectPanel />
      </StudioProvider>,
    ),
  );
});

it('says how to ask where nothing was asked', () => {
  expect(page.textContent).toContain('click it to ask about it');
});

it('tells of a sample its origin, its place in the files, how far it moved and what is near', async () => {
  await after(() => studio.selection.ask({ group: 'B', row: 2 }));
  const { utterances, speakers } = workers.demo.source;
  const text = page.textContent;
  expect(text).toContain(`Type B: ${utterances[0]}`);
  expect(text).toContain(`Speaker${speakers?.names[speakers.index[0]]}`);
  expect(text).toContain('line 2');
  expect(text).toContain('Moved0.250');
  expect(text).toContain('There and back0.125');
  expect(text).toContain('1.25 ×');
  const row = page.querySelector('tbody tr')?.textContent;
  expect(row).toBe('F0_mean120191+1.50');
});

it('asks about a near row at a click, and forgets it', async () => {
  await after(() => studio.selection.ask({ group: 'B', row: 2 }));
  await after(() => button(/^Target/).click());
  expect(studio.store.getState().selection.point).toEqual({ group: 'target', row: 7 });
  expect(page.textContent).toContain(`Target: ${workers.demo.target.utterances[7]}`);
  await after(() => button('Forget this point').click());
  expect(page.textContent).toContain('click it to ask about it');
});

it('counts a selection by group and class, and compares it with a whole group', async () => {
  const source = Int32Array.of(0, 1, 2);
  await after(() =>
    studio.selection.select({ label: 'Drawn on the map', samples: { source, B: Int32Array.of(0, 3) } }),
  );
  expect(page.querySelector('caption')?.textContent).toBe('Drawn on the map: 5 samples');
  const rows = [...page.querySelectorAll('tbody tr')].map((row) => row.textContent);
  expect(rows[1]).toBe('Type B2000');
  const choice = page.querySelector('select')!;
  choice.value = 'target';
  await after(() => choice.dispatchEvent(new Event('change', { bubbles: true })));
  expect(page.textContent).toContain('All of Target: 40 samples');
  expect(page.textContent).toContain('Means of 3 and 40 samples lie 0.500 per feature apart');
  await after(() => button('Clear the selection').click());
  expect(studio.store.getState().selection.first).toBeNull();
});

it('waits for the samples that are drawn around next', async () => {
  await after(() => studio.selection.select({ label: 'one', samples: { source: Int32Array.of(0) } }));
  const choice = page.querySelector('select')!;
  choice.value = 'drawn';
  await after(() => choice.dispatchEvent(new Event('change', { bubbles: true })));
  expect(page.querySelector('[role=status]')?.textContent).toContain('Draw around the samples');
  await after(() => studio.selection.select({ label: 'two', samples: { target: Int32Array.of(0) } }));
  expect(page.textContent).toContain('Two selections');
  expect(page.querySelector('[role=status]')).toBeNull();
});

it('saves a selection in each format', async () => {
  await after(() => studio.selection.select({ label: 'one', samples: { source: Int32Array.of(0) } }));
  vi.stubGlobal(
    'URL',
    Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }),
  );
  for (const title of ['CSV', 'ARFF', 'Parquet']) {
    await after(() => button(`Save the first selection as ${title}`).click());
  }
  expect(workers.calls.filter((call) => call.startsWith('save selection'))).toEqual([
    'save selection as csv',
    'save selection as arff',
    'save selection as parquet',
  ]);
});
