import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METHOD_NAMES, type MethodName } from './config.ts';
import { plannedUnits, runningOrder, type UnitCosts, unitsOfShard } from './grid.ts';
import { unitName } from './unit.ts';
import { testConfig } from './units.testing.ts';

/** Dearer in the order of the names, the first the dearest. */
const costs = Object.fromEntries(
  METHOD_NAMES.map((method, i) => [method, 2 * METHOD_NAMES.length - i]),
) as UnitCosts;

describe('the grid', () => {
  it('runs seed by seed, cheap methods first', () => {
    const config = testConfig({ methods: ['within', 'source-only', 'ccemogan'], seeds: [4, 2] });
    const dear: UnitCosts = { ...costs, 'source-only': 1, within: 5, ccemogan: 9 };
    expect(runningOrder(config, dear).map(unitName)).toEqual([
      'source-only-4',
      'within-4',
      'ccemogan-4',
      'source-only-2',
      'within-2',
      'ccemogan-2',
    ]);
  });

  it('gives every unit to one shard, whatever the number of shards', () => {
    const some = fc.subarray<MethodName>([...METHOD_NAMES], { minLength: 1 });
    fc.assert(
      fc.property(
        some,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 9 }),
        (methods, seeds, of) => {
          const config = testConfig({ methods, seeds: Array.from({ length: seeds }, (_, i) => i) });
          const dealt = Array.from({ length: of }, (_, i) =>
            unitsOfShard(config, costs, { index: i + 1, of }),
          );
          expect(dealt.flat().map(unitName).toSorted()).toEqual(
            plannedUnits(config).map(unitName).toSorted(),
          );
          const sizes = dealt.map((units) => units.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('spreads the dear methods over the shards', () => {
    const config = testConfig({ methods: ['source-only', 'ccemogan'], seeds: [1, 2, 3, 4] });
    for (const index of [1, 2]) {
      const own = unitsOfShard(config, costs, { index, of: 2 });
      expect(own.filter(({ method }) => method === 'ccemogan')).toHaveLength(2);
    }
    expect(() => unitsOfShard(config, costs, { index: 0, of: 2 })).toThrow('count from 1 to 2');
    expect(() => unitsOfShard(config, costs, { index: 3, of: 2 })).toThrow('count from 1 to 2');
  });
});
