/**
 * What a thread of the kernel module runs: an instance of the module on the shared memory, serving. Apart from
 * `machine.ts`, so that a thread loads nothing but this.
 */

/** All that a thread needs to serve. */
export interface ThreadSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly board: number;
  /** Number of the thread; the one that hands out work is 0. */
  readonly thread: number;
}

/** What the module exports; see `assembly/index.ts`. */
export interface Exports {
  allocate(bytes: number): number;
  release(at: number): void;
  workspaceBytes(): number;
  panelsOf(m: number): number;
  tileRows(): number;
  dispatch(board: number): void;
  serve(board: number, thread: number, turn: number): void;
  between(
    a: number,
    b: number,
    epsilon: number,
    out: number,
    slope: number,
    rows: number,
    columns: number,
  ): void;
  squaredSum(x: number, y: number, count: number): number;
  scaled(x: number, out: number, factor: number, count: number): void;
}

export const OUT_OF_MEMORY = 'No memory is left for the computation. Use fewer rows or smaller networks.';

/** An instance of the module on a memory. */
export function instantiate(module: WebAssembly.Module, memory: WebAssembly.Memory): Exports {
  const abort = () => {
    throw new RangeError(OUT_OF_MEMORY);
  };
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as Exports;
}

/** A thread's whole life: announces that it is ready, then takes parts of all work until it is terminated. */
export function serveKernels({ module, memory, board, thread }: ThreadSetup, onReady: () => void): void {
  const { serve } = instantiate(module, memory);
  const turn = Atomics.load(new Int32Array(memory.buffer), board / 4);
  onReady();
  serve(board, thread, turn);
}
