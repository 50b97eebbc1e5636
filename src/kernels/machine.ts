/**
 * The kernel module set up on a memory of its own, with its threads: places in memory are numbers (bytes from its
 * start), work is written on a board and cut into parts, which threads take in turn; results do not depend on
 * how many there are. Compiled for relaxed SIMD and for plain SIMD; an engine without either has no machine. Knows no
 * tensor, no network and no page.
 */
import { COMPILED } from './compiled.ts';
import { type Exports, instantiate, OUT_OF_MEMORY, type ThreadSetup } from './thread.ts';
import { WORK, type WorkNumber } from './work.ts';

/** What the engine's vector unit offers; `relaxed` has a fused multiply-add. */
export type SimdLevel = 'relaxed' | 'simd';

/** A started thread. */
export interface KernelThread {
  /** Settles once the thread has called `serveKernels` up to `onReady`. */
  readonly ready: Promise<void>;
  terminate(): void;
}

export type SpawnThread = (setup: ThreadSetup) => KernelThread;

/** Words of the board: turn, pending, left, work, parts, workspace, then arguments (see `assembly/threads.ts`). */
const BOARD_WORDS = 32;
const WORK_WORD = 3;
const PARTS_WORD = 4;
const WORKSPACE_WORD = 5;
const FIRST_ARGUMENT = 6;

/** Pages of 64 kB that a memory starts with, and the most it may grow to: tried in turn where so much is refused. */
const FIRST_PAGES = 32;
const MOST_PAGES = [65536, 32768, 16384, 8192];

/** Largest place: the allocator's limit, a gigabyte, less its own bookkeeping. */
const MOST_BYTES = 2 ** 30 - 2 ** 16;

/** Parts into which work for several threads is cut, for each of them. */
const PARTS_PER_THREAD = 4;
/** Most columns of a product that are one part. */
const PART_COLUMNS = 64;

/**
 * Multiplications, or elements, below which handing work to other threads costs more than it saves. The networks of the
 * demo stay below: a step of theirs is no faster with threads, and the page has use for the other core.
 */
const PARALLEL_PRODUCTS = 4_000_000;
const PARALLEL_ELEMENTS = 100_000;

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** The best level this engine compiles; null where it has no SIMD at all. */
export function simdLevel(): SimdLevel | null {
  if (typeof WebAssembly !== 'object') return null;
  const levels = ['relaxed', 'simd'] as const;
  return levels.find((level) => WebAssembly.validate(bytesOf(COMPILED[level].own))) ?? null;
}

/** True where memory can be shared with threads. */
export const canShareMemory = () =>
  typeof SharedArrayBuffer === 'function' && (globalThis.crossOriginIsolated ?? true);

function createMemory(shared: boolean): WebAssembly.Memory {
  if (!shared) return new WebAssembly.Memory({ initial: FIRST_PAGES });
  let refusal: unknown;
  for (const maximum of MOST_PAGES) {
    try {
      return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum, shared });
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

/** op(A) `[m, k]` times op(B) `[k, n]` into C `[m, n]`; all row-major, at places in memory. */
export interface Product {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  /** True where A lies in memory as `[k, m]`, B as `[n, k]`. */
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** A row `[n]` added to every row. */
  readonly bias?: number;
  /** Slope of a leaky ReLU taken last; 1, the default, for none. */
  readonly slope?: number;
  /** Adds to what stands in C. */
  readonly add?: boolean;
}

/** The kernels of one memory. `dispose` ends its threads. */
export class Machine {
  private readonly board: number;
  private words: Int32Array;
  private numbers: Float32Array;
  private workers: KernelThread[] = [];
  private workspace: number;

  private constructor(
    readonly level: SimdLevel,
    private readonly module: WebAssembly.Module,
    readonly memory: WebAssembly.Memory,
    private readonly exports: Exports,
  ) {
    this.board = this.exports.allocate(4 * BOARD_WORDS);
    this.workspace = this.exports.allocate(this.exports.workspaceBytes());
    this.words = new Int32Array(0);
    this.numbers = new Float32Array(0);
  }

  /**
   * A machine with one thread; null where the engine has no SIMD. `level` forces plain SIMD, for tests and
   * measurements. Give `shared: false` where no thread will ever be started.
   */
  static create({
    level,
    shared = canShareMemory(),
  }: {
    readonly level?: SimdLevel;
    readonly shared?: boolean;
  } = {}): Machine | null {
    const best = simdLevel();
    if (best === null) return null;
    return Machine.of(level === 'simd' ? level : best, shared && canShareMemory());
  }

  private static of(level: SimdLevel, shared: boolean): Machine {
    const module = new WebAssembly.Module(bytesOf(COMPILED[level][shared ? 'shared' : 'own']));
    const memory = createMemory(shared);
    return new Machine(level, module, memory, instantiate(module, memory));
  }

  /** Threads that share the work, the calling one included. */
  get threads(): number {
    return this.workers.length + 1;
  }

  /**
   * Starts threads until there are `count`, and waits for them. Does nothing where memory is not shared.
   * @throws what kept a thread from starting; those that did are ended again.
   */
  async start(count: number, spawn: SpawnThread): Promise<void> {
    // The global is missing, not only forbidden, where a page is not isolated.
    const shared = typeof SharedArrayBuffer === 'function' && this.memory.buffer instanceof SharedArrayBuffer;
    if (!shared || count <= this.threads) return;
    const { module, memory, board } = this;
    // Before any of them can need it.
    const workspace = this.allocate(count * this.exports.workspaceBytes());
    this.release(this.workspace);
    this.workspace = workspace;
    const started: KernelThread[] = [];
    try {
      for (let thread = this.threads; thread < count; thread++) {
        started.push(spawn({ module, memory, board, thread }));
      }
      await Promise.all(started.map(({ ready }) => ready));
    } catch (error) {
      for (const thread of started) thread.terminate();
      throw error;
    }
    this.workers.push(...started);
  }

  /** Ends all threads; the memory goes with the last reference to it. */
  dispose(): void {
    for (const worker of this.workers) worker.terminate();
    this.workers = [];
  }

  /**
   * A place of `bytes` bytes, not cleared.
   * @throws RangeError where memory is at its end.
   */
  allocate(bytes: number): number {
    if (bytes > MOST_BYTES) throw new RangeError(OUT_OF_MEMORY);
    try {
      return this.exports.allocate(bytes) >>> 0;
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw new RangeError(OUT_OF_MEMORY);
      throw error;
    }
  }

  release(at: number): void {
    this.exports.release(at);
  }

  /** A view of `count` float32 values at a place; holds until memory grows, that is until the next `allocate`. */
  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, at, count);
  }

  /**
   * Writes the arguments on the board, has the work done, and returns when it is. `parallel` work is cut into some parts
   * more than there are threads, so that one that is held up delays the others little; or into the given number.
   */
  perform(work: WorkNumber, parallel: boolean | number, args: readonly Argument[]): void {
    if (this.words.buffer !== this.memory.buffer) {
      this.words = new Int32Array(this.memory.buffer);
      this.numbers = new Float32Array(this.memory.buffer);
    }
    const { words, numbers } = this;
    const start = this.board >>> 2;
    words[start + WORK_WORD] = work;
    const parts = parallel === true ? PARTS_PER_THREAD * this.threads : Number(parallel) || 1;
    words[start + PARTS_WORD] = this.threads > 1 ? parts : 1;
    words[start + WORKSPACE_WORD] = this.workspace;
    for (let i = 0; i < args.length; i++) {
      const argument = args[i];
      if (typeof argument === 'number') words[start + FIRST_ARGUMENT + i] = argument;
      else numbers[start + FIRST_ARGUMENT + i] = argument.float;
    }
    this.exports.dispatch(this.board);
  }

  /** C = act(op(A) op(B) + bias), or added to C. */
  gemm({ m, n, k, a, b, c, transposeA, transposeB, bias = 0, slope = 1, add }: Product): void {
    const parallel = m * n * k >= PARALLEL_PRODUCTS;
    if (k === 0) throw new RangeError('A product needs an inner dimension of at least 1.');
    const packed = this.allocate(4 * this.exports.panelsOf(m) * this.exports.tileRows() * k);
    this.perform(WORK.packLeft, parallel && m * k >= PARALLEL_ELEMENTS, [
      transposeA ? 1 : 0,
      m,
      k,
      a,
      packed,
    ]);
    const flags = (transposeB ? 1 : 0) | (add ? 2 : 0);
    const parts = Math.min(
      Math.ceil(n / 8),
      Math.max(PARTS_PER_THREAD * this.threads, Math.ceil(n / PART_COLUMNS)),
    );
    this.perform(WORK.multiply, parallel && parts, [flags, m, n, k, packed, b, c, bias, float(slope)]);
    this.release(packed);
  }

  /** out = d · act′(y) elementwise, for a leaky ReLU of the given slope with output y. */
  leakyGradient(d: number, y: number, out: number, slope: number, count: number): void {
    this.perform(WORK.leakyGradient, count >= PARALLEL_ELEMENTS, [count, d, y, out, float(slope)]);
  }

  /** out = d · y (1 − y) elementwise. */
  sigmoidGradient(d: number, y: number, out: number, count: number): void {
    this.perform(WORK.sigmoidGradient, count >= PARALLEL_ELEMENTS, [count, d, y, out]);
  }

  /** out = x + y elementwise. */
  add(x: number, y: number, out: number, count: number): void {
    this.perform(WORK.add, count >= PARALLEL_ELEMENTS, [count, x, y, out]);
  }

  /** out = factor · (x − y) elementwise. */
  scaledDifference(x: number, y: number, out: number, factor: number, count: number): void {
    this.perform(WORK.scaledDifference, count >= PARALLEL_ELEMENTS, [count, x, y, out, float(factor)]);
  }

  /** One Adam update in place; see `AdamUpdate` in `src/nn/ops/contract.ts`. */
  adam(
    {
      weights,
      average,
      squares,
      gradient,
    }: Readonly<Record<'weights' | 'average' | 'squares' | 'gradient', number>>,
    count: number,
    { rate, beta1, beta2, epsilon }: Readonly<Record<'rate' | 'beta1' | 'beta2' | 'epsilon', number>>,
  ): void {
    const settings = [float(rate), float(beta1), float(beta2), float(epsilon)];
    const places = [weights, average, squares, gradient];
    this.perform(WORK.adam, count >= PARALLEL_ELEMENTS, [count, ...places, ...settings]);
  }

  /** out `[columns]` = sums down the columns of x `[rows, columns]`. */
  columnSums(x: number, out: number, rows: number, columns: number): void {
    this.perform(WORK.columnSums, rows * columns >= PARALLEL_ELEMENTS, [x, out, rows, columns]);
  }

  /** Batch norm and leaky ReLU of `passes` stacked passes of `rows` rows each. */
  normalise(
    { z, norm, y, statistics }: Readonly<Record<'z' | 'norm' | 'y' | 'statistics', number>>,
    { passes, rows, columns }: Readonly<Record<'passes' | 'rows' | 'columns', number>>,
    epsilon: number,
    slope: number,
  ): void {
    const parallel = passes * rows * columns >= PARALLEL_ELEMENTS;
    const shape = [passes, rows, columns];
    this.perform(WORK.normalise, parallel, [z, norm, y, statistics, ...shape, float(epsilon), float(slope)]);
  }

  /** Gradient of `normalise` from `du`, the gradient behind the activation. */
  normaliseGradient(
    places: Readonly<Record<'du' | 'z' | 'statistics' | 'norm' | 'dz' | 'dnorm', number>>,
    { passes, rows, columns }: Readonly<Record<'passes' | 'rows' | 'columns', number>>,
    epsilon: number,
  ): void {
    const { du, z, statistics, norm, dz, dnorm } = places;
    const parallel = passes * rows * columns >= PARALLEL_ELEMENTS;
    const shape = [passes, rows, columns];
    this.perform(WORK.normaliseGradient, parallel, [
      du,
      z,
      statistics,
      norm,
      dz,
      dnorm,
      ...shape,
      float(epsilon),
    ]);
  }

  /** See `Between` in `src/nn/ops/contract.ts`: `outputs` `[2 · rows, columns]`, `epsilon` `[rows]`. */
  between(
    { outputs, epsilon, out }: Readonly<Record<'outputs' | 'epsilon' | 'out', number>>,
    rows: number,
    columns: number,
    slope: number,
  ): void {
    this.exports.between(outputs, outputs + 4 * rows * columns, epsilon, out, slope, rows, columns);
  }

  /** Σ (x − y)² over `count` elements; Σ x² without `y`. */
  squaredSum(x: number, y: number | null, count: number): number {
    return this.exports.squaredSum(x, y ?? 0, count);
  }

  /** out = factor · x elementwise. */
  scaled(x: number, out: number, factor: number, count: number): void {
    this.exports.scaled(x, out, factor, count);
  }
}

/** An argument of a piece of work: an integer or a place as a number, a float32 marked as such. */
export type Argument = number | { readonly float: number };

/** Marks an argument as float32. */
const float = (value: number): Argument => ({ float: value });
