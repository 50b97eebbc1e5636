// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import type { ContinuousLabels } from '../../../corpus/corpus.ts';
import { doubles } from '../../../store/doubles.testing.ts';
import { StudioProvider } from '../../../store/react.tsx';
import { createStudio } from '../../../store/studio.ts';
import { CutsEditor } from './CutsEditor.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const labels = (cuts: [number, number]): ContinuousLabels => ({
  kind: 'continuous',
  column: 'activation',
  ratings: Float32Array.of(1, 2, 3),
  cuts,
});

it('shows the boundaries of a newly read file, and keeps what is being typed', async () => {
  const studio = createStudio({ clients: doubles().clients, storage: () => localStorage });
  const page = document.createElement('div');
  const root = createRoot(page);
  const show = (shown: ContinuousLabels) =>
    act(async () =>
      root.render(
        <StudioProvider studio={studio}>
          <CutsEditor place="source" task="activation" labels={shown} disabled={false} />
        </StudioProvider>,
      ),
    );
  const inputs = () => [...page.querySelectorAll('input')].map((input) => input.value);
  const first = labels([2, 4]);
  await show(first);
  expect(inputs()).toEqual(['2', '4']);
  const [low] = page.querySelectorAll('input');
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(low, '2.50');
    low.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await show({ ...first, cuts: [2.5, 4] });
  expect(inputs()).toEqual(['2.50', '4']);
  await show({ ...first, cuts: [Math.fround(2.6), 4] });
  expect(inputs()).toEqual(['2.6', '4']);
  await show(labels([1.5, 3]));
  expect(inputs()).toEqual(['1.5', '3']);
});
