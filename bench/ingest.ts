/** A large delimited file from disk to one Float32Array: the studio's reader, papaparse and uDSV. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contestantOf, papaparse, studio, udsv, withEngines } from './engines.ts';
import { chosen, type Options, type Report, race } from './harness.ts';
import { peakFile } from './peers/reading.ts';
import { uniform } from './peers/serve.ts';
import type { ReadTask } from './tasks.ts';

const REPEATS = 5;

/** Utterances of IEMOCAP, the largest corpus of the paper. */
const ROWS = 10_039;

/** Writes a file of utterances with random features, six digits each, in [−1, 1) · 10⁻³ … 10³. */
async function writeFile(file: string, rows: number, columns: number): Promise<ReadTask> {
  const out = createWriteStream(file);
  out.write(`name,${Array.from({ length: columns }, (_, c) => `feature_${c + 1}`).join(',')}\n`);
  let last = '';
  for (let r = 0; r < rows; r++) {
    const cells = Array.from(uniform(columns, r + 1), (v, c) =>
      ((2 * v - 1) * 10 ** ((c % 7) - 3)).toPrecision(6),
    );
    last = cells[columns - 1];
    if (!out.write(`utterance_${r + 1},${cells.join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return { kind: 'read', file, rows, columns, last: Number(last) };
}

async function peakOf(task: ReadTask, engine: string): Promise<string> {
  const { megabytes } = JSON.parse(await readFile(peakFile(task, engine), 'utf8'));
  return `${engine} ${Math.round(megabytes)} MB`;
}

export async function ingest(options: Options): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-ingest-'));
  try {
    const task = await writeFile(join(folder, 'corpus.csv'), options.rows ?? ROWS, options.features);
    const specs = chosen([studio('wasm', 1), papaparse(), udsv()], options.only);
    return await withEngines(specs, async (engines) => {
      const contestants = engines.map((engine) => contestantOf(engine, task));
      const rows = await race(contestants, { repeats: options.repeats ?? REPEATS, flops: null });
      const size = `${task.rows.toLocaleString('en-GB')} × ${task.columns.toLocaleString('en-GB')} values`;
      const peaks = await Promise.all(specs.map(({ engine }) => peakOf(task, engine)));
      const matrix = (4 * task.rows * task.columns) / 1e6;
      return {
        bench: 'ingest',
        rows,
        notes: [
          `${size}, read from the disk's cache; the matrix has ${matrix.toFixed(0)} MB.`,
          `Peak memory of the first reading, beyond the process before it: ${peaks.join(', ')}.`,
        ],
      };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
