/**
 * The map of many rows of many features: the studio's way (50 principal components, exact neighbours, own layout)
 * and umap-js alone; how long, how much memory, and how true to the rows.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Machine } from '../src/kernels/machine.ts';
import { trustworthinessOf } from '../src/projection/trustworthiness.testing.ts';
import { contestantOf, type EngineSpec, withEngines } from './engines.ts';
import { chosen, compare, median, type Options, type Report, type Row } from './harness.ts';
import type { UmapTask } from './tasks.ts';
import { speechLike } from './umapData.ts';

const SIZES = [2000, 10_000];
/** Rows that are looked at, each among all, to judge a map. */
const JUDGED_ROWS = 1000;
const NEIGHBOURS = 15;
/** Up to so many rows repeats are worth their time: the seconds of one, of umap-js, grow to minutes. */
const REPEATED_ROWS = 5000;
const REPEATS = 3;

const engine = (name: string, backend: string): EngineSpec => ({
  engine: name,
  backend,
  threads: 1,
  command: [
    process.execPath,
    '--import',
    'tsx',
    fileURLToPath(new URL('umapEngine.ts', import.meta.url)),
    name,
  ],
});

const count = (number: number) => number.toLocaleString('en-GB');

/** What a map took and how true it is, in a sentence for each engine. */
async function judged(task: UmapTask, engines: readonly string[]): Promise<string[]> {
  const { rows, features, folder } = task;
  const maps = await Promise.all(
    engines.map(async (name) => {
      const { buffer, byteOffset, byteLength } = await readFile(join(folder, `${name}.map`));
      return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
    }),
  );
  const data = speechLike(rows, features, 1);
  const stride = Math.max(1, Math.floor(rows / JUDGED_ROWS));
  const machine = Machine.create({ shared: false });
  const trust = trustworthinessOf(data, maps, NEIGHBOURS, stride, machine);
  const sentences = engines.map(async (name, i) => {
    const { megabytes } = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
    return `${name}, ${count(rows)} rows: trustworthiness ${trust[i].toFixed(4)} (k = ${NEIGHBOURS}), peak of the process less the rows ${Math.round(megabytes)} MB.`;
  });
  return Promise.all(sentences);
}

/** One size: every engine in a process of its own, in turns. */
async function contest(
  rows: number,
  options: Options,
  folder: string,
): Promise<{ rows: Row[]; notes: string[] }> {
  const specs = chosen([engine('studio', 'wasm'), engine('umap-js', 'js')], options.only);
  const task: UmapTask = { kind: 'umap', rows, features: options.features, folder };
  const repeats = options.repeats ?? (rows <= REPEATED_ROWS ? REPEATS : 1);
  const times = await withEngines(specs, async (engines) => {
    const contestants = engines.map((each) => contestantOf(each, task));
    const all: number[][] = contestants.map(() => []);
    for (const contestant of contestants) await contestant.prepare();
    for (let round = 0; round < repeats; round++) {
      for (const [i, contestant] of contestants.entries()) all[i].push(await contestant.run());
    }
    return all;
  });
  const name = `${count(rows)} × ${count(options.features)}`;
  const timings = specs.map(({ engine, backend, threads }, i) => {
    return { task: name, engine, backend, threads, ms: median(times[i]) };
  });
  const notes = await judged(
    task,
    specs.map((spec) => spec.engine),
  );
  return { rows: compare(timings, null), notes };
}

/** `--rows` is one size; 30,000 take umap-js minutes. */
export async function umap(options: Options): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-umap-'));
  try {
    const results: Awaited<ReturnType<typeof contest>>[] = [];
    for (const rows of options.rows === null ? SIZES : [options.rows]) {
      results.push(await contest(rows, options, folder));
    }
    return {
      bench: 'umap',
      rows: results.flatMap((result) => result.rows),
      notes: results.flatMap((result) => result.notes),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
