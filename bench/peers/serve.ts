/**
 * The child's side of a benchmark: takes requests as lines of JSON on standard input and answers each with one
 * line on standard output. `{"prepare": task}` → `> {}`, `{"run": true}` → `> {"ms": …}`, or `> {"error": …}`; the
 * end of the input ends the child.
 */
import { createInterface } from 'node:readline';
import type { Task } from '../tasks.ts';

/** A task made ready. */
export interface Job {
  /** Does it once, until the result is there to be read. */
  readonly once: () => void | Promise<void>;
  /** Several repeats are timed together until this much has passed. */
  readonly atLeastMs?: number;
  /** Repeated this long, untimed, before the first request: engines that compile as they go do so then. */
  readonly warmUpMs?: number;
  readonly dispose?: () => void;
}

/** Milliseconds of one repeat. */
async function time({ once, atLeastMs = 0 }: Job): Promise<number> {
  const started = performance.now();
  for (let repeats = 1; ; repeats++) {
    await once();
    const ms = performance.now() - started;
    if (ms >= atLeastMs) return ms / repeats;
  }
}

/** Serves until the input ends. `start` sets a task up, checks what it computes, and throws where it is wrong. */
export async function serve(start: (task: Task) => Promise<Job>): Promise<void> {
  let job: Job | null = null;
  const answer = async (request: { prepare?: Task }): Promise<object> => {
    if (request.prepare) {
      job?.dispose?.();
      job = await start(request.prepare);
      if (job.warmUpMs) await time({ ...job, atLeastMs: job.warmUpMs });
      return {};
    }
    if (!job) throw new Error('nothing was prepared');
    return { ms: await time(job) };
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const reply = await answer(JSON.parse(line)).catch((error: unknown) => ({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }));
    process.stdout.write(`> ${JSON.stringify(reply)}\n`);
  }
  process.exit();
}

/** For tasks an engine does not know. */
export function unknown(task: Task): never {
  throw new Error(`the task "${task.kind}" is not this engine's`);
}

/**
 * Runs a few steps. @throws unless every loss is finite and no two in a row are the same: then something is
 * trained.
 */
export async function checkLearning(step: () => number | Promise<number>): Promise<void> {
  let before = Number.NaN;
  for (let i = 0; i < 3; i++) {
    const loss = await step();
    if (!Number.isFinite(loss)) throw new Error(`the loss is ${loss}`);
    if (loss === before) throw new Error(`the loss stays at ${loss}`);
    before = loss;
  }
}

/** @throws unless `actual` is `expected` within float32's rounding of a long sum. */
export function checkClose(actual: number, expected: number, what: string): void {
  if (Math.abs(actual - expected) <= 1e-3 * Math.max(1, Math.abs(expected))) return;
  throw new Error(`${what} is ${actual}, not ${expected}`);
}

/** How training steps are timed: one after the other, as training does them, once the engine has got going. */
export const STEADY = { atLeastMs: 1000, warmUpMs: 4000 } as const;

/** How products are timed: many in a row, until threads that slept have woken. */
export const PRODUCT = { atLeastMs: 300 } as const;

/** Values in [0, 1) that are the same in every engine's child. */
export function uniform(count: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  });
}

/** What C[m − 1, n − 1] of a product must be, from its operands as they lie in memory. */
export function lastOfProduct(
  { m, k, n, transposeA, transposeB }: Extract<Task, { kind: 'gemm' }>,
  a: Float32Array,
  b: Float32Array,
): number {
  let sum = 0;
  for (let i = 0; i < k; i++) {
    sum += a[transposeA ? i * m + m - 1 : (m - 1) * k + i] * b[transposeB ? (n - 1) * k + i : i * n + n - 1];
  }
  return sum;
}
