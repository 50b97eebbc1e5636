/** The choices that an editor begins with. */
import { expect, it } from 'vitest';
import { choiceFor, proposedMapping, turningPoint } from './choices.ts';
import { columnSummaries } from './columnSummaries.ts';

const summary = (...cells: string[]) =>
  columnSummaries([{ name: 'c', number: 1, role: 'words', cells }], 0)[0];

it('places emotions on the circumplex, and takes the names of classes for what they are', () => {
  expect(proposedMapping(['anger', 'sadness', 'neutral', 'xyz'], 'activation')).toEqual({
    anger: 'high',
    sadness: 'low',
    neutral: 'mid',
    xyz: 'none',
  });
  expect(proposedMapping(['positive', 'neutral', 'negative'], 'valence')).toEqual({
    positive: 'high',
    neutral: 'mid',
    negative: 'low',
  });
});

it('takes whole numbers that count three classes for classes, and other numbers for ratings', () => {
  expect(choiceFor(summary('1', '3', '2', '3'), 'valence')).toEqual({
    from: 'words',
    column: 'c',
    mapping: { 1: 'low', 2: 'mid', 3: 'high' },
  });
  expect(choiceFor(summary('1', '3.5', '', '5'), 'valence')).toEqual({
    from: 'ratings',
    column: 'c',
    cuts: [2, 4],
    reversedFrom: null,
  });
});

it('cuts by all ratings of a column, also by those that its summary leaves out', () => {
  const { words, ...rest } = summary(...Array.from({ length: 150 }, (_, i) => `${i}`));
  expect(words).toHaveLength(100);
  expect(choiceFor({ words, ...rest }, 'activation')).toMatchObject({ cuts: [49, 100] });
});

it('knows the classes of words however many others are more frequent', () => {
  const others = Array.from({ length: 300 }, (_, i) => `word${i}`);
  const column = summary(...others, ...others, 'joy', 'Sad');
  expect(column.words).toHaveLength(102);
  expect(choiceFor(column, 'activation')).toMatchObject({
    mapping: { joy: 'high', Sad: 'low', word0: 'none' },
  });
});

it('knows where a scale turns round', () => {
  expect(turningPoint(Float32Array.of(1, 2.5, 5))).toBe(6);
  expect(turningPoint(Float32Array.of(-0.8, 0.9))).toBe(0);
});
