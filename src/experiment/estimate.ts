/** How long a run will take on the present backend, from a few measured steps. */
import { measureSteps } from '../methods/measure.ts';
import { METHODS } from '../methods/registry.ts';
import type { RunConfig } from './config.ts';
import { plannedSteps, relativeCosts, stepTimes, TRAINING_PHASES } from './plan.ts';
import type { Prepared } from './prepare.ts';

export interface RunEstimate {
  /** Milliseconds of one of the steps below. */
  readonly msPerStep: number;
  /** Steps planned of what the method trains: the GAN, else adapted classifiers, else the recognisers alone. */
  readonly steps: number;
  /** Seconds for the whole run. */
  readonly seconds: number;
}

/** Beyond this nobody waits in front of a tab. */
const HOPELESS_SECONDS = 3600;

/** What a method is there to train, in the order in which that is looked for. */
const MAIN_PHASES = ['gan', 'adaptation', 'recognisers'] as const;

/** Measures for well under two seconds on a small network, and as long as a few steps take on a large one. */
export async function estimateRun(
  config: RunConfig,
  prepared: Prepared,
  now: () => number,
  signal: AbortSignal,
): Promise<RunEstimate> {
  const { settings, seed, task } = config;
  const context = { data: prepared.data, settings, seed, task, now };
  const measured = await measureSteps(context, METHODS[config.method].gan, signal);
  const times = stepTimes(measured, relativeCosts(settings, prepared.data.source.columns));
  const steps = plannedSteps(config, prepared);
  const ms = TRAINING_PHASES.reduce((sum, phase) => sum + steps[phase] * (times?.[phase] ?? 0), 0);
  const main = MAIN_PHASES.find((phase) => steps[phase] > 0) ?? 'recognisers';
  return { msPerStep: times?.[main] ?? 0, steps: steps[main], seconds: ms / 1000 };
}

/** A warning where a run is hopeless at this speed, saying what to do instead; null where it is not. */
export function hopeless({ seconds }: RunEstimate, { preset }: RunConfig): string | null {
  if (seconds < HOPELESS_SECONDS) return null;
  const hours = (seconds / 3600).toFixed(1);
  const instead = preset === 'quick' ? 'fewer steps or smaller networks' : 'the preset “Quick”';
  return `This run would take about ${hours} hours on this backend. Choose ${instead}, or a machine with a GPU.`;
}
