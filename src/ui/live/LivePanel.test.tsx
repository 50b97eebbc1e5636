// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../experiment/events.ts';
import { doubles, memoryStorage, settle, update } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio, type Studio } from '../../store/studio.ts';
import { LivePanel } from './LivePanel.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

let workers: ReturnType<typeof doubles>;
let studio: Studio;
let page: HTMLElement;

const button = (name: string) =>
  [...page.querySelectorAll('button')].find((one) => one.textContent?.trim() === name)!;
const named = (name: string) => {
  const label = [...page.querySelectorAll('label')].find((one) => one.textContent === name);
  return page.querySelector<HTMLInputElement>(`[id="${label?.htmlFor}"]`)!;
};
const radio = (name: string) =>
  [...page.querySelectorAll('label')].find((one) => one.textContent === name)!.querySelector('input')!;
const summary = () => page.querySelector('summary')?.textContent ?? '';

/** Types as a user does: React listens to the native setter and to the bubbling event. */
const put = async (input: HTMLInputElement, text: string) => {
  await act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await act(() => input.dispatchEvent(new FocusEvent('focusout', { bubbles: true })));
};

const train = (...events: readonly RunEvent[]) =>
  act(async () => {
    void studio.run.start();
    await settle();
    workers.send(update([{ type: 'phase', phase: 'gan', steps: 100 }, ...events]));
  });
const tell = (...events: readonly RunEvent[]) => act(() => workers.send(update(events)));

beforeEach(async () => {
  workers = doubles();
  studio = createStudio({ clients: workers.clients, storage: () => memoryStorage(), settleMs: 1e6 });
  await studio.corpora.loadDemo();
  page = document.createElement('div');
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <LivePanel />
      </StudioProvider>,
    ),
  );
  const details = page.querySelector('details')!;
  await act(async () => {
    details.open = true;
    details.dispatchEvent(new Event('toggle'));
    await settle();
  });
});

describe('live settings', () => {
  it('are those of the set-up before a run, and say what was changed', async () => {
    await put(named('λ₂ cycle'), '25');
    expect(studio.store.getState().setup.settings.gan.lambdaCycle).toBe(25);
    expect(summary()).toContain('1 changed');
    await act(() => button('back to 10').click());
    expect(studio.store.getState().setup.settings.gan.lambdaCycle).toBe(10);
    expect(summary()).toContain('nothing changed');
  });

  it('go to the run while it trains, and are pending until they are carried out', async () => {
    await train();
    await put(named('λ₂ cycle'), '25');
    expect(studio.store.getState().setup.settings.gan.lambdaCycle).toBe(10);
    const request = { kind: 'set', set: { lambdaCycle: 25 } } as const;
    expect(studio.store.getState().timeline.pending).toEqual([request]);
    expect(page.textContent).toContain('with the next step');
    await tell({ type: 'changed', change: { after: 7, request } });
    expect(page.textContent).not.toContain('with the next step');
    expect(named('λ₂ cycle').value).toBe('25');
    expect(button('back to 10')).toBeDefined();
  });

  it('refuse what the schema refuses, and say what stays in force', async () => {
    await train();
    await put(named('λ₂ cycle'), '-1');
    expect(studio.store.getState().timeline.pending).toEqual([]);
    expect(page.textContent).toMatch(/>=0.*still 10/);
  });

  it('are asked for once the slider is let go, not for every place on the way', async () => {
    await train();
    const slider = page.querySelector<HTMLInputElement>('[aria-label="λ₂ cycle, slider"]')!;
    for (const position of ['70', '80', '90']) {
      await act(() => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(slider, position);
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      });
    }
    expect(studio.store.getState().timeline.pending).toEqual([]);
    await act(() => slider.dispatchEvent(new Event('pointerup', { bubbles: true })));
    expect(studio.store.getState().timeline.pending).toHaveLength(1);
  });

  it('let one side take a single step', async () => {
    await train();
    expect(button('D only').disabled).toBe(true);
    await act(() => workers.send(update([], 'paused')));
    await act(() => button('D only').click());
    expect(workers.calls.slice(-2)).toEqual([expect.stringContaining('discriminators'), 'step']);
    // Who is left out is said in the picture, which a single step brings up.
    expect(page.querySelector('figure')?.textContent).toContain('stays as it is');
  });

  it('set a pace that the next run has too', async () => {
    await act(() => radio('1/s').click());
    expect(summary()).toContain('1/s');
    await train();
    expect(workers.calls).toContain('pace 1000');
  });

  it('are out of reach once the GAN is trained', async () => {
    await train({ type: 'phase', phase: 'recognisers', steps: 10 });
    expect(named('λ₂ cycle').disabled).toBe(true);
    expect(button('Finish training now').disabled).toBe(true);
    expect(page.textContent).toContain('The GAN is trained.');
  });
});
