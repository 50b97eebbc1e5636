/**
 * What all training shares: endless shuffled batches, and the loop that turns step functions into events while
 * reading losses back only now and then. Knows no network and no loss.
 */
import type { Random } from '../corpus/random.ts';
import { tf } from '../nn/tf.ts';
import type { LossTerm, Phase, TrainingEvent } from './events.ts';
import { DivergenceError } from './method.ts';

/** Losses are read back at most this often, so that no step waits for a GPU. */
const READ_INTERVAL_MS = 100;

/** An endless stream of row indices: one shuffle after another. */
export class RowStream {
  private order: Int32Array;
  private position = 0;

  /** `rows[i]` are the indices to draw from, or 0 … rows − 1 where a number is given. */
  constructor(
    private readonly rows: Int32Array | number,
    private readonly random: Random,
  ) {
    this.order = this.shuffle();
  }

  private shuffle(): Int32Array {
    if (typeof this.rows === 'number') return this.random.permutation(this.rows);
    const rows = this.rows;
    return this.random.permutation(rows.length).map((i) => rows[i]);
  }

  /** The next `count` indices. */
  next(count: number): Int32Array {
    const batch = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      if (this.position === this.order.length) {
        this.order = this.shuffle();
        this.position = 0;
      }
      batch[i] = this.order[this.position++];
    }
    return batch;
  }
}

/** Steps of one epoch: as many batches as cover `rows` once. */
export const stepsPerEpoch = (rows: number, batch: number) => Math.max(1, Math.ceil(rows / batch));

/** Loss vectors that are still on the device, and the steps they belong to. */
class LossBuffer {
  private pending: tf.Tensor1D[] = [];
  private steps: number[] = [];
  private lastRead: number;
  private broken: DivergenceError | null = null;

  constructor(
    private readonly phase: Phase,
    private readonly terms: readonly LossTerm[],
    private readonly now: () => number,
  ) {
    this.lastRead = now();
  }

  add(step: number, losses: tf.Tensor1D): void {
    this.pending.push(losses);
    this.steps.push(step);
  }

  due(): boolean {
    return this.now() - this.lastRead >= READ_INTERVAL_MS;
  }

  /** Reads all pending losses; those of the first step with one that is not finite are not told, nor any after them. */
  async read(): Promise<TrainingEvent[]> {
    if (this.pending.length === 0) return [];
    const stacked = tf.stack(this.pending);
    const steps = this.steps;
    this.dispose();
    const values = (await stacked.data()) as Float32Array;
    stacked.dispose();
    this.lastRead = this.now();
    const width = this.terms.length;
    if (this.broken) return [];
    const broken = values.findIndex((value) => !Number.isFinite(value));
    const told = broken < 0 ? steps.length : Math.floor(broken / width);
    if (broken >= 0)
      this.broken = new DivergenceError(this.terms[broken % width], steps[told], values[broken]);
    if (told === 0) return [];
    const finite = {
      steps: steps.slice(0, told),
      values: Float32Array.from(values.subarray(0, told * width)),
    };
    return [{ type: 'losses', phase: this.phase, terms: this.terms, ...finite }];
  }

  /** The first loss read that was not finite, if there was one, which is then forgotten with all that are pending. */
  takeBroken(): DivergenceError | null {
    const { broken } = this;
    if (broken) this.dispose();
    this.broken = null;
    return broken;
  }

  dispose(): void {
    tf.dispose(this.pending);
    this.pending = [];
    this.steps = [];
  }
}

/** How a loop goes on after a loss that is not finite. */
export interface Recovery {
  /**
   * Whether all losses up to this step have to be known before anything else is done. A loss that is not finite is told
   * at such steps alone, so that it does not depend on the clock when training is taken back.
   */
  settles(done: number): boolean;
  /** Takes training back, or throws the error. */
  recover(error: DivergenceError): AsyncIterable<TrainingEvent>;
}

export interface LoopOptions {
  readonly phase: Phase;
  /** Steps to do, asked before every step where it is a function, and those of one epoch (0 where epochs are not counted). */
  readonly steps: number | (() => number);
  readonly stepsPerEpoch: number;
  /** Shown step numbers start after this one, out of `of` (default: `steps`). */
  readonly offset?: number;
  readonly of?: number;
  /** Names of the loss vector that `step` returns. */
  readonly terms: readonly LossTerm[];
  readonly now: () => number;
  /** One training step; the returned vector `[terms]` is disposed by the loop. */
  readonly step: (index: number) => tf.Tensor1D;
  /** Events before a step, and once more before none is left to do: more may then be planned. */
  readonly before?: (done: number) => AsyncIterable<TrainingEvent>;
  /** Events to add after a step, e.g. a snapshot; `false` as an event ends the loop early. */
  readonly after?: (done: number) => AsyncIterable<TrainingEvent | false>;
  /** Absent where a loss that is not finite ends the loop with a `DivergenceError`. */
  readonly recovery?: Recovery;
}

/** What a loop returns: steps done and the computing time of one. */
export interface LoopResult {
  readonly steps: number;
  readonly msPerStep: number;
}

/** Tells of a loss that was not finite, if one was read, by going back or by throwing. */
async function* mend(losses: LossBuffer, recovery: Recovery | undefined): AsyncGenerator<TrainingEvent> {
  const broken = losses.takeBroken();
  if (!broken) return;
  if (!recovery) throw broken;
  yield* recovery.recover(broken);
}

/** Runs training steps as events. Time spent by the consumer between events is not counted. */
export async function* trainingLoop(options: LoopOptions): AsyncGenerator<TrainingEvent, LoopResult> {
  const { phase, stepsPerEpoch: perEpoch, offset = 0, terms, now, step, before, after, recovery } = options;
  const planned = () => (typeof options.steps === 'number' ? options.steps : options.steps());
  const epochsOf = (steps: number) => (perEpoch > 0 ? Math.ceil(steps / perEpoch) : 0);
  const losses = new LossBuffer(phase, terms, now);
  let busy = 0;
  let done = 0;
  try {
    for (let running = true; running; ) {
      yield* before?.(done) ?? [];
      if (done >= planned()) break;
      const started = now();
      losses.add(offset + done + 1, step(done));
      done++;
      const settles = recovery?.settles(done) ?? false;
      const read = settles || losses.due() || done === planned() ? await losses.read() : [];
      busy += now() - started;
      yield* read;
      if (!recovery || settles) yield* mend(losses, recovery);
      for await (const event of after?.(done) ?? []) {
        if (event === false) running = false;
        else yield event;
      }
      // Last, so that whoever takes one step at a time has by then seen everything of this one.
      const steps = options.of ?? planned();
      const [epoch, epochs] = [epochsOf(done), epochsOf(planned())];
      yield { type: 'step', phase, step: offset + done, steps, epoch, epochs };
    }
    yield* await losses.read();
    yield* mend(losses, recovery);
  } finally {
    losses.dispose();
  }
  return { steps: done, msPerStep: done > 0 ? busy / done : 0 };
}
