/** Verdicts on samples that are known to be faithful, or to fail in one way each. */
import { describe, expect, it } from 'vitest';
import { columnMeans, type Matrix, matrixRows } from '../corpus/corpus.ts';
import { fidelityOf } from './fidelity.ts';
import { changed, demoPair, madeFrom, setsOf } from './inspectPair.testing.ts';

const pair = demoPair();
const { source, target } = pair.scaled;
const tell = fidelityOf(pair);
const verdicts = (B: Matrix) => {
  const { verdicts } = tell('B', setsOf(pair, { B: madeFrom(B) }));
  return verdicts.map(({ verdict }) => verdict);
};
const rows = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const real = matrixRows(target, rows(180));
const centre = columnMeans(target);

describe('fidelity of samples that imitate the target', () => {
  it('passes real rows, whichever number of them', () => {
    expect(verdicts(real)).toEqual(['pass', 'pass', 'pass']);
    expect(verdicts(matrixRows(target, rows(60)))).toEqual(['pass', 'pass', 'pass']);
  });

  it('finds the shift where the source is handed on as it is', () => {
    expect(verdicts(source)[0]).toBe('fail');
  });

  it('finds what became narrow, and worse what collapsed', () => {
    const narrowed = (share: number) => changed(real, (value, c) => centre[c] + share * (value - centre[c]));
    expect(verdicts(narrowed(0.7))[1]).toBe('warn');
    expect(verdicts(narrowed(0.4))[1]).toBe('fail');
    expect(verdicts(narrowed(0))).toEqual(['fail', 'fail', 'fail']);
  });

  it('finds lost correlations where every feature by itself is right', () => {
    const { rows: count, columns } = real;
    const mixed = changed(real, (_, c, r) => real.values[((r + 7 * c) % count) * columns + c]);
    expect(verdicts(mixed)).toEqual(['pass', 'pass', 'fail']);
  });

  it('refuses too few rows, and a type that is not made', () => {
    expect(() => verdicts(matrixRows(target, rows(5)))).toThrow('Too few rows');
    expect(() => tell('C', setsOf(pair, {}))).toThrow('no samples of type C');
  });
});

describe('what is shown of a feature', () => {
  const report = tell('B', setsOf(pair, { B: madeFrom(real) }));

  it('is of the strongest shifts, as shares that sum to one', () => {
    expect(report.features).toHaveLength(8);
    for (const { edges, ...feature } of report.features) {
      expect(feature.before).toBeGreaterThan(feature.after);
      for (const shares of [feature.source, feature.target, feature.synthetic]) {
        expect(edges).toHaveLength(shares.length + 1);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
      }
    }
    expect(report.total).toBe(target.columns);
    expect(report.improved).toBeGreaterThan(0.6 * report.total);
  });

  it('stands in the units of the imitated files', () => {
    const [{ feature, edges }] = report.features;
    const column = pair.target.features.indexOf(feature);
    const values = Array.from(
      { length: pair.target.rows },
      (_, r) => pair.target.values[r * target.columns + column],
    );
    const inside = values.filter((value) => value >= edges[0] && value <= (edges.at(-1) ?? 0));
    expect(inside.length).toBeGreaterThan(0.95 * values.length);
  });

  it('is held against the source for A and C', () => {
    const A = madeFrom(matrixRows(source, rows(200)));
    const C = madeFrom(target);
    expect(tell('A', setsOf(pair, { A })).verdicts.map(({ verdict }) => verdict)).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
    expect(tell('C', setsOf(pair, { C })).verdicts[0].verdict).toBe('fail');
  });
});
