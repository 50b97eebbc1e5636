/**
 * How far a comparison is and how long the rest will take: what units of a method took where one is done, else what
 * the method costs beside those that are. Knows no network and keeps no clock of its own.
 */
import { PHASES } from '../events.ts';
import { type PhaseNumbers, TRAINING_PHASES } from '../plan.ts';
import type { MethodName } from './config.ts';
import type { ComparisonProgress, UnitEvent } from './events.ts';
import type { UnitKey, UnitResult } from './unit.ts';

/** What a unit of each method costs, phase by phase, in any measure. */
export type PhaseCosts = Readonly<Record<MethodName, PhaseNumbers>>;

/** The sum over the phases. */
export const totalCost = (costs: PhaseNumbers): number =>
  TRAINING_PHASES.reduce((sum, phase) => sum + costs[phase], 0);

export interface ProgressStart {
  readonly costs: PhaseCosts;
  /** Every unit of the comparison, or of the shard. */
  readonly units: number;
  /** Those still to run, in order. */
  readonly missing: readonly UnitKey[];
  /** Results of earlier starts; those of another backend say nothing about time here. */
  readonly finished: readonly UnitResult[];
  readonly backend: string;
}

export class ProgressMeter {
  private readonly measured = new Map<MethodName, number[]>();
  private waiting: readonly UnitKey[];
  private present: UnitKey | null = null;
  private presentSeconds = 0;
  private presentCost = 0;
  private elapsedSeconds = 0;

  constructor(private readonly start: ProgressStart) {
    this.waiting = start.missing;
    for (const { method, backend, diverged, seconds } of start.finished) {
      if (backend === start.backend && diverged === null) this.measure(method, seconds);
    }
  }

  /** The next unit begins. */
  begin(): void {
    [this.present, ...this.waiting] = this.waiting;
    this.presentSeconds = 0;
    this.presentCost = 0;
  }

  /** Notes seconds of computing, and what they led to. */
  note(seconds: number, event: UnitEvent | null): void {
    this.elapsedSeconds += seconds;
    this.presentSeconds += seconds;
    if (!this.present || !event || (event.type !== 'phase' && event.type !== 'step')) return;
    const costs = this.start.costs[this.present.method];
    const reached = PHASES.indexOf(event.phase);
    // Phases before this one are over, even if they stopped early.
    const over = TRAINING_PHASES.filter((phase) => PHASES.indexOf(phase) < reached);
    const within = event.type === 'step' ? TRAINING_PHASES.find((phase) => phase === event.phase) : undefined;
    const share = event.type === 'step' ? event.step / event.steps : 0;
    this.presentCost =
      over.reduce((sum, phase) => sum + costs[phase], 0) + (within ? share * costs[within] : 0);
  }

  /** The present unit is over. @returns the seconds it computed. */
  end(finished: boolean): number {
    const seconds = this.presentSeconds;
    if (this.present && finished) this.measure(this.present.method, seconds);
    this.present = null;
    return seconds;
  }

  progress(): ComparisonProgress {
    const { units } = this.start;
    return {
      done: units - this.waiting.length - (this.present ? 1 : 0),
      units,
      unitShare: this.share(),
      elapsedSeconds: this.elapsedSeconds,
      remainingSeconds: this.remaining(),
    };
  }

  private measure(method: MethodName, seconds: number): void {
    this.measured.set(method, [...(this.measured.get(method) ?? []), seconds]);
  }

  private costOf(method: MethodName): number {
    return totalCost(this.start.costs[method]);
  }

  private share(): number {
    if (!this.present) return 0;
    const cost = this.costOf(this.present.method);
    return cost > 0 ? Math.min(1, this.presentCost / cost) : 0;
  }

  /** Seconds for one unit of cost: over what is done, the present unit included; null before anything is. */
  private rate(): number | null {
    let seconds = this.present ? this.presentSeconds : 0;
    let cost = this.present ? this.presentCost : 0;
    for (const [method, times] of this.measured) {
      seconds += times.reduce((a, b) => a + b, 0);
      cost += times.length * this.costOf(method);
    }
    return cost > 0 ? seconds / cost : null;
  }

  private remaining(): number | null {
    const rate = this.rate();
    const expected = (method: MethodName): number | null => {
      const times = this.measured.get(method);
      if (times) return times.reduce((a, b) => a + b, 0) / times.length;
      return rate === null ? null : rate * this.costOf(method);
    };
    let sum = 0;
    for (const { method } of this.waiting) {
      const seconds = expected(method);
      if (seconds === null) return null;
      sum += seconds;
    }
    if (!this.present) return sum;
    const seconds = expected(this.present.method);
    return seconds === null ? null : sum + seconds * (1 - this.share());
  }
}
