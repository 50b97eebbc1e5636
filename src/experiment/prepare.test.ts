import { describe, expect, it } from 'vitest';
import type { Corpus } from '../corpus/corpus.ts';
import { prepare } from './prepare.ts';
import { tinyConfig, tinyCorpora } from './tiny.testing.ts';

const { source, target } = tinyCorpora();
const WIDTH = source.features.length;

/** The target with source rows in place of its first ones. */
function withRowsOfSource(rows: readonly number[]): Corpus {
  const values = target.values.slice();
  rows.forEach((row, i) => {
    values.set(source.values.subarray(row * WIDTH, (row + 1) * WIDTH), i * WIDTH);
  });
  return { ...target, values };
}

/** The corpus with its columns in reverse order behind one that no other corpus has. */
function rearranged(corpus: Corpus): Corpus {
  const width = WIDTH + 1;
  const values = new Float32Array(corpus.rows * width).map((_, i) => {
    const column = i % width;
    return column === 0 ? i : corpus.values[Math.floor(i / width) * WIDTH + WIDTH - column];
  });
  return { ...corpus, features: ['own', ...corpus.features.toReversed()], values };
}

function notes(from: Corpus, to: Corpus, scaler: 'minmax-per-corpus' | 'zscore-speaker'): readonly string[] {
  const { task, settings } = tinyConfig({ data: { scaler } });
  return prepare(from, to, task, settings).notes;
}

describe.each(['minmax-per-corpus', 'zscore-speaker'] as const)(
  'rows of both corpora, scaled by %s',
  (scaler) => {
    it('are told, by the columns that the corpora share', () => {
      const shared = withRowsOfSource([0, 7, 7]);
      const told = /^3 of 50 target rows equal a labelled source row in every feature/;
      expect(notes(source, shared, scaler)).toEqual([expect.stringMatching(told)]);
      expect(notes(source, rearranged(shared), scaler)).toContainEqual(expect.stringMatching(told));
      expect(notes(source, source, scaler)).toEqual([expect.stringMatching(/^Every target row equals/)]);
    });

    it('are not those that differ in one feature, nor those without a label in the source', () => {
      expect(notes(source, target, scaler)).toEqual([]);
      const near = withRowsOfSource([0]);
      near.values[WIDTH - 1] += 0.01;
      expect(notes(source, near, scaler)).toEqual([]);
      const labels = source.labels.activation;
      if (labels?.kind !== 'continuous') throw new Error('the simulated source has ratings for labels');
      const ratings = labels.ratings.map((rating, row) => (row === 0 ? Number.NaN : rating));
      const unlabelled = { ...source, labels: { activation: { ...labels, ratings } } };
      expect(notes(unlabelled, withRowsOfSource([0, 7]), scaler)).toEqual([
        expect.stringMatching(/^1 source rows without labels/),
        expect.stringMatching(/^1 of 50 target rows/),
      ]);
    });
  },
);
