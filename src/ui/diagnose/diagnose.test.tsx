// @vitest-environment happy-dom
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../diagnosis/finding.ts';
import { presetConfig } from '../../experiment/presets.ts';
import { doubles } from '../../store/doubles.testing.ts';
import type { RunProgress } from '../../store/progress.ts';
import { StudioProvider } from '../../store/react.tsx';
import { createStudio, type Studio } from '../../store/studio.ts';
import type { TimelineState } from '../../store/timeline.ts';
import { ANCHORS, momentOf, networksOf, samplesOf } from '../timeline/moments.testing.ts';
import { costText } from './costText.ts';
import { FindingsPanel } from './FindingsPanel.tsx';
import { formatMetric } from './formatMetric.ts';
import { HighlightProvider } from './highlight.tsx';
import { MetricsPanel } from './MetricsPanel.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// Charts draw nothing here: what they are given is tested beside them.
vi.mock('../chart/Chart.tsx', () => ({
  Chart: ({ label }: { label: string }) => <figure aria-label={label} />,
}));

/** What the rules would find at each moment, by its step. */
const found = vi.hoisted(() => ({ atStep: new Map<number, readonly unknown[]>() }));
vi.mock('../../diagnosis/findings.ts', () => ({
  findingsAlong: (history: readonly { step: number }[]) =>
    history.map(({ step }) => found.atStep.get(step) ?? []),
}));

const COLLAPSE: Finding = {
  id: 'mode-collapse/B/2',
  failure: 'mode-collapse',
  severity: 'critical',
  type: 'B',
  classIndex: 2,
  network: 'G_ST',
  title: 'Mode collapse: type B, high',
  sentence: 'All samples look alike.',
  figures: [{ curve: 'B/recall/2', value: 0.02, expected: 'about 0.80, as real rows have it' }],
  remedies: [
    { kind: 'live', label: 'Raise the penalty', request: { kind: 'set', set: { lambdaPenalty: 20 } } },
    { kind: 'live', label: 'Go back', request: { kind: 'restore' } },
    { kind: 'next', label: 'More epochs', settings: { gan: { epochs: 77 } } },
  ],
  since: 100,
};
const NOTICE: Finding = {
  ...COLLAPSE,
  id: 'n',
  severity: 'notice',
  title: 'A notice',
  type: null,
  remedies: [],
};

let studio: Studio;
let page: HTMLElement;
let calls: string[];

const patch = (timeline: Partial<TimelineState>, run: Partial<RunProgress> = {}) =>
  act(async () => {
    const state = studio.store.getState();
    studio.store.setState({
      timeline: { ...state.timeline, ...timeline },
      run: { ...state.run, ...run },
    });
  });
/** Another array every time: what is known of the same one is kept. */
const moments = () => [
  momentOf(1, 50),
  momentOf(2, 100),
  momentOf(3, 150, { samples: samplesOf(150, 0.25) }),
];
const TRAINING = { status: 'running', phase: 'gan', phases: { gan: { step: 150, steps: 400 } } } as const;
const button = (text: string) =>
  [...page.querySelectorAll('button')].find((b) => b.textContent.includes(text))!;
const click = (text: string) => act(async () => button(text).click());
const cell = (name: string) => page.querySelector<HTMLElement>(`[data-cell="${name}"]`)!;
const values = (name: string) => [...cell(name).querySelectorAll('li')].map((li) => li.textContent);

const show = (panels: ReactNode) =>
  act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <HighlightProvider>{panels}</HighlightProvider>
      </StudioProvider>,
    ),
  );

beforeEach(() => {
  found.atStep = new Map();
  const parts = doubles();
  calls = parts.calls;
  studio = createStudio({ clients: parts.clients, storage: () => localStorage, settleMs: 1e6 });
  page = document.createElement('div');
  document.body.replaceChildren(page);
});

describe('findings', () => {
  beforeEach(() => show(<FindingsPanel />));

  it('say what will be watched before a run, and that nothing is wrong while nothing is', async () => {
    expect(page.textContent).toContain('Nothing to judge yet');
    expect(page.textContent).toContain('mode collapse');
    await patch({ moments: moments(), anchors: ANCHORS });
    expect(page.textContent).toContain('Nothing wrong at step 150');
    expect(page.querySelector('article[data-severity]')).toBeNull();
  });

  it('do not call a moment well that nobody has measured', async () => {
    await patch({ moments: [momentOf(1, 50, { samples: null })], anchors: ANCHORS });
    expect(page.textContent).toContain('Measuring');
    expect(page.textContent).not.toContain('Nothing wrong');
    await patch({ moments: [momentOf(1, 50), momentOf(2, 100, { samples: null })], anchors: ANCHORS });
    expect(page.textContent).toContain('Nothing wrong at step 50');
  });

  it('tell the worst first, with its figures beside what they should be', async () => {
    found.atStep.set(150, [NOTICE, COLLAPSE]);
    await patch({ moments: moments(), anchors: ANCHORS });
    const cards = [...page.querySelectorAll('article[data-severity]')];
    expect(cards.map((card) => card.querySelector('h3')?.textContent)).toEqual([
      COLLAPSE.title,
      NOTICE.title,
    ]);
    expect(cards[0].textContent).toContain('Critical');
    expect(cards[0].textContent).toContain('since step 100');
    expect(cards[0].textContent).toContain('Recall of B, high0.020expected: about 0.80');
  });

  it('are those of the moment on show', async () => {
    found.atStep.set(150, [COLLAPSE]);
    await patch({ moments: moments(), anchors: ANCHORS, position: 2 });
    expect(page.textContent).toContain('Nothing wrong at step 100');
  });

  it('are announced once, however often one looks at them', async () => {
    const said = () => page.querySelector('[role="status"]')?.textContent;
    found.atStep.set(150, [COLLAPSE]);
    await patch({ moments: moments(), anchors: ANCHORS });
    expect(said()).toBe('New since step 100: Mode collapse: type B, high.');
    found.atStep.set(200, [COLLAPSE, { ...NOTICE, since: 200 }]);
    await patch({ moments: [...moments(), momentOf(4, 200)] });
    expect(said()).toBe('New since step 200: A notice.');
    await patch({ position: 1 });
    await patch({ position: null });
    expect(said()).toBe('New since step 200: A notice.');
  });
});

it('a figure of a finding shows its curve and the samples at a click, and lets go at another', async () => {
  await show(
    <>
      <FindingsPanel />
      <MetricsPanel />
    </>,
  );
  found.atStep.set(150, [COLLAPSE]);
  const moment = momentOf(3, 150);
  moment.rows.B.classes.set([0, 2, 1, 2, 2, 0]);
  await patch({ moments: [moment], anchors: ANCHORS });
  await click('Recall of B');
  expect(studio.store.getState().selection.first?.samples).toEqual({ B: Int32Array.of(1, 3, 4) });
  expect(cell('recall').dataset.highlighted).toBe('true');
  expect(page.querySelector<HTMLInputElement>('input[value="high"]')?.checked).toBe(true);
  expect(cell('precision').dataset.highlighted).toBe('false');
  await click('Recall of B');
  expect(studio.store.getState().selection.first).toBeNull();
  expect(cell('recall').dataset.highlighted).toBe('false');
});

describe('remedies', () => {
  beforeEach(async () => {
    await show(<FindingsPanel />);
    found.atStep.set(150, [COLLAPSE]);
    await patch({ moments: moments(), anchors: ANCHORS }, { config: presetConfig('quick', 'valence', 1) });
  });

  it('act in the run that goes, once, and wait to be carried out', async () => {
    await patch({}, TRAINING);
    await click('Raise the penalty');
    expect(studio.store.getState().timeline.pending).toEqual([{ kind: 'set', set: { lambdaPenalty: 20 } }]);
    expect(button('Raise the penalty').disabled).toBe(true);
    expect(button('Raise the penalty').textContent).toContain('asked for');
    expect(calls.filter((call) => call.startsWith('change'))).toHaveLength(1);
  });

  it('that need a new run change the set-up, and stay as they are once set', async () => {
    await patch({}, TRAINING);
    await click('More epochs');
    expect(studio.store.getState().setup.settings.gan.epochs).toBe(77);
    expect(button('More epochs').textContent).toContain('set for the next run');
    expect(button('More epochs').disabled).toBe(true);
  });

  it('after a run are set for the next, or say when they can be used', async () => {
    expect(button('Raise the penalty').textContent).toContain('in the next run');
    await click('Raise the penalty');
    expect(studio.store.getState().setup.settings.gan.lambdaPenalty).toBe(20);
    expect(studio.store.getState().timeline.pending).toEqual([]);
    expect(button('Go back').disabled).toBe(true);
    expect(button('Go back').textContent).toContain('only while the GAN trains');
  });

  it('leave the set-up alone while methods are compared', async () => {
    const { compare } = studio.store.getState();
    await act(async () => studio.store.setState({ compare: { ...compare, status: 'running' } }));
    expect(button('More epochs').disabled).toBe(true);
    expect(button('More epochs').textContent).toContain('when the comparison has ended');
  });
});

describe('metrics', () => {
  beforeEach(() => show(<MetricsPanel />));

  it('show the values of the moment on show, of the type and class that is chosen', async () => {
    await patch({ moments: moments(), anchors: ANCHORS });
    expect(values('recall')).toEqual(['A0.25', 'B0.25', 'C0.25']);
    await patch({ position: 1 });
    expect(values('recall')).toEqual(['A0.50', 'B0.50', 'C0.50']);
    await act(async () => page.querySelector<HTMLInputElement>('input[value="B"]')?.click());
    await act(async () => page.querySelector<HTMLInputElement>('input[value="low"]')?.click());
    expect(values('recall')).toEqual(['B0.25']);
    expect(values('gradientsG')).toEqual(['identity1.50', 'cycle0.25']);
  });

  it('are short, and say what is negative or tiny', () => {
    const values = [0.9333, 1.066, 52.31, 145.2, 0.0551, -0.0232, 0.00055, 0, Number.NaN];
    expect(values.map(formatMetric)).toEqual([
      ...['0.93', '1.07', '52.3', '145', '0.055', '−0.023', '5.5e-4', '0', 'not a number'],
    ]);
  });

  it('offer to hold rows out where none are, for the next run', async () => {
    await act(async () => studio.setup.setSetting('gan', 'heldOut', 0));
    await patch({ moments: moments(), anchors: ANCHORS });
    expect(cell('discriminators').textContent).toContain('No rows held out');
    await click('Hold 10 % out');
    expect(studio.store.getState().setup.settings.gan.heldOut).toBe(0.1);
    expect(cell('discriminators').textContent).toContain('The next run holds 10 % out');
    await patch({ moments: [momentOf(9, 10, { networks: networksOf(10, 0.6) })] });
    expect(cell('discriminators').textContent).not.toContain('No rows held out');
  });

  it('say what measuring costs', async () => {
    const cost = { networks: 400, samples: 1000 };
    await patch({ moments: moments(), cost }, { elapsedMs: 10_000 });
    expect(costText(studio.store.getState())).toBe(
      'Measuring took 4 % of the run’s time; 120 ms a moment in its own worker.',
    );
    expect(page.textContent).toContain('Measuring took 4 %');
  });
});
