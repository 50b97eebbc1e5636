import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { Machine } from '../kernels/machine.ts';
import { type Points, squaredDistances } from './distances.ts';
import { frechetDistance } from './frechet.ts';
import { mmd2Unbiased } from './mmd.ts';
import { oneNearestNeighbourAccuracy } from './nearestNeighbour.ts';
import { prdc } from './prdc.ts';
import { vendiScore } from './vendi.ts';

const points = (...rows: number[][]): Points => ({
  rows: rows.length,
  columns: rows[0].length,
  values: Float64Array.from(rows.flat()),
});

function gaussian(rows: number, columns: number, seed: number, shift = 0): Points {
  const random = randomStream(seed, 'points');
  return {
    rows,
    columns,
    values: Float64Array.from({ length: rows * columns }, () => shift + random.normal()),
  };
}

const repeated = (rows: number, prototypes: number, columns: number): Points => {
  const { values } = gaussian(prototypes, columns, 9);
  return {
    rows,
    columns,
    values: Float64Array.from(
      { length: rows * columns },
      (_, i) => values[(Math.floor(i / columns) % prototypes) * columns + (i % columns)],
    ),
  };
};

const line = (...xs: number[]) => points(...xs.map((x) => [x]));

describe('prdc', () => {
  it('counts balls as worked out by hand', () => {
    // Real balls (k = 1): 0 ± 1, 1 ± 1, 4 ± 3; fake balls: 0.5 ± 4, 4.5 ± 4, 10 ± 5.5.
    expect(prdc(line(0, 1, 4), line(0.5, 4.5, 10), 1)).toEqual({
      precision: 2 / 3,
      recall: 1,
      density: 3 / 3,
      coverage: 1,
    });
  });
  it('uses a strict <: a point on the edge of a ball is outside', () => {
    expect(prdc(line(0, 1), line(2, 3), 1)).toEqual({ precision: 0, recall: 0, density: 0, coverage: 0 });
  });
  it('sees a collapse in recall and density', () => {
    const real = gaussian(200, 8, 1);
    // Every fake point sits half way from one of three real points to the centre, inside many balls.
    const fake = {
      ...real,
      values: real.values.map((_, i) => real.values[(((i / 8) % 3) | 0) * 8 + (i % 8)] / 2),
    };
    const { recall, density } = prdc(real, fake, 5);
    expect(recall).toBe(0);
    expect(density).toBeGreaterThan(2);
    expect(prdc(real, gaussian(200, 8, 2), 5).density).toBeLessThan(1.5);
  });
  it('refuses sets of k rows or fewer, and other columns', () => {
    expect(() => prdc(line(1, 2, 3), line(1, 2), 2)).toThrow(/needs 3 rows/);
    expect(() => prdc(points([1, 2], [3, 4]), line(1, 2), 1)).toThrow(/2 features/);
  });
});

describe('frechetDistance', () => {
  it('is the squared shift for equal shapes and 0 for the same points', () => {
    const a = gaussian(50, 3, 2);
    const shifted = { ...a, values: a.values.map((x) => x + 2) };
    expect(frechetDistance(a, shifted)).toBeCloseTo(12, 9);
    expect(frechetDistance(a, a)).toBeCloseTo(0, 9);
  });
  it('is (σ₁ − σ₂)² in one dimension', () => {
    expect(frechetDistance(line(-1, 1), line(-3, 3))).toBeCloseTo((Math.SQRT2 - 3 * Math.SQRT2) ** 2, 12);
  });
  it('holds where there are fewer rows than columns', () => {
    const few = gaussian(6, 20, 3);
    expect(frechetDistance(few, few)).toBeCloseTo(0, 5);
    expect(frechetDistance(few, gaussian(6, 20, 4))).toBeGreaterThan(1);
  });
});

describe('mmd2Unbiased', () => {
  it('is near 0 for one distribution and grows with the shift', () => {
    const a = gaussian(150, 4, 5);
    const same = mmd2Unbiased(a, gaussian(150, 4, 6));
    const near = mmd2Unbiased(a, gaussian(150, 4, 6, 0.5));
    expect(Math.abs(same)).toBeLessThan(0.01);
    expect(near).toBeGreaterThan(0.02);
    expect(mmd2Unbiased(a, gaussian(150, 4, 6, 2))).toBeGreaterThan(near);
  });
  it('is defined where most points are equal', () => {
    expect(mmd2Unbiased(line(1, 1, 1), line(1, 1, 1))).toBe(0);
    expect(mmd2Unbiased(line(1, 1, 1, 1), line(1, 1, 1, 2))).toBeCloseTo(0, 12);
  });
});

describe('oneNearestNeighbourAccuracy', () => {
  it('is 1 for separate sets, 0 for copies, about ½ for one distribution', () => {
    const a = gaussian(150, 4, 7);
    expect(oneNearestNeighbourAccuracy(a, gaussian(150, 4, 8, 50))).toBe(1);
    expect(oneNearestNeighbourAccuracy(a, { ...a, values: a.values.map((x) => x + 1e-6) })).toBe(0);
    expect(oneNearestNeighbourAccuracy(a, gaussian(150, 4, 8))).toBeGreaterThan(0.4);
    expect(oneNearestNeighbourAccuracy(a, gaussian(150, 4, 8))).toBeLessThan(0.6);
  });
});

describe('vendiScore', () => {
  it('counts the different points', () => {
    expect(vendiScore(repeated(300, 1, 5), 1)).toBeCloseTo(1, 9);
    expect(vendiScore(repeated(300, 3, 40), 1)).toBeCloseTo(3, 6);
    expect(vendiScore(line(0, 100, 200, 300), 1)).toBeCloseTo(4, 9);
  });
  it('refuses a width that is not positive', () => {
    expect(() => vendiScore(line(1, 2), 0)).toThrow(/positive/);
  });
});

describe('large sets on the kernels', () => {
  const machine = Machine.create({ shared: false })!;
  const single = (p: Points) => ({ ...p, values: Float32Array.from(p.values) });
  const real = single(gaussian(260, 30, 21));
  const fake = single(gaussian(240, 30, 22, 0.2));
  // The same values in float64 are done in plain code.
  const double = (p: Points) => ({ ...p, values: Float64Array.from(p.values) });

  it('give what plain code gives, to float32’s rounding', () => {
    const distances = squaredDistances(real, fake, machine);
    const plain = squaredDistances(real, fake);
    expect(distances).toHaveLength(260 * 240);
    const worst = distances.reduce((most, d, i) => Math.max(most, Math.abs(d / plain[i] - 1)), 0);
    expect(worst).toBeLessThan(1e-5);
    // They were not computed in float64 too.
    expect(worst).toBeGreaterThan(1e-9);
    expect(prdc(real, fake, 5, machine)).toEqual(prdc(double(real), double(fake), 5));
    expect(oneNearestNeighbourAccuracy(real, fake, machine)).toBe(
      oneNearestNeighbourAccuracy(double(real), double(fake)),
    );
    expect(mmd2Unbiased(real, fake, machine)).toBeCloseTo(mmd2Unbiased(real, fake), 6);
  });

  it('are exactly symmetric, 0 between equal rows, whatever the number of rows done at a time', () => {
    // More than fit in one block.
    const many = single(gaussian(2500, 2, 23));
    const distances = squaredDistances(many, many, machine);
    for (let i = 0; i < 2500; i += 17) {
      expect(distances[i * 2500 + i]).toBe(0);
      for (let j = 0; j < i; j += 51) expect(distances[i * 2500 + j]).toBe(distances[j * 2500 + i]);
    }
    expect(Math.abs(distances[2499 * 2500] / squaredDistances(many, many)[2499] - 1)).toBeLessThan(1e-5);
  });

  it('refuse other columns, and what holds float64 stays in it', () => {
    expect(() => squaredDistances(real, gaussian(260, 29, 1), machine)).toThrow(/of 30 features.*of 29/);
    expect(squaredDistances(double(real), fake, machine)).toEqual(squaredDistances(real, fake));
  });

  const file = '../shared/golden/metrics.json';
  it.skipIf(!existsSync(file))('reproduce reference values to 2e-4 (needs ../shared/golden)', () => {
    const golden = JSON.parse(readFileSync(file, 'utf8')).distribution;
    // Columns of zeros change no distance and make the sets large enough for the kernels.
    const padded = (rows: number[][]) =>
      single(points(...rows.map((row) => [...row, ...Array(300).fill(0)])));
    const [a, b] = [padded(golden.real), padded(golden.fake)];
    const { precision, recall, density, coverage } = prdc(a, b, golden.k, machine);
    const found = {
      precision,
      recall,
      density,
      coverage,
      mmd2: mmd2Unbiased(a, b, machine),
      oneNearestNeighbourAccuracy: oneNearestNeighbourAccuracy(a, b, machine),
    };
    for (const [name, value] of Object.entries(found)) {
      expect(Math.abs(value / golden[name] - 1), name).toBeLessThan(2e-4);
    }
  });
});
