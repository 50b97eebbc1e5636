/**
 * The grid of a comparison: its units, the order they run in, and how shards share them. Knows what a unit costs only
 * as a number. No chance and no clock: every machine that is given the same sees the same grid.
 */
import { type ComparisonConfig, inTableOrder, type MethodName } from './config.ts';
import type { UnitKey } from './unit.ts';

/** One of several machines that share a comparison; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** What a unit of a method costs, in any measure. */
export type UnitCosts = Readonly<Record<MethodName, number>>;

/** Every unit, method by method in the order of the tables. */
export function plannedUnits({ methods, seeds }: ComparisonConfig): UnitKey[] {
  return inTableOrder(methods).flatMap((method) => seeds.map((seed) => ({ method, seed })));
}

/**
 * The units in the order they run in: seed by seed, so that every row has a first figure early, within a seed the
 * cheap methods first.
 */
export function runningOrder(config: ComparisonConfig, costs: UnitCosts): UnitKey[] {
  const turn = (unit: UnitKey) => config.seeds.indexOf(unit.seed);
  return plannedUnits(config).toSorted((a, b) => turn(a) - turn(b) || costs[a.method] - costs[b.method]);
}

/**
 * The units of one shard, in the order of `runningOrder`: every n-th of them with the most expensive methods first,
 * so that each shard has its share of the long ones. All shards together have every unit once.
 * @throws where there is no such shard.
 */
export function unitsOfShard(config: ComparisonConfig, costs: UnitCosts, { index, of }: Shard): UnitKey[] {
  if (!Number.isInteger(index) || index < 1 || index > of) {
    throw new Error(`Shard ${index} of ${of}: shards count from 1 to ${of}.`);
  }
  const dealt = plannedUnits(config)
    .toSorted((a, b) => costs[b.method] - costs[a.method])
    .filter((_, i) => i % of === index - 1);
  const own = new Set(dealt.map(({ method, seed }) => `${method}/${seed}`));
  return runningOrder(config, costs).filter(({ method, seed }) => own.has(`${method}/${seed}`));
}
