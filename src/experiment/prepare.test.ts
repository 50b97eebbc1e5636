import { describe, expect, it } from 'vitest';
import { type Corpus, corpusClasses } from '../corpus/corpus.ts';
import { parseRunConfig } from './config.ts';
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

/** The quick preset's small form with rows of both corpora left out. */
const dropping = tinyConfig({ data: { sharedRows: 'drop' } });
const dropped = (from: Corpus, to: Corpus) => prepare(from, to, dropping.task, dropping.settings);

describe('rows of both corpora, left out', () => {
  it('are in no part of what a run gets of the target, and told', () => {
    // Rows 0, 1 and 2 of the target are rows of the source.
    const shared = withRowsOfSource([0, 7, 7]);
    const kept = prepare(source, shared, dropping.task, tinyConfig().settings);
    const prepared = dropped(source, shared);
    const remaining = Array.from({ length: 47 }, (_, i) => i + 3);
    expect([...prepared.targetRows]).toEqual(remaining);
    expect(prepared.data.target.rows).toBe(47);
    expect([...prepared.data.target.values]).toEqual([...kept.data.target.values.subarray(3 * WIDTH)]);
    expect(prepared.data.source).toEqual(kept.data.source);
    expect(prepared.targetClasses).toEqual(corpusClasses(shared, dropping.task).slice(3));
    expect(prepared.notes).toEqual([
      expect.stringMatching(/^3 of 50 target rows equal .* are left out.*figures are of the 47 others/),
    ]);
  });

  it('are kept where the source has no label for them, and where nothing asks otherwise', () => {
    expect([...dropped(source, target).targetRows]).toHaveLength(50);
    expect(dropped(source, target).notes).toEqual([]);
    const kept = prepare(source, withRowsOfSource([0]), dropping.task, tinyConfig().settings);
    expect(kept.targetRows).toHaveLength(50);
    const labels = source.labels.activation;
    if (labels?.kind !== 'continuous') throw new Error('the simulated source has ratings for labels');
    const ratings = labels.ratings.map((rating, row) => (row === 0 ? Number.NaN : rating));
    const unlabelled = { ...source, labels: { activation: { ...labels, ratings } } };
    expect([...dropped(unlabelled, withRowsOfSource([0, 7])).targetRows.slice(0, 2)]).toEqual([0, 2]);
  });

  it('leave no labels where all labels were theirs, and no run where none is left', () => {
    const labels = target.labels.activation;
    if (labels?.kind !== 'continuous') throw new Error('the simulated target has ratings for labels');
    const ratings = labels.ratings.map((rating, row) => (row === 0 ? rating : Number.NaN));
    const oneLabel = { ...withRowsOfSource([4]), labels: { activation: { ...labels, ratings } } };
    expect(dropped(source, oneLabel).targetClasses).toBeNull();
    expect(() => dropped(source, source)).toThrow(
      /^Every row of the target corpus .*"Rows of both corpora".*Choose another target, or keep them/,
    );
  });

  it('are kept by a configuration that was stored before it could say so', () => {
    const { sharedRows: _, ...data } = dropping.settings.data;
    const stored = { ...dropping, settings: { ...dropping.settings, data } };
    expect(parseRunConfig(stored).settings.data).toEqual({ ...data, sharedRows: 'keep' });
    expect(parseRunConfig(dropping).settings.data.sharedRows).toBe('drop');
    const wrong = { ...data, sharedRows: 'maybe' };
    expect(() => parseRunConfig({ ...stored, settings: { ...stored.settings, data: wrong } })).toThrow(
      /settings\.data\.sharedRows/,
    );
  });
});
