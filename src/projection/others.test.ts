import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { type Frame, fitFrame } from './frame.ts';
import { addOthers, fittedMap, otherRows } from './others.ts';
import { finish } from './steps.ts';

function gaussian(rows: number, columns: number, name: string, shift = 0): Matrix {
  const random = randomStream(9, name);
  const values = Float32Array.from({ length: rows * columns }, () => shift + random.normal());
  return { rows, columns, values };
}

/** A frame of some rows of a pair, as if there were too many for all. */
function frameOf(source: Matrix, target: Matrix, sourceRows: Int32Array): Frame {
  const values = Float32Array.from(sourceRows, (row) => source.values[row]);
  const steps = fitFrame({ rows: sourceRows.length, columns: 1, values }, target, 1);
  for (;;) {
    const next = steps.next();
    if (next.done) return { ...next.value, sourceRows };
  }
}

const source = gaussian(50, 1, 'source');
const target = gaussian(30, 1, 'target', 4);
const fittedRows = Int32Array.of(3, 10, 11, 20, 49);
const frame = frameOf(source, target, fittedRows);

describe('otherRows', () => {
  it('are those that the frame was not fitted on', () => {
    const others = otherRows({ source, target }, frame, 1);
    expect(others.count).toBe(45);
    expect(others.target).toHaveLength(0);
    const all = [...fittedRows, ...others.source].sort((a, b) => a - b);
    expect(all).toEqual(Array.from({ length: 50 }, (_, row) => row));
  });

  it('are at most so many that 25,000 are on the map, the same ones for the same seed', () => {
    const many = { rows: 40_000, columns: 1, values: new Float32Array(40_000) };
    const others = otherRows({ source: many, target }, frame, 1);
    expect(others.source).toHaveLength(25_000 - fittedRows.length);
    expect(others.source).toEqual(others.source.slice().sort());
    expect(otherRows({ source: many, target }, frame, 1)).toEqual(others);
    expect(otherRows({ source: many, target }, frame, 2).source).not.toEqual(others.source);
  });
});

describe('addOthers', () => {
  it('puts other rows among the fitted ones, which stay where they are, with a share that only grows', () => {
    const steps = addOthers(frame, { source, target }, otherRows({ source, target }, frame, 1));
    let share = 0;
    let next = steps.next();
    for (; !next.done; next = steps.next()) {
      expect(next.value).toBeGreaterThanOrEqual(share);
      share = next.value;
    }
    expect(share).toBe(1);
    const { pca, umap } = next.value;
    const before = fittedMap(frame).umap!;
    expect(umap!.sourceRows).toEqual(Int32Array.from({ length: 50 }, (_, row) => row));
    expect(umap!.target).toEqual(before.target);
    fittedRows.forEach((row, n) => {
      expect(umap!.source[2 * row]).toBe(before.source[2 * n]);
      expect(umap!.source[2 * row + 1]).toBe(before.source[2 * n + 1]);
    });
    // One feature: the first component is that feature, up to its sign and the mean.
    const sign = Math.sign((pca!.source[0] - pca!.source[2]) * (source.values[0] - source.values[1]));
    const mean = source.values[0] - sign * pca!.source[0];
    source.values.forEach((value, row) => {
      expect(sign * pca!.source[2 * row] + mean).toBeCloseTo(value, 4);
    });
  });

  it('needs a complete frame', () => {
    const others = otherRows({ source, target }, frame, 1);
    expect(() => finish(addOthers({ ...frame, umap: null }, { source, target }, others))).toThrow(/complete/);
  });
});
