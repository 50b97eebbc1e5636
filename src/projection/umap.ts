/**
 * UMAP (McInnes, Healy & Melville 2018) of given neighbours into two dimensions, in typed arrays and in
 * steps: the layout of the fuzzy graph by sampled gradient descent. Knows nothing of features.
 */
import type { Random } from '../corpus/random.ts';
import { fuzzyGraph } from './fuzzyGraph.ts';
import { type Layout, layoutEpoch } from './layout.ts';
import type { Neighbours } from './neighbours.ts';
import type { Steps } from './steps.ts';

/** Half the width of the starting layout. */
const START_RADIUS = 10;
const START_NOISE = 1e-4;
/**
 * Step at the start. UMAP's 1 serves a start from noise; from principal components half of it is enough. Falling
 * with the square of what is left, not with it, lets the map come to rest: trustworthiness grew by 0.003.
 */
const FIRST_RATE = 0.5;

/**
 * Epochs of the layout; fewer for many rows, as they are pushed more often an epoch. More than UMAP's own 200 to
 * 500: they are cheap here, and the map is a little the truer for them.
 */
const epochsFor = (rows: number) => (rows <= 10_000 ? 500 : 300);

/** The starting layout: given coordinates, scaled to the usual size, equal rows set apart by a little noise. */
function start(initial: Float32Array, random: Random): Float32Array {
  let largest = 0;
  for (const value of initial) {
    if (!Number.isFinite(value)) throw new Error('A starting coordinate is not a finite number.');
    largest = Math.max(largest, Math.abs(value));
  }
  const scale = largest > 0 ? START_RADIUS / largest : 0;
  return Float32Array.from(initial, (value) => value * scale + START_NOISE * random.normal());
}

/**
 * Lays out rows so that neighbours stay neighbours, starting from `initial` (`[rows, 2]`, e.g. the first two
 * principal components, which gives the map its global shape). Same neighbours, start and stream, same
 * map. `neighbours` must exclude the row itself; rows without neighbours keep their place.
 * @throws where a distance or a starting coordinate is not finite.
 */
export function* fitUmap(neighbours: Neighbours, initial: Float32Array, random: Random): Steps<Float32Array> {
  const coordinates = start(initial, random);
  if (neighbours.k === 0) return coordinates;
  const epochs = epochsFor(initial.length / 2);
  // What would be sampled less than once in all is left out.
  const graph = fuzzyGraph(neighbours, 1 / epochs);
  const strongest = graph.weights.reduce((most, w) => Math.max(most, w), 0);
  const layout: Layout = {
    coordinates,
    offsets: graph.offsets,
    ends: graph.ends,
    shares: graph.weights.map((w) => w / strongest),
    draws: new Int32Array([random.integer(2 ** 32)]),
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    layoutEpoch(layout, epoch, FIRST_RATE * (1 - (epoch - 1) / epochs) ** 2);
    yield epoch / epochs;
  }
  return coordinates;
}
