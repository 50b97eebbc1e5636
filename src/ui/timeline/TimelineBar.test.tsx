// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { presetConfig } from '../../experiment/presets.ts';
import { doubles } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio, type Studio } from '../../store/studio.ts';
import type { TimelineState } from '../../store/timeline.ts';
import { momentOf } from './moments.testing.ts';
import { TimelineBar } from './TimelineBar.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

let studio: Studio;
let page: HTMLElement;

const state = () => studio.store.getState().timeline;
const set = (timeline: Partial<TimelineState>) =>
  act(async () => studio.store.setState({ timeline: { ...state(), ...timeline } }));
const training = (step: number, steps: number) =>
  act(async () => {
    const { run } = studio.store.getState();
    studio.store.setState({
      run: {
        ...run,
        status: 'running',
        phase: 'gan',
        phases: { gan: { step, steps } },
        config: presetConfig('quick', 'valence', 1),
      },
    });
  });
const slider = () => page.querySelector<HTMLInputElement>('input[type=range]')!;
const press = (key: string) =>
  act(async () => slider().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })));
const button = (name: string) =>
  [...page.querySelectorAll('button')].find(
    (b) => b.getAttribute('aria-label') === name || b.textContent === name,
  )!;
const valueText = () => slider().getAttribute('aria-valuetext');

beforeEach(async () => {
  studio = createStudio({ clients: doubles().clients, storage: () => localStorage, settleMs: 1e6 });
  page = document.createElement('div');
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <TimelineBar />
      </StudioProvider>,
    ),
  );
});

const MOMENTS = [momentOf(1, 50), momentOf(2, 100), momentOf(3, 150)];

describe('the timeline', () => {
  it('says that there is nothing yet, and lets nothing be moved', () => {
    expect(page.textContent).toContain('No moments yet');
    expect(slider().disabled).toBe(true);
    expect([...page.querySelectorAll('button')].every((b) => b.disabled)).toBe(true);
  });

  it('goes through the moments by keyboard, and follows the newest at the end', async () => {
    await set({ moments: MOMENTS });
    await press('ArrowLeft');
    expect(state().position).toBe(2);
    await press('Home');
    expect(state().position).toBe(1);
    await press('ArrowLeft');
    expect(state().position).toBe(1);
    await press('ArrowRight');
    await press('ArrowRight');
    expect(state().position).toBeNull();
    await press('Home');
    await press('End');
    expect(state().position).toBeNull();
    await press(' ');
    expect(state().playing).toBe(4);
    await press(' ');
    expect(state().playing).toBeNull();
  });

  it('takes the moment that is nearest to where the knob is put', async () => {
    await training(200, 400);
    await set({ moments: MOMENTS });
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(slider(), '0.2');
      slider().dispatchEvent(new Event('input', { bubbles: true }));
    });
    expect(state().position).toBe(2);
  });

  it('says which moment is on show, and where training is when one looks back', async () => {
    await training(320, 400);
    await set({ moments: MOMENTS });
    expect(page.textContent).not.toContain('training at step');
    await set({ position: 2 });
    expect(page.textContent).toContain('Step 100 of 400');
    expect(page.textContent).toContain('training at step 320');
    expect(valueText()).toBe('step 100 of 400, no findings');
    expect(button('Live').getAttribute('aria-pressed')).toBe('false');
    await act(async () => button('Live').click());
    expect(valueText()).toBe('step 150 of 400, no findings');
  });

  it('names the samples kept at the end by the step of their networks', async () => {
    await set({ moments: [...MOMENTS, momentOf(4, 100, { final: true })] });
    expect(valueText()).toBe('samples kept, of step 100, no findings');
    expect(slider().value).toBe('1');
  });

  it('marks what was changed, from what to what, and goes there', async () => {
    await training(150, 150);
    await set({
      moments: MOMENTS,
      changes: [
        { after: 110, request: { kind: 'set', set: { lambdaCycle: 3 } } },
        { after: 110, request: { kind: 'extend', steps: 20 } },
      ],
      diverged: [{ step: 140, term: 'cycle', value: Number.NaN, restored: 100 }],
    });
    const before = presetConfig('quick', 'valence', 1).settings.gan.lambdaCycle;
    const change = button(`Step 110: λ₂ cycle ${before} → 3; 20 steps more`);
    expect(page.querySelectorAll('[aria-label="Changes"] button')).toHaveLength(2);
    expect(page.querySelector('[data-kind="divergence"]')?.getAttribute('aria-label')).toContain(
      'step 100 again',
    );
    await act(async () => change.click());
    expect(state().position).toBe(2);
  });

  it('plays at the speed that is chosen', async () => {
    await set({ moments: MOMENTS });
    const speed = page.querySelector('select')!;
    await act(async () => {
      speed.value = '8';
      speed.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await act(async () => button('Play the moments').click());
    expect(state()).toMatchObject({ playing: 8, position: 1 });
    await act(async () => button('Stop playing the moments').click());
    expect(state().playing).toBeNull();
  });
});
