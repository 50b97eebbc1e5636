import { describe, expect, it } from 'vitest';
import { classIndices } from '../corpus/corpus.ts';
import { turned } from './choices.ts';
import { corpusOf } from './corpusOf.ts';
import type { Intake, TextColumn } from './intake.ts';
import { AUTO_RECIPE, type RatingsChoice, type Recipe } from './recipe.ts';

const column = (name: string, role: TextColumn['role'], cells: readonly string[]): TextColumn => ({
  name,
  role,
  number: 1,
  cells,
});

/** An intake of rows of three features x, y, z; null is missing. */
function intakeOf(
  rows: readonly (readonly (number | null)[])[],
  columns: readonly TextColumn[] = [],
): Intake {
  const values = Float32Array.from(rows.flat(), (value) => value ?? Number.NaN);
  const gaps = values.filter((value) => Number.isNaN(value)).length;
  return {
    name: 'emo',
    files: [{ name: 'emo.csv', format: 'delimited', rows: rows.length }],
    rows: rows.length,
    features: ['x', 'y', 'z'],
    values,
    fileOf: new Uint16Array(rows.length),
    lines: Int32Array.from(rows, (_, r) => r + 2),
    columns: [
      column(
        'name',
        'name',
        rows.map((_, r) => `u${r}`),
      ),
      ...columns,
    ],
    faults: {
      missing: gaps > 0 ? { count: gaps, file: 0, line: 2, column: 2, columnName: 'y' } : null,
      infinite: null,
      words: null,
      ragged: null,
      repeatedHeaders: null,
    },
    notes: [],
  };
}

const made = (intake: Intake, change: Partial<Recipe> = {}) =>
  corpusOf({ intake, labels: [], simulated: false }, { ...AUTO_RECIPE, ...change });

const repaired = (intake: Intake, repairs: Partial<Recipe['repairs']>) =>
  made(intake, { repairs: { ...AUTO_RECIPE.repairs, ...repairs } });

describe('missing cells', () => {
  const gappy = intakeOf([
    [1, null, 7],
    [2, 4, 8],
    [4, 6, 9],
    [null, null, null],
  ]);

  it('take the median of their column; rows without any value are left out', () => {
    const { corpus, report } = made(gappy);
    expect([...corpus.values]).toEqual([1, 5, 7, 2, 4, 8, 4, 6, 9]);
    expect(corpus.utterances).toEqual(['u0', 'u1', 'u2']);
    expect(report.quality.map(({ code }) => code)).toEqual(['missing-cells', 'empty-rows']);
    expect(report.quality[0]).toMatchObject({ count: 4, where: 'line 2, column 2 "y"' });
    expect(report.quality[1].where).toBe('line 5 "u3"');
  });

  it('or are left out with their rows, or with their columns', () => {
    const rows = repaired(gappy, { missing: 'drop-rows' }).corpus;
    expect([...rows.values]).toEqual([2, 4, 8, 4, 6, 9]);
    expect(rows.utterances).toEqual(['u1', 'u2']);
    const columns = repaired(gappy, { missing: 'drop-columns' }).corpus;
    expect(columns.features).toEqual(['x', 'z']);
    expect([...columns.values]).toEqual([1, 7, 2, 8, 4, 9]);
  });

  it('of columns left out by name are not said to lie in empty ones', () => {
    const gaps = intakeOf([
      [1, null, null],
      [2, 4, null],
      [4, 6, 9],
    ]);
    const messageOf = (repairs: Partial<Recipe['repairs']>) =>
      repaired(gaps, repairs).report.quality.find(({ code }) => code === 'missing-cells')?.message;
    expect(messageOf({})).toBe('3 cells without a value, set to the column’s median.');
    expect(messageOf({ ignored: ['z'] })).toBe(
      '3 cells without a value, set to the column’s median (2 lie in columns left out by name).',
    );
    expect(messageOf({ ignored: ['y', 'z'] })).toBeUndefined();
  });

  it('change nothing in the intake', () => {
    expect([...gappy.values].filter(Number.isNaN)).toHaveLength(4);
  });

  it('leave nothing behind where every row has one: an error that says so', () => {
    const all = intakeOf([
      [null, 1, 2],
      [1, null, 2],
    ]);
    expect(() => repaired(all, { missing: 'drop-rows' })).toThrow(
      'These repairs would leave no row of 2: every row has a gap. Choose another repair.',
    );
    const dropped = { missing: 'drop-columns', constant: 'drop' } as const;
    expect(() => repaired(all, dropped)).toThrow(
      'no feature of 3: every one is with a gap or the same in all rows.',
    );
  });
});

describe('rows and columns', () => {
  const plain = intakeOf(
    [
      [1, 5, 3],
      [2, 5, 4],
      [1, 5, 3],
    ],
    [],
  );

  it('without a fault are taken as they lie in memory', () => {
    const { corpus } = made(plain);
    expect(corpus.values).toBe(plain.values);
  });

  it('that are constant are listed, and left out where asked for', () => {
    expect(made(plain).report.constantColumns).toEqual(['y']);
    const { corpus, report } = repaired(plain, { constant: 'drop' });
    expect(corpus.features).toEqual(['x', 'z']);
    expect(report.quality).toMatchObject([{ code: 'constant-columns', count: 1, examples: ['y'] }]);
  });

  it('that are constant only among the rows that stay are listed and left out as well', () => {
    const gappy = intakeOf([
      [1, 5, 3],
      [2, 5, 4],
      [3, 6, null],
    ]);
    expect(repaired(gappy, {}).report.constantColumns).toEqual([]);
    const { corpus, report } = repaired(gappy, { missing: 'drop-rows', constant: 'drop' });
    expect(report.constantColumns).toEqual(['y']);
    expect(corpus.features).toEqual(['x', 'z']);
    expect([...corpus.values]).toEqual([1, 3, 2, 4]);
  });

  it('left out by name are gone', () => {
    expect([...repaired(plain, { ignored: ['x', 'y', 'unknown'] }).corpus.values]).toEqual([3, 4, 3]);
  });

  it('that repeat an earlier one with its name are kept or left out', () => {
    const twice = { ...plain, columns: [column('name', 'name', ['a', 'b', 'a'])] };
    expect(made(twice).report.quality).toMatchObject([
      { code: 'duplicate-rows', count: 1, where: 'line 4 "a"' },
      { code: 'constant-columns' },
    ]);
    expect(repaired(twice, { duplicates: 'drop' }).corpus.utterances).toEqual(['a', 'b']);
  });
});

describe('choices', () => {
  const rated = intakeOf(
    [
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 5],
      [4, 5, 6],
    ],
    [
      column('act', 'activation', ['1', '2.5', '5', '']),
      column('emotion', 'emotion', ['ang', 'neu', 'sad', 'odd']),
      column('who', 'words', ['p', 'p', 'q', 'q']),
    ],
  );
  const classesOf = ({ corpus }: ReturnType<typeof made>, task: 'activation' | 'valence') => {
    const labels = corpus.labels[task];
    return labels ? [...classIndices(labels)] : null;
  };

  it('left to the reader are settled, and give the same corpus when given back', () => {
    const first = made(rated);
    expect(first.recipe.labels).toEqual({
      activation: { from: 'ratings', column: 'act', cuts: [2, 4], reversedFrom: null },
      valence: {
        from: 'words',
        column: 'emotion',
        mapping: { ang: 'low', neu: 'mid', sad: 'low', odd: 'none' },
      },
    });
    const again = made(rated, first.recipe);
    expect(again.corpus).toEqual(first.corpus);
    expect(again.recipe).toEqual(first.recipe);
  });

  it('turn a scale round where it runs the wrong way, which is offered and not done', () => {
    const first = made(rated);
    expect(classesOf(first, 'activation')).toEqual([0, 1, 2, -1]);
    const offer = first.report.quality.find(({ code }) => code === 'activation-reversed');
    expect(offer?.repairs).toMatchObject([{ path: 'labels.activation.reversedFrom', value: 6 }]);
    const { labels } = first.recipe;
    const activation = { ...labels.activation, reversedFrom: 6 } as Recipe['labels']['activation'];
    const reversed = made(rated, { labels: { ...labels, activation } });
    expect(classesOf(reversed, 'activation')).toEqual([2, 1, 0, -1]);
    expect(reversed.report.quality.some(({ code }) => code === 'activation-reversed')).toBe(false);
    expect(made(rated, reversed.recipe).corpus).toEqual(reversed.corpus);
  });

  it('turn ratings on a boundary into ratings on a boundary, and back as they were', () => {
    const cells = ['2.2', '3', '3.3', '4.4', '1.6', '5.9'];
    const rows = intakeOf(
      cells.map((_, r) => [r, r + 1, r + 2]),
      [column('act', 'activation', cells)],
    );
    const classesBy = (activation: RatingsChoice) =>
      classesOf(made(rows, { labels: { activation, valence: { from: 'none' } } }), 'activation');
    const choice: RatingsChoice = { from: 'ratings', column: 'act', cuts: [2.2, 3.3], reversedFrom: null };
    expect(classesBy(choice)).toEqual([0, 1, 2, 2, 0, 2]);
    expect(classesBy(turned(choice, 6))).toEqual([2, 1, 0, 0, 2, 0]);
    expect(classesBy(turned({ ...choice, cuts: [1.6, 5.9] }, 6))).toEqual([1, 1, 1, 1, 2, 0]);
    expect(classesBy(turned(turned(choice, 6), 6))).toEqual([0, 1, 2, 2, 0, 2]);
  });

  it('map words, take any column for speakers, or none', () => {
    const changed = made(rated, {
      speaker: { from: 'column', column: 'who' },
      labels: {
        activation: { from: 'none' },
        valence: { from: 'words', column: 'emotion', mapping: { odd: 'high', ang: 'mid' } },
      },
    });
    expect(classesOf(changed, 'activation')).toBeNull();
    expect(classesOf(changed, 'valence')).toEqual([1, -1, -1, 2]);
    expect(changed.corpus.speakers?.names).toEqual(['p', 'q']);
    expect(changed.corpus.emotions?.names).toEqual(['ang', 'neu', 'sad', 'odd']);
  });

  it('count rows without a label, whether nothing stands there or a word without a class', () => {
    const unlabelled = ({ report }: ReturnType<typeof made>) =>
      report.warnings.filter(({ code }) => code === 'unlabelled-rows').map(({ message }) => message);
    expect(unlabelled(made(rated))).toEqual([
      '1 row without activation.',
      '1 row without valence, 1 of them with a word that has no class.',
    ]);
    const valence = { from: 'words', column: 'emotion', mapping: { ang: 'low' } } as const;
    const few = made(rated, { labels: { activation: { from: 'none' }, valence } });
    expect(few.report.tasks.valence).toEqual({ low: 1, mid: 0, high: 0 });
    expect(unlabelled(few)).toEqual(['3 rows without valence, 3 of them with a word that has no class.']);
  });

  it('that cannot be kept say why', () => {
    const speaker = { from: 'column', column: 'gone' } as const;
    expect(() => made(rated, { speaker })).toThrow(
      /no column of text is called "gone"; there are "name", "act"/,
    );
    const wordsAsRatings = { from: 'ratings', column: 'emotion', cuts: [1, 2], reversedFrom: null } as const;
    const labels = {
      activation: { ...wordsAsRatings, cuts: [1, 2] as [number, number] },
      valence: { from: 'none' } as const,
    };
    expect(() => made(rated, { labels })).toThrow(/holds words, not ratings/);
  });

  it('tell columns of the same name apart, so that a settled recipe gives the same corpus', () => {
    const twice = intakeOf(
      [
        [1, 2, 3],
        [2, 3, 4],
        [3, 4, 5],
      ],
      [column('class', 'emotion', ['?', '?', '?']), column('class', 'emotion', ['low', 'mid', 'high'])],
    );
    const first = made(twice);
    expect(first.report.columns.map(({ name }) => name)).toEqual(['class (2)']);
    expect(first.recipe.labels.activation).toMatchObject({ column: 'class (2)' });
    expect(classesOf(first, 'activation')).toEqual([0, 1, 2]);
    expect(made(twice, first.recipe).corpus).toEqual(first.corpus);
  });

  it('list the columns there are', () => {
    expect(made(rated).report.columns).toMatchObject([
      { name: 'act', in: 'features', kind: 'numbers' },
      { name: 'emotion', kind: 'words', words: [{ word: 'ang', count: 1 }, {}, {}, {}] },
      {
        name: 'who',
        kind: 'words',
        words: [
          { word: 'p', count: 2 },
          { word: 'q', count: 2 },
        ],
      },
    ]);
  });
});
