/**
 * Drives a run: pause, resume, single steps, slow motion, stop, and updates bundled at most ten times a second. Pausing
 * is not asking the generator for its next event; stopping is returning from it. Knows no worker and no page.
 */
import { PHASES, type RunEvent } from './events.ts';
import { type Failure, failureOf } from './failure.ts';
import { type PhaseNumbers, stepTimes, TRAINING_PHASES, type TrainingPhase } from './plan.ts';

export type RunState = 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

/** Events of a run with the state after the last of them. */
export interface Progress {
  readonly events: readonly RunEvent[];
  readonly state: RunState;
  /** Milliseconds of computing so far; pauses do not count. */
  readonly elapsedMs: number;
  /** Mean over the recent steps of the present phase, of the GAN where it has none; null before the first. */
  readonly msPerStep: number | null;
  /** Milliseconds until the end of the whole run; null before it can be said. */
  readonly remainingMs: number | null;
  /** Set when `state` is `failed`. */
  readonly error: Failure | null;
}

export interface ControllerOptions {
  readonly events: AsyncGenerator<RunEvent, unknown>;
  readonly plan: PhaseNumbers;
  readonly costs: PhaseNumbers;
  readonly now: () => number;
  /** Lets other work of the thread run, such as messages that pause or stop. */
  readonly breathe: () => Promise<void>;
  readonly onProgress: (progress: Progress) => void;
}

const UPDATE_INTERVAL_MS = 100;
const BREATHE_INTERVAL_MS = 16;
/** The phase that slow motion slows: nobody waits for what leads up to it. */
const PACED = 'gan';
/** Weight of the newest step in the running mean of step times. */
const NEWEST = 0.1;

/** The only progress of a run that could not begin. */
export const failedToStart = (error: unknown): Progress => ({
  events: [],
  state: 'failed',
  elapsedMs: 0,
  msPerStep: null,
  remainingMs: null,
  error: failureOf(error),
});

/** Measured step times by phase and what is left of the plan. */
class Stopwatch {
  private readonly measured: Partial<Record<TrainingPhase, number>> = {};
  private readonly left: Record<TrainingPhase, number>;
  private phase: TrainingPhase | null = null;
  /** Milliseconds since the last step event: reading losses and snapshots belong to the step they follow. */
  private sinceStep = 0;
  elapsed = 0;

  constructor(
    plan: PhaseNumbers,
    private readonly costs: PhaseNumbers,
  ) {
    this.left = { ...plan };
  }

  /** Notes an event that took `ms` to come. */
  note(event: RunEvent, ms: number): void {
    this.elapsed += ms;
    this.sinceStep += ms;
    if (event.type === 'phase') {
      // Phases before this one are over, even if they stopped early.
      const reached = PHASES.indexOf(event.phase);
      for (const phase of TRAINING_PHASES) if (PHASES.indexOf(phase) < reached) this.left[phase] = 0;
      this.phase = TRAINING_PHASES.find((phase) => phase === event.phase) ?? null;
      if (this.phase) this.left[this.phase] = event.steps;
      this.sinceStep = 0;
    } else if (event.type === 'step' && this.phase) {
      const before = this.measured[this.phase];
      const latest = this.sinceStep;
      this.measured[this.phase] = before === undefined ? latest : before + NEWEST * (latest - before);
      this.sinceStep = 0;
      this.left[this.phase] = Math.max(0, event.steps - event.step);
    }
  }

  msPerStep(): number | null {
    // Outside the training phases, and at the end, the GAN's is the figure that counts.
    return this.measured[this.phase ?? 'gan'] ?? null;
  }

  /** `pace` is the least that a step of the GAN takes. */
  remaining(pace: number): number | null {
    const times = stepTimes(this.measured, this.costs);
    if (!times) return null;
    const takes = (phase: TrainingPhase) => Math.max(times[phase], phase === PACED ? pace : 0);
    return TRAINING_PHASES.reduce((sum, phase) => sum + this.left[phase] * takes(phase), 0);
  }
}

/** One run under control; `run()` resolves when it has ended, however it ended, and never rejects. */
export class RunController {
  private state: RunState = 'running';
  private pending: RunEvent[] = [];
  private stepsAllowed = 0;
  /** Least time from one step of the GAN to the next, and when the latest began. */
  private msBetween = 0;
  private stepBegan = Number.NEGATIVE_INFINITY;
  /** Whether a step of the GAN is done and the next not begun. */
  private between = false;
  private wake: (() => void) | null = null;
  private lastUpdate: number;
  private readonly watch: Stopwatch;
  /** Gives up waiting for the present step, which after a lost device may never end. */
  private abandon: (error: unknown) => void = () => {};

  constructor(private readonly options: ControllerOptions) {
    this.watch = new Stopwatch(options.plan, options.costs);
    this.lastUpdate = options.now();
  }

  pause(): void {
    if (this.state !== 'running') return;
    this.state = 'paused';
    this.stepsAllowed = 0;
    this.flush();
  }

  resume(): void {
    if (this.state !== 'paused') return;
    this.state = 'running';
    this.flush();
    this.wake?.();
  }

  /** Does one training step, then pauses again; pauses a running run after its present step. */
  step(): void {
    this.pause();
    if (this.state !== 'paused') return;
    this.stepsAllowed++;
    this.wake?.();
  }

  /** From now on at least so many milliseconds for each step of the GAN; 0 is as fast as it goes. */
  pace(msPerStep: number): void {
    this.msBetween = msPerStep;
    this.wake?.();
  }

  stop(): void {
    if (!this.alive()) return;
    this.state = 'stopped';
    this.wake?.();
  }

  /**
   * Ends the run as failed, e.g. because the device was lost while it waits for it. A run already told to stop
   * ends as stopped.
   */
  fail(error: unknown): void {
    if (this.alive()) {
      this.state = 'failed';
      this.flush(failureOf(error));
      this.wake?.();
    }
    this.abandon(error);
  }

  /** The next event; rejects as soon as the run is abandoned. Each wait has a promise of its own to forget. */
  private next(): Promise<IteratorResult<RunEvent, unknown>> {
    return new Promise((resolve, reject) => {
      this.abandon = reject;
      this.options.events.next().then(resolve, reject);
    });
  }

  private flush(error: Failure | null = null): void {
    const events = this.pending;
    this.pending = [];
    this.lastUpdate = this.options.now();
    this.options.onProgress({
      events,
      state: this.state,
      elapsedMs: this.watch.elapsed,
      msPerStep: this.watch.msPerStep(),
      remainingMs: this.watch.remaining(this.msBetween),
      error,
    });
  }

  /** How long the next step is to wait; for ever while paused and no single step is allowed. */
  private toWait(): number {
    if (this.state === 'paused') return this.stepsAllowed > 0 ? 0 : Number.POSITIVE_INFINITY;
    if (this.state !== 'running' || !this.between) return 0;
    return this.stepBegan + this.msBetween - this.options.now();
  }

  /** Waits until the next step is due; whatever is commanded meanwhile counts at once. */
  private async gate(): Promise<void> {
    for (let ms = this.toWait(); ms > 0; ms = this.toWait()) {
      // What the last step told is seen before the next is awaited, unless an update has just been sent.
      const due = this.options.now() - this.lastUpdate + ms >= UPDATE_INTERVAL_MS;
      if (this.pending.length > 0 && due) this.flush();
      let timer: ReturnType<typeof setTimeout> | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        if (Number.isFinite(ms)) timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      this.wake = null;
    }
  }

  /** Takes an event to the others, and notes what it means for how the run goes on. */
  private receive(event: RunEvent): void {
    this.pending.push(event);
    if (event.type === 'diverged') {
      this.stepsAllowed = 0;
      this.pause();
    } else if (event.type === 'step') {
      if (this.stepsAllowed > 0) this.stepsAllowed--;
      this.between = event.phase === PACED;
    } else if (event.type === 'phase') {
      this.between = event.phase === PACED;
    }
  }

  /** True while the run goes on; a function, because the state changes behind the compiler's back. */
  private alive(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  async run(): Promise<void> {
    const { events, now, breathe } = this.options;
    let breathed = now();
    let abandoned = false;
    try {
      for (;;) {
        await this.gate();
        if (!this.alive()) break;
        const started = now();
        if (this.between) this.stepBegan = started;
        this.between = false;
        const { done, value } = await this.next();
        if (!this.alive()) break;
        if (done) {
          this.state = 'finished';
          break;
        }
        this.watch.note(value, now() - started);
        this.receive(value);
        const paused = this.state === 'paused';
        if (paused || now() - this.lastUpdate >= UPDATE_INTERVAL_MS) this.flush();
        if (paused || now() - breathed >= BREATHE_INTERVAL_MS) {
          await breathe();
          breathed = now();
        }
      }
      if (this.state !== 'failed') this.flush();
    } catch (error) {
      // What goes wrong after a stop is nobody's concern, but the stop itself must be told.
      if (this.state === 'stopped') this.flush();
      else this.fail(error);
      abandoned = true;
    } finally {
      // Runs the generator's own clean-up. After a failure it may wait for a lost device for ever, so nobody
      // waits for it.
      const closed = events.return(undefined).catch(() => {});
      if (!abandoned) await closed;
    }
  }
}
