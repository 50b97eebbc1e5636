import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './command.testing.ts';
import { convert } from './convert.ts';
import { readCorpusFiles } from './files.ts';

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convert-'));
  file = join(folder, 'emo.csv');
  await writeFile(file, 'file,speaker,activation,x,y\na,s,low,1,0.1\n"b, c",t,high,2,0.2\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('convert', () => {
  it.each(['csv', 'arff', 'parquet'])('writes %s that holds the same corpus', async (format) => {
    const out = join(folder, `out.${format}`);
    expect(await convert([file, '--out', out])).toEqual({ rows: 2, features: 2, out });
    const { corpus: was } = await readCorpusFiles([file]);
    const { corpus: is } = await readCorpusFiles([out]);
    expect([...is.values]).toEqual([...was.values]);
    expect(is.utterances).toEqual(['a', 'b, c']);
    expect([is.features, is.speakers]).toEqual([was.features, was.speakers]);
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is a command that prints what was written', async () => {
    const out = join(folder, 'again.arff');
    const { code, stdout } = await cli('convert', file, '--out', out);
    expect([code, JSON.parse(stdout)]).toEqual([0, { rows: 2, features: 2, out }]);
    expect(await readFile(out, 'utf8')).toContain('@attribute activation {low,mid,high}');
  });

  it.each([
    [['x.csv'], /give files and where to write/],
    [['--out', 'x.csv'], /give files and where to write/],
    [['x.csv', '--out', 'y.xlsx'], /should end in \.csv, \.arff, \.parquet/],
    [['x.csv', '--out', './x.csv'], /x\.csv is among what is read/],
    [['x.csv', '--labels', 'l.csv', '--out', 'l.csv'], /l\.csv is among what is read/],
    [['parts', '--out', 'parts/deep/x.csv'], /among what is read \(parts\)/],
    [['x.csv', '--out', 'nowhere/x.csv'], /nowhere: no such folder/],
    [['nowhere.csv', '--out', 'x.csv'], /nowhere\.csv: no such file/],
  ])('refuses %j in one line', async (args, message) => {
    await expect(convert(args)).rejects.toThrow(message);
  });
});
