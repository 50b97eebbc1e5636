// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { doubles } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { readingStudio } from '../../store/realIngest.testing.ts';
import { createStudio, type Studio } from '../../store/studio.ts';
import { DataStage } from './DataStage.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

async function shown(studio: Studio): Promise<HTMLElement> {
  const page = document.createElement('div');
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <DataStage />
      </StudioProvider>,
    ),
  );
  return page;
}

it('keeps corpora and their boundaries as they are while methods are compared on them', async () => {
  const studio = createStudio({ clients: doubles().clients, storage: () => localStorage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  const page = await shown(studio);
  const change = (status: 'idle' | 'running') =>
    act(async () => {
      const { compare } = studio.store.getState();
      studio.store.setState({ compare: { ...compare, status } });
    });
  const locks = () => {
    const labels = [...page.querySelectorAll('label')].map((label) => label.dataset.disabled === 'true');
    const inputs = (type: string) => [...page.querySelectorAll<HTMLInputElement>(`input[type=${type}]`)];
    // Files and a folder, for either corpus.
    expect(inputs('file')).toHaveLength(4);
    expect(inputs('number').length).toBeGreaterThan(0);
    return new Set([...labels, ...[...inputs('file'), ...inputs('number')].map(({ disabled }) => disabled)]);
  };
  await change('idle');
  expect(locks()).toEqual(new Set([false]));
  await change('running');
  expect(locks()).toEqual(new Set([true]));
});

it('says once that files were read, and nothing of what was refused or changed', async () => {
  const { studio } = readingStudio();
  const page = await shown(studio);
  const said = () => page.querySelector('[aria-label="Source: files"] [role="status"]')?.textContent;
  const read = (text: string) =>
    act(async () => studio.corpora.read('source', [new File([text], 'mine.csv')]));
  expect(said()).toBe('');
  await read('file,a,b\nu1,1,2\nu2,2,4\nu2,2,4\n');
  expect(said()).toBe('mine read: 3 rows, 2 features');
  await act(async () =>
    studio.corpora.revise('source', (recipe) => ({
      ...recipe,
      repairs: { ...recipe.repairs, duplicates: 'drop' },
    })),
  );
  expect(studio.store.getState().corpora.source.corpus?.rows).toBe(2);
  expect(said()).toBe('mine read: 3 rows, 2 features');
  await read('file,a,b\nu1,1\n');
  expect(said()).toBe('');
  expect(page.querySelector('[role="alert"]')?.textContent).toContain('mine.csv, line 2');
});

it('leaves what could not be decided to the stage it was decided on', async () => {
  const studio = createStudio({ clients: doubles().clients, storage: () => localStorage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  const page = await shown(studio);
  await act(async () =>
    studio.corpora.repair('source', { in: 'recipe', path: 'repairs.missing', value: 'guess', label: '' }),
  );
  expect(studio.store.getState().corpora.source.error?.doing).toBe('change');
  expect(page.querySelector('[role="alert"]')).toBeNull();
});
