import { describe, expect, it } from 'vitest';
import type { Matrix } from './corpus.ts';
import { outlierColumns } from './outliers.ts';
import { randomStream } from './random.ts';

/** A matrix of one draw a cell. */
function drawn(rows: number, columns: number, draw: () => number): Matrix {
  const values = Float32Array.from({ length: rows * columns }, draw);
  return { rows, columns, values };
}

const random = randomStream(5, 'outliers');
const normal = () => random.normal();

describe('columns that outliers crush', () => {
  it('are those with few values far from all others, named by the farthest', () => {
    const x = drawn(200, 4, normal);
    x.values[17 * 4 + 1] = 500;
    x.values[30 * 4 + 1] = 200;
    x.values[199 * 4 + 2] = -1e6;
    const found = outlierColumns(x);
    expect(found.map(({ column, row, value }) => ({ column, row, value }))).toEqual([
      { column: 1, row: 17, value: 500 },
      { column: 2, row: 199, value: -1e6 },
    ]);
    expect(found[0].shareOfRange).toBeGreaterThan(0);
    expect(found[0].shareOfRange).toBeLessThan(0.02);
  });

  it('have one such value at least in a hundred, and not three', () => {
    const x = drawn(250, 1, normal);
    for (const row of [0, 100]) x.values[row] = 1000 + row;
    expect(outlierColumns(x)).toHaveLength(1);
    x.values[249] = 1050;
    expect(outlierColumns(x)).toHaveLength(0);
  });

  it('may be crushed from both ends, and lie where windows of bins begin or end', () => {
    const x = drawn(300, 1, () => 49 + random.uniform());
    x.values[3] = -100;
    x.values[4] = 103;
    x.values[5] = 12;
    expect(outlierColumns(x)).toMatchObject([{ row: 3, value: -100 }]);
    for (const centre of [0.05, 0.26, 0.5, 0.74, 0.95]) {
      const y = drawn(300, 1, () => centre + 0.095 * (random.uniform() - 0.5));
      y.values[0] = centre < 0.5 ? 1 : 0;
      y.values[1] = centre < 0.5 ? 0 : 1;
      expect(outlierColumns(y), `${centre}`).toHaveLength(1);
    }
  });

  it('are not those of heavy tails, of rare events, of two groups or of one value', () => {
    const logNormal = drawn(1000, 200, () => Math.exp(random.normal()));
    expect(outlierColumns(logNormal)).toHaveLength(0);
    expect(outlierColumns(drawn(500, 50, () => -Math.log(1 - random.uniform())))).toHaveLength(0);
    expect(outlierColumns(drawn(500, 20, () => (random.uniform() < 0.1 ? 1e6 : random.normal())))).toEqual(
      [],
    );
    const rare = drawn(500, 1, () => 0);
    rare.values[9] = 3;
    expect(outlierColumns(rare)).toEqual([]);
    expect(outlierColumns(drawn(500, 3, () => 7))).toEqual([]);
    expect(outlierColumns(drawn(2, 3, normal))).toEqual([]);
  });

  it('are found among missing and infinite values, which themselves are none', () => {
    const x = drawn(200, 3, normal);
    x.values[0] = Number.POSITIVE_INFINITY;
    x.values[3] = Number.NEGATIVE_INFINITY;
    for (let r = 0; r < 200; r++) x.values[3 * r + 2] = Number.NaN;
    for (let r = 0; r < 200; r += 2) x.values[3 * r + 1] = Number.NaN;
    x.values[3 * 21 + 1] = 1e8;
    expect(outlierColumns(x)).toMatchObject([{ column: 1, row: 21, value: 1e8 }]);
  });
});
