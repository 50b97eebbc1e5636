// @vitest-environment happy-dom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, it, vi } from 'vitest';
import type { Recipe } from '../../formats/recipe.ts';
import type { QualityIssue } from '../../formats/report.ts';
import { doubles, settle } from '../../store/doubles.testing.ts';
import { StudioProvider } from '../../store/react.tsx';
import { readingStudio } from '../../store/realIngest.testing.ts';
import { createStudio, type Studio } from '../../store/studio.ts';
import { QualityStage } from './QualityStage.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const ISSUES: readonly QualityIssue[] = [
  {
    code: 'missing-cells',
    count: 1200,
    where: 'line 7, column 3',
    message: '1200 cells without a value.',
    examples: [],
    repairs: [
      { in: 'recipe', path: 'repairs.missing', value: 'median', label: 'Fill' },
      { in: 'recipe', path: 'repairs.missing', value: 'drop-rows', label: 'Leave out' },
    ],
  },
  {
    code: 'outliers',
    count: 2,
    where: 'column "a"',
    message: '2 columns.',
    examples: ['a: 1e9', 'b: 1e8'],
    repairs: [
      { in: 'run', path: 'data.clipPercentile', value: 0, label: 'Full range' },
      { in: 'run', path: 'data.clipPercentile', value: 1, label: 'Clip' },
    ],
  },
];

let workers: ReturnType<typeof doubles>;
let studio: Studio;
let page: HTMLElement;

beforeEach(async () => {
  workers = doubles();
  studio = createStudio({ clients: workers.clients, storage: () => localStorage, settleMs: 1e6 });
  await studio.corpora.loadDemo();
  const { corpora } = studio.store.getState();
  const { report, recipe } = corpora.source;
  if (!report || !recipe) throw new Error('The demo corpora are not there.');
  const left: Recipe = { ...recipe, repairs: { ...recipe.repairs, ignored: ['loudness', 'pitch'] } };
  studio.store.setState({
    corpora: {
      ...corpora,
      source: { ...corpora.source, report: { ...report, quality: ISSUES }, recipe: left },
    },
  });
  await show();
});

async function show(): Promise<void> {
  page = document.createElement('div');
  // Only what is in the document takes the focus.
  document.body.replaceChildren(page);
  await act(async () =>
    createRoot(page).render(
      <StudioProvider studio={studio}>
        <QualityStage />
      </StudioProvider>,
    ),
  );
}

const buttons = () => [...page.querySelectorAll('button')];
const button = (label: string) => {
  const found = buttons().find((one) => (one.getAttribute('aria-label') ?? one.textContent) === label);
  if (!found) throw new Error(`No button "${label}".`);
  return found;
};
const pressed = () =>
  buttons()
    .filter((one) => one.getAttribute('aria-pressed') === 'true')
    .map(({ textContent }) => textContent);
const click = (label: string) =>
  act(async () => {
    button(label).click();
    await settle();
  });

it('lists what is wrong with the choice in force pressed, and says calmly where nothing is', () => {
  expect(pressed()).toEqual(['Fill', 'Full range']);
  expect(page.textContent).toContain('1,200');
  expect(page.textContent).toContain('First: line 7, column 3');
  expect(page.querySelector('[aria-label="Quality of the target"]')?.textContent).toContain('Nothing found');
});

it('decides by one click: of the corpus in its recipe, of the run in its settings', async () => {
  await click('Clip');
  expect(studio.store.getState().setup.settings.data.clipPercentile).toBe(1);
  expect(pressed()).toEqual(['Fill', 'Clip']);
  await click('Leave out');
  expect(workers.calls.find((call) => call.startsWith('revise'))).toContain('"missing":"drop-rows"');
});

it('takes features back that were left out', async () => {
  button('Take pitch back').focus();
  await click('Take pitch back');
  expect(studio.store.getState().corpora.source.recipe?.repairs.ignored).toEqual(['loudness']);
  expect(document.activeElement).toBe(button('Take loudness back'));
  await click('Take loudness back');
  expect(document.activeElement?.textContent).toBe('Source');
});

it('says once what a repair made, or why it cannot be done', async () => {
  ({ studio } = readingStudio());
  const text = 'file,a,b\nu1,1,\nu2,,4\nu2,,4\n';
  await studio.corpora.read('source', [new File([text], 'mine.csv')]);
  await show();
  const column = page.querySelector<HTMLElement>('[aria-label="Quality of the source"]')!;
  const said = () => column.querySelector('[role="status"]')?.textContent;
  expect(said()).toBe('');
  await click('Keep the first of each');
  expect(said()).toBe('mine made anew: 2 rows, 2 features');
  await click('Leave their rows out');
  expect(said()).toBe('');
  const alert = column.querySelector('[role="alert"]');
  expect(alert?.textContent).toContain('These repairs would leave no row of 3: every row has a gap.');
  await click('Dismiss');
  expect(column.querySelector('[role="alert"]')).toBeNull();
  expect(document.activeElement).toBe(column.querySelector('h3'));
});

it('changes nothing while methods are compared', async () => {
  await act(async () => {
    const { compare } = studio.store.getState();
    studio.store.setState({ compare: { ...compare, status: 'running' } });
  });
  expect(buttons().every(({ disabled }) => disabled)).toBe(true);
  expect(page.textContent).toContain('Stop the run or comparison');
});
