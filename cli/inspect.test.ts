import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspect } from './inspect.ts';

let folder = '';
let file = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inspect-'));
  file = join(folder, 'emo.csv');
  await writeFile(file, 'file,speaker,activation,valence,x,y\na,s,low,high,1,0\nb,t,high,mid,2,0\n');
});
afterAll(() => rm(folder, { recursive: true }));

describe('inspect', () => {
  const both = { activation: { low: 1, mid: 0, high: 1 }, valence: { low: 0, mid: 1, high: 1 } };

  it('tells what a file holds', async () => {
    expect(await inspect([file])).toMatchObject({
      rows: 2,
      features: 2,
      featureSet: null,
      speakers: 2,
      tasks: both,
      constantColumns: ['y'],
      warnings: [],
      quality: [{ code: 'constant-columns', count: 1 }],
      join: null,
      recipe: { speaker: { from: 'column', column: 'speaker' } },
    });
  });

  it('joins a file of labels, and a folder is one corpus', async () => {
    const parts = join(folder, 'parts');
    await mkdir(parts);
    await writeFile(join(parts, '1.csv'), 'file,x,y\na.wav,1,2\n');
    await writeFile(join(parts, '2.csv'), 'file,x,y\nb.wav,3,4\nc.wav,5,7\n');
    const labels = join(folder, 'labels.csv');
    await writeFile(labels, 'file,emotion\na,anger\nb,sadness\nd,fear\n');
    const report = await inspect([parts, '--labels', labels]);
    expect(report).toMatchObject({
      rows: 3,
      files: [{ rows: 1 }, { rows: 2 }],
      tasks: { activation: { low: 1, mid: 0, high: 1 } },
      join: { file: 'labels.csv', matched: 2, unlabelled: { count: 1 }, unused: { count: 1 } },
    });
    expect(await inspect([parts, labels])).toMatchObject({ rows: 3, join: { matched: 2 } });
  });

  it('follows the recipe that it printed, as it was edited', async () => {
    const { recipe } = await inspect([file]);
    const edited = join(folder, 'recipe.json');
    const labels = { ...recipe.labels, valence: { from: 'none' } };
    await writeFile(edited, JSON.stringify({ ...recipe, labels, speaker: { from: 'none' } }));
    const report = await inspect([file, '--recipe', edited]);
    expect(report.tasks).toEqual({ activation: both.activation });
    expect(report.speakers).toBeNull();
    await writeFile(edited, JSON.stringify(report));
    expect(await inspect([file, '--recipe', edited])).toEqual(report);
    await writeFile(edited, '{"reading": {}}');
    await expect(inspect([file, '--recipe', edited])).rejects.toThrow(
      /recipe\.json: Recipe: reading\.ragged/,
    );
  });

  it('tells one task only where asked', async () => {
    expect((await inspect([file, '--task', 'valence'])).tasks).toEqual({ valence: both.valence });
  });

  it.each([
    [[], /give a file/],
    [['nowhere.csv'], /nowhere\.csv: no such file/],
    [['x', '--task', 'dominance'], /unknown task "dominance"; known are activation and valence/],
  ])('refuses %j in one line', async (args, message) => {
    const error: unknown = await inspect(args).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('\n');
  });
});
