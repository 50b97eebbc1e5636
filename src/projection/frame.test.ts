import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { Machine } from '../kernels/machine.ts';
import { type Frame, fitFrame, frameCoordinates, placeRows } from './frame.ts';
import { finish } from './steps.ts';

function gaussian(rows: number, columns: number, name: string, shift = 0): Matrix {
  const random = randomStream(8, name);
  const values = Float32Array.from({ length: rows * columns }, () => shift + random.normal());
  return { rows, columns, values };
}

function fitted(source: Matrix, target: Matrix, seed = 1): Frame {
  const steps = fitFrame(source, target, seed);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

const place = (frame: Frame, rows: Matrix) => finish(placeRows(frame, rows));

const source = gaussian(60, 70, 'source');
const target = gaussian(80, 70, 'target', 3);

describe('fitFrame', () => {
  it('gives PCA first, then UMAP, with progress that only grows', () => {
    const kinds: string[] = [];
    let share = 0;
    for (const step of fitFrame(source, target, 1)) {
      if (step.type === 'frame') kinds.push(step.frame.umap ? 'umap' : 'pca');
      else {
        expect(step.share).toBeGreaterThanOrEqual(share);
        expect(step.share).toBeLessThanOrEqual(1);
        share = step.share;
      }
    }
    expect(kinds).toEqual(['pca', 'umap']);
    expect(share).toBe(1);
  });

  it('holds all rows of both corpora, source first', () => {
    const frame = fitted(source, target);
    expect([...frame.sourceRows]).toEqual(Array.from({ length: 60 }, (_, r) => r));
    for (const kind of ['pca', 'umap'] as const) {
      const coordinates = frameCoordinates(frame, kind)!;
      expect(coordinates.source).toHaveLength(120);
      expect(coordinates.target).toHaveLength(160);
    }
    // The shift between the corpora is the greatest variance: they part on the first component.
    const { source: s, target: t } = frameCoordinates(frame, 'pca')!;
    const signs = new Set(Array.from({ length: 60 }, (_, r) => Math.sign(s[2 * r])));
    expect(signs.size).toBe(1);
    expect(signs.has(Math.sign(t[0]))).toBe(false);
  });

  it('is the same for the same seed', () => {
    expect(fitted(source, target, 5)).toEqual(fitted(source, target, 5));
  });

  it('draws a seeded sub-sample of a corpus of more than 3,000 rows', () => {
    const many = gaussian(3200, 2, 'many');
    // The first frame comes before the layout, which such a number of rows makes long.
    const first = (seed: number) => {
      for (const step of fitFrame(many, gaussian(5, 2, 'few'), seed)) {
        if (step.type === 'frame') return step.frame;
      }
      throw new Error('no frame');
    };
    const { sourceRows, real } = first(1);
    expect(sourceRows).toHaveLength(3000);
    expect(new Set(sourceRows).size).toBe(3000);
    expect(real.rows).toBe(3005);
    expect(sourceRows).toEqual(sourceRows.slice().sort());
    expect(real.values.slice(0, 2)).toEqual(many.values.slice(2 * sourceRows[0], 2 * sourceRows[0] + 2));
    expect(first(2).sourceRows).not.toEqual(sourceRows);
  });

  it.each([
    [1, 1],
    [1, 4],
    [9, 11],
  ])('stays finite for %i and %i rows, and for equal ones', (s, t) => {
    for (const [a, b] of [
      [gaussian(s, 3, 'a'), gaussian(t, 3, 'b')],
      [gaussian(s, 1, 'a'), gaussian(t, 1, 'b')],
      [
        { rows: s, columns: 3, values: new Float32Array(3 * s) },
        { rows: t, columns: 3, values: new Float32Array(3 * t) },
      ],
    ]) {
      const frame = fitted(a, b);
      const { pca, umap } = place(frame, b);
      for (const numbers of [frame.umap!, pca.coordinates, umap!.coordinates, umap!.offData]) {
        expect(numbers.every(Number.isFinite)).toBe(true);
      }
    }
  });
});

describe('placeRows', () => {
  const frame = fitted(source, target);

  it('puts real rows where they are on the PCA map, and near that on the UMAP map', () => {
    const placed = place(frame, target);
    const pca = frameCoordinates(frame, 'pca')!.target;
    placed.pca.coordinates.forEach((value, i) => {
      expect(value).toBeCloseTo(pca[i], 4);
    });
    const { source: s, target: t } = frameCoordinates(frame, 'umap')!;
    const centre = (c: Float32Array, axis: number) =>
      c.reduce((sum, value, i) => (i % 2 === axis ? sum + value / (c.length / 2) : sum), 0);
    for (let r = 0; r < target.rows; r++) {
      const [x, y] = placed.umap!.coordinates.subarray(2 * r, 2 * r + 2);
      const toTarget = Math.hypot(x - centre(t, 0), y - centre(t, 1));
      expect(toTarget).toBeLessThan(Math.hypot(x - centre(s, 0), y - centre(s, 1)));
    }
  });

  it('places each row by itself', () => {
    const together = place(frame, target);
    const alone = place(frame, { rows: 1, columns: 70, values: target.values.slice(70 * 7, 70 * 8) });
    expect(alone.umap!.coordinates).toEqual(together.umap!.coordinates.slice(14, 16));
    expect(alone.umap!.offData[0]).toBe(together.umap!.offData[7]);
  });

  it('tells rows off the data, which the map shows inside, by their distance', () => {
    const fresh = place(frame, gaussian(40, 70, 'fresh', 3)).umap!;
    const far = place(frame, gaussian(40, 70, 'far', 12)).umap!;
    const bounds = [Math.min(...frame.umap!), Math.max(...frame.umap!)];
    for (const value of far.coordinates) {
      expect(value).toBeGreaterThanOrEqual(bounds[0]);
      expect(value).toBeLessThanOrEqual(bounds[1]);
    }
    for (const ratio of fresh.offData) expect(Math.abs(ratio - 1)).toBeLessThan(0.35);
    for (const ratio of far.offData) expect(ratio).toBeGreaterThan(4);
  });

  it('sees what lies off the data outside the principal components', () => {
    // Real rows vary in the first two features only, so the components know no other direction.
    const flat = gaussian(50, 60, 'flat');
    flat.values.forEach((_, i) => {
      if (i % 60 >= 2) flat.values[i] = 0;
    });
    const lifted = { ...flat, values: flat.values.slice() };
    for (let r = 0; r < lifted.rows; r++) lifted.values[r * 60 + 59] = 20;
    const placed = place(fitted(flat, flat), lifted);
    for (const ratio of placed.pca.offData) expect(ratio).toBeGreaterThan(10);
  });

  it('refuses rows of other features', () => {
    expect(() => place(frame, gaussian(2, 69, 'other'))).toThrow(/fitted on 70 features/);
  });

  it('places a row that holds no number nowhere, and the others where they were', () => {
    const broken = { ...target, values: target.values.slice() };
    broken.values[70 * 4 + 9] = Number.NaN;
    const before = place(frame, target).umap!;
    const placed = place(frame, broken);
    expect([...placed.umap!.coordinates.subarray(8, 10)]).toEqual([Number.NaN, Number.NaN]);
    expect(placed.umap!.offData[4]).toBe(Number.NaN);
    expect(placed.umap!.coordinates.slice(10)).toEqual(before.coordinates.slice(10));
  });
});

describe('the frame on the kernels', () => {
  it('is that of plain code but for the last digits', () => {
    const machine = Machine.create({ shared: false });
    const onKernels = [...fitFrame(source, target, 1, machine)].flatMap((s) =>
      s.type === 'frame' ? [s.frame] : [],
    );
    const plain = fitted(source, target);
    expect(onKernels[1].typicalDistance / plain.typicalDistance).toBeCloseTo(1, 3);
    const [a, b] = [frameCoordinates(onKernels[1], 'pca')!.target, frameCoordinates(plain, 'pca')!.target];
    a.forEach((value, i) => {
      expect(value).toBeCloseTo(b[i], 3);
    });
    const placed = finish(placeRows(onKernels[1], target, machine));
    const expected = place(onKernels[1], target);
    placed.umap!.coordinates.forEach((value, i) => {
      expect(value).toBeCloseTo(expected.umap!.coordinates[i], 3);
    });
  });

  it('gives the kernels’ memory back when it is left half-way', () => {
    const machine = Machine.create({ shared: false })!;
    const free = machine.allocate(64);
    machine.release(free);
    for (const steps of [1, 2, 3, 4, 5]) {
      const fitting = fitFrame(source, target, 1, machine);
      for (let step = 0; step < steps; step++) fitting.next();
      expect(fitting.return(undefined as never).done).toBe(true);
      const place = machine.allocate(64);
      expect(place).toBe(free);
      machine.release(place);
    }
  });
});
