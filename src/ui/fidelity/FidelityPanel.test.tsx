// @vitest-environment happy-dom
/** What stands of the fidelity of features, and that it is asked for only in sight. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Fidelity } from '../../diagnosis/reports.ts';
import { doubles, fine, memoryStorage, samples, update } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio } from '../../store/studio.ts';
import { FidelityPanel } from './FidelityPanel.tsx';

vi.mock('../chart/Chart.tsx', () => ({ Chart: () => null }));
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

/** Tells of elements that have come on screen, or have left it. */
let look: (isIntersecting: boolean) => void;
beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      constructor(seen: (entries: { isIntersecting: boolean }[]) => void) {
        look = (isIntersecting) => seen([{ isIntersecting }]);
      }
      observe() {}
      disconnect() {}
    },
  );
});

const reportOf = (type: Fidelity['type']): Fidelity => ({
  type,
  features: [
    {
      feature: 'F0_mean',
      edges: Float32Array.of(0, 1),
      source: Float32Array.of(1),
      target: Float32Array.of(1),
      synthetic: Float32Array.of(1),
      before: 0.75,
      after: 0.25,
    },
  ],
  improved: 60,
  total: 88,
  correlations: { after: 0, before: 0, ceiling: 0, real: 0 },
  verdicts: [
    { name: 'Shift removed', verdict: 'pass', sentence: 'Little is left.' },
    { name: 'Spread kept', verdict: 'warn', sentence: 'Narrower.' },
    { name: 'Correlations kept', verdict: 'fail', sentence: 'None.' },
  ],
});

const settled = () => act(async () => new Promise((resolve) => setTimeout(resolve, 15)));

it('asks in sight only, and says verdicts and distances in words', async () => {
  const workers = doubles();
  const asked: string[] = [];
  const { diagnosis } = workers.clients;
  const api: typeof diagnosis.api = {
    ...diagnosis.api,
    fidelity: async (type) => {
      asked.push(type);
      return fine(reportOf(type));
    },
  };
  const storage = memoryStorage();
  const clients = { ...workers.clients, diagnosis: { ...diagnosis, api } };
  const studio = createStudio({ clients, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  const page = document.createElement('div');
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <FidelityPanel />
      </StudioProvider>,
    ),
  );
  expect(page.textContent).toContain('as soon as a GAN has made some');
  await act(async () => {
    await studio.run.start();
    workers.send(update([{ type: 'snapshot', step: 1200, sets: samples(4) }]));
  });
  await settled();
  expect(asked).toEqual([]);

  await act(async () => look(true));
  await settled();
  const text = page.textContent;
  for (const words of ['Shift removed: yes.', 'Spread kept: in part.', 'Correlations kept: no.']) {
    expect(text).toContain(words);
  }
  expect(text).toContain('at step 1,200');
  expect(text).toContain('Of all 88 features 60 are nearer to the target');
  expect(page.querySelector('article')?.textContent).toMatch(/F0_meanKS 0\.75 → ?to 0\.25/);

  const other = [...page.querySelectorAll<HTMLInputElement>('input[type=radio]')].at(2)!;
  await act(async () => other.click());
  await settled();
  expect(asked).toEqual(['B', 'C']);
  expect(page.textContent).toContain('Type C should look like the source');

  await act(async () => look(false));
  workers.send(update([{ type: 'snapshot', step: 1300, sets: samples(4) }]));
  await act(async () => new Promise((resolve) => setTimeout(resolve, 1100)));
  expect(asked).toHaveLength(2);
});
