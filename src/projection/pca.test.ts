import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { Machine } from '../kernels/machine.ts';
import { fitPca, projectRows } from './pca.ts';
import { finish } from './steps.ts';

/** Gaussian rows with standard deviation `deviations[c]` along axis c, about `centre` in every feature. */
function gaussian(rows: number, deviations: readonly number[], centre = 0): Matrix {
  const random = randomStream(11, 'gaussian');
  const columns = deviations.length;
  const values = Float32Array.from(
    { length: rows * columns },
    (_, i) => centre + deviations[i % columns] * random.normal(),
  );
  return { rows, columns, values };
}

const everyRow = (m: Matrix) => Int32Array.from({ length: m.rows }, (_, r) => r);
const decaying = Array.from({ length: 120 }, (_, c) => 10 * 0.9 ** c);

describe.each([
  ['in plain code', null],
  ['on the kernels', Machine.create({ shared: false })],
])('fitPca %s', (_, machine) => {
  const pcaOf = (m: Matrix, seed = 1) => finish(fitPca(m, everyRow(m), randomStream(seed, 'pca'), machine));

  it('finds the axes of greatest variance, whatever the seed', () => {
    const data = gaussian(600, decaying, 5);
    const pca = pcaOf(data);
    const other = pcaOf(data, 2);
    expect(pca.count).toBe(50);
    for (let j = 0; j < 10; j++) {
      expect(Math.abs(pca.variances[j] / other.variances[j] - 1)).toBeLessThan(1e-5);
      let cosine = 0;
      for (let c = 0; c < data.columns; c++) {
        cosine += pca.components[j * data.columns + c] * other.components[j * data.columns + c];
      }
      // The sign is the data's too: +1, not ±1.
      expect(cosine).toBeGreaterThan(0.9999);
    }
    expect(pca.variances[0]).toBeGreaterThan(85);
    expect(Math.abs(pca.components[0])).toBeGreaterThan(0.9);
  });

  it('gives orthonormal components and uncorrelated coordinates', () => {
    const data = gaussian(300, decaying);
    const { components, count, variances } = pcaOf(data);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j <= i; j++) {
        let product = 0;
        for (let c = 0; c < data.columns; c++) {
          product += components[i * data.columns + c] * components[j * data.columns + c];
        }
        expect(product).toBeCloseTo(i === j ? 1 : 0, 4);
      }
    }
    const coordinates = finish(projectRows(pcaOf(data), data, machine));
    let [mean, first, both] = [0, 0, 0];
    for (let r = 0; r < data.rows; r++) {
      const [x, y] = coordinates.values.subarray(r * count, r * count + 2);
      mean += x / data.rows;
      first += (x * x) / (data.rows - 1);
      both += (x * y) / (data.rows - 1);
    }
    expect(mean).toBeCloseTo(0, 4);
    expect(first / variances[0]).toBeCloseTo(1, 4);
    expect(Math.abs(both)).toBeLessThan(1e-3 * variances[0]);
  });

  it('keeps all distances where no more than 50 features exist', () => {
    const data = gaussian(40, [3, 2, 1, 0.5], 2);
    const coordinates = finish(projectRows(pcaOf(data), data, machine));
    expect(coordinates.columns).toBe(4);
    const distance = (m: Matrix, i: number, j: number) =>
      Math.hypot(
        ...Array.from(
          { length: m.columns },
          (_, c) => m.values[i * m.columns + c] - m.values[j * m.columns + c],
        ),
      );
    for (let i = 1; i < 40; i++) expect(distance(coordinates, 0, i)).toBeCloseTo(distance(data, 0, i), 4);
  });

  it.each([1, 2, 3, 7])('stays finite for %i rows and for equal rows', (rows) => {
    for (const data of [gaussian(rows, decaying), gaussian(rows, new Array(30).fill(0), 4)]) {
      const coordinates = finish(projectRows(pcaOf(data), data, machine));
      expect(coordinates.values.every(Number.isFinite)).toBe(true);
    }
  });

  it('refuses rows of other features, and no rows', () => {
    const pca = pcaOf(gaussian(9, [1, 1]));
    expect(() => finish(projectRows(pca, gaussian(3, [1, 1, 1]), machine))).toThrow(
      /fitted on 2 features.*have 3/,
    );
    expect(() => finish(fitPca(gaussian(3, [1]), new Int32Array(0), randomStream(1, 'p')))).toThrow();
  });

  it('fits the named rows only', () => {
    const data = gaussian(300, [1, 4, 2]);
    const rows = Int32Array.from({ length: 150 }, (_, r) => 2 * r);
    const { mean, variances } = finish(fitPca(data, rows, randomStream(1, 'pca'), machine));
    const values = Float32Array.from({ length: 450 }, (_, i) => data.values[6 * Math.floor(i / 3) + (i % 3)]);
    const alone = pcaOf({ rows: 150, columns: 3, values });
    expect([...mean]).toEqual([...alone.mean]);
    expect([...variances]).toEqual([...alone.variances]);
  });

  it('agrees with plain code', () => {
    const data = gaussian(700, decaying, 3);
    const plain = finish(fitPca(data, everyRow(data), randomStream(1, 'pca')));
    const pca = pcaOf(data);
    plain.variances.forEach((variance, j) => {
      expect(Math.abs(pca.variances[j] / variance - 1)).toBeLessThan(1e-4);
    });
    const coordinates = finish(projectRows(pca, data, machine)).values;
    const expected = finish(projectRows(plain, data)).values;
    coordinates.forEach((value, i) => {
      if (i % 50 < 10) expect(value).toBeCloseTo(expected[i], 3);
    });
  });
});
