import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spawnKernelThread } from '../../cli/kernels.ts';
import { nearestPacked, packRows, squaredDistancesPacked } from './distances.ts';
import { Machine, type SimdLevel } from './machine.ts';

/** Squared distances by definition, `[queries, reference]`. */
function byDefinition(queries: Float32Array, reference: Float32Array, columns: number): number[][] {
  const rowsOf = (values: Float32Array) =>
    Array.from({ length: values.length / columns }, (_, r) =>
      values.subarray(r * columns, (r + 1) * columns),
    );
  return rowsOf(queries).map((a) =>
    rowsOf(reference).map((b) => a.reduce((sum, x, c) => sum + (x - b[c]) ** 2, 0)),
  );
}

/** The k nearest by sorting; of equal ones the lower row first. */
function bySorting(distances: readonly number[], k: number, own: number): number[] {
  const order = distances.map((_, r) => r).filter((r) => r !== own);
  return order.sort((r, s) => distances[r] - distances[s] || r - s).slice(0, k);
}

/** Small whole numbers: many equal distances, and sums that are exact. */
const whole = (columns: number) =>
  fc
    .array(fc.integer({ min: -3, max: 3 }), { minLength: columns, maxLength: 40 * columns })
    .map((numbers) => Float32Array.from(numbers.slice(0, numbers.length - (numbers.length % columns))));
// Around 16 and 48 columns the kernel looks whether a tile is still worth it.
const cases = fc
  .oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(47, 48, 49, 60))
  .chain((columns) => fc.tuple(fc.constant(columns), whole(columns), whole(columns)));

describe.each<SimdLevel>(['simd', 'relaxed'])('distances on %s', (level) => {
  let machine: Machine;
  let many: Machine;
  beforeAll(async () => {
    machine = Machine.create({ level, shared: false }) as Machine;
    many = Machine.create({ level, shared: true }) as Machine;
    await many.start(3, spawnKernelThread);
  });
  afterAll(() => many.dispose());

  /** Packs both, uses them, releases both. */
  function packed<T>(
    queries: Float32Array,
    reference: Float32Array,
    columns: number,
    use: (q: ReturnType<typeof packRows>, r: ReturnType<typeof packRows>) => T,
  ): T {
    const q = packRows(machine, 'queries', queries, columns);
    const r = packRows(machine, 'reference', reference, columns);
    const result = use(q, r);
    q.release();
    r.release();
    return result;
  }

  it('are those of the definition, for any number of rows and columns', () => {
    fc.assert(
      fc.property(cases, ([columns, queries, reference]) => {
        const found = packed(queries, reference, columns, (q, r) => squaredDistancesPacked(machine, q, r));
        expect([...found]).toEqual(byDefinition(queries, reference, columns).flat());
      }),
    );
  });

  it('are exactly symmetric, and exactly 0 between equal rows', () => {
    const columns = 1582;
    const values = Float32Array.from({ length: 21 * columns }, (_, i) => Math.sin(i * i));
    values.copyWithin(20 * columns, 0, columns);
    const d = packed(values, values, columns, (q, r) => squaredDistancesPacked(machine, q, r));
    for (let i = 0; i < 21; i++) {
      expect(d[i * 21 + i]).toBe(0);
      for (let j = 0; j < i; j++) expect(d[i * 21 + j]).toBe(d[j * 21 + i]);
    }
    expect(d[20]).toBe(0);
    const [[, exact]] = byDefinition(values.subarray(0, columns), values.subarray(0, 2 * columns), columns);
    expect(Math.abs(d[1] / exact - 1)).toBeLessThan(1e-5);
  });

  it('give the nearest rows that sorting gives, in the same order', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 9 }), ([columns, queries, reference], k) => {
        const { indices, squares } = packed(queries, reference, columns, (q, r) =>
          nearestPacked(machine, q, r, k, null),
        );
        byDefinition(queries, reference, columns).forEach((distances, q) => {
          const expected = bySorting(distances, k, -1);
          const filled = [...expected, ...new Array<number>(k).fill(-1)].slice(0, k);
          expect([...indices.subarray(q * k, (q + 1) * k)]).toEqual(filled);
          const wanted = filled.map((r) => (r < 0 ? Infinity : distances[r]));
          expect([...squares.subarray(q * k, (q + 1) * k)]).toEqual(wanted);
        });
      }),
    );
  });

  it('leave a row out of its own neighbours, wherever the queries begin', () => {
    fc.assert(
      fc.property(cases, fc.nat(60), fc.integer({ min: 1, max: 9 }), ([columns, rows], first, k) => {
        const own = first % (rows.length / columns);
        const queries = rows.subarray(own * columns);
        const { indices } = packed(queries, rows, columns, (q, r) => nearestPacked(machine, q, r, k, own));
        byDefinition(queries, rows, columns).forEach((distances, q) => {
          const found = [...indices.subarray(q * k, (q + 1) * k)].filter((r) => r >= 0);
          expect(found).toEqual(bySorting(distances, k, own + q));
        });
      }),
    );
  });

  it('find the same in a reference of many blocks', () => {
    const columns = 50;
    const reference = Float32Array.from({ length: 4000 * columns }, (_, i) =>
      Math.round(9 * Math.sin(i * i)),
    );
    const queries = reference.slice(0, 10 * columns);
    const { indices } = packed(queries, reference, columns, (q, r) => nearestPacked(machine, q, r, 15, 0));
    byDefinition(queries, reference, columns).forEach((distances, q) => {
      expect([...indices.subarray(q * 15, (q + 1) * 15)]).toEqual(bySorting(distances, 15, q));
    });
  });

  it('find nothing near a row that holds no number, and never that row', () => {
    const rows = Float32Array.from([0, Number.NaN, 2, 5, Infinity]);
    const { indices } = packed(rows, rows, 1, (q, r) => nearestPacked(machine, q, r, 2, 0));
    expect([...indices]).toEqual([2, 3, -1, -1, 0, 3, 2, 0, -1, -1]);
  });

  it('are the same to the last bit with three threads as with one', () => {
    const columns = 70;
    const rows = Float32Array.from({ length: 1237 * columns }, (_, i) => Math.sin(i * i));
    const both = [machine, many].map((on) => {
      const [q, r] = [packRows(on, 'queries', rows, columns), packRows(on, 'reference', rows, columns)];
      return { near: nearestPacked(on, q, r, 7, 0), distances: squaredDistancesPacked(on, q, r) };
    });
    expect(many.threads).toBe(3);
    const [one, three] = both;
    expect(three.near).toEqual(one.near);
    expect(three.distances.findIndex((d, i) => d !== one.distances[i])).toBe(-1);
    expect(one.near.indices.every((row) => row >= 0)).toBe(true);
  });
});
