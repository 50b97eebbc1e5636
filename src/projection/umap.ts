/**
 * UMAP (McInnes, Healy & Melville 2018) of given neighbours into two dimensions, in steps: umap-js's fuzzy graph
 * and optimiser, started from a layout of ours. Knows nothing of features.
 */
import { UMAP } from 'umap-js';
import type { Random } from '../corpus/random.ts';
import type { Neighbours } from './neighbours.ts';
import type { Steps } from './steps.ts';

/** Half the width of the starting layout. */
const START_RADIUS = 10;
const START_NOISE = 1e-4;
/** σ is not let below this share of the mean distance. */
const SMALLEST_SIGMA = 1e-3;
const SEARCH_STEPS = 64;

/** Epochs of the layout; fewer for many rows, as they are sampled more often an epoch. */
const epochsFor = (rows: number) => (rows <= 2500 ? 500 : 300);

/**
 * Membership strengths exp(−(d − ρ)₊ / σ) of one row's neighbours, with σ such that they sum to
 * log₂(k + 1), written to `weights`. Distances ascending, length k ≥ 1; ρ is where strength begins to fall.
 */
export function membershipStrengths(distances: Float32Array, rho: number, weights: Float32Array): void {
  const k = distances.length;
  const wanted = Math.log2(k + 1);
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  let mean = 0;
  for (const d of distances) mean += d / k;
  for (let step = 0; step < SEARCH_STEPS; step++) {
    let sum = 0;
    for (const d of distances) sum += d > rho ? Math.exp((rho - d) / sigma) : 1;
    if (Math.abs(sum - wanted) < 1e-5) break;
    if (sum > wanted) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  sigma = Math.max(sigma, SMALLEST_SIGMA * mean);
  for (let n = 0; n < k; n++) weights[n] = distances[n] > rho ? Math.exp((rho - distances[n]) / sigma) : 1;
}

/** The starting layout: given coordinates, scaled to the usual size, equal rows set apart by a little noise. */
function start(initial: Float32Array, random: Random): Float64Array {
  let largest = 0;
  for (const value of initial) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? START_RADIUS / largest : 0;
  return Float64Array.from(initial, (value) => value * scale + START_NOISE * random.normal());
}

/** Lists of one row each, as umap-js takes them: the row itself first, then its neighbours. */
function withSelf({ k }: Neighbours, values: ArrayLike<number>, self: (row: number) => number): number[][] {
  return Array.from({ length: values.length / k }, (_, r) => [
    self(r),
    ...Array.from({ length: k }, (_, n) => values[r * k + n]),
  ]);
}

/**
 * Lays out rows so that neighbours stay neighbours, starting from `initial` (`[rows, 2]`, e.g. the first two
 * principal components, which gives the map its global shape). Same neighbours, start and stream, same
 * map. `neighbours` must exclude the row itself.
 */
export function* fitUmap(neighbours: Neighbours, initial: Float32Array, random: Random): Steps<Float32Array> {
  const rows = initial.length / 2;
  const layout = start(initial, random);
  const { k, indices, distances } = neighbours;
  if (k === 0) return Float32Array.from(layout);
  const umap = new UMAP({ nNeighbors: k, nEpochs: epochsFor(rows), random: () => random.uniform() });
  umap.setPrecomputedKNN(
    withSelf(neighbours, indices, (row) => row),
    withSelf(neighbours, distances, () => 0),
  );
  // With neighbours given, the features are never looked at: only their number counts.
  const epochs = umap.initializeFit(Array.from({ length: rows }, () => [0]));
  const embedding = umap.getEmbedding();
  embedding.forEach((point, row) => {
    point[0] = layout[2 * row];
    point[1] = layout[2 * row + 1];
  });
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step();
    yield epoch / epochs;
  }
  return Float32Array.from(umap.getEmbedding().flat());
}
