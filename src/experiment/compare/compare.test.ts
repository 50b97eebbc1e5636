import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Corpus } from '../../corpus/corpus.ts';
import { randomStream } from '../../corpus/random.ts';
import { DivergenceError, type Method } from '../../methods/method.ts';
import { METHODS } from '../../methods/registry.ts';
import { memoryUse, selectBackend } from '../../nn/backend.ts';
import { runExperiment } from '../run.ts';
import { tinyConfig, tinyCorpora } from '../tiny.testing.ts';
import { type ComparisonOptions, compareMethods, prepareComparison } from './compare.ts';
import { type ComparisonConfig, METHOD_NAMES } from './config.ts';
import type { ComparisonEvent } from './events.ts';
import { type UnitResult, unitName } from './unit.ts';

const { task, preset, settings } = tinyConfig({ gan: { steps: 2, checkEvery: 2 }, recogniser: { steps: 2 } });
const config = (overrides: Partial<ComparisonConfig> = {}): ComparisonConfig => ({
  task,
  preset,
  settings,
  methods: ['source-only', 'ccemogan'],
  seeds: [7, 8],
  ...overrides,
});

/** Time that goes on by a second at every look. */
function environment() {
  let time = 0;
  return { backend: 'wasm', now: () => (time += 1000) } as const;
}

async function collect(
  asked: ComparisonConfig,
  options: ComparisonOptions = {},
  pair = tinyCorpora(),
): Promise<{ events: ComparisonEvent[]; results: readonly UnitResult[] }> {
  const events: ComparisonEvent[] = [];
  const run = compareMethods(prepareComparison(asked, pair), environment(), options);
  for (;;) {
    const { done, value } = await run.next();
    if (done) return { events, results: value };
    events.push(value);
  }
}

const started = (events: readonly ComparisonEvent[]) =>
  events.flatMap((event) => (event.type === 'unit-started' ? [unitName(event.unit)] : []));
const figures = (results: readonly UnitResult[]) => results.map(({ seconds, ...rest }) => rest);
const total = (row: UnitResult['rows'][number]) => row.confusion.flat(2).reduce((a, b) => a + b, 0);

function failing(error: Error): Method['train'] {
  return async function* () {
    yield { type: 'phase', phase: 'gan', steps: 3 };
    throw error;
  };
}

beforeAll(() => selectBackend('wasm'));
afterAll(() => selectBackend('cpu'));
afterEach(() => vi.restoreAllMocks());

describe('comparing', () => {
  it('trains every method from every seed and keeps what every speaker was taken for', async () => {
    const { events, results } = await collect(config());
    expect(started(events)).toEqual(['source-only-7', 'ccemogan-7', 'source-only-8', 'ccemogan-8']);
    expect(events[0]).toMatchObject({ type: 'planned' });
    const last = events.at(-1);
    expect(last).toMatchObject({ type: 'progress', progress: { done: 4, units: 4, remainingSeconds: 0 } });
    expect(results.map(({ rows }) => rows.map(({ row }) => row).join(' '))).toEqual([
      'source-only',
      'A B C OA OB OC',
      'source-only',
      'A B C OA OB OC',
    ]);
    const { target } = tinyCorpora();
    for (const row of results.flatMap(({ rows }) => rows)) {
      expect(row.uar).toHaveLength(settings.recogniser.seeds);
      expect(row.mean).toBeCloseTo((row.uar[0] + row.uar[1]) / 2, 12);
      expect(row.speakers.toSorted()).toEqual([...(target.speakers?.names ?? [])].toSorted());
      expect(total(row)).toBe(settings.recogniser.seeds * target.rows);
    }
  });

  it('finds the figures of a single run, baseline included', async () => {
    const { results } = await collect(config({ seeds: [7] }));
    const { prepared } = prepareComparison(config(), tinyCorpora());
    const run = { method: 'ccemogan', task, preset, seed: 7, settings } as const;
    const alone = new Map<string, number[]>();
    for await (const event of runExperiment(run, prepared, environment())) {
      if (event.type !== 'score') continue;
      const { set, uar } = event.score;
      alone.set(set, [...(alone.get(set) ?? []), uar as number]);
    }
    const compared = results.flatMap(({ rows }) => rows.map(({ row, uar }) => [row, uar] as const));
    expect(new Map(compared)).toEqual(alone);
  });

  it('leaves rows of both corpora out of every figure, each row with its own speaker, where asked to', async () => {
    const { source, target } = tinyCorpora();
    const width = source.features.length;
    const values = target.values.slice();
    for (const row of [0, 1, 2]) values.set(source.values.subarray(0, width), row * width);
    const data = { ...settings.data, sharedRows: 'drop' as const };
    const asked = config({
      settings: { ...settings, data },
      methods: ['source-only', 'within'],
      seeds: [7],
    });
    const { results } = await collect(asked, {}, { source, target: { ...target, values } });
    const [baseline, within] = results.map(({ rows }) => rows);
    const { names, index } = target.speakers!;
    const ofSpeaker = (name: string) => index.slice(3).filter((speaker) => names[speaker] === name).length;
    const [{ speakers, confusion }] = baseline;
    const repeats = settings.recogniser.seeds;
    expect(confusion.map((counts) => counts.flat().reduce((a, b) => a + b))).toEqual(
      speakers.map((name) => repeats * ofSpeaker(name)),
    );
    expect(
      within
        .find(({ row }) => row === 'target-dnn')
        ?.confusion[0].flat()
        .reduce((a, b) => a + b),
    ).toBe(47);
    const bare = { ...target, values, labels: {} };
    expect(() => prepareComparison(asked, { source, target: bare })).toThrow(
      /no activation labels among the 47 rows that are left: a comparison/,
    );
  });

  it('keeps what training had to say, but not what is the same for all', async () => {
    const { source, target } = tinyCorpora();
    const pair = { source, target: { ...target, speakers: null } };
    const { results } = await collect(config({ methods: ['within', 'source-only'], seeds: [7] }), {}, pair);
    const [baseline, within] = results;
    expect(baseline.notes).toEqual([]);
    expect(within.notes).toEqual([expect.stringMatching(/names no speakers.*optimistic/)]);
  });

  it('goes on where it was, to the same results', async () => {
    const { results } = await collect(config());
    const again = await collect(config(), { finished: results.slice(0, 3) });
    expect(started(again.events)).toEqual(['ccemogan-8']);
    expect(figures(again.results)).toEqual(figures(results));
    expect(started((await collect(config(), { finished: results })).events)).toEqual([]);
  });

  it('does a shard’s part only', async () => {
    const parts: string[][] = [];
    for (const index of [1, 2]) {
      parts.push(started((await collect(config(), { shard: { index, of: 2 } })).events));
    }
    expect(parts.flat().toSorted()).toEqual(['ccemogan-7', 'ccemogan-8', 'source-only-7', 'source-only-8']);
    for (const part of parts) expect(part).toHaveLength(2);
  });

  it('keeps a divergence as a result, tells any other failure, and goes on after both', async () => {
    const train = vi.spyOn(METHODS.ccemogan, 'train');
    train.mockImplementation(failing(new DivergenceError('cycle', 3, Number.NaN)));
    const { results, events } = await collect(config());
    expect(results.map(({ diverged }) => diverged !== null)).toEqual([false, true, false, true]);
    expect(results[1]).toMatchObject({ rows: [], diverged: expect.stringContaining('"cycle" became NaN') });
    expect(events.filter(({ type }) => type === 'unit-finished')).toHaveLength(4);

    train.mockImplementation(failing(new Error('The device was lost.')));
    const broken = await collect(config());
    expect(broken.results.map(unitName)).toEqual(['source-only-7', 'source-only-8']);
    expect(broken.events.filter(({ type }) => type === 'unit-failed')).toMatchObject([
      { unit: { method: 'ccemogan', seed: 7 }, failure: { message: 'The device was lost.' } },
      { unit: { method: 'ccemogan', seed: 8 } },
    ]);
  });

  it('gives every tensor back when it is stopped in the middle', async () => {
    const before = memoryUse().tensors;
    const run = compareMethods(prepareComparison(config(), tinyCorpora()), environment());
    for await (const event of run) {
      if (event.type === 'run' && event.event.type === 'step' && event.event.phase === 'gan') break;
    }
    expect(memoryUse().tensors).toBe(before);
  });
});

/** The corpus with its labels dealt out anew. */
function shuffled(corpus: Corpus): Corpus {
  const order = randomStream(1, 'test').permutation(corpus.rows);
  const labels = corpus.labels[task];
  if (!labels) throw new Error('The corpus has no labels.');
  const dealt =
    labels.kind === 'categorical'
      ? { ...labels, index: labels.index.map((_, i) => labels.index[order[i]]) }
      : { ...labels, ratings: labels.ratings.map((_, i) => labels.ratings[order[i]]) };
  return { ...corpus, labels: { ...corpus.labels, [task]: dealt } };
}

describe('the target’s labels', () => {
  it('score and do nothing else: shuffled, they change no prediction of any method', async () => {
    const methods = METHOD_NAMES.filter((method) => method !== 'within');
    const pair = tinyCorpora();
    const outcome = async (corpora: typeof pair) => {
      const { events, results } = await collect(config({ methods, seeds: [7] }), {}, corpora);
      const predictions = events.flatMap((event) =>
        event.type === 'run' && event.event.type === 'score' ? [event.event.prediction] : [],
      );
      return { predictions, figures: results.flatMap(({ rows }) => rows.map(({ mean }) => mean)) };
    };
    const asTheyAre = await outcome(pair);
    const dealtAnew = await outcome({ ...pair, target: shuffled(pair.target) });
    expect(dealtAnew.predictions.length).toBeGreaterThan(methods.length);
    expect(dealtAnew.predictions).toEqual(asTheyAre.predictions);
    expect(dealtAnew.figures).not.toEqual(asTheyAre.figures);
  });

  it('must be there, and of two classes, before anything is trained', () => {
    const { source, target } = tinyCorpora();
    expect(() => prepareComparison(config(), { source, target: { ...target, labels: {} } })).toThrow(
      /target corpus "Simulated target" has no activation labels.*Choose the other task, or a target/,
    );
    const labels = target.labels[task];
    const one =
      labels?.kind === 'categorical'
        ? { ...labels, mapping: labels.mapping.map(() => 1) }
        : { ...labels!, ratings: (labels?.ratings ?? new Float32Array()).map(() => 0) };
    const alike = { ...target, labels: { [task]: one } } as Corpus;
    expect(() => prepareComparison(config(), { source, target: alike })).toThrow('two classes at least');
  });
});
