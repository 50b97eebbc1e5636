import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOSS_TERMS, SAMPLE_SETS } from '../src/experiment/events.ts';
import { tinyConfig } from '../src/experiment/tiny.testing.ts';
import { cli } from './command.testing.ts';
import { readCorpusFiles } from './files.ts';

const golden = new URL('../../shared/golden/', import.meta.url);
let folder: string;
let config: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ccemogan-'));
  config = join(folder, 'tiny.json');
  await writeFile(config, JSON.stringify(tinyConfig({ gan: { steps: 4 } })));
});
afterAll(() => rm(folder, { recursive: true }));

describe('run', () => {
  it('prints the table and leaves configuration, losses and samples that read back', async () => {
    const out = join(folder, 'out');
    const { code, stdout } = await cli('run', '--config', config, '--seed', '5', '--out', out);
    expect(code).toBe(0);
    const printed = JSON.parse(stdout);
    expect(printed).toMatchObject({
      method: 'ccemogan',
      preset: 'quick',
      seed: 5,
      backend: 'wasm',
      steps: 4,
    });
    expect(Object.keys(printed.uar)).toEqual([...SAMPLE_SETS]);
    for (const { mean, sd } of Object.values<{ mean: number; sd: number }>(printed.uar)) {
      expect(mean).toBeGreaterThanOrEqual(0);
      expect(mean).toBeLessThanOrEqual(100);
      expect(sd).toBeGreaterThanOrEqual(0);
    }
    const losses = (await readFile(join(out, 'losses.csv'), 'utf8')).trim().split('\n');
    expect(losses[0]).toBe(`phase,step,${LOSS_TERMS.join(',')}`);
    expect(losses.filter((line) => line.startsWith('gan,'))).toHaveLength(4);
    // Of type C, judges keep one sample of about half the 500 target rows.
    for (const [type, rows] of Object.entries({ A: 600, B: 600, C: 250 })) {
      const { report } = await readCorpusFiles([join(out, `synthetic_${type}.csv`)]);
      expect(report).toMatchObject({ features: 88, featureSet: 'eGeMAPSv02' });
      expect(Math.abs(report.rows - rows)).toBeLessThanOrEqual(type === 'C' ? 2 : 0);
    }
    const evidence = (await readFile(join(out, 'evidence.csv'), 'utf8')).trim().split('\n');
    expect(evidence[0]).toBe('step,figure,value,floor,ceiling');
    const figures = (step: number) =>
      evidence.filter((line) => line.startsWith(`${step},`)).map((line) => line.split(',')[1]);
    for (const step of [3, 4]) {
      expect(figures(step)).toEqual(expect.arrayContaining(['B/displacement', 'D_T/seen', 'loss/cycle']));
    }
    const found = JSON.parse(await readFile(join(out, 'findings.json'), 'utf8'));
    expect(found.map(({ step }: { step: number }) => step)).toEqual([3, 4]);
    expect(printed.findings).toHaveLength(found[1].findings.length);
    const again = await cli('run', '--config', join(out, 'config.json'), '--out', join(folder, 'again'));
    expect(JSON.parse(again.stdout).uar).toEqual(printed.uar);
    expect(await readFile(join(folder, 'again', 'losses.csv'), 'utf8')).toBe(`${losses.join('\n')}\n`);
  }, 120_000);

  it('leaves files of the types that the method makes, and none of another run’s', async () => {
    const out = join(folder, 'cyclegan');
    await mkdir(out);
    await writeFile(join(out, 'synthetic_C.csv'), 'of a run of CCEmoGAN before');
    const size = ['--demo-size', '40,30,12'];
    const { code, stdout } = await cli(
      'run',
      '--config',
      config,
      '--method',
      'cyclegan',
      ...size,
      '--out',
      out,
    );
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(stdout).uar)).toEqual(['source-only', 'A', 'B', 'OA', 'OB']);
    expect((await readdir(out)).sort()).toEqual([
      'config.json',
      'evidence.csv',
      'findings.json',
      'losses.csv',
      'synthetic_A.csv',
      'synthetic_B.csv',
    ]);
  }, 60_000);

  it.each([
    [['run', '--preset', 'huge'], 'unknown preset "huge"; known are quick, standard, paper'],
    [['run', '--seed', '-1'], /seed/],
    [['run', '--source', 'x.csv'], /give both --source and --target/],
    [['run', '--source', 'no.csv', '--target', 'no.csv'], /no\.csv: no such file/],
    [['record', 'dance', '--out', 'x'], /unknown provocation "dance"; known are healthy/],
    [['record', 'healthy'], /give provocations and --out FOLDER/],
    [['dance'], /unknown command "dance"/],
    [['inspect', 'package.json'], /package\.json/],
    [['check', 'package.json'], /package\.json: not a file of reference values: config/],
  ])('%j ends with one line of error and exit code 1', async (args, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(message);
  });
});

describe.skipIf(!existsSync(golden))('check (needs ../shared/golden)', () => {
  it('passes on the reference files, fails on a wrong one', async () => {
    const name = new URL('step_bce_bn0.json', golden).pathname;
    const good = await cli('check', name, new URL('metrics.json', golden).pathname);
    expect(good.code).toBe(0);
    const results: { file: string; maxRelativeError: number; worst: string }[] = JSON.parse(good.stdout);
    expect(results.map(({ file }) => file)).toEqual([name, new URL('metrics.json', golden).pathname]);
    for (const { maxRelativeError } of results) expect(maxRelativeError).toBeLessThanOrEqual(2e-4);

    const wrong = JSON.parse(await readFile(name, 'utf8'));
    wrong.expected.generator.identity *= 1.01;
    await writeFile(join(folder, 'wrong.json'), JSON.stringify(wrong));
    const bad = await cli('check', join(folder, 'wrong.json'));
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.stdout)[0].worst).toBe('generator.identity');

    wrong.weights.D_S.pop();
    await writeFile(join(folder, 'short.json'), JSON.stringify(wrong));
    expect((await cli('check', join(folder, 'short.json'))).stderr).toMatch(
      /short\.json: weights\.D_S has 2 layers/,
    );
  });
});
