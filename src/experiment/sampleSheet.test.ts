import { expect, it } from 'vitest';
import { demoCorpora } from '../corpus/demo.ts';
import type { Synthetic } from './events.ts';
import { prepare } from './prepare.ts';
import { PRESETS } from './presets.ts';
import { sampleSheet } from './sampleSheet.ts';

const { source, target } = demoCorpora({ seed: 2, sourceRows: 30, targetRows: 20 });
const { data, scaled } = prepare(source, target, 'valence', PRESETS.quick.settings);
const samples = (matrix: typeof data.source, origin: readonly number[]): Synthetic => ({
  rows: origin.length,
  columns: matrix.columns,
  values: matrix.values.slice(0, origin.length * matrix.columns),
  classes: Int8Array.from(origin, (_, i) => i % 3),
  origin: Int32Array.from(origin),
});
const made = {
  sets: {
    A: samples(data.source, [0, 1, 2]),
    B: samples(data.target, [5, 6]),
    C: samples(data.source, [3, 4]),
  },
  task: 'valence' as const,
  scaled,
  source,
  target,
};

const cells = (type: 'A' | 'B' | 'C', row: number) =>
  sampleSheet(type, made).columns.map(({ name, cell }) => `${name}=${cell(row)}`);

it('names the utterance that a sample was made from: the source’s, for type C the target’s', () => {
  expect(cells('A', 1)).toEqual([
    `name=${source.utterances[1]}`,
    'origin_row=2',
    `origin=${source.name}`,
    'type=A',
    'valence=mid',
  ]);
  expect(cells('C', 1).slice(0, 3)).toEqual([
    `name=${target.utterances[4]}`,
    'origin_row=5',
    `origin=${target.name}`,
  ]);
});

it('gives back the units of the corpus that a type imitates', () => {
  const expectUnits = (type: 'A' | 'B', corpus: typeof source) => {
    const { values, features } = sampleSheet(type, made);
    const first = features.map((name) => corpus.values[corpus.features.indexOf(name)]);
    first.forEach((value, f) => {
      expect(values[f]).toBeCloseTo(value, 3);
    });
  };
  expectUnits('A', source);
  expectUnits('B', target);
});
