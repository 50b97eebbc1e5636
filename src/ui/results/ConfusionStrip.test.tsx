// @vitest-environment happy-dom
/** A click on a cell of a confusion matrix selects the target rows that stand in it. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { corpusClasses } from '../../corpus/corpus.ts';
import { confusionMatrix } from '../../metrics/classification.ts';
import { doubles, memoryStorage, update } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio } from '../../store/studio.ts';
import { ConfusionPanel } from './ConfusionPanel.tsx';

vi.mock('../chart/Chart.tsx', () => ({ Chart: () => null }));
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

it('selects the rows of a cell, of the corpora that the run was of', async () => {
  const workers = doubles();
  const storage = memoryStorage();
  const studio = createStudio({ clients: workers.clients, storage: () => storage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  await studio.run.start();
  const { target } = workers.demo;
  const classes = corpusClasses(target, 'activation');
  // All but the first row take part, and all of them are heard as mid.
  const rows = Int32Array.from({ length: target.rows - 1 }, (_, i) => i + 1);
  const prediction = new Int8Array(rows.length).fill(1);
  const truth = rows.map((row) => classes[row]);
  const score = {
    set: 'OB',
    repeat: 0,
    uar: 33,
    confusion: confusionMatrix(truth, prediction),
    shares: [0, 1, 0],
  } as const;
  workers.send(
    update([
      { type: 'rows', source: new Int32Array(0), target: rows },
      { type: 'score', score, prediction },
    ]),
  );
  const page = document.createElement('div');
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <ConfusionPanel />
      </StudioProvider>,
    ),
  );
  const cells = () => [...page.querySelectorAll<HTMLButtonElement>('td button')];
  expect(cells()).toHaveLength(9);
  const cell = cells().find(
    (one) => one.getAttribute('aria-label') === '100 %, select OB: high heard as mid',
  )!;
  await act(async () => cell.click());
  const { first } = studio.store.getState().selection;
  expect(first?.label).toBe('OB: high heard as mid');
  expect(first?.samples).toEqual({ target: rows.filter((row) => classes[row] === 2) });
  expect(cells().filter((one) => one.getAttribute('aria-pressed') === 'true')).toEqual([cell]);

  // Once other corpora are there, nobody knows which rows these were.
  await act(async () =>
    studio.store.setState(({ run }) => ({ run: { ...run, corpora: { ...run.corpora!, replaced: true } } })),
  );
  expect(cells()).toHaveLength(0);
});
