import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NamedColumn } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { presetConfig } from '../experiment/presets.ts';
import { memoryUse, selectBackend } from '../nn/backend.ts';
import type { TrainingEvent } from './events.ts';
import {
  type LabelledRows,
  labelledRows,
  recogniseWithin,
  WITHIN_RECOGNISERS,
  type WithinContext,
  withinFolds,
  withinSteps,
} from './within.ts';

const FEATURES = 6;
const ROWS_OF_A_SPEAKER = 10;
const speakers: NamedColumn = {
  names: ['anna', 'ben', 'cora'],
  index: Int32Array.from({ length: 3 * ROWS_OF_A_SPEAKER }, (_, row) => Math.floor(row / ROWS_OF_A_SPEAKER)),
};
const rowsOf = (speaker: number) =>
  Array.from({ length: ROWS_OF_A_SPEAKER }, (_, i) => speaker * ROWS_OF_A_SPEAKER + i);

/** Three speakers, classes in turn and told by the first three features; of anna there are fewer low rows. */
function corpus(): LabelledRows {
  const random = randomStream(2, 'rows');
  const classes = Int8Array.from(speakers.index, (_, row) => (row === 0 ? 1 : row % 3));
  const values = Float32Array.from({ length: classes.length * FEATURES }, (_, i) => {
    return 0.5 * random.normal() + (i % FEATURES === classes[Math.floor(i / FEATURES)] ? 1 : 0);
  });
  return { x: { rows: classes.length, columns: FEATURES, values }, classes, speakers };
}

const BEN_ROWS = rowsOf(1);

/** One of ben's rows grown beyond all others. */
function withWildRow(rows: LabelledRows): LabelledRows {
  const values = rows.x.values.slice();
  values.fill(1e6, BEN_ROWS[0] * FEATURES, (BEN_ROWS[0] + 1) * FEATURES);
  return { ...rows, x: { ...rows.x, values } };
}

const { settings } = presetConfig('quick', 'activation', 1);
Object.assign(settings.classifier, { hidden: [8], batch: 8, learningRate: 0.03, epochsActivation: 6 });

const HYPERPLANE_STEPS = 3;

function contextOf(
  rows: LabelledRows,
  overrides: Partial<WithinContext['settings']['data']> = {},
): WithinContext {
  const { folds } = withinFolds(rows, 1);
  const data = { ...settings.data, ...overrides };
  return {
    rows,
    folds,
    task: 'activation',
    settings: { ...settings, data },
    seed: 1,
    hyperplaneSteps: HYPERPLANE_STEPS,
  };
}

interface Told {
  readonly events: TrainingEvent[];
  readonly prediction: Int8Array;
}

/** All events and predictions; time stands still, so that losses come once a fold. */
async function run(recogniser: 'dnn' | 'svm', context: WithinContext): Promise<Told> {
  const events: TrainingEvent[] = [];
  const generator = recogniseWithin(recogniser, context, { offset: 0, of: 99, now: () => 0 });
  for (;;) {
    const { done, value } = await generator.next();
    if (done) return { events, prediction: value };
    events.push(value);
  }
}

const losses = ({ events }: Told) =>
  events.flatMap((event) => (event.type === 'losses' ? [[...event.values]] : []));

beforeAll(() => selectBackend('cpu'));
afterAll(() => selectBackend('cpu'));

describe.each(WITHIN_RECOGNISERS)('within a corpus, by %s', (recogniser) => {
  it('predicts every row, better than by chance, in the steps it planned', async () => {
    const context = contextOf(corpus());
    const { events, prediction } = await run(recogniser, context);
    const right = prediction.filter((k, row) => k === context.rows.classes[row]).length;
    expect(right).toBeGreaterThan(prediction.length / 2);
    const steps = events.flatMap((event) => (event.type === 'step' ? [event.step] : []));
    const planned = withinSteps(recogniser, context).reduce((a, b) => a + b);
    const stride = recogniser === 'svm' ? HYPERPLANE_STEPS : 1;
    expect(steps).toEqual(Array.from({ length: planned / stride }, (_, i) => (i + 1) * stride));
  });

  it('repeats itself to the last bit and gives every tensor back', async () => {
    const before = memoryUse().tensors;
    const context = contextOf(corpus());
    expect(await run(recogniser, context)).toEqual(await run(recogniser, context));
    const stopped = recogniseWithin(recogniser, context, { offset: 0, of: 99, now: () => 0 });
    await stopped.next();
    await stopped.return(new Int8Array(0));
    expect(memoryUse().tensors).toBe(before);
  });

  it('lets no label of a held-out speaker reach the model that judges him', async () => {
    const rows = corpus();
    const honest = await run(recogniser, contextOf(rows));
    for (const speaker of [0, 1, 2]) {
      const classes = rows.classes.map((k, row) => (speakers.index[row] === speaker ? (k + 1) % 3 : k));
      const lied = await run(recogniser, contextOf({ ...rows, classes }));
      const of = ({ prediction }: Told) => rowsOf(speaker).map((row) => prediction[row]);
      expect(of(lied)).toEqual(of(honest));
      expect(losses(lied)[speaker]).toEqual(losses(honest)[speaker]);
      // The others learn from the wrong labels: had his own fold done so, it would show.
      expect(lied.prediction).not.toEqual(honest.prediction);
    }
  });

  it('lets no feature of a held-out row reach the model', async () => {
    const overrides = { clipPercentile: 5 };
    const honest = await run(recogniser, contextOf(corpus(), overrides));
    const grown = await run(recogniser, contextOf(withWildRow(corpus()), overrides));
    const of = ({ prediction }: Told) => BEN_ROWS.slice(1).map((row) => prediction[row]);
    expect(of(grown)).toEqual(of(honest));
    expect(losses(grown)[1]).toEqual(losses(honest)[1]);
    // The others' scales know it.
    expect(grown.prediction).not.toEqual(honest.prediction);
  });

  it('learns nothing from rows that equal a held-out row', async () => {
    const rows = corpus();
    const [anna, cora] = [rowsOf(0), rowsOf(2)];
    const values = rows.x.values.slice();
    const copy = (change: number) => {
      anna.forEach((row, i) => {
        for (let c = 0; c < FEATURES; c++) {
          values[cora[i] * FEATURES + c] = rows.x.values[row * FEATURES + c] + change;
        }
      });
      return { ...rows.x, values: values.slice() };
    };
    // Were cora's copies of anna's rows learned from, their labels would decide what anna's are taken for.
    const relabelled = rows.classes.map((k, row) => (cora.includes(row) ? (k + 1) % 3 : k));
    const told = async (x: LabelledRows['x'], classes: Int8Array) => {
      const { prediction } = await run(recogniser, contextOf({ x, classes, speakers }));
      return anna.map((row) => prediction[row]);
    };
    const twins = copy(0);
    expect(withinFolds({ ...rows, x: twins }, 1).dropped).toBe(2 * ROWS_OF_A_SPEAKER);
    expect(await told(twins, relabelled)).toEqual(await told(twins, rows.classes));
    const alike = copy(0.001);
    expect(withinFolds({ ...rows, x: alike }, 1).dropped).toBe(0);
    expect(await told(alike, relabelled)).not.toEqual(await told(alike, rows.classes));
  });

  it('says −1 of rows whose speaker is unknown', async () => {
    const index = speakers.index.map((speaker, row) => (row === 4 ? -1 : speaker));
    const { prediction } = await run(
      recogniser,
      contextOf({ ...corpus(), speakers: { ...speakers, index } }),
    );
    expect([...prediction.keys()].filter((row) => prediction[row] < 0)).toEqual([4]);
  });
});

it('lets no held-out row reach the model where each speaker is scaled by himself', async () => {
  const overrides = { scaler: 'zscore-speaker', clipPercentile: 5 } as const;
  const honest = await run('dnn', contextOf(corpus(), overrides));
  const grown = await run('dnn', contextOf(withWildRow(corpus()), overrides));
  expect(losses(grown)[1]).toEqual(losses(honest)[1]);
  expect(losses(grown)[0]).not.toEqual(losses(honest)[0]);
});

describe('labelledRows', () => {
  it('leaves out rows without a class, with their features and speakers', () => {
    const x = { rows: 3, columns: 2, values: Float32Array.from([1, 2, 3, 4, 5, 6]) };
    const named = { names: ['a', 'b'], index: Int32Array.from([0, 1, 1]) };
    expect(labelledRows(x, Int8Array.from([2, -1, 0]), named)).toEqual({
      x: { rows: 2, columns: 2, values: Float32Array.from([1, 2, 5, 6]) },
      classes: Int8Array.from([2, 0]),
      speakers: { names: ['a', 'b'], index: Int32Array.from([0, 1]) },
    });
  });
});
