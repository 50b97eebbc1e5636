/** One sample, and two groups: what is told of samples whose making is known. */
import { describe, expect, it } from 'vitest';
import { columnMeans, matrixRows } from '../corpus/corpus.ts';
import { demoCorpora } from '../corpus/demo.ts';
import { Machine } from '../kernels/machine.ts';
import { compareGroups } from './compareGroups.ts';
import { inspectSample } from './inspect.ts';
import { changed, demoPair, madeFrom, pairParts, setsOf } from './inspectPair.testing.ts';
import { inspectedPair } from './inspectPair.ts';

const pair = demoPair();
const { source, target } = pair.scaled;
const { features } = pair.matched;
const COLUMN = 5;
const rows = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);

/** Rows 10 … 29 of the source, with one feature raised on the way back. */
const origins = matrixRows(source, rows(10, 20));
const A = madeFrom(
  changed(origins, (value, c) => (c === COLUMN ? value + 0.25 : value)),
  10,
);
const sets = setsOf(pair, { A, B: madeFrom(origins, 10), C: madeFrom(matrixRows(target, rows(0, 30))) });

describe('a sample', () => {
  it('knows its origin, how far it moved, and which feature changed', () => {
    const report = inspectSample(pair, { group: 'A', row: 3 }, sets);
    expect(report.origin).toEqual({ group: 'source', row: 13 });
    expect(report.moved).toBeCloseTo(0.25 / Math.sqrt(features.length), 4);
    const [first, second] = report.features;
    expect(first.feature).toBe(features[COLUMN]);
    expect(first.first).toBeCloseTo(pair.source.values[13 * features.length + COLUMN], 2);
    expect(first.second - first.first).toBeCloseTo(
      first.difference * Math.sqrt(pair.moments('source').variance[COLUMN]),
      3,
    );
    expect(Math.abs(second.difference)).toBeLessThan(1e-3);
    expect(report.neighbours[0]).toMatchObject({ group: 'source', row: 13 });
  });

  it('of type B has the way back of its origin as its reconstruction, and target units', () => {
    const report = inspectSample(pair, { group: 'B', row: 3 }, sets);
    expect(report.moved).toBe(0);
    expect(report.reconstruction?.features[0].feature).toBe(features[COLUMN]);
    expect(report.reconstruction?.error).toBeCloseTo(0.25 / Math.sqrt(features.length), 4);
    const back = pair.scaled.toTargetUnits(matrixRows(source, [13])).values;
    for (const { feature, second } of report.features) {
      expect(second).toBeCloseTo(back[features.indexOf(feature)], 3);
    }
  });

  it('of type C comes from the target, which no moment takes there and back', () => {
    const report = inspectSample(pair, { group: 'C', row: 7 }, sets);
    expect(report.origin).toEqual({ group: 'target', row: 7 });
    expect(report.reconstruction).toBeNull();
    expect(report.neighbours[0]).toEqual({ group: 'target', row: 7, distance: 0 });
  });
});

describe('a real row', () => {
  it('is held against the mean of its corpus, and is not its own neighbour', () => {
    const report = inspectSample(pair, { group: 'source', row: 13 }, sets);
    expect(report).toMatchObject({ origin: null, moved: null });
    expect(report.reconstruction).not.toBeNull();
    const [{ feature, first, second }] = report.features;
    const column = features.indexOf(feature);
    expect(first).toBeCloseTo(columnMeans(pair.matched.source)[column], 3);
    expect(second).toBeCloseTo(pair.source.values[13 * features.length + column], 5);
    expect(report.neighbours).not.toContainEqual(expect.objectContaining({ group: 'source', row: 13 }));
  });

  it('has the nearest rows of both corpora in order, at distances that are usually about 1', () => {
    const nearest = Array.from({ length: 40 }, (_, row) => {
      const { neighbours } = inspectSample(pair, { group: 'target', row }, null);
      const distances = neighbours.map(({ distance }) => distance);
      expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      return distances[0];
    });
    const median = nearest.toSorted((a, b) => a - b)[20];
    expect(median).toBeGreaterThan(0.6);
    expect(median).toBeLessThan(1.5);
    const all = Array.from({ length: source.rows }, (_, r) => {
      const own = source.values.subarray(r * source.columns, (r + 1) * source.columns);
      return Math.hypot(...own.map((value, c) => value - target.values[c]));
    });
    const found = inspectSample(pair, { group: 'target', row: 0 }, null).neighbours;
    const first = found.find(({ group }) => group === 'source');
    if (first) expect(all[first.row]).toBeCloseTo(Math.min(...all), 5);
  });

  it('has the same nearest rows on the kernels', () => {
    const machine = Machine.create({ shared: false });
    const onKernels = inspectedPair(pairParts(), machine);
    const found = (of: typeof pair) => inspectSample(of, { group: 'source', row: 5 }, null).neighbours;
    expect(found(onKernels).map(({ group, row }) => [group, row])).toEqual(
      found(pair).map(({ group, row }) => [group, row]),
    );
    expect(found(onKernels)[0].distance).toBeCloseTo(found(pair)[0].distance, 4);
  });

  it('has no reconstruction where no moment holds it', () => {
    expect(inspectSample(pair, { group: 'source', row: 200 }, sets).reconstruction).toBeNull();
    expect(inspectSample(pair, { group: 'source', row: 13 }, null).reconstruction).toBeNull();
  });
});

it('says why a sample is not there', () => {
  expect(() => inspectSample(pair, { group: 'A', row: 0 }, null)).toThrow('not kept for this moment');
  expect(() => inspectSample(pair, { group: 'A', row: 20 }, sets)).toThrow('Type A has 20 rows, but row 21');
  expect(() => inspectSample(pair, { group: 'target', row: -1 }, null)).toThrow('The target corpus has 360');
});

it('tells distances of corpora whose rows are all the same', () => {
  const demo = demoCorpora({ seed: 1, sourceRows: 12, targetRows: 12 });
  const flat = { ...demo.source, values: new Float32Array(demo.source.values.length) };
  const same = inspectedPair(pairParts({ source: flat, target: { ...flat, name: 'b' } }), null);
  const { neighbours, features: differing } = inspectSample(same, { group: 'source', row: 0 }, null);
  expect(neighbours.map(({ distance }) => distance)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(differing[0].difference).toBe(0);
});

describe('two groups', () => {
  it('differ by the feature that was changed, in the units of the files', () => {
    const request = { first: { source: rows(10, 20) }, second: { A: rows(0, 20) } };
    const { rows: counts, distance, features: differing } = compareGroups(pair, request, sets);
    expect(counts).toEqual([20, 20]);
    expect(distance).toBeCloseTo(0.25 / Math.sqrt(features.length), 3);
    expect(differing[0].feature).toBe(features[COLUMN]);
    expect(differing[0].difference).toBeGreaterThan(0.5);
    const mean = columnMeans(matrixRows(pair.matched.source, rows(10, 20)))[COLUMN];
    expect(differing[0].first).toBeCloseTo(mean, 2);
  });

  it('may hold several kinds of samples', () => {
    const request = {
      first: { source: rows(10, 20), C: rows(0, 30) },
      second: { source: rows(10, 20), C: rows(0, 30) },
    };
    const { rows: counts, distance } = compareGroups(pair, request, sets);
    expect(counts).toEqual([50, 50]);
    expect(distance).toBe(0);
  });

  it('must both hold samples that are there', () => {
    const some = { source: rows(0, 3) };
    expect(() => compareGroups(pair, { first: some, second: {} }, sets)).toThrow('no samples');
    expect(() => compareGroups(pair, { first: some, second: { B: rows(19, 2) } }, sets)).toThrow('row 21');
    expect(() => compareGroups(pair, { first: some, second: { B: rows(0, 2) } }, null)).toThrow('not kept');
  });
});
