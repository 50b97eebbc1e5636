/** The best generators so far by the label-free criterion, and when to stop looking for better ones. */
import type { Mlp } from '../nn/mlp.ts';
import type { Criterion } from './criterion.ts';
import type { TrainingEvent } from './events.ts';
import type { GanClassifier } from './ganClassifier.ts';
import type { GanTraining } from './ganTraining.ts';
import { disposeGenerators, type FrozenGenerators } from './generate.ts';
import { DivergenceError } from './method.ts';

/** Networks of one step, for inference. Whoever has it calls `disposeCheckpoint` when done. */
export interface Checkpoint {
  readonly step: number;
  readonly generators: FrozenGenerators;
  /** The classifier of the same step, where it learned along; else null. */
  readonly classifier: Mlp | null;
}

/** Gives a checkpoint's memory back. */
export function disposeCheckpoint({ generators, classifier }: Checkpoint): void {
  disposeGenerators(generators);
  classifier?.dispose();
}

/** Keeps the networks with the lowest criterion, and says when patience is at an end. */
export class BestCheckpoint {
  private best: (Checkpoint & { readonly value: number }) | null = null;
  private checksSince = 0;

  /** `classifier` is null in a method without one; `patience` 0 never ends. */
  constructor(
    private readonly gan: GanTraining,
    private readonly classifier: GanClassifier | null,
    private readonly criterion: Criterion,
    private readonly patience: number,
  ) {}

  /**
   * Measures the present generators; returns the events, the last of them `false` to stop.
   * @throws DivergenceError where the criterion is not finite.
   */
  async check(step: number): Promise<(TrainingEvent | false)[]> {
    const generators = this.gan.frozenGenerators();
    const value = await this.criterion.measure(generators, this.classifier?.present ?? null);
    if (!Number.isFinite(value)) {
      disposeGenerators(generators);
      throw new DivergenceError('stopping criterion', step, value);
    }
    const better = this.best === null || value < this.best.value;
    if (better) {
      this.dispose();
      this.best = { value, step, generators, classifier: this.classifier?.copy() ?? null };
      this.checksSince = 0;
    } else {
      disposeGenerators(generators);
      this.checksSince++;
    }
    const event = { type: 'criterion', step, value, best: better } as const;
    if (this.patience === 0 || this.checksSince < this.patience) return [event];
    const message =
      `Stopped early at step ${step}: the label-free criterion has not improved for ${this.patience} checks. ` +
      `The generators of step ${this.best?.step} are kept.`;
    return [event, { type: 'note', phase: 'gan', message }, false];
  }

  /** Whether nothing was measured yet. */
  get empty(): boolean {
    return this.best === null;
  }

  /** The best networks, which the caller disposes. */
  take(): Checkpoint {
    if (!this.best) throw new Error('The generators were never measured.');
    const taken = this.best;
    this.best = null;
    return taken;
  }

  dispose(): void {
    if (this.best) disposeCheckpoint(this.best);
    this.best = null;
  }
}
