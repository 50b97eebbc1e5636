import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PrintedComparison } from '../src/experiment/compare/output.ts';
import { tinyConfig } from '../src/experiment/tiny.testing.ts';
import { METHODS } from '../src/methods/registry.ts';
import { configureWasm } from '../src/nn/backend.ts';
import { tf } from '../src/nn/tf.ts';
import { cli } from './command.testing.ts';
import { compare } from './compare.ts';
import { merge } from './merge.ts';

let folder: string;
let settings: string[];
const at = (...names: string[]) => join(folder, ...names);
const json = async (...names: string[]) => JSON.parse(await readFile(at(...names), 'utf8'));

interface Told<T> {
  /** Null where the command failed. */
  readonly output: T | null;
  /** What went to standard error, with the error's message at the end. */
  readonly told: string;
}

/** A command inside this process, which takes a tenth of the time of one of its own. */
async function inside<T>(command: () => Promise<T>): Promise<Told<T>> {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const written = () => write.mock.calls.map(([text]) => text).join('');
  try {
    const output = await command();
    return { output, told: written() };
  } catch (error) {
    return { output: null, told: `${written()}${(error as Error).message}` };
  } finally {
    write.mockRestore();
  }
}

const tiny = ['--demo-size', '60,50,12', '--methods', 'mixup,source-only'];
const start = (...more: string[]) => inside(() => compare([...settings, ...tiny, ...more]));
const joinParts = (...args: string[]) => inside(() => merge(args));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ccemogan-'));
  settings = ['--config', at('tiny.json')];
  await writeFile(at('tiny.json'), JSON.stringify(tinyConfig()));
  const rows = Array.from({ length: 12 }, (_, i) => `u${i},s${i % 3},${i},${i * i}`);
  const labels = ['low', 'mid', 'high'];
  await writeFile(at('bare.csv'), ['file,speaker,x,y', ...rows].join('\n'));
  await writeFile(
    at('labelled.csv'),
    ['file,speaker,x,y,activation', ...rows.map((row, i) => `${row},${labels[i % 3]}`)].join('\n'),
  );
});
afterAll(() => rm(folder, { recursive: true }));

describe('compare and merge', () => {
  it('share a comparison between machines and come to the figures of one alone', async () => {
    const whole = await cli('compare', ...settings, ...tiny, '--seeds', '2', '--out', at('whole'));
    expect(whole.code).toBe(0);
    const printed: PrintedComparison = JSON.parse(whole.stdout);
    expect(Object.keys(printed)).toEqual(['task', 'preset', 'cells']);
    expect(printed).toMatchObject({ task: 'activation', preset: 'quick' });
    expect(printed.cells.map(({ method, samples, seeds }) => [method, samples, seeds.length])).toEqual([
      ['source-only', 'O', 2],
      ['mixup', 'O', 2],
    ]);
    for (const { mean, seeds } of printed.cells) expect(mean).toBeCloseTo((seeds[0] + seeds[1]) / 2, 12);
    expect((await readdir(at('whole'))).toSorted()).toEqual([
      'comparison.json',
      'results.csv',
      'results.json',
      'table.md',
      'table.tex',
      'units',
    ]);
    expect(await json('whole', 'results.json')).toMatchObject({ missing: [], diverged: [], speakers: 12 });

    const figures: number[] = [];
    for (const i of [1, 2]) {
      const { output } = await start('--seeds', '2', '--shard', `${i}/2`, '--out', at(`part${i}`));
      expect(output?.ok).toBe(true);
      figures.push(...(output?.output.cells ?? []).flatMap(({ seeds }) => seeds));
    }
    expect(figures.toSorted()).toEqual(printed.cells.flatMap(({ seeds }) => seeds).toSorted());
    const joined = await joinParts(at('part1'), at('part2'), '--out', at('joined'));
    expect(JSON.parse(JSON.stringify(joined.output))).toEqual(printed);
    expect(joined.told).toBe('');
    const tables = [
      await readFile(at('whole', 'table.md'), 'utf8'),
      await readFile(at('joined', 'table.md'), 'utf8'),
    ];
    expect(tables[1]).toBe(tables[0]);

    const half = await joinParts(at('part1'), '--out', at('half'));
    expect(half.told).toMatch(/^2 trainings are missing: \S+, \S+\n$/);
  }, 60_000);

  it('notes what was decided about files, which parts hand on', async () => {
    const files = ['--source', at('labelled.csv'), '--target', at('labelled.csv')];
    const few = ['--methods', 'source-only', '--seeds', '1'];
    const { output } = await inside(() => compare([...settings, ...files, ...few, '--out', at('files')]));
    expect(output?.ok).toBe(true);
    const noted = await json('files', 'corpora.json');
    expect(noted.source).toMatchObject({
      repairs: { missing: 'median' },
      speaker: { from: 'column', column: 'speaker' },
      labels: { activation: { from: 'words', column: 'activation' }, valence: { from: 'none' } },
    });
    expect(noted.target).toEqual(noted.source);
    const joined = await joinParts(at('files'), '--out', at('handed-on'));
    expect(joined.output).not.toBeNull();
    expect(await json('handed-on', 'corpora.json')).toEqual(noted);
  }, 60_000);

  it('goes on after a stop, computes damaged units again, and refuses another comparison', async () => {
    const first = await start('--seeds', '2', '--out', at('resumed'));
    const kept = await readFile(at('resumed', 'units', 'mixup-2.json'), 'utf8');
    await writeFile(at('resumed', 'units', 'mixup-1.json'), kept.slice(0, 40));
    await rm(at('resumed', 'units', 'source-only-2.json'));
    const again = await start('--seeds', '2', '--out', at('resumed'));
    expect(again.told).toMatch(/mixup-1\.json is damaged and counts as missing/);
    expect(again.told).toContain('4 trainings, 2 of them to do');
    expect(again.output).toEqual(first.output);
    expect(await readFile(at('resumed', 'units', 'mixup-2.json'), 'utf8')).toBe(kept);

    const other = await start('--seeds', '3', '--out', at('resumed'));
    expect(other.told).toMatch(/holds another comparison: config\.seeds is \[1,2,3\] here and \[1,2\] there/);
    const corpora = await start('--seeds', '2', '--demo-size', '70,50,12', '--out', at('resumed'));
    expect(corpora.told).toMatch(/corpora\.source\.rows is 70 here and 60 there.*choose another --out/);
    await start('--seeds', '1', '--shard', '1/9', '--out', at('one'));
    const parts = await joinParts(at('resumed'), at('one'), '--out', at('both'));
    expect(parts.told).toMatch(/resumed and .*one are not parts of one comparison: config\.seeds/);

    const unit = await json('resumed', 'units', 'mixup-2.json');
    await joinParts(at('resumed'), '--out', at('copy'));
    unit.rows[0].mean = 12;
    await writeFile(at('copy', 'units', 'mixup-2.json'), JSON.stringify(unit));
    const unequal = await joinParts(at('resumed'), '--out', at('copy'));
    expect(unequal.told).toMatch(/mixup-2 has different figures in .*resumed.* and .*copy/);
  }, 60_000);

  it('refuses a folder of another version of the program, and takes one that notes none', async () => {
    const one = ['--methods', 'source-only', '--seeds', '1'];
    await start(...one, '--out', at('version'));
    const noted = await json('version', 'comparison.json');
    expect(noted.program).toMatch(/^[0-9a-f]{16}$/);
    const note = (changed: object) => writeFile(at('version', 'comparison.json'), JSON.stringify(changed));
    await note({ ...noted, program: '0123456789abcdef' });
    const refused = await start(...one, '--out', at('version'));
    expect(refused.told).toMatch(
      /version 0123456789abcdef of the program.*that version, or choose another --out/,
    );
    await start(...one, '--out', at('present'));
    const parts = await joinParts(at('present'), at('version'), '--out', at('versions'));
    expect(parts.told).toMatch(/Merge only what one version computed/);
    const { program: _, ...older } = noted;
    await note(older);
    const taken = await start(...one, '--out', at('version'));
    expect(taken.told).toMatch(/version does not say which version of the program began it/);
    expect(taken.told).toContain('1 trainings, 0 of them to do');
    const joined = await joinParts(at('present'), at('version'), '--out', at('versions'));
    expect(joined.told).toMatch(/Not every part says which version/);
    expect((await json('versions', 'comparison.json')).program).toBe('');
  });

  it('tells a training that fails, goes on with a fresh backend, and exits with 1', async () => {
    const backends: unknown[] = [];
    vi.spyOn(METHODS.mixup, 'train').mockImplementation(async function* () {
      backends.push(tf.backend());
      yield { type: 'phase', phase: 'recognisers', steps: 1 };
      throw new Error('No memory is left.');
    });
    const failed = await start('--seeds', '2', '--out', at('failed'));
    expect(failed.told).toMatch(/mixup, seed 1, failed: No memory is left\..*mixup, seed 2, failed/s);
    expect(failed.output).toMatchObject({ ok: false, output: { cells: [{ method: 'source-only' }] } });
    expect(await readdir(at('failed', 'units'))).toEqual(['source-only-1.json', 'source-only-2.json']);
    expect(new Set(backends).size).toBe(2);

    const { argv } = process;
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    process.argv = ['node', 'main', 'compare', ...settings, ...tiny, '--seeds', '1', '--backend', 'cpu'];
    try {
      await inside(() => import('./main.ts'));
      expect(process.exitCode).toBe(1);
      expect(printed).toHaveBeenCalledOnce();
    } finally {
      process.argv = argv;
      process.exitCode = 0;
      vi.restoreAllMocks();
      configureWasm({});
    }
  });

  it('says what is wrong and trains nothing', async () => {
    const files = ['--source', at('labelled.csv'), '--target', at('bare.csv')];
    const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
      [[...files, '--out', at('none')], /"bare" has no activation labels: a comparison/],
      [['--methods', 'mixup,magic'], /unknown method "magic"; known are within, source-only, /],
      [['--methods', 'mixup,mixup'], /a method is named twice/],
      [['--task', 'activation,valence'], /unknown task "activation,valence"/],
      [['--seeds', '0'], /--seeds "0" is not a number of seeds from 1 to 100/],
      [['--shard', '3/2'], /--shard "3\/2" is not i\/n with i from 1 to n/],
      [['--config', at('tiny.json'), '--preset', 'quick'], /not both/],
    ];
    for (const [args, message] of cases) {
      const { output, told } = await inside(() => compare([...args]));
      expect(told).toMatch(message);
      expect(told).not.toContain('trainings');
      expect(output).toBeNull();
    }
    expect((await joinParts(at('nowhere'), '--out', at('none'))).told).toMatch(/nowhere holds no comparison/);
    expect((await joinParts(at('nowhere'))).told).toMatch(/give folders and --out/);
    expect(await readdir(folder)).not.toContain('none');
  });
});
