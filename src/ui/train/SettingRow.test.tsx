// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESETS } from '../../experiment/presets.ts';
import { createClient } from '../../store/clients.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio, type Studio } from '../../store/studio.ts';
import { SettingsDialog } from './SettingsDialog.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

/** No worker is needed to change settings. */
const noWorker = () =>
  createClient<never>(() => {
    throw new Error('No worker in this test.');
  }, 'test');

let studio: Studio;
let page: HTMLElement;

const field = (label: string, group: string): HTMLInputElement => {
  const section = [...page.querySelectorAll('section')].find(
    (s) => s.querySelector('h3')?.textContent === group,
  );
  const named = [...(section?.querySelectorAll('label') ?? [])].find((l) => l.textContent === label);
  return page.querySelector(`[id="${named?.htmlFor}"]`)!;
};

/** Types as a user does: React listens to the native setter and to the bubbling event. */
const type = (input: HTMLInputElement, text: string) =>
  act(() => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });

beforeEach(async () => {
  studio = createStudio({
    clients: {
      source: noWorker(),
      target: noWorker(),
      trainer: noWorker(),
      projection: noWorker(),
      diagnosis: noWorker(),
    },
    storage: () => localStorage,
    settleMs: 1e6,
  });
  page = document.createElement('div');
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <SettingsDialog dialog={{ current: null }} />
      </StudioProvider>,
    ),
  );
});

describe('a setting', () => {
  const { batch } = PRESETS.quick.settings.gan;
  const inForce = () => studio.store.getState().setup.settings.gan.batch;

  it('is taken over when it is valid, and counted as changed', async () => {
    await type(field('Batch', 'GAN'), '32');
    expect(inForce()).toBe(32);
    expect(page.textContent).toContain('1 setting changed from the preset “Quick”');
  });

  it('says what is wrong with a bad value and keeps the old one', async () => {
    await type(field('Batch', 'GAN'), 'many');
    expect(inForce()).toBe(batch);
    expect(field('Batch', 'GAN').value).toBe('many');
    expect(page.textContent).toContain(`Not a number; still in force: ${batch}`);
    await type(field('Batch', 'GAN'), '1');
    expect(inForce()).toBe(batch);
    expect(page.textContent).toMatch(/>=2.*still in force/);
  });

  it('cannot be changed while a comparison goes on', async () => {
    await act(() => {
      const { compare } = studio.store.getState();
      studio.store.setState({ compare: { ...compare, status: 'running' } });
    });
    expect(field('Batch', 'GAN').disabled).toBe(true);
    expect(page.textContent).toContain('when the run or comparison has ended');
  });

  it('goes back to the preset', async () => {
    await type(field('Batch', 'GAN'), '32');
    const reset = page.querySelector<HTMLButtonElement>(
      `[aria-label="Reset Batch to ${batch}"][style*="visible"]`,
    );
    await act(() => reset?.click());
    expect(inForce()).toBe(batch);
  });
});
