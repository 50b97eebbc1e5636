/**
 * The map's contestants as a child process, run as `umapEngine.ts studio|umap-js`: rows of many features in, two
 * coordinates a row out. After a repeat the map and the memory it took lie in the folder that the task names.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { UMAP } from 'umap-js';
import type { Matrix } from '../src/corpus/corpus.ts';
import { randomStream } from '../src/corpus/random.ts';
import { Machine } from '../src/kernels/machine.ts';
import { nearestNeighbours } from '../src/projection/neighbours.ts';
import { fitPca, projectRows } from '../src/projection/pca.ts';
import { finish } from '../src/projection/steps.ts';
import { fitUmap } from '../src/projection/umap.ts';
import { type Job, serve, unknown } from './peers/serve.ts';
import type { Task } from './tasks.ts';
import { speechLike } from './umapData.ts';

const SEED = 1;
/** Rows that the components are fitted on, as in the studio's frame. */
const PCA_ROWS = 2000;
const NEIGHBOURS = 15;
/** Rows of the map that is made before anything is timed. */
const WARM_UP_ROWS = 400;

/** The studio's way: components of a sample, exact neighbours in them, layout started from the first two. */
function studioMap(data: Matrix, machine: Machine | null): Float32Array {
  const stream = (name: string) => randomStream(SEED, name);
  const sample = stream('rows').permutation(data.rows).slice(0, PCA_ROWS).sort();
  const pca = finish(fitPca(data, sample, stream('pca'), machine));
  const reduced = finish(projectRows(pca, data, machine));
  const neighbours = finish(nearestNeighbours(reduced, reduced, NEIGHBOURS, true, machine));
  const start = Float32Array.from(
    { length: 2 * data.rows },
    (_, i) => reduced.values[(i >> 1) * reduced.columns + (i & 1)],
  );
  return finish(fitUmap(neighbours, start, stream('umap')));
}

function umapJsMap(rows: number[][]): Float32Array {
  const random = randomStream(SEED, 'umap-js');
  const umap = new UMAP({ nNeighbors: NEIGHBOURS, random: () => random.uniform() });
  return Float32Array.from(umap.fit(rows).flat());
}

const lists = ({ rows, columns, values }: Matrix) =>
  Array.from({ length: rows }, (_, r) => Array.from(values.subarray(r * columns, (r + 1) * columns)));

/** Bytes of a number of the rows in the form that each engine takes: float32 in one array, lists of numbers. */
const BYTES = { studio: 4, 'umap-js': 8 };

/** How to map a matrix, in the form of input that the engine takes. */
function mapper(engine: keyof typeof BYTES, data: Matrix): () => Float32Array {
  if (engine === 'studio') {
    // Node 20 knows relaxed SIMD and hides it.
    setFlagsFromString('--experimental-wasm-relaxed-simd');
    const machine = Machine.create({ shared: false });
    return () => studioMap(data, machine);
  }
  const rows = lists(data);
  return () => umapJsMap(rows);
}

async function start(task: Task): Promise<Job> {
  if (task.kind !== 'umap') return unknown(task);
  const { rows, features, folder } = task;
  const engine = process.argv[2] as keyof typeof BYTES;
  mapper(engine, speechLike(WARM_UP_ROWS, features, SEED))();
  const run = mapper(engine, speechLike(rows, features, SEED));
  const once = () => {
    const map = run();
    // The peak of the whole process, Node included, in kB.
    const megabytes = process.resourceUsage().maxRSS / 1024 - (rows * features * BYTES[engine]) / 2 ** 20;
    writeFileSync(join(folder, `${engine}.map`), map);
    writeFileSync(join(folder, `${engine}.json`), JSON.stringify({ megabytes }));
  };
  return { once };
}

await serve(start);
