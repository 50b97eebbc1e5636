/**
 * Drives a comparison: each unit in its turn with whatever else wants the backend, updates bundled, stopped at any
 * event. Knows no channel and no network: what computes a unit is an async generator, what prepares the backend a
 * function.
 */
import type { ComparisonEvent, ComparisonProgress } from '../src/experiment/compare/events.ts';
import type { ComparisonResults } from '../src/experiment/compare/summary.ts';
import type { UnitResult } from '../src/experiment/compare/unit.ts';
import type { RunEvent } from '../src/experiment/events.ts';
import { failureOf } from '../src/experiment/failure.ts';
import type { ComparisonState, ComparisonUpdate, WorkerFailure } from './protocol.ts';

export interface ComparisonRunParts {
  readonly events: AsyncGenerator<ComparisonEvent, unknown>;
  /** Results of earlier starts: with those that finish now they make the figures. */
  readonly finished: readonly UnitResult[];
  readonly summarise: (units: readonly UnitResult[]) => ComparisonResults;
  /** Runs a task when the backend is free. */
  readonly inTurn: <T>(task: () => Promise<T>) => Promise<T>;
  /** Makes the backend ready: something else may have used another in the meantime. */
  readonly prepare: () => Promise<void>;
  /** Clears the backend of what a failed unit may have left on it. */
  readonly clear: () => Promise<void>;
  readonly now: () => number;
  readonly breathe: () => Promise<void>;
  readonly onUpdate: (update: ComparisonUpdate) => void;
}

const UPDATE_INTERVAL_MS = 200;
const BREATHE_INTERVAL_MS = 16;
/** A turn that takes no longer to come is not worth telling. */
const WAITING_MS = 300;

/** The only update of a comparison that could not begin. */
export const failedToCompare = (error: unknown): ComparisonUpdate => ({
  state: 'failed',
  work: null,
  progress: null,
  finished: [],
  failed: [],
  results: null,
  error: failureOf(error),
});

/** One comparison under control; `run()` resolves when it has ended, however it ended, and never rejects. */
export class ComparisonRun {
  private state: ComparisonState = 'running';
  private computing = false;
  /** Units still to run; null before the comparison has said. */
  private left: number | null = null;
  private readonly units: UnitResult[];
  private work: ComparisonUpdate['work'] = null;
  private progress: ComparisonProgress | null = null;
  private finished: UnitResult[] = [];
  private failed: ComparisonUpdate['failed'][number][] = [];
  private lastUpdate = Number.NEGATIVE_INFINITY;
  private breathed = 0;
  /** Gives up waiting for the present event, which after a lost device may never come. */
  private abandon: (error: unknown) => void = () => {};

  constructor(private readonly parts: ComparisonRunParts) {
    this.units = [...parts.finished];
  }

  stop(): void {
    if (!this.alive()) return;
    this.state = 'stopped';
    this.flush();
  }

  /** Ends a comparison that computes as failed, e.g. because the device it waits for was lost. */
  fail(error: unknown): void {
    if (this.computing) this.abandon(error);
  }

  async run(): Promise<void> {
    const { events, inTurn } = this.parts;
    try {
      await this.plan();
      while (this.alive() && this.left !== 0) {
        const waiting = setTimeout(() => this.wait(), WAITING_MS);
        await inTurn(async () => {
          clearTimeout(waiting);
          await this.takeTurn();
        });
      }
      if (this.alive()) {
        this.state = 'finished';
        this.flush();
      }
    } catch (error) {
      // What goes wrong after a stop is nobody's concern.
      if (this.alive()) {
        this.state = 'failed';
        this.flush(failureOf(error));
      }
    } finally {
      // Nobody waits for it: after a lost device it may never settle.
      void events.return(undefined).catch(() => {});
    }
  }

  /** Hears what there is to do, for which no turn is needed: a comparison with nothing left waits for nobody. */
  private async plan(): Promise<void> {
    while (this.alive() && this.left === null) {
      const { done, value } = await this.next();
      if (done) this.left = 0;
      else this.note(value);
    }
  }

  private alive(): boolean {
    return this.state === 'running' || this.state === 'waiting';
  }

  private wait(): void {
    if (!this.alive()) return;
    this.state = 'waiting';
    this.flush();
  }

  /** One unit with the backend. */
  private async takeTurn(): Promise<void> {
    if (!this.alive()) return;
    this.state = 'running';
    await this.parts.prepare();
    this.computing = true;
    try {
      await this.computeUnit();
    } finally {
      this.computing = false;
    }
  }

  private async computeUnit(): Promise<void> {
    const { events, now, breathe, clear } = this.parts;
    let over = false;
    while (this.alive()) {
      const { done, value } = await this.next();
      if (!this.alive()) break;
      if (done) {
        this.left = 0;
        return;
      }
      if (value.type === 'unit-failed') await clear();
      if (value.type === 'unit-failed' || value.type === 'unit-finished') over = true;
      this.note(value);
      if (over || now() - this.lastUpdate >= UPDATE_INTERVAL_MS) this.flush();
      // The last word on a unit is how far the whole is with it.
      if (over && value.type === 'progress') return;
      if (now() - this.breathed >= BREATHE_INTERVAL_MS) {
        await breathe();
        this.breathed = now();
      }
    }
    // Stopped: the unit gives its memory back before anything else has its turn.
    await events.return(undefined).catch(() => {});
  }

  /** The next event; rejects as soon as the comparison is abandoned. */
  private next(): Promise<IteratorResult<ComparisonEvent, unknown>> {
    return new Promise((resolve, reject) => {
      this.abandon = reject;
      this.parts.events.next().then(resolve, reject);
    });
  }

  private note(event: ComparisonEvent): void {
    switch (event.type) {
      case 'planned':
        this.left = event.missing.length;
        return;
      case 'unit-started':
        this.work = { unit: event.unit, phase: 'prepare', step: 0, steps: 0 };
        return;
      case 'run':
        this.noteRun(event.event);
        return;
      case 'unit-finished':
        this.over();
        this.finished.push(event.result);
        this.units.push(event.result);
        return;
      case 'unit-failed':
        this.over();
        this.failed.push({ unit: event.unit, failure: event.failure });
        return;
      case 'progress':
        this.progress = event.progress;
    }
  }

  private over(): void {
    this.work = null;
    if (this.left !== null) this.left--;
  }

  private noteRun(event: RunEvent): void {
    if (!this.work) return;
    if (event.type === 'phase') {
      this.work = { ...this.work, phase: event.phase, step: 0, steps: event.steps };
    } else if (event.type === 'step') {
      this.work = { ...this.work, phase: event.phase, step: event.step, steps: event.steps };
    }
  }

  private flush(error: WorkerFailure | null = null): void {
    const { finished, failed } = this;
    this.finished = [];
    this.failed = [];
    this.lastUpdate = this.parts.now();
    this.parts.onUpdate({
      state: this.state,
      work: this.alive() ? this.work : null,
      progress: this.progress,
      finished,
      failed,
      results: finished.length > 0 ? this.parts.summarise(this.units) : null,
      error,
    });
  }
}
