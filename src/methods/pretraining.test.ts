import { beforeAll, describe, expect, it } from 'vitest';
import { CLASSES, type Corpus } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { prepare } from '../experiment/prepare.ts';
import { presetConfig } from '../experiment/presets.ts';
import { selectBackend } from '../nn/backend.ts';
import type { TrainingEvent } from './events.ts';
import type { MethodContext } from './method.ts';
import { classifierPlan, findEpochs, stepsToFindEpochs } from './pretraining.ts';
import type { Settings } from './settings.ts';

const FEATURES = 4;
const ROWS_OF_A_SPEAKER = 8;
const names = ['anna', 'ben', 'cora'];
const index = Int32Array.from({ length: 3 * ROWS_OF_A_SPEAKER }, (_, row) =>
  Math.floor(row / ROWS_OF_A_SPEAKER),
);

const CORAS_FIRST = 2 * ROWS_OF_A_SPEAKER;
/** Cora's rows that are anna's; her last is her own, so that a scale of each speaker's own differs between them. */
const isCopy = (row: number) => row >= CORAS_FIRST && row < index.length - 1;

interface Given {
  /** Added to anna's rows in making cora's. */
  readonly change?: number;
  /** Whether cora's copies are of the next class. */
  readonly mislabelled?: boolean;
  readonly scaler?: Settings['data']['scaler'];
  /** Multiplies all features. */
  readonly factor?: number;
}

function context({
  change = 0,
  mislabelled = false,
  scaler = 'minmax-per-corpus',
  factor = 1,
}: Given): MethodContext {
  const random = randomStream(4, 'rows');
  const values = Float32Array.from({ length: index.length * FEATURES }, () => factor * random.normal());
  for (let i = CORAS_FIRST * FEATURES; i < values.length - FEATURES; i++) {
    values[i] = values[i - CORAS_FIRST * FEATURES] + change;
  }
  const classes = index.map((_, row) => (row + (mislabelled && isCopy(row) ? 1 : 0)) % 3);
  const corpus: Corpus = {
    name: 'three speakers',
    rows: index.length,
    features: Array.from({ length: FEATURES }, (_, c) => `f${c}`),
    values,
    utterances: Array.from(index, (_, row) => `u${row}`),
    speakers: { names, index },
    emotions: null,
    labels: {
      activation: { kind: 'categorical', column: 'a', names: CLASSES, index: classes, mapping: [0, 1, 2] },
    },
    simulated: true,
  };
  const { settings } = presetConfig('quick', 'activation', 1);
  settings.data.scaler = scaler;
  Object.assign(settings.classifier, {
    epochs: 'leave-one-speaker-out',
    hidden: [5],
    batch: 8,
    maximumEpochs: 3,
    // So that every fold has as many steps, whatever its labels.
    patience: 3,
  });
  const { data } = prepare(corpus, corpus, 'activation', settings);
  return { data, task: 'activation', settings, seed: 1, now: () => 0 };
}

interface Search {
  readonly losses: number[][];
  readonly notes: string[];
  readonly steps: Extract<TrainingEvent, { type: 'step' }>[];
}

async function search(given: MethodContext): Promise<Search> {
  const events: TrainingEvent[] = [];
  for await (const event of findEpochs(given)) events.push(event);
  return {
    // Time stands still: losses come once a fold.
    losses: events.flatMap((event) => (event.type === 'losses' ? [[...event.values]] : [])),
    notes: events.flatMap((event) => (event.type === 'note' ? [event.message] : [])),
    steps: events.flatMap((event) => (event.type === 'step' ? [event] : [])),
  };
}

beforeAll(() => selectBackend('cpu'));

describe('the search for the epochs of F_s', () => {
  it.each(['minmax-per-corpus', 'zscore-speaker'] as const)(
    'learns nothing from rows that equal a held-out row, scaled by %s',
    async (scaler) => {
      const given = context({ scaler });
      const { values } = given.data.source;
      const first = CORAS_FIRST * FEATURES;
      const sameScale = values.subarray(0, FEATURES).every((value, c) => value === values[first + c]);
      expect(sameScale).toBe(scaler === 'minmax-per-corpus');
      const [honest, mislabelled] = [
        await search(given),
        await search(context({ scaler, mislabelled: true })),
      ];
      expect(honest.losses).toHaveLength(3);
      // While anna is held out, what cora's copies of her rows are called cannot matter; for ben's fold it does.
      expect(mislabelled.losses[0]).toEqual(honest.losses[0]);
      expect(mislabelled.losses[1]).not.toEqual(honest.losses[1]);
      expect(honest.notes.join()).toMatch(/^14 source rows equal a row of another speaker/);
    },
  );

  it('learns from rows that differ from the held-out ones, be it by little', async () => {
    const change = 0.01;
    const [honest, mislabelled] = [
      await search(context({ change })),
      await search(context({ change, mislabelled: true })),
    ];
    expect(mislabelled.losses[0]).not.toEqual(honest.losses[0]);
    expect(honest.notes.join()).not.toMatch(/equal/);
  });

  it('numbers the steps of each fold behind those planned for the folds before it', async () => {
    const given = context({});
    const planned = stepsToFindEpochs(classifierPlan(given));
    const { steps } = await search(given);
    const numbers = steps.map(({ step }) => step);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(new Set(steps.map((event) => event.steps))).toEqual(new Set([planned]));
    const starts = numbers.filter((_, i) => i === 0 || steps[i].epoch < steps[i - 1].epoch);
    expect(starts).toEqual([1, planned / 3 + 1, (2 * planned) / 3 + 1]);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(planned);
  });

  it('refuses a source whose speakers all say the same', async () => {
    await expect(search(context({ factor: 0 }))).rejects.toThrow(/"Epochs of F_s" to fixed/);
  });
});
