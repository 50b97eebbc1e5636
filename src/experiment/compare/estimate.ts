/** How long the units of a comparison will take here, before any has run: from the measured run of one method. */
import type { RunConfig } from '../config.ts';
import type { RunEstimate } from '../estimate.ts';
import { plannedSteps, relativeCosts, TRAINING_PHASES } from '../plan.ts';
import type { Prepared } from '../prepare.ts';
import type { CorpusPair } from '../within.ts';
import { phaseCosts } from './compare.ts';
import { METHOD_NAMES } from './config.ts';
import type { UnitCosts } from './grid.ts';
import { totalCost } from './progress.ts';

/**
 * Seconds of one unit of every method, from the estimate of the run `config` on the same backend: as much more or less
 * as the method's steps cost beside that run's.
 */
export function estimateUnits(
  config: RunConfig,
  pair: CorpusPair,
  prepared: Prepared,
  { seconds }: RunEstimate,
): UnitCosts {
  const { task, preset, settings, seed } = config;
  const costs = phaseCosts(
    { task, preset, settings, methods: [...METHOD_NAMES], seeds: [seed] },
    pair,
    prepared,
  );
  const perStep = relativeCosts(settings, prepared.data.source.columns);
  const steps = plannedSteps(config, prepared);
  const measured = TRAINING_PHASES.reduce((sum, phase) => sum + steps[phase] * perStep[phase], 0);
  const units = METHOD_NAMES.map((method) => [method, (totalCost(costs[method]) * seconds) / measured]);
  return Object.fromEntries(units) as UnitCosts;
}
