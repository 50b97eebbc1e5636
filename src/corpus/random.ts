/**
 * Seeded random numbers. Every use of chance in the studio draws from a named stream of the run's seed,
 * so that changing how often one part draws never moves another part's numbers.
 */

/** A stream of pseudo-random numbers. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Integer, uniform in [0, n). */
  integer(n: number): number;
  /** A permutation of 0 … n−1. */
  permutation(n: number): Int32Array;
}

/** FNV-1a over the text, then a murmur finaliser: turns (seed, name) into four state words. */
function hash(text: string, salt: number): number {
  let h = 0x811c9dc5 ^ salt;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The stream `name` of `seed`: sfc32 (Chris Doty-Humphrey's small fast counting generator), which passes
 * PractRand; the same numbers in every engine, because it uses 32-bit integers only.
 */
export function randomStream(seed: number, name: string): Random {
  const key = `${seed}/${name}`;
  let a = hash(key, 1);
  let b = hash(key, 2);
  let c = hash(key, 3);
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();

  const uniform = () => next() / 4294967296;
  let spare: number | null = null;
  const normal = () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    // Box–Muller; 1 − u keeps the logarithm's argument above zero.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const integer = (n: number) => Math.floor(uniform() * n);
  const permutation = (n: number) => {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = integer(i + 1);
      const swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  };
  return { uniform, normal, integer, permutation };
}

/** The logarithm of a gamma variate of this shape, at least 1, and scale 1 (Marsaglia and Tsang, 2000). */
function logGamma(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v)))
      return Math.log(d * v);
  }
}

/**
 * Beta(shape, shape), in [0, 1]; `shape` above 0. From two gamma variates, each of shape + 1 times u^(1/shape), as
 * logarithms: both underflow where the shape is small.
 */
export function symmetricBeta(random: Random, shape: number): number {
  const variate = () => logGamma(random, shape + 1) + Math.log(1 - random.uniform()) / shape;
  const first = variate();
  return 1 / (1 + Math.exp(variate() - first));
}
