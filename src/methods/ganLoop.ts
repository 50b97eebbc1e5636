/**
 * Training the GAN (method.md, procedure 5): its steps, what is measured between them, what is asked of it meanwhile, and
 * going back where it diverges. Knows no method's name.
 */
import type { BestCheckpoint } from './checkpoint.ts';
import type { CycleVariant } from './cycleVariant.ts';
import type { TrainingEvent } from './events.ts';
import type { GanTraining } from './ganTraining.ts';
import { disposeGenerators, generate } from './generate.ts';
import type { LiveRequest } from './live.ts';
import { DivergenceError, type MethodContext } from './method.ts';
import { asksNetworks, type Listeners, NetworkObserver } from './networkEvidence.ts';
import { ganPlan } from './pairing.ts';
import { drawSample, type Sample } from './probes.ts';
import { SavedTraining } from './savedTraining.ts';
import { type LoopResult, trainingLoop } from './training.ts';

/** Where training can be taken back, losses are known after so many steps at the latest. */
const SETTLED_EVERY = 10;

/** One training of a GAN. Owns what it can go back to: call `dispose` when done. */
export class GanLoop {
  private readonly plan: ReturnType<typeof ganPlan>;
  private readonly probes: Sample;
  private readonly observer: NetworkObserver | null;
  /** Steps to do, which requests change. */
  private steps: number;
  /** The steps after which samples were last made and the criterion was last measured. */
  private readonly last = { snapshot: -1, criterion: -1 };
  private saved: SavedTraining | null = null;

  /** `listeners` are F_s and its second judge, null where the networks are not asked or there is no F_s. */
  constructor(
    private readonly context: MethodContext,
    variant: CycleVariant,
    private readonly gan: GanTraining,
    private readonly checkpoint: BestCheckpoint,
    listeners: Listeners | null,
  ) {
    const { settings } = context;
    this.plan = ganPlan(context);
    this.steps = this.plan.gan;
    this.probes = drawSample(context, settings.snapshot.rows, 'probes');
    this.observer = asksNetworks(settings) ? new NetworkObserver(context, variant, gan, listeners) : null;
  }

  /** Whether a step that diverges, or a request, takes training back. */
  private get recovers(): boolean {
    return this.context.live?.recovers ?? false;
  }

  /** Trains; the best networks are then in the checkpoint. */
  async *run(): AsyncGenerator<TrainingEvent, LoopResult> {
    yield { type: 'phase', phase: 'gan', steps: this.steps };
    if (this.recovers) this.save(0);
    const recovery = {
      settles: (done: number) => done % SETTLED_EVERY === 0 || this.checks(done) || this.shows(done),
      recover: (error: DivergenceError) => this.recover(error),
    };
    return yield* trainingLoop({
      phase: 'gan',
      steps: () => this.steps,
      stepsPerEpoch: this.plan.perEpoch,
      terms: this.gan.terms,
      now: this.context.now,
      step: () => this.gan.step(),
      before: (done) => this.before(done),
      after: (done) => this.after(done),
      ...(this.recovers && { recovery }),
    });
  }

  /** Whether the criterion is measured after so many steps. */
  private checks(done: number): boolean {
    return done % this.context.settings.gan.checkEvery === 0 || done === this.steps;
  }

  /** Whether samples of the probes are made after so many steps. */
  private shows(done: number): boolean {
    const { every } = this.context.settings.snapshot;
    return every > 0 && (done % every === 0 || done === this.steps);
  }

  private async *before(done: number): AsyncGenerator<TrainingEvent> {
    for (const request of this.context.live?.take(done) ?? []) {
      this.carryOut(request, done);
      yield { type: 'changed', change: { after: done, request } };
    }
    // Nothing is left to do, perhaps of a sudden: then what belongs to the last step is still owed.
    if (done < this.steps) return;
    for await (const event of this.after(done)) if (event) yield event;
  }

  private carryOut(request: LiveRequest, done: number): void {
    if (request.kind === 'set') this.gan.change(request.set);
    else if (request.kind === 'extend') this.steps += request.steps;
    else if (request.kind === 'finish') this.steps = done;
    else if (this.saved) this.saved.restore();
    else
      throw new Error(
        `After step ${done} training was to go back to its last good networks, but none are kept in this run. ` +
          'Take "restore" out of the changes of its configuration, or run it where training recovers.',
      );
  }

  /** What is measured after a step, unless it was before. */
  private async *after(done: number): AsyncGenerator<TrainingEvent | false> {
    if (this.shows(done) && this.last.snapshot !== done) {
      this.last.snapshot = done;
      yield* this.show(done);
    }
    if (this.checks(done) && this.last.criterion !== done) {
      this.last.criterion = done;
      yield* this.check(done);
    }
  }

  private async *show(done: number): AsyncGenerator<TrainingEvent> {
    const { source, classes, target, rows } = this.probes;
    const generators = this.gan.frozenGenerators();
    try {
      const sets = await generate(generators, source, classes, target, rows);
      const evidence = await this.observer?.measure(done, generators, sets);
      if (evidence) yield { type: 'networks', evidence };
      yield { type: 'snapshot', step: done, sets };
    } finally {
      disposeGenerators(generators);
    }
  }

  /** Measures the criterion; sound networks for which it is finite are those that training can go back to. */
  private async *check(done: number): AsyncGenerator<TrainingEvent | false> {
    let events: readonly (TrainingEvent | false)[];
    try {
      events = await this.checkpoint.check(done);
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
      yield* this.recover(error);
      if (done < this.steps || !this.checkpoint.empty) return;
      // No networks were measured yet, and these are the last.
      events = await this.checkpoint.check(done);
    }
    if (this.recovers && (await this.gan.isSound())) this.save(done);
    yield* events;
  }

  private save(done: number): void {
    // First, so that there is room for one copy only.
    this.saved?.dispose();
    this.saved = new SavedTraining(this.gan, done);
  }

  private async *recover(error: DivergenceError): AsyncGenerator<TrainingEvent> {
    if (!this.saved || !this.recovers) throw error;
    this.saved.restore();
    const { step, term, value } = error;
    yield { type: 'diverged', step, term, value, restored: this.saved.step };
  }

  dispose(): void {
    this.saved?.dispose();
    this.saved = null;
  }
}
