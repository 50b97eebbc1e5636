import { describe, expect, it } from 'vitest';
import { classIndices, type Task } from '../corpus/corpus.ts';
import { codes, readText, warning } from './testing.ts';

/** Reads a file of one label column and a feature; `columns` is its header without them. */
async function labelled(header: string, cells: readonly string[]) {
  const result = await readText(`name;${header};x\n${cells.map((c, i) => `u${i};${c};${i}\n`).join('')}`);
  const classes = (task: Task) => {
    const labels = result.corpus.labels[task];
    return labels ? [...classIndices(labels)] : null;
  };
  return { result, classes, codes: codes(result) };
}

describe('labels as words', () => {
  it.each(['activation', 'Arousal', 'ACT', 'EmoAct', 'aro'])('%s is activation', async (name) => {
    const { classes, codes } = await labelled(name, ['low', 'Mid', 'HIGH', 'neutral', 'm', 'h', 'active']);
    expect(classes('activation')).toEqual([0, 1, 2, 1, 1, 2, 2]);
    expect(codes).toEqual([]);
  });

  it.each(['valence', 'val', 'EmoVal'])('%s is valence', async (name) => {
    const { classes } = await labelled(name, ['negative', 'neutral', 'positive']);
    expect(classes('valence')).toEqual([0, 1, 2]);
    expect(classes('activation')).toBeNull();
  });

  it('one letter is a label only beside few other letters', async () => {
    const few = await readText('name,a,v,x1\nu,low,high,1\nw,high,low,2\n');
    expect(few.report.tasks).toMatchObject({ activation: { low: 1, high: 1 }, valence: { low: 1, high: 1 } });
    const many = await readText('name,a,b,c,v,w,x\nu,1,2,3,4,5,6\n');
    expect(many.corpus.features).toEqual(['a', 'b', 'c', 'v', 'w', 'x']);
  });

  it('rows with an unknown word or none are unlabelled, and said to be', async () => {
    const { classes, result } = await labelled('valence', ['low', 'odd', '', 'NaN', 'high']);
    expect(classes('valence')).toEqual([0, -1, -1, -1, 2]);
    expect(warning(result, 'unknown-label').message).toContain('"odd"');
    expect(warning(result, 'unlabelled-rows').message).toBe(
      '3 rows without valence, 1 of them with a word that has no class.',
    );
  });

  it("words that SciPy left as b'high' are read", async () => {
    expect((await labelled('activation', ["b'low'", "b'high'"])).classes('activation')).toEqual([0, 2]);
  });
});

describe('labels as numbers', () => {
  it.each([
    [['0', '1', '2', '0']],
    [['1', '2', '3', '1']],
    [['1.0', '2.0', '3.0', '1.0']],
    [['-1', '0', '1', '-1']],
  ])('%j count the classes', async (cells) => {
    const { classes, codes } = await labelled('activation', cells);
    expect(classes('activation')).toEqual([0, 1, 2, 0]);
    expect(codes).toEqual(['ordinal-labels']);
  });

  const scales: [cells: string[], classes: number[], message: RegExp][] = [
    [['1', '2', '2.01', '3.99', '4', '5.5'], [0, 0, 1, 1, 2, 2], /1 to 5: low up to 2, high from 4/],
    [['0', '2', '3', '4', '5', '1'], [0, 0, 1, 2, 2, 0], /0 to 5/],
    [['-1', '-0.33', '-0.32', '0.32', '0.33', '1'], [0, 0, 1, 1, 2, 2], /−1 to 1: low up to -0.33/],
    [
      ['1', '2', '3.5', '4', '6', '7'],
      [0, 0, 1, 1, 2, 2],
      /1 to 7: cut at their terciles \(low up to 2, high from 6\)/,
    ],
  ];
  it.each(scales)('%j are cut', async (cells, expected, message) => {
    const { classes, result } = await labelled('valence', cells);
    expect(classes('valence')).toEqual(expected);
    expect(warning(result, 'label-cuts').message).toMatch(message);
  });

  it('a missing rating is no class', async () => {
    expect((await labelled('valence', ['1.5', '?', '4.5'])).classes('valence')).toEqual([0, -1, 2]);
  });

  it("a class of 0.0 in every row, openSMILE's default, is none", async () => {
    const { result, codes } = await labelled('class', ['0.0', '0.0']);
    expect(result.corpus.labels).toEqual({});
    expect(codes).toEqual([]);
  });

  it('activation that is the same everywhere is left aside, and said to be', async () => {
    const { result, codes } = await labelled('activation', ['0', '0']);
    expect(result.corpus.labels).toEqual({});
    expect(codes).toEqual(['label-column-ignored']);
  });
});

describe('labels from emotions', () => {
  it('where no column says more, each task takes them from the circumplex', async () => {
    const words = [
      'anger',
      'Happiness',
      'fearful',
      'surprise',
      'sad',
      'boredom',
      'calm',
      'disgust',
      'neutral',
    ];
    const { classes, result, codes } = await labelled('emotion', words);
    expect(classes('activation')).toEqual([2, 2, 2, 2, 0, 0, 0, 1, 1]);
    expect(classes('valence')).toEqual([0, 2, 0, 1, 0, 0, 2, 0, 1]);
    expect(result.corpus.emotions?.names).toEqual(words);
    expect(codes).toEqual(['labels-from-emotion']);
  });

  it('a task with a column of its own keeps it', async () => {
    const { classes, result } = await labelled('emotion;valence', ['anger;high', 'sadness;low']);
    expect(classes('valence')).toEqual([2, 0]);
    expect(classes('activation')).toEqual([2, 0]);
    expect(warning(result, 'labels-from-emotion').message).toMatch(/^activation placed/);
  });

  it('"label" with the words of the classes is taken for activation', async () => {
    const { classes, codes } = await labelled('label', ['low', 'neutral', 'high']);
    expect(classes('activation')).toEqual([0, 1, 2]);
    expect(codes).toEqual(['class-column-assumed-activation']);
  });

  it('unknown emotions are named', async () => {
    const { classes, result } = await labelled('emotion', ['anger', 'nostalgia']);
    expect(classes('activation')).toEqual([2, -1]);
    expect(warning(result, 'unknown-label').message).toContain('"nostalgia"');
  });

  it('anger below sadness raises the question of a reversed scale', async () => {
    const rows = (act: readonly number[]) =>
      ['anger', 'sadness', 'neutral'].map((e, i) => `${e};${act[i]};3.5`);
    expect((await labelled('emotion;act;val', rows([1.5, 4.5, 3]))).codes).toContain('activation-reversed');
    expect((await labelled('emotion;act;val', rows([4.5, 1.5, 3]))).codes).not.toContain(
      'activation-reversed',
    );
  });
});
