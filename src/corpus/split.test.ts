import { describe, expect, it } from 'vitest';
import type { NamedColumn } from './corpus.ts';
import { randomStream } from './random.ts';
import { leaveOneSpeakerOut } from './split.ts';

const random = () => randomStream(3, 'split');

describe('leaveOneSpeakerOut', () => {
  it('tests each speaker once and learns from the others', () => {
    const speakers: NamedColumn = {
      names: ['anna', 'never', 'ben'],
      index: Int32Array.from([0, 2, 2, 0, -1]),
    };
    expect(leaveOneSpeakerOut(speakers, 5, random())).toEqual([
      { speaker: 'anna', test: Int32Array.from([0, 3]), train: Int32Array.from([1, 2]) },
      { speaker: 'ben', test: Int32Array.from([1, 2]), train: Int32Array.from([0, 3]) },
    ]);
  });

  const one: NamedColumn = { names: ['anna'], index: new Int32Array(13) };
  it.each([
    ['no speakers', null],
    ['one speaker', one],
  ])('splits by chance into five parts where there is %s', (_, speakers) => {
    const folds = leaveOneSpeakerOut(speakers, 13, random());
    expect(folds.map((f) => f.speaker)).toEqual([null, null, null, null, null]);
    expect(folds.map((f) => f.test.length).sort()).toEqual([2, 2, 3, 3, 3]);
    const tested = folds.flatMap((f) => [...f.test]).sort((a, b) => a - b);
    expect(tested).toEqual(Array.from({ length: 13 }, (_, r) => r));
    for (const { train, test } of folds) {
      expect(new Set([...train, ...test]).size).toBe(13);
      expect(train.length + test.length).toBe(13);
    }
    expect(leaveOneSpeakerOut(speakers, 13, random())).toEqual(folds);
    expect(leaveOneSpeakerOut(speakers, 13, randomStream(4, 'split'))).not.toEqual(folds);
  });

  it('makes fewer parts of fewer rows, and refuses a single one', () => {
    expect(leaveOneSpeakerOut(null, 2, random())).toHaveLength(2);
    expect(() => leaveOneSpeakerOut(null, 1, random())).toThrow(/cannot be split/);
  });
});
