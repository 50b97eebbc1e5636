import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { UMAP } from 'umap-js';
import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { scalePair } from '../corpus/scale.ts';
import { fitFrame } from './frame.ts';
import { nearestNeighbours } from './neighbours.ts';
import { fitPca, projectRows } from './pca.ts';
import { finish } from './steps.ts';
import { trustworthiness, trustworthinessOf } from './trustworthiness.testing.ts';
import { fitUmap } from './umap.ts';

const folder = '../shared/data/corpora';

/** The features of one file: columns file, speaker, emotion, activation, valence, then 1,582 features. */
function read(name: string): Matrix {
  const lines = gunzipSync(readFileSync(`${folder}/${name}`))
    .toString()
    .trim()
    .split('\n')
    .slice(1);
  const columns = lines[0].split(',').length - 5;
  const values = new Float32Array(lines.length * columns);
  lines.forEach((line, r) => {
    values.set(line.split(',').slice(5).map(Number), r * columns);
  });
  return { rows: lines.length, columns, values };
}

/** EmoDB (535 rows) and RAVDESS (1,440), each scaled to [0, 1] by its own columns. */
function realCorpora(): { source: Matrix; target: Matrix } {
  const source = read('emodb_emobase2010.csv.gz');
  const target = read('ravdess_emobase2010.csv.gz');
  return scalePair(
    { features: [], source, target },
    { scaler: 'minmax-per-corpus', clipPercentile: 0 },
    { source: null, target: null },
  );
}

describe.skipIf(!existsSync(folder))('maps of real corpora (needs ../shared/data)', () => {
  it('are trustworthy: at least 0.95 over the 1,582 features', () => {
    const { source, target } = realCorpora();
    const frames = [...fitFrame(source, target, 1)].flatMap((s) => (s.type === 'frame' ? [s.frame] : []));
    const { real, umap } = frames[1];
    expect(real.rows).toBe(1975);
    expect(trustworthiness(real, umap!, 15, 16)).toBeGreaterThan(0.95);
  }, 180_000);

  it('are as trustworthy as those of umap-js on the features themselves', () => {
    const { source } = realCorpora();
    const everyRow = Int32Array.from({ length: source.rows }, (_, r) => r);
    const pca = finish(fitPca(source, everyRow, randomStream(1, 'pca')));
    const reduced = finish(projectRows(pca, source));
    const neighbours = finish(nearestNeighbours(reduced, reduced, 15, true));
    const start = Float32Array.from(
      { length: 2 * source.rows },
      (_, i) => reduced.values[(i >> 1) * reduced.columns + (i & 1)],
    );
    const ours = finish(fitUmap(neighbours, start, randomStream(1, 'umap')));
    const random = randomStream(1, 'umap-js');
    const rows = Array.from(everyRow, (r) => [...source.values.subarray(r * 1582, (r + 1) * 1582)]);
    const theirs = new UMAP({ nNeighbors: 15, random: () => random.uniform() }).fit(rows);
    const [own, other] = trustworthinessOf(source, [ours, Float32Array.from(theirs.flat())], 15);
    // Another seed moves either by a few thousandths.
    expect(own).toBeGreaterThan(other - 0.005);
  }, 120_000);
});
