import { expect, it } from 'vitest';
import type { CellSummary, ComparisonResults } from '../../experiment/compare/summary.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { compareContent } from './compareContent.ts';
import { METHOD_GROUPS, methodsOfGroup } from './groups.ts';

const cell = (change: Partial<CellSummary>): CellSummary => ({
  method: 'ccemogan',
  samples: 'OB',
  mean: 50,
  sd: 1,
  seeds: [49, 51],
  seedNumbers: [1, 2],
  versus: null,
  ...change,
});

const results: ComparisonResults = {
  config: {
    task: 'valence',
    preset: 'quick',
    settings: PRESETS.quick.settings,
    methods: ['within', 'source-only', 'ccemogan'],
    seeds: [1, 2],
  },
  corpora: {} as ComparisonResults['corpora'],
  backends: ['wasm'],
  chance: 50,
  bound: { mean: 70, sd: 2 },
  speakers: null,
  cells: [
    cell({ method: 'within', samples: 'O', corpus: 'target', recogniser: 'dnn', mean: 70 }),
    cell({ method: 'within', samples: 'O', corpus: 'source', recogniser: 'dnn', mean: 90 }),
    cell({ method: 'source-only', samples: 'O', mean: 44 }),
    cell({}),
    cell({ samples: 'OC', mean: 48 }),
  ],
  diverged: [],
  notes: [],
  missing: [],
};

it('shows figures on the target only, with the rails to read them by', () => {
  const { rows, rails, groups, note } = compareContent(results, 'table');
  expect(rows.map(({ label }) => label)).toEqual([
    'Within target, DNN',
    'Source only',
    'CCEmoGAN OB',
    'CCEmoGAN OC',
  ]);
  expect(rows.map(({ group }) => groups[group])).toEqual(['Bounds', 'Bounds', 'This paper', 'This paper']);
  expect(rows.map(({ emphasised }) => emphasised)).toEqual([false, false, true, false]);
  expect(rails.map(({ value }) => value)).toEqual([50, 44, 70]);
  expect(note).toBe('valence, 2 seeds');
});

it('orders by mean where asked to', () => {
  const { rows } = compareContent(results, 'mean');
  expect(rows.map(({ mean }) => mean)).toEqual([70, 50, 48, 44]);
});

it('has every method in one group', () => {
  const grouped = METHOD_GROUPS.flatMap(methodsOfGroup);
  expect(new Set(grouped).size).toBe(grouped.length);
  expect(methodsOfGroup('paper')).toEqual(['ccemogan']);
});
