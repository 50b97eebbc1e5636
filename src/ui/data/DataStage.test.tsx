// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { doubles } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio } from '../../store/studio.ts';
import { DataStage } from './DataStage.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

it('keeps corpora and their boundaries as they are while methods are compared on them', async () => {
  const studio = createStudio({ clients: doubles().clients, storage: () => localStorage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  const page = document.createElement('div');
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <DataStage />
      </StudioProvider>,
    ),
  );
  const change = (status: 'idle' | 'running') =>
    act(async () => {
      const { compare } = studio.store.getState();
      studio.store.setState({ compare: { ...compare, status } });
    });
  const locks = () => {
    const files = [...page.querySelectorAll('label')].map((label) => label.dataset.disabled === 'true');
    const cuts = [...page.querySelectorAll<HTMLInputElement>('input[type=number]')];
    expect(cuts.length).toBeGreaterThan(0);
    return new Set([...files, ...cuts.map(({ disabled }) => disabled)]);
  };
  await change('idle');
  expect(locks()).toEqual(new Set([false]));
  await change('running');
  expect(locks()).toEqual(new Set([true]));
});
