// @vitest-environment happy-dom
/** The editors of labels and speakers, with the reading worker's own service behind them. */
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import type { CompareState } from '../../../store/compare.ts';
import { StudioProvider } from '../../../store/react.tsx';
import { readingStudio } from '../../../store/realIngest.testing.ts';
import { LabelsStage } from './LabelsStage.tsx';
import { withLabels } from './labelChoices.ts';

vi.mock('../../chart/Chart.tsx', () => ({ Chart: () => null }));
vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const EMOTIONS = ['anger', 'anger', 'sadness', 'sadness', 'neutral', 'zest'];
const ACTIVATIONS = [1, 1.5, 4.5, 5, 3, 3.5];

/** Six utterances of two speakers; anger is rated less active than sadness. */
const file = () => {
  const rows = EMOTIONS.map((emotion, r) => `s${r % 2}_u${r}.wav,${emotion},${ACTIVATIONS[r]},${r},${r * r}`);
  return new File([['file,emotion,activation,f1,f2', ...rows].join('\n')], 'small.csv');
};

let root: Root;
// What waits to be tried must not be tried after the test.
afterEach(() => act(async () => root.unmount()));

/** Until something holds, with what happens meanwhile on the page. */
const until = (holds: () => void) =>
  vi.waitFor(
    async () => {
      await act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
      holds();
    },
    { timeout: 3000, interval: 1 },
  );

async function opened() {
  const { studio } = readingStudio();
  await studio.corpora.read('source', [file()]);
  expect(studio.store.getState().corpora.source.error).toBeNull();
  const page = document.createElement('div');
  document.body.append(page);
  root = createRoot(page);
  await act(async () =>
    root.render(
      <StudioProvider studio={studio}>
        <LabelsStage />
      </StudioProvider>,
    ),
  );
  const [panel] = page.querySelectorAll('section[aria-labelledby="labels-source"]');
  const [activation, valence, speakers] = panel.querySelectorAll(':scope > section');
  const slot = () => studio.store.getState().corpora.source;
  /** Until the corpus has been made anew. */
  const settled = () => until(() => expect(slot().revising).toBeNull());
  const press = async (within: Element, text: string) => {
    const button = [...within.querySelectorAll('button')].find((one) => one.textContent === text);
    expect(button, text).toBeDefined();
    await act(async () => button!.click());
    await settled();
  };
  const pick = async (within: Element, label: string, name: string) => {
    const groups = [...within.querySelectorAll('[role="radiogroup"]')];
    const group = groups.find((one) => one.firstElementChild?.textContent === label)!;
    await act(async () => group.querySelector<HTMLInputElement>(`input[value="${name}"]`)!.click());
    await settled();
  };
  return { studio, panel, activation, valence, speakers, slot, settled, press, pick };
}

async function enter(control: HTMLInputElement | HTMLSelectElement, value: string) {
  const type = control instanceof HTMLSelectElement ? HTMLSelectElement : HTMLInputElement;
  await act(async () => {
    Object.getOwnPropertyDescriptor(type.prototype, 'value')?.set?.call(control, value);
    control.dispatchEvent(new Event(type === HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
  });
}

it('gives a word another class, marks those without one, and goes back to the circumplex', async () => {
  const { valence, slot, press, pick } = await opened();
  const unmapped = () =>
    [...valence.querySelectorAll('[data-unmapped="true"] th')].map((word) => word.textContent);
  expect(slot().report?.tasks.valence).toEqual({ low: 4, mid: 1, high: 0 });
  expect(unmapped()).toEqual(['zest']);
  await pick(valence, 'valence: class of zest', 'high');
  expect(slot().report?.tasks.valence).toEqual({ low: 4, mid: 1, high: 1 });
  expect(unmapped()).toEqual([]);
  await press(valence, 'Reset to the circumplex');
  expect(slot().report?.tasks.valence).toEqual({ low: 4, mid: 1, high: 0 });
});

it('moves boundaries by their handles and by presets', async () => {
  const { activation, slot, press } = await opened();
  const [low] = activation.querySelectorAll<HTMLInputElement>('input[type="range"]');
  await enter(low, '1.2');
  expect(slot().recipe?.labels.activation).toMatchObject({ cuts: [1.2, 4] });
  expect(slot().report?.tasks.activation).toEqual({ low: 1, mid: 3, high: 2 });
  expect(low.getAttribute('aria-valuetext')).toBe('low ≤ 1.2');
  await press(activation, '1 to 5: ≤ 2, ≥ 4');
  expect(slot().report?.tasks.activation).toEqual({ low: 2, mid: 2, high: 2 });
});

it('offers to turn a scale on which anger is less active than sadness', async () => {
  const { activation, slot, press } = await opened();
  expect(activation.textContent).toContain('Anger is rated less active than sadness');
  await press(activation, 'Turn it round (6 − rating)');
  expect(slot().recipe?.labels.activation).toMatchObject({ reversedFrom: 6, cuts: [2, 4] });
  expect(slot().corpus?.labels.activation).toMatchObject({
    ratings: Float32Array.of(1, 1.5, 4.5, 5, 3, 3.5),
    reversedFrom: 6,
  });
  expect(slot().report?.tasks.activation).toEqual({ low: 2, mid: 2, high: 2 });
  expect(activation.textContent).not.toContain('Anger is rated less active');
  expect(activation.querySelector<HTMLInputElement>('input[type="checkbox"]')?.checked).toBe(true);
});

it('takes labels from another column, or from none', async () => {
  const { activation, slot, settled, press } = await opened();
  const select = activation.querySelector('select')!;
  const optionOf = (name: string) =>
    [...select.options].find(({ textContent }) => textContent.startsWith(name))!.value;
  await enter(select, optionOf('emotion'));
  await settled();
  expect(slot().recipe?.labels.activation).toMatchObject({ from: 'words', column: 'emotion' });
  expect(slot().report?.tasks.activation).toEqual({ low: 2, mid: 1, high: 2 });
  await enter(select, '-1');
  await settled();
  expect(activation.textContent).toContain('No labels: 6 rows');
  await press(activation, 'As found');
  expect(slot().recipe?.labels.activation).toMatchObject({ from: 'ratings', column: 'activation' });
});

it('shows what a pattern finds, or what is wrong with it, before it is used', async () => {
  const { speakers, slot, pick, press } = await opened();
  await pick(speakers, 'Speakers of the source are taken from', 'pattern');
  const input = speakers.querySelector<HTMLInputElement>('input[type="text"]')!;
  const shows = (text: string) => until(() => expect(speakers.textContent).toContain(text));
  await enter(input, '(s');
  await shows('The pattern has');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  await enter(input, '^(s[01])_u[0-4]');
  await shows('2 speakers in 5 of 6 names; 1 without a speaker');
  expect(slot().corpus?.speakers).toBeNull();
  await press(speakers, 'Use it');
  expect(slot().corpus?.speakers?.names).toEqual(['s0', 's1']);
  expect(slot().recipe?.speaker).toEqual({ from: 'pattern', pattern: '^(s[01])_u[0-4]' });
});

it('looks at a way to speakers for the corpus it was looked at, not for the next one', async () => {
  const { studio, speakers, pick } = await opened();
  await pick(speakers, 'Speakers of the source are taken from', 'pattern');
  expect(speakers.querySelector('input[type="text"]')).not.toBeNull();
  await act(async () => studio.corpora.read('source', [file()]));
  expect(speakers.querySelector('input[type="text"]')).toBeNull();
});

it('lists two hundred speakers, and counts the others', async () => {
  const { studio, speakers } = await opened();
  const rows = Array.from({ length: 230 }, (_, r) => `u${r},s${r},${r}`);
  const many = new File([['file,speaker,f1', ...rows].join('\n')], 'many.csv');
  await act(async () => studio.corpora.read('source', [many]));
  expect(speakers.textContent).toContain('230 speakers');
  expect(speakers.querySelectorAll('details li')).toHaveLength(200);
  expect(speakers.textContent).toContain('… and 30 more');
});

it('says of words that are not listed what they stand for', async () => {
  const { studio, valence, slot } = await opened();
  const rows = Array.from({ length: 130 }, (_, r) => `u${r},w${r},${r}`);
  const many = new File([['file,valence,f1', ...rows].join('\n')], 'many.csv');
  await act(async () => studio.corpora.read('source', [many]));
  const words = slot().report?.columns[0].words.map(({ word }) => word) ?? [];
  expect(words).toHaveLength(100);
  const choose = (mapping: Record<string, 'low' | 'none'>) =>
    act(async () =>
      studio.corpora.revise('source', withLabels('valence', { from: 'words', column: 'valence', mapping })),
    );
  await choose({ w0: 'none' });
  expect(valence.textContent).toContain('all others are of no class');
  await choose({ w129: 'low', w128: 'low', w127: 'none' });
  expect(valence.textContent).toContain('2 others of a class, the rest of none');
});

it('locks everything while methods are compared, and says why', async () => {
  const { studio, panel } = await opened();
  const controls = () => [
    ...panel.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLButtonElement>(
      'input, select, button',
    ),
  ];
  const status: CompareState['status'] = 'running';
  await act(async () => studio.store.setState(({ compare }) => ({ compare: { ...compare, status } })));
  expect(controls().length).toBeGreaterThan(20);
  expect(controls().filter(({ disabled }) => !disabled)).toEqual([]);
  expect(panel.textContent).toContain('Stop the run or comparison');
});
