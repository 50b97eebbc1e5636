/**
 * One epoch of UMAP's layout (McInnes, Healy & Melville 2018, §3.2): neighbours pull, rows drawn by chance
 * push. The inner loop of the map, hence tables instead of powers and one long function; knows nothing of
 * how the graph came about.
 */

/** Curve 1 / (1 + a d^2b) fitted to min_dist 0.1 and spread 1, UMAP's defaults. */
const A = 1.576943460405378;
const B = 0.8950608781227859;
const NEGATIVE_SAMPLES = 5;
const LARGEST_STEP = 4;
/** Keeps the push between close rows finite. */
const SOFTENING = 0.001;

/** The state of a layout; `coordinates` and `draws` change with each epoch. */
export interface Layout {
  /** `[rows, 2]`. */
  readonly coordinates: Float32Array;
  /** The edges by row, as in a `FuzzyGraph`. */
  readonly offsets: Int32Array;
  readonly ends: Int32Array;
  /** Weight of each edge over the strongest: the share of epochs in which it pulls. */
  readonly shares: Float32Array;
  /** One word: the count of random numbers drawn, from a seeded start. */
  readonly draws: Int32Array;
}

/**
 * Both forces depend on the squared distance alone. They are tabulated over the upper bits of its float32
 * form (sign, exponent, eight bits of mantissa), 2⁻³⁰ to 2⁴⁰: each entry serves a range of 0.4 %.
 */
const SHIFT = 15;
const FIRST = (127 - 30) << 8;
const LAST = (127 + 40) << 8;
const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

function tabulate(force: (squared: number) => number): Float32Array {
  return Float32Array.from({ length: LAST - FIRST + 1 }, (_, i) => {
    // The middle of the range that shares these bits.
    bits[0] = ((FIRST + i) << SHIFT) | (1 << (SHIFT - 1));
    return force(float[0]);
  });
}

/** Attraction per unit of difference. */
const PULL = tabulate((s) => (2 * A * B * s ** (B - 1)) / (A * s ** B + 1));
/** Repulsion per unit of difference. */
const PUSH = tabulate((s) => (2 * B) / ((SOFTENING + s) * (A * s ** B + 1)));

/** Entry of the tables for a squared distance. */
function entry(squared: number): number {
  float[0] = squared;
  const at = bits[0] >> SHIFT;
  if (at < FIRST) return 0;
  return at > LAST ? LAST - FIRST : at - FIRST;
}

const clamp = (step: number) =>
  step > LARGEST_STEP ? LARGEST_STEP : step < -LARGEST_STEP ? -LARGEST_STEP : step;

/**
 * Does epoch `epoch` (from 1) at a step of `rate`: every edge that is due pulls its ends together, then five
 * rows drawn by chance push its row away, all from the place it was pulled to: no push waits for another.
 * An edge of share p is due where ⌊epoch · p⌋ grows.
 */
export function layoutEpoch(layout: Layout, epoch: number, rate: number): void {
  const { coordinates, offsets, ends, shares } = layout;
  const rows = offsets.length - 1;
  let draw = layout.draws[0];
  for (let r = 0; r < rows; r++) {
    let x = coordinates[2 * r];
    let y = coordinates[2 * r + 1];
    for (let e = offsets[r], last = offsets[r + 1]; e < last; e++) {
      const share = shares[e];
      if (((epoch * share) | 0) === (((epoch - 1) * share) | 0)) continue;
      const end = 2 * ends[e];
      let dx = x - coordinates[end];
      let dy = y - coordinates[end + 1];
      // At most 1.2 however far: the pull needs no limit.
      const pull = rate * PULL[entry(dx * dx + dy * dy)];
      x -= pull * dx;
      y -= pull * dy;
      coordinates[end] += pull * dx;
      coordinates[end + 1] += pull * dy;
      let px = 0;
      let py = 0;
      for (let n = 0; n < NEGATIVE_SAMPLES; n++) {
        // A counter through the finaliser of MurmurHash3: no draw waits for the one before.
        draw = (draw + 0x9e3779b9) | 0;
        let word = Math.imul(draw ^ (draw >>> 16), 0x85ebca6b);
        word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
        word = (word ^ (word >>> 16)) >>> 0;
        const other = (word * (rows / 4294967296)) | 0;
        if (other === r) continue;
        dx = x - coordinates[2 * other];
        dy = y - coordinates[2 * other + 1];
        const squared = dx * dx + dy * dy;
        const push = PUSH[entry(squared)];
        if (squared > 0.25) {
          px += push * dx;
          py += push * dy;
        } else if (squared > 0) {
          px += clamp(push * dx);
          py += clamp(push * dy);
        } else {
          px += LARGEST_STEP;
          py += LARGEST_STEP;
        }
      }
      x += rate * px;
      y += rate * py;
    }
    coordinates[2 * r] = x;
    coordinates[2 * r + 1] = y;
  }
  layout.draws[0] = draw;
}
