import { describe, expect, it } from 'vitest';
import type { Corpus } from '../../corpus/corpus.ts';
import { identityOf } from '../../experiment/compare/identity.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { type CompareState, recallCompare } from '../../store/compare.ts';
import { type CorporaState, type CorpusSlot, INITIAL_CORPORA } from '../../store/corpora.ts';
import type { StudioState } from '../../store/studio.ts';
import {
  counts,
  faultOf,
  isOutdated,
  obstacle,
  secondsOf,
  seedStates,
  seedsText,
  statusText,
} from './compareText.ts';

const COUNTS = { low: 1, mid: 1, high: 1 };

const slot = (name: string, tasks: readonly ('activation' | 'valence')[]): CorpusSlot => ({
  corpus: { name, rows: 3 } as Corpus,
  report: {
    rows: 3,
    features: 2,
    featureSet: null,
    speakers: null,
    tasks: Object.fromEntries(tasks.map((task) => [task, COUNTS])),
    constantColumns: [],
    warnings: [],
    quality: [],
    files: [],
    columns: [],
    join: null,
  },
  recipe: null,
  made: null,
  revising: null,
  reading: null,
  error: null,
});

const corpora = (change: Partial<CorporaState> = {}): CorporaState => ({
  source: slot('a', ['activation', 'valence']),
  target: slot('b', ['activation']),
  pair: { shared: 2, onlySource: 0, onlyTarget: 0, conflict: null, caution: null },
  differences: INITIAL_CORPORA.differences,
  ...change,
});

const state = (change: Partial<CompareState> = {}): CompareState => ({
  ...recallCompare(() => ({ getItem: () => null })),
  methods: ['source-only', 'ccemogan'],
  seeds: 2,
  ...change,
});

const results = (missing: number): CompareState['results'] => ({
  config: {
    task: 'activation',
    preset: 'quick',
    settings: PRESETS.quick.settings,
    methods: ['source-only', 'ccemogan'],
    seeds: [1, 2],
  },
  corpora: {
    source: { name: 'a', rows: 3, features: 2, hash: '0', simulated: false },
    target: { name: 'b', rows: 3, features: 2, hash: '0', simulated: false },
  },
  backends: [],
  chance: null,
  bound: null,
  speakers: null,
  cells: [],
  diverged: [],
  missing: Array.from({ length: missing }, (_, i) => ({ method: 'ccemogan', seed: i + 1 })),
  notes: [],
});

describe('what stands in the way', () => {
  it('is nothing where both corpora have labels and a method is chosen', () => {
    expect(obstacle(corpora(), 'activation', ['dann'])).toBeNull();
  });

  it('is said with what to do', () => {
    expect(obstacle(corpora(), 'valence', ['dann'])).toBe(
      'The target carries no labels for valence, and a comparison scores every method on the target. ' +
        'Choose activation, for which it has some, or load another target in the studio.',
    );
    const none = corpora({ target: slot('b', []) });
    expect(obstacle(none, 'valence', ['dann'])).toMatch(/target\. Load another target in the studio\.$/);
    const source = corpora({ source: slot('a', ['valence']) });
    expect(obstacle(source, 'activation', ['dann'])).toMatch(/The source carries no labels for activation/);
    expect(obstacle(corpora({ pair: null }), 'activation', ['dann'])).toMatch(/Two corpora are needed/);
    expect(obstacle(corpora(), 'activation', [])).toMatch(/at least one method/);
  });
});

it('is at fault with the corpora, not with what is still to come', () => {
  expect(faultOf(corpora(), 'activation')).toBeNull();
  expect(faultOf(corpora({ pair: null }), 'valence')).toBeNull();
  expect(faultOf(corpora(), 'valence')).toMatch(/carries no labels/);
  const reading = { file: 'b.csv', since: 0, progress: null, remainingMs: null, again: false };
  const target = { ...slot('b', ['activation']), reading };
  expect(faultOf(corpora({ target }), 'valence')).toBeNull();
  const pair = { shared: 0, onlySource: 2, onlyTarget: 2, conflict: 'Other features.', caution: null };
  expect(faultOf(corpora({ pair }), 'activation')).toMatch(/do not fit together: Other features/);
});

it('says of a method’s seeds what their marks show', () => {
  const { config, ...rest } = results(0)!;
  const figures = {
    ...rest,
    config: { ...config, seeds: [1, 2, 3, 4] },
    missing: [3, 4].map((seed) => ({ method: 'ccemogan', seed }) as const),
    diverged: [{ method: 'ccemogan', seed: 2, message: 'NaN' } as const],
  };
  const states = seedStates(figures, 'ccemogan', 3)!;
  expect(states.map(({ state }) => state)).toEqual(['done', 'diverged', 'work', 'missing']);
  expect(seedsText(states)).toBe('2 of 4 seeds done, of which 1 diverged; 1 at work');
  expect(seedsText(seedStates(figures, 'source-only', null)!)).toBe('4 of 4 seeds done');
  expect(seedStates(figures, 'dann', null)).toBeNull();
});

describe('where a comparison stands', () => {
  it('counts what is over while it goes on, and what has figures afterwards', () => {
    const progress = { done: 3, units: 4, unitShare: 0, elapsedSeconds: 1, remainingSeconds: 1 };
    expect(counts(state({ status: 'running', progress, results: results(2) }))).toEqual({ done: 3, all: 4 });
    expect(counts(state({ status: 'finished', progress, results: results(2) }))).toEqual({ done: 2, all: 4 });
    expect(counts(state())).toEqual({ done: 0, all: 4 });
  });

  it('is told in a line', () => {
    const work = { unit: { method: 'ccemogan', seed: 2 }, phase: 'gan', step: 3, steps: 9 } as const;
    const line = (change: Partial<CompareState>, run: 'idle' | 'paused' = 'idle') =>
      statusText(state(change), null, run);
    expect(line({ results: results(4) })).toBe('Ready to compare');
    expect(line({ results: results(1) })).toBe('3 of 4 trainings done');
    expect(line({ results: results(0), status: 'finished' })).toBe('Done · 4 trainings');
    expect(line({ results: results(1), status: 'stopped' })).toBe('Stopped · 3 of 4 trainings done');
    expect(line({ status: 'running', work })).toBe('CCEmoGAN, seed 2 · Training the GAN');
    expect(line({ status: 'waiting' }, 'paused')).toMatch(/which is paused/);
    expect(statusText(state(), 'No corpora.', 'idle')).toBe('Nothing to compare yet');
  });
});

it('adds up what the missing trainings will take', () => {
  const seconds = { 'source-only': 1, ccemogan: 10 } as Parameters<typeof secondsOf>[1];
  const units = [
    { method: 'source-only', seed: 2 },
    { method: 'ccemogan', seed: 1 },
    { method: 'ccemogan', seed: 2 },
  ] as const;
  expect(secondsOf(units, seconds)).toBe(21);
  expect(secondsOf(units, null)).toBeNull();
});

it('knows figures of another set-up from those of the present one', () => {
  const { settings } = PRESETS.quick;
  const present = corpora();
  const { config, corpora: of } = results(0)!;
  const shown = {
    identity: identityOf(config, of, 'v1'),
    corpora: { source: present.source.corpus!, target: present.target.corpus! },
    recipes: null,
  };
  const studio = (setup: object = {}, compare: Partial<CompareState> = {}, other = present) =>
    ({
      corpora: other,
      setup: { task: 'activation', settings, ...setup },
      compare: state({ shown, ...compare }),
    }) as StudioState;
  expect(isOutdated(studio())).toBe(false);
  expect(isOutdated(studio({ task: 'valence' }))).toBe(true);
  expect(isOutdated(studio({ settings: PRESETS.paper.settings }))).toBe(true);
  expect(isOutdated(studio({}, { seeds: 3 }))).toBe(true);
  expect(isOutdated(studio({}, { methods: ['source-only', 'dann'] }))).toBe(true);
  expect(isOutdated(studio({}, {}, corpora({ target: slot('c', ['activation']) })))).toBe(true);
  // The same file with other boundaries between its classes has its name and size.
  expect(isOutdated(studio({}, {}, { ...present, target: slot('b', ['activation']) }))).toBe(true);
});
