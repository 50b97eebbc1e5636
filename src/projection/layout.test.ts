import { describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { type Layout, layoutEpoch } from './layout.ts';

const A = 1.576943460405378;
const B = 0.8950608781227859;

/** Draws as the layout makes them: a counter through the finaliser of MurmurHash3. */
function drawer(start: number, rows: number): () => number {
  let draw = start;
  return () => {
    draw = (draw + 0x9e3779b9) | 0;
    let word = Math.imul(draw ^ (draw >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return Math.floor((((word ^ (word >>> 16)) >>> 0) * rows) / 2 ** 32);
  };
}

/** One epoch by the formulas of the paper, with exact powers, in float64. */
function byFormula(
  { coordinates, offsets, ends, shares, draws }: Layout,
  epoch: number,
  rate: number,
): number[] {
  const points = Array.from({ length: offsets.length - 1 }, (_, r) => [
    ...coordinates.slice(2 * r, 2 * r + 2),
  ]);
  const drawn = drawer(draws[0], points.length);
  const clamp = (x: number) => Math.min(4, Math.max(-4, x));
  for (let r = 0; r < points.length; r++) {
    for (let e = offsets[r]; e < offsets[r + 1]; e++) {
      if (Math.floor(epoch * shares[e]) === Math.floor((epoch - 1) * shares[e])) continue;
      const [p, q] = [points[r], points[ends[e]]];
      const s = (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2;
      const pull = s > 0 ? (2 * A * B * s ** (B - 1)) / (1 + A * s ** B) : 0;
      const step = [0, 1].map((axis) => rate * clamp(pull * (p[axis] - q[axis])));
      for (const axis of [0, 1]) {
        p[axis] -= step[axis];
        q[axis] += step[axis];
      }
      const pushes = Array.from({ length: 5 }, () => {
        const other = drawn();
        if (other === r) return [0, 0];
        const d = [0, 1].map((axis) => p[axis] - points[other][axis]);
        const squared = d[0] ** 2 + d[1] ** 2;
        if (squared === 0) return [4, 4];
        const push = (2 * B) / ((0.001 + squared) * (1 + A * squared ** B));
        return d.map((x) => clamp(push * x));
      });
      for (const axis of [0, 1]) p[axis] += rate * pushes.reduce((sum, push) => sum + push[axis], 0);
    }
  }
  return points.flat();
}

/** A ring of rows, each joined to the next two, at places of the given scale. */
function ring(rows: number, scale: number): Layout {
  const random = randomStream(4, 'ring');
  const near = (r: number) => [1, 2, rows - 2, rows - 1].map((step) => (r + step) % rows);
  return {
    coordinates: Float32Array.from({ length: 2 * rows }, () => scale * random.normal()),
    offsets: Int32Array.from({ length: rows + 1 }, (_, r) => 4 * r),
    ends: Int32Array.from(Array.from({ length: rows }, (_, r) => near(r)).flat()),
    shares: Float32Array.from({ length: 4 * rows }, (_, e) => (e % 3 === 0 ? 1 : 0.3)),
    draws: Int32Array.from([12345]),
  };
}

describe('layoutEpoch', () => {
  // From rows almost on one place, where steps are limited, to rows far beyond any map. Close rows push
  // each other so hard that a small difference grows within the epoch, unless steps are small.
  it.each([
    [1e-12, 1e-4],
    [1e-3, 1e-4],
    [0.1, 1e-3],
    [1, 0.1],
    [10, 0.1],
    [1e3, 0.1],
    [1e5, 0.1],
  ])('follows the formulas, at distances of about %d', (scale, rate) => {
    const layout = ring(40, scale);
    for (const epoch of [1, 2, 3, 4]) {
      const before = layout.coordinates.slice();
      const expected = byFormula(layout, epoch, rate);
      layoutEpoch(layout, epoch, rate);
      layout.coordinates.forEach((value, i) => {
        const moved = Math.abs(expected[i] - before[i]);
        // Tables have steps of 0.4 %; float32 rounds the place.
        const tolerance = 0.01 * moved + 1e-6 * scale + 0.04 * rate;
        expect(Math.abs(value - expected[i])).toBeLessThan(tolerance);
      });
    }
  });

  it('uses an edge of share p in every 1/p-th epoch', () => {
    const moved: number[] = [];
    for (let epoch = 1; epoch <= 8; epoch++) {
      const layout: Layout = {
        coordinates: Float32Array.from([0, 0, 5, 0]),
        offsets: Int32Array.from([0, 1, 1]),
        ends: Int32Array.from([1]),
        shares: Float32Array.from([0.25]),
        draws: Int32Array.from([1]),
      };
      layoutEpoch(layout, epoch, 1);
      if (layout.coordinates[2] !== 5) moved.push(epoch);
    }
    expect(moved).toEqual([4, 8]);
  });
});
