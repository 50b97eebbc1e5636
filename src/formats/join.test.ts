import { describe, expect, it } from 'vitest';
import type { LabelTable } from './intake.ts';
import { joinTable, type Utterances } from './join.ts';
import { joinLabels } from './joinLabels.ts';

function tableOf(keys: readonly string[], emotions = keys.map((_, i) => `e${i}`)): LabelTable {
  return {
    name: 'labels.csv',
    format: 'table',
    keys,
    lines: Int32Array.from(keys, (_, i) => i + 2),
    columns: [{ name: 'emotion', number: 2, role: 'emotion', cells: emotions }],
    notes: [],
  };
}

const joined = (utterances: Utterances, table: LabelTable) => ({
  rows: [...joinTable(utterances, table).rows],
  report: joinLabels(utterances, [table], () => undefined).report,
});

const join = (names: readonly string[], keys: readonly string[], emotions?: string[]) =>
  joined({ names }, tableOf(keys, emotions));

describe('joining by base name', () => {
  it('looks through folders, extensions, quotes and prefixes', () => {
    const names = [
      "'data/Ses01F_impro01_F000.wav'",
      'C:\\x\\b.WAV',
      'c',
      'MSP-IMPROV-S01A-F01-R-FM01.wav',
      'e.v2',
    ];
    const keys = ['Ses01F_impro01_F000', 'b.avi', 'sub/c.wav', 'UTD-IMPROV-S01A-F01-R-FM01.avi', 'e.v2.wav'];
    const { rows, report } = join(names, keys);
    expect(rows).toEqual([0, 1, 2, 3, 4]);
    expect(report).toEqual({
      file: 'labels.csv',
      by: 'base name without extension',
      matched: 5,
      unlabelled: { count: 0, examples: [] },
      unused: { count: 0, examples: [] },
      repeated: { count: 0, examples: [] },
    });
  });

  it('counts and names what is left on either side', () => {
    const names = Array.from({ length: 30 }, (_, i) => `x${i}.wav`);
    const { rows, report } = join(
      names,
      [...names.slice(0, 16), 'y', 'z.wav', 'z.wav'],
      Array(19).fill('joy'),
    );
    expect(rows.filter((r) => r >= 0)).toHaveLength(16);
    expect(report.unlabelled).toEqual({ count: 14, examples: names.slice(16, 26) });
    expect(report.unused).toEqual({ count: 2, examples: ['y', 'z.wav'] });
  });

  it('heeds capitals first, and overlooks them where that is clear', () => {
    expect(join(['a', 'A', 'B', 'c'], ['A', 'a', 'b', 'c']).rows).toEqual([1, 0, 2, 3]);
    // Which of two is meant, on either side, is not clear.
    expect(join(['AB', 'c'], ['ab', 'Ab', 'c']).rows).toEqual([-1, 2]);
    expect(join(['AB', 'Ab', 'c', 'd'], ['ab', 'c', 'd']).rows).toEqual([-1, -1, 1, 2]);
  });

  it('lets the folder decide between the same names', () => {
    const keys = ['s1/a/x.wav', 's2/a/x.wav', 'y'];
    expect(join(['/data/S1/a/x.wav', '/data/s2/a/x.wav', 'y'], keys).rows).toEqual([0, 1, 2]);
    const { rows, report } = join(['a/x.wav', 'y.wav', 'y.wav'], keys);
    expect(rows).toEqual([-1, 2, 2]);
    expect(report.by).toMatch(/; 1 utterance whose folders do not tell/);
    expect(report.unlabelled.examples).toEqual(['a/x.wav']);
    expect(report.unused.count).toBe(2);
  });

  it('gives one label to no two files of one name in different folders', () => {
    expect(join(['p/x', 'q/x', 'y', 'z'], ['x', 'y', 'z']).rows).toEqual([-1, -1, 1, 2]);
    expect(join(['p/x', 'q/x', 'y', 'z'], ['q/x', 'y', 'z']).rows).toEqual([-1, 0, 1, 2]);
  });

  it('does not mind the folder where the rows say the same', () => {
    const { rows, report } = join(['x'], ['p/x', 'q/x'], ['joy', 'joy']);
    expect(rows).toEqual([0]);
    expect(report).toMatchObject({ matched: 1, unused: { count: 0 }, repeated: { count: 0 } });
  });

  it('takes the first of a key given twice, and reports it where they differ', () => {
    const { rows, report } = join(['x', 'y'], ['x', 'y', 'x.wav', 'y'], ['joy', 'fear', 'anger', 'fear']);
    expect(rows).toEqual([0, 1]);
    expect(report.repeated).toEqual({ count: 1, examples: ['x'] });
    expect(report.unused.count).toBe(0);
  });

  it('names keys with different content in the order of the file', () => {
    const keys = ['m', 'z', 'a', 'z', 'm', 'a', 'm'];
    const { report } = join(['a', 'm', 'z'], keys);
    expect(report.repeated).toEqual({ count: 3, examples: ['m', 'z', 'a'] });
  });

  it('matches nothing to nothing', () => {
    expect(join([], []).report.matched).toBe(0);
    expect(join([], ['a']).report.unused.count).toBe(1);
    expect(join(['a'], []).report.unlabelled.count).toBe(1);
    expect(join(['', '.wav', '/'], ['a', 'b']).rows).toEqual([-1, -1, -1]);
  });
});

describe('segments of one file', () => {
  const withTimes = (keys: readonly string[], starts: string[], ends: string[]): LabelTable => ({
    ...tableOf(keys),
    columns: [
      ...tableOf(keys).columns,
      { name: 'start', number: 3, role: 'start', cells: starts },
      { name: 'end', number: 4, role: 'end', cells: ends },
    ],
  });
  const t = (s: string) => `0 days 00:00:0${s}`;

  it('are told apart by their times', () => {
    const names = ['a.wav', 'a.wav', 'a.wav', 'b.wav'];
    const starts = [t('0'), t('1.50'), t('3'), '0'];
    const ends = [t('1.5'), t('3.00'), t('4'), '1'];
    const table = withTimes(['a', 'a', 'b'], ['1.502', '0', '0'], ['3', '1.5', '1']);
    const { rows, report } = joined({ names, starts, ends }, table);
    expect(rows).toEqual([1, 0, -1, 2]);
    expect(report.matched).toBe(3);
    expect(report.by).toMatch(/times/);
    expect(report.repeated.count).toBe(0);
  });

  it('have the labels of their file where that has one row', () => {
    const table = withTimes(['a', 'b'], ['100', '200'], ['101', '201']);
    const { rows } = joined(
      { names: ['a', 'a', 'b'], starts: ['0', '1', '0'], ends: ['1', '2', '1'] },
      table,
    );
    expect(rows).toEqual([0, 0, 1]);
  });
});

describe('other forms of a name', () => {
  it.each([
    ["the utterance's last number", ['x_0', 'x_1', 'y_0'], ['x', 'y', 'zz'], [-1, -1, -1]],
    ["the utterance's last number", ['abc_0', 'abc_1', 'def_0'], ['abc', 'def', 'ghi'], [0, 0, 1]],
    ["the key's last number", ['abc', 'def'], ['abc_0', 'def-12', 'x_1', 'x_2'], [0, 1]],
    ["last part of the utterance's name", ['corpus_s1_abc_d', 's2-def.wav'], ['abc_d', 'def'], [0, 1]],
    ['last part of the key', ['abc_d', 'def'], ['corpus_s1_abc_d', 's2-def'], [0, 1]],
  ])('by %s', (by, names, keys, expected) => {
    const { rows, report } = join(names, keys);
    expect(rows).toEqual(expected);
    if (report.matched > 0) expect(report.by).toContain(by);
    else expect(report.by).toBe('base name without extension');
  });

  it('are not tried where most names match as they are', () => {
    const { rows, report } = join(['abc', 'def', 'ghi_0'], ['abc', 'def', 'ghi']);
    expect(rows).toEqual([0, 1, -1]);
    expect(report.by).toBe('base name without extension');
  });

  it('are given to none where several claim a key, or several keys fit', () => {
    expect(join(['left_abc', 'right_abc'], ['abc']).rows).toEqual([-1, -1]);
    expect(join(['abc'], ['left_abc', 'right_abc']).rows).toEqual([-1]);
  });
});

describe('large tables', () => {
  it.each([
    ['different names', (i: number) => `folder/k${i}.wav`],
    ['one name in as many folders', (i: number) => `d${i % 100}/e${i}/audio.wav`],
    ['one name and nothing else', () => 'audio.wav'],
    ['names that differ in capitals', (i: number) => (i % 2 === 0 ? `key${i}` : `KEY${i - 1}`)],
  ])('take time in proportion: %s', (_, name) => {
    const rows = 30_000;
    const keys = Array.from({ length: rows }, (_, i) => name(i));
    const begin = performance.now();
    const names = keys.map((key) => `/data/${key}`);
    const found = joinTable({ names }, tableOf(keys));
    expect(found.rows.filter((row) => row >= 0)).toHaveLength(rows);
    expect(performance.now() - begin).toBeLessThan(4000);
  });
});
