/**
 * UMAP (McInnes, Healy & Melville 2018) of given neighbours into two dimensions, in typed arrays and in
 * steps: the fuzzy graph and the layout by sampled gradient descent. Knows nothing of features.
 */
import type { Random } from '../corpus/random.ts';
import type { Neighbours } from './neighbours.ts';
import type { Steps } from './steps.ts';

/** Curve 1 / (1 + a d^2b) fitted to min_dist 0.1 and spread 1, UMAP's defaults. */
const A = 1.576943460405378;
const B = 0.8950608781227859;
const NEGATIVE_SAMPLES = 5;
const LARGEST_STEP = 4;
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

/** Edges of the fuzzy graph, both directions of each. */
interface Graph {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float32Array;
}

/** The fuzzy union w + w′ − w w′ of both directions' strengths. */
function fuzzyGraph({ k, indices, distances }: Neighbours): Graph {
  const rows = indices.length / k;
  const strengths = new Float32Array(indices.length);
  for (let r = 0; r < rows; r++) {
    const own = distances.subarray(r * k, (r + 1) * k);
    // ρ is the distance of the nearest neighbour that is not an equal row.
    const rho = own.find((d) => d > 0) ?? 0;
    membershipStrengths(own, rho, strengths.subarray(r * k, (r + 1) * k));
  }
  const from: number[] = [];
  const to: number[] = [];
  const weight: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let e = r * k; e < (r + 1) * k; e++) {
      const other = indices[e];
      const back = indices.subarray(other * k, (other + 1) * k).indexOf(r);
      // A mutual pair is met twice; its edges are made at the lower row.
      if (back >= 0 && other < r) continue;
      const w = strengths[e];
      const w2 = back >= 0 ? strengths[other * k + back] : 0;
      from.push(r, other);
      to.push(other, r);
      weight.push(w + w2 - w * w2, w + w2 - w * w2);
    }
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to), weight: Float32Array.from(weight) };
}

/** The starting layout: given coordinates, scaled to the usual size, equal rows set apart by a little noise. */
function start(initial: Float32Array, random: Random): Float64Array {
  let largest = 0;
  for (const value of initial) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? START_RADIUS / largest : 0;
  return Float64Array.from(initial, (value) => value * scale + START_NOISE * random.normal());
}

const clamp = (step: number) => Math.min(LARGEST_STEP, Math.max(-LARGEST_STEP, step));

/** Pulls both ends of an edge together along the gradient of the attractive term. */
function attract(layout: Float64Array, i: number, j: number, rate: number): void {
  const dx = layout[i] - layout[j];
  const dy = layout[i + 1] - layout[j + 1];
  const squared = dx * dx + dy * dy;
  if (squared === 0) return;
  const power = squared ** B;
  const gradient = (-2 * A * B * power) / (squared * (A * power + 1));
  const stepX = clamp(gradient * dx) * rate;
  const stepY = clamp(gradient * dy) * rate;
  layout[i] += stepX;
  layout[i + 1] += stepY;
  layout[j] -= stepX;
  layout[j + 1] -= stepY;
}

/** Pushes row i away from row j, which stays. */
function repel(layout: Float64Array, i: number, j: number, rate: number): void {
  if (i === j) return;
  const dx = layout[i] - layout[j];
  const dy = layout[i + 1] - layout[j + 1];
  const squared = dx * dx + dy * dy;
  if (squared === 0) {
    layout[i] += LARGEST_STEP * rate;
    layout[i + 1] += LARGEST_STEP * rate;
    return;
  }
  const gradient = (2 * B) / ((0.001 + squared) * (A * squared ** B + 1));
  layout[i] += clamp(gradient * dx) * rate;
  layout[i + 1] += clamp(gradient * dy) * rate;
}

/**
 * Lays out rows so that neighbours stay neighbours, starting from `initial` (`[rows, 2]`, e.g. the first two
 * principal components, which gives the map its global shape). Same neighbours, start and stream, same
 * map. Rows without neighbours keep their place. `neighbours` must exclude the row itself.
 */
export function* fitUmap(neighbours: Neighbours, initial: Float32Array, random: Random): Steps<Float32Array> {
  const rows = initial.length / 2;
  const layout = start(initial, random);
  if (neighbours.k === 0) return Float32Array.from(layout);
  const { from, to, weight } = fuzzyGraph(neighbours);
  const epochs = epochsFor(rows);
  const largest = weight.reduce((most, w) => Math.max(most, w), 0);
  // The strongest edge is used every epoch, the others in proportion; below one use in all, never.
  const interval = Float64Array.from(weight, (w) => (w * epochs < largest ? Infinity : largest / w));
  const due = interval.slice();
  const negativeInterval = interval.map((x) => x / NEGATIVE_SAMPLES);
  const negativeDue = negativeInterval.slice();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = 1 - (epoch - 1) / epochs;
    for (let e = 0; e < due.length; e++) {
      if (due[e] > epoch) continue;
      const i = 2 * from[e];
      attract(layout, i, 2 * to[e], rate);
      due[e] += interval[e];
      const samples = Math.floor((epoch - negativeDue[e]) / negativeInterval[e]);
      for (let s = 0; s < samples; s++) repel(layout, i, 2 * random.integer(rows), rate);
      negativeDue[e] += samples * negativeInterval[e];
    }
    yield epoch / epochs;
  }
  return Float32Array.from(layout);
}
