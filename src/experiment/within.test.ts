import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCorpusFiles } from '../../cli/files.ts';
import { CLASSES, type Corpus, corpusClasses } from '../corpus/corpus.ts';
import { type BackendName, memoryUse, selectBackend } from '../nn/backend.ts';
import { type RunEvent, WITHIN_ROWS } from './events.ts';
import { hyperplaneSteps } from './plan.ts';
import { presetConfig } from './presets.ts';
import { tinyConfig, tinyCorpora } from './tiny.testing.ts';
import { type CorpusPair, plannedWithinSteps, runWithin, type WithinOptions } from './within.ts';

const config = tinyConfig({ recogniser: { steps: 4 } });

async function collect(pair: CorpusPair, options: WithinOptions = {}): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runWithin(config, pair, { now: () => 0 }, options)) events.push(event);
  return events;
}

const scores = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'score' ? [event.score] : []));
const notes = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'note' ? [event.message] : []));

describe.each<BackendName>(['cpu', 'wasm'])('recognition within each corpus on %s', (backend) => {
  beforeAll(() => selectBackend(backend));
  afterAll(() => selectBackend('cpu'));

  it('fills its rows, every row of a corpus judged once, in the steps it planned', async () => {
    const pair = tinyCorpora();
    const events = await collect(pair);
    const planned = plannedWithinSteps(config, pair);
    expect(events[0]).toEqual({ type: 'phase', phase: 'recognisers', steps: planned });
    expect(notes(events)).toEqual([]);
    expect(scores(events).map(({ set }) => set)).toEqual(WITHIN_ROWS);
    for (const { set, repeat, uar, confusion, shares } of scores(events)) {
      expect(repeat).toBe(0);
      expect(uar).toBeGreaterThanOrEqual(0);
      const { rows } = set.startsWith('target') ? pair.target : pair.source;
      expect(confusion?.flat().reduce((a, b) => a + b)).toBe(rows);
      expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1);
    }
    const steps = events.filter((event) => event.type === 'step');
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: planned }, (_, i) => i + 1));
    expect(new Set(steps.map((event) => event.steps))).toEqual(new Set([planned]));
  });

  it('repeats itself, returns its scores, and gives every tensor back, also when stopped', async () => {
    const before = memoryUse().tensors;
    const pair = tinyCorpora();
    const first = await collect(pair);
    expect(await collect(pair)).toEqual(first);
    const run = runWithin(config, pair, { now: () => 0 });
    for (let i = 0; i < 3; i++) await run.next();
    await run.return([]);
    expect(memoryUse().tensors).toBe(before);
    const whole = runWithin(config, pair, { now: () => 0 }, { sides: ['target'] });
    let last = await whole.next();
    while (!last.done) last = await whole.next();
    expect(last.value).toEqual(scores(first).slice(0, 2));
  });
});

describe('recognition within a corpus', () => {
  const { source } = tinyCorpora();
  const pair = { source, target: { ...source, name: 'other' } };
  const withTarget = (change: Partial<Corpus>): CorpusPair => ({
    ...pair,
    target: { ...pair.target, ...change },
  });
  const speakers = pair.target.speakers!;
  const index = Int32Array.from(corpusClasses(source, 'activation'));
  const labels = {
    kind: 'categorical',
    column: 'activation',
    names: CLASSES,
    index,
    mapping: [0, 1, 2],
  } as const;
  const rowsOfTarget = ['target-dnn', 'target-svm'];
  const filled = (events: readonly RunEvent[]) => scores(events).map(({ set }) => set);

  it('is of the sides asked for', async () => {
    const options = { sides: ['source'] } as const;
    const events = await collect(pair, options);
    expect(filled(events)).toEqual(['source-dnn', 'source-svm']);
    expect(plannedWithinSteps(config, pair, options)).toBeLessThan(plannedWithinSteps(config, pair));
    // A side's figures do not depend on whether the other's are wanted.
    expect(scores(events)).toEqual(scores(await collect(pair)).slice(2));
    expect(plannedWithinSteps(config, pair, { sides: [] })).toBe(0);
  });

  it.each<[string, Partial<Corpus>, RegExp]>([
    ['no labels', { labels: {} }, /no activation labels.*at least two classes/],
    [
      'labels of one class',
      { labels: { activation: { ...labels, mapping: [2, 2, 2] } } },
      /labels are of one class/,
    ],
    ['one speaker', { speakers: { names: ['anna'], index: new Int32Array(source.rows) } }, /of one speaker/],
    [
      'rows that are all the same',
      { values: new Float32Array(pair.target.values.length) },
      /all others equal one of them/,
    ],
  ])('leaves out a corpus with %s, saying why', async (_, change, reason) => {
    const given = withTarget(change);
    const events = await collect(given);
    expect(filled(events)).toEqual(['source-dnn', 'source-svm']);
    expect(notes(events)).toEqual([expect.stringMatching(reason)]);
    expect(notes(events)[0]).toContain(`"${pair.target.name}" is left out`);
    expect(plannedWithinSteps(config, given, { sides: ['target'] })).toBe(0);
  });

  it('holds out fifths of a corpus without speakers, and calls the figures optimistic', async () => {
    const events = await collect(withTarget({ speakers: null }), { sides: ['target'] });
    expect(filled(events)).toEqual(rowsOfTarget);
    expect(notes(events)).toEqual([expect.stringMatching(/names no speakers.*optimistic/)]);
  });

  it('leaves out rows without label or speaker and keeps twins apart, telling how many', async () => {
    const known = index.map((label, row) => (row < 3 ? -1 : label));
    const nameless = speakers.index.map((speaker, row) => (row >= 3 && row < 5 ? -1 : speaker));
    const values = pair.target.values.slice();
    const columns = pair.target.features.length;
    const twin = speakers.index.findLastIndex((speaker) => speaker !== speakers.index[10]);
    values.copyWithin(twin * columns, 10 * columns, 11 * columns);
    const changed = withTarget({
      values,
      labels: { activation: { ...labels, index: known } },
      speakers: { ...speakers, index: nameless },
    });
    const events = await collect(changed, { sides: ['target'] });
    expect(notes(events)).toEqual([
      expect.stringMatching(/^3 rows .* without labels/),
      expect.stringMatching(/^2 rows .* name no speaker/),
      expect.stringMatching(/^2 rows .* equal a held-out row/),
    ]);
    for (const { confusion } of scores(events)) {
      expect(confusion?.flat().reduce((a, b) => a + b)).toBe(source.rows - 3 - 2);
    }
  });
});

it.each([
  [535, 67],
  [1440, 236],
])('counts a hyperplane between %i rows of 1,582 features as the steps that take its %i ms', (rows, ms) => {
  const { settings } = presetConfig('quick', 'activation', 1);
  const msOfStep = 3.8;
  const counted = hyperplaneSteps(settings, rows, 1582) * msOfStep;
  expect(counted / ms).toBeGreaterThan(0.8);
  expect(counted / ms).toBeLessThan(1.2);
});

const EMODB = '../shared/data/corpora/emodb_emobase2010.csv.gz';

it.skipIf(!existsSync(EMODB))(
  'the SVM recognises activation in EmoDB as LIBLINEAR does (skipped where ../shared/data is absent)',
  async () => {
    await selectBackend('wasm');
    const { corpus } = await readCorpusFiles([EMODB]);
    const { seed, settings } = presetConfig('quick', 'activation', 1);
    // The network is not what is tested here.
    Object.assign(settings.classifier, { hidden: [2] });
    Object.assign(settings.recogniser, { steps: 1 });
    const options = { sides: ['target'] } as const;
    const run = runWithin(
      { task: 'activation', seed, settings },
      { source: corpus, target: corpus },
      { now: () => 0 },
      options,
    );
    for await (const event of run) {
      if (event.type !== 'score' || event.score.set !== 'target-svm') continue;
      expect(Math.abs(event.score.uar! - 85.5)).toBeLessThan(0.5);
    }
    expect.assertions(1);
    await selectBackend('cpu');
  },
);
