import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
    expect(await inspect([file])).toEqual({
      rows: 2,
      features: 2,
      featureSet: null,
      speakers: 2,
      tasks: both,
      constantColumns: ['y'],
      warnings: [],
    });
  });

  it('tells one task only where asked', async () => {
    expect((await inspect([file, '--task', 'valence'])).tasks).toEqual({ valence: both.valence });
  });

  it.each([
    [[], /give one file/],
    [['a', 'b'], /give one file/],
    [['nowhere.csv'], /nowhere\.csv: no such file/],
    [['.'], /not a file/],
    [['x', '--task', 'dominance'], /unknown task "dominance"; known are activation and valence/],
  ])('refuses %j in one line', async (args, message) => {
    const error: unknown = await inspect(args).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('\n');
  });
});
