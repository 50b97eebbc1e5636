import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { presetConfig } from '../experiment/presets.ts';
import { selectBackend } from '../nn/backend.ts';
import type { TrainingEvent } from './events.ts';
import type { MethodContext } from './method.ts';
import { findEpochs } from './pretraining.ts';

const FEATURES = 4;
const ROWS_OF_A_SPEAKER = 8;
const names = ['anna', 'ben', 'cora'];
const index = Int32Array.from({ length: 3 * ROWS_OF_A_SPEAKER }, (_, row) =>
  Math.floor(row / ROWS_OF_A_SPEAKER),
);

/** Three speakers; cora's rows are anna's with `change` added, and of the next class where she is `mislabelled`. */
function context(change: number, mislabelled: boolean): MethodContext {
  const random = randomStream(4, 'rows');
  const values = Float32Array.from({ length: index.length * FEATURES }, () => random.normal());
  const own = ROWS_OF_A_SPEAKER * FEATURES;
  for (let i = 0; i < own; i++) values[2 * own + i] = values[i] + change;
  const source = { rows: index.length, columns: FEATURES, values };
  const sourceClasses = index.map((speaker, row) => (row + (mislabelled && speaker === 2 ? 1 : 0)) % 3);
  const { settings } = presetConfig('quick', 'activation', 1);
  Object.assign(settings.classifier, {
    epochs: 'leave-one-speaker-out',
    hidden: [5],
    batch: 8,
    maximumEpochs: 3,
    // So that every fold has as many steps, whatever its labels.
    patience: 3,
  });
  const data = {
    source,
    sourceClasses: Int8Array.from(sourceClasses),
    sourceSpeakers: { names, index },
    target: source,
  };
  return { data, task: 'activation', settings, seed: 1, now: () => 0 };
}

interface Search {
  readonly losses: number[][];
  readonly notes: string[];
}

async function search(given: MethodContext): Promise<Search> {
  const events: TrainingEvent[] = [];
  for await (const event of findEpochs(given)) events.push(event);
  return {
    // Time stands still: losses come once a fold.
    losses: events.flatMap((event) => (event.type === 'losses' ? [[...event.values]] : [])),
    notes: events.flatMap((event) => (event.type === 'note' ? [event.message] : [])),
  };
}

beforeAll(() => selectBackend('cpu'));

describe('the search for the epochs of F_s', () => {
  it('learns nothing from rows that equal a held-out row', async () => {
    const [honest, mislabelled] = [await search(context(0, false)), await search(context(0, true))];
    expect(honest.losses).toHaveLength(3);
    // While anna is held out, what cora's copies of her rows are called cannot matter; for ben's fold it does.
    expect(mislabelled.losses[0]).toEqual(honest.losses[0]);
    expect(mislabelled.losses[1]).not.toEqual(honest.losses[1]);
    expect(honest.notes.join()).toMatch(/^16 source rows equal a row of another speaker/);
  });

  it('learns from rows that differ from the held-out ones, be it by little', async () => {
    const [honest, mislabelled] = [await search(context(0.01, false)), await search(context(0.01, true))];
    expect(mislabelled.losses[0]).not.toEqual(honest.losses[0]);
    expect(honest.notes.join()).not.toMatch(/equal/);
  });

  it('refuses a source whose speakers all say the same', async () => {
    const { data, ...rest } = context(0, false);
    const source = { ...data.source, values: new Float32Array(data.source.values.length) };
    await expect(search({ ...rest, data: { ...data, source } })).rejects.toThrow(/"Epochs of F_s" to fixed/);
  });
});
