/**
 * Feature rows for the map's benchmark: like corpora of acted speech, a few emotions by some speakers on a
 * curved surface of few dimensions in very many features. For benchmarks only.
 */
import type { Matrix } from '../src/corpus/corpus.ts';
import { randomStream } from '../src/corpus/random.ts';

const EMOTIONS = 7;
const SPEAKERS = 30;
/** Dimensions that truly vary, and how their scale falls: about as the components of real features do. */
const LATENT = 64;
const FALL = 0.55;
/** How far emotions and speakers lie apart, in standard deviations of one utterance from the next. */
const EMOTION_SPREAD = 0.7;
const SPEAKER_SPREAD = 1;
const NOISE = 0.05;

/** `rows × columns` values in about [0, 1], the same for the same seed. */
export function speechLike(rows: number, columns: number, seed: number): Matrix {
  const random = randomStream(seed, 'bench/umap');
  const normals = (count: number, scale: number) =>
    Float64Array.from({ length: count }, () => scale * random.normal());
  const emotions = normals(EMOTIONS * LATENT, EMOTION_SPREAD);
  const speakers = normals(SPEAKERS * LATENT, SPEAKER_SPREAD);
  const mixing = normals(LATENT * columns, 1).map((w, i) => w / (2 + Math.floor(i / columns)) ** FALL);
  const values = new Float32Array(rows * columns);
  const sums = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    const emotion = random.integer(EMOTIONS) * LATENT;
    const speaker = random.integer(SPEAKERS) * LATENT;
    sums.fill(0);
    for (let d = 0; d < LATENT; d++) {
      const z = emotions[emotion + d] + speakers[speaker + d] + random.normal();
      for (let c = 0, w = d * columns; c < columns; c++, w++) sums[c] += z * mixing[w];
    }
    for (let c = 0, o = r * columns; c < columns; c++, o++) {
      const noise = NOISE * (random.uniform() - 0.5);
      values[o] = 0.5 + 0.5 * Math.tanh(0.3 * sums[c]) + noise;
    }
  }
  return { rows, columns, values };
}
