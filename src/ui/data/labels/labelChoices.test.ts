import { describe, expect, it } from 'vitest';
import { classCounts, classIndices } from '../../../corpus/corpus.ts';
import { turned } from '../../../formats/choices.ts';
import { columnSummaries } from '../../../formats/columnSummaries.ts';
import { AUTO_RECIPE, type RatingsChoice } from '../../../formats/recipe.ts';
import {
  cutPresets,
  distinctColumns,
  movedCuts,
  proposalFor,
  readings,
  stepOf,
  withLabels,
  withWord,
} from './labelChoices.ts';

const summary = (...cells: string[]) =>
  columnSummaries([{ name: 'c', number: 1, role: 'words', cells }], 0)[0];

describe('a scale that runs the other way', () => {
  const choice: RatingsChoice = { from: 'ratings', column: 'act', cuts: [1.5, 4], reversedFrom: null };

  it('swaps low and high, whatever the boundaries', () => {
    const ratings = Float32Array.of(1, 1.5, 2, 3, 3.5, 4, 5, 5);
    const countsOf = ({ cuts, reversedFrom }: RatingsChoice) =>
      classCounts(
        classIndices({
          kind: 'continuous',
          column: 'act',
          ratings: reversedFrom === null ? ratings : ratings.map((r) => reversedFrom - r),
          cuts,
        }),
      );
    expect(countsOf(choice)).toEqual([2, 3, 3]);
    expect(countsOf(turned(choice, 6))).toEqual([3, 3, 2]);
  });

  it('is as it was when it is turned back', () => {
    expect(turned(choice, 6)).toEqual({ ...choice, cuts: [2, 4.5], reversedFrom: 6 });
    expect(turned(turned(choice, 6), 6)).toEqual(choice);
  });
});

describe('boundaries', () => {
  it('move in round steps, and never past each other', () => {
    expect(stepOf(4.1)).toBeCloseTo(0.05);
    expect(stepOf(2)).toBeCloseTo(0.02);
    expect(stepOf(100)).toBe(1);
    expect(movedCuts([2, 4], 0, 2.047, 0.05)).toEqual([2.05, 4]);
    expect(movedCuts([2, 4], 1, 3.9499, 0.05)).toEqual([2, 3.95]);
    expect(movedCuts([2, 4], 0, 4.5, 0.05)).toEqual([3.95, 4]);
    expect(movedCuts([2, 4], 1, -1, 0.05)).toEqual([2, 2.05]);
  });

  it('have the presets that fit the ratings', () => {
    const labels = (...ratings: number[]) =>
      cutPresets(Float32Array.from(ratings)).map(({ label }) => label.split(':')[0]);
    expect(labels(1, 3, Number.NaN, 5)).toEqual(['1 to 5', 'Terciles']);
    expect(labels(-0.8, 0, 0.9)).toEqual(['−1 to 1', 'Terciles']);
    expect(labels(-20, 100)).toEqual(['Terciles']);
    expect(labels(0, 50, 100)).toEqual(['Terciles']);
    expect(labels(1, 4, 7)).toEqual(['Terciles']);
    expect(labels(0.4, 2, 5)).toEqual(['0 to 5', 'Terciles']);
    expect(labels(Number.NaN)).toEqual([]);
  });
});

describe('words', () => {
  it('are set back to the circumplex, or to what they say themselves', () => {
    expect(proposalFor(summary('anger', 'calm', 'who'), 'valence')).toMatchObject({
      circumplex: true,
      choice: { mapping: { anger: 'low', calm: 'high', who: 'none' } },
    });
    expect(proposalFor(summary('lo', 'hi'), 'valence')).toMatchObject({
      circumplex: false,
      choice: { mapping: { lo: 'low', hi: 'high' } },
    });
    expect(proposalFor(summary('1.5', '3.25'), 'valence')).toMatchObject({
      choice: { from: 'words', mapping: { 1.5: 'none' } },
    });
  });

  it('change one at a time, and only where labels are words', () => {
    const words = withLabels('valence', { from: 'words', column: 'c', mapping: { a: 'low', b: 'none' } });
    const changed = withWord('valence', 'b', 'high')(words(AUTO_RECIPE));
    expect(changed.labels.valence).toMatchObject({ mapping: { a: 'low', b: 'high' } });
    expect(withWord('activation', 'b', 'high')(changed)).toBe(changed);
  });
});

describe('columns', () => {
  it('of few numbers can be ratings or classes', () => {
    expect(readings(summary('1', '2', '3'), 'valence')).toMatchObject({
      ratings: { from: 'ratings', cuts: [2, 4] },
      words: { from: 'words', mapping: { 1: 'low', 2: 'mid', 3: 'high' } },
    });
    expect(readings(summary(...Array.from({ length: 30 }, (_, i) => `${i / 7}`)), 'valence')).toBeNull();
    expect(readings(summary('anger'), 'valence')).toBeNull();
  });

  it('of one name are one choice', () => {
    expect(distinctColumns([summary('a'), summary('b')])).toHaveLength(1);
  });
});
