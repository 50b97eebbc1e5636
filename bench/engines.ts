/**
 * Engines in processes of their own: each has its memory and its threads to itself and sleeps while another one
 * computes. Speaks the line protocol of `peers/serve.ts`; knows no task's content.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { simdLevel } from '../src/kernels/machine.ts';
import { type Contestant, chosen, type Options } from './harness.ts';
import type { Task } from './tasks.ts';

/** Answers of a child; other lines are what its libraries print. */
const ANSWER = '> ';

/** Threads that wait for work by spinning (OpenBLAS: some 90 ms) sleep by then, before the next engine's turn. */
const SETTLE_MS = 150;

/** How an engine is started. */
export interface EngineSpec {
  readonly engine: string;
  readonly backend: string;
  readonly threads: number;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** An engine that runs. */
export interface Engine {
  readonly spec: EngineSpec;
  /** Makes a task ready in place of the one before. */
  prepare(task: Task): Promise<void>;
  /** Milliseconds of one repeat of the task. */
  run(): Promise<number>;
  exit(): Promise<void>;
}

interface Answer {
  readonly ms?: number;
  readonly error?: string;
}

/** Starts an engine; its first answer to `prepare` tells whether it works. */
function startEngine(spec: EngineSpec): Engine {
  const [program, ...args] = spec.command;
  const env = { ...process.env, ...spec.env };
  const child: ChildProcess = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error(`${spec.engine} could not be started.`);
  // A child that has died is noticed by its missing answer, not by the pipe to it.
  stdin.on('error', () => undefined);
  const gone: Promise<Answer> = once(child, 'close').then(
    ([code]) => ({ error: `ended with code ${code}` }),
    (error: Error) => ({ error: error.message }),
  );
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();

  const nextAnswer = async (): Promise<Answer> => {
    for (;;) {
      const line = await lines.next();
      if (line.done) return gone;
      if (line.value.startsWith(ANSWER)) return JSON.parse(line.value.slice(ANSWER.length)) as Answer;
    }
  };
  const ask = async (request: object): Promise<Answer> => {
    stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await nextAnswer();
    if (answer.error === undefined) return answer;
    throw new Error(`${spec.engine} (${spec.backend}, threads ${spec.threads}): ${answer.error}`);
  };
  return {
    spec,
    prepare: async (task) => void (await ask({ prepare: task })),
    run: async () => {
      await sleep(SETTLE_MS);
      return (await ask({ run: true })).ms ?? Number.NaN;
    },
    exit: async () => {
      stdin.end();
      await gone;
    },
  };
}

/** An engine on one task. The engine lives on when the contestant is disposed. */
export function contestantOf({ spec, prepare, run }: Engine, task: Task): Contestant {
  const { engine, backend, threads } = spec;
  return { engine, backend, threads, prepare: () => prepare(task), run, dispose: async () => undefined };
}

/** Starts engines for the time of `use`. */
export async function withEngines<T>(
  specs: readonly EngineSpec[],
  use: (engines: readonly Engine[]) => Promise<T>,
): Promise<T> {
  const engines = specs.map(startEngine);
  try {
    return await use(engines);
  } finally {
    await Promise.all(engines.map(({ exit }) => exit()));
  }
}

const RELAXED_SIMD = '--experimental-wasm-relaxed-simd';

/** The flag that turns relaxed SIMD on, where this Node knows it and does not have it on anyway. */
function relaxedSimd(): string[] {
  if (simdLevel() === 'relaxed') return [];
  return spawnSync(process.execPath, [RELAXED_SIMD, '-e', '']).status === 0 ? [RELAXED_SIMD] : [];
}

const script = (file: URL, ...args: readonly (string | number)[]) => [
  process.execPath,
  ...relaxedSimd(),
  '--import',
  'tsx',
  fileURLToPath(file),
  ...args.map(String),
];

/** The product itself. */
export const studio = (backend: 'wasm' | 'cpu', threads: number): EngineSpec => ({
  engine: 'studio',
  backend,
  threads,
  command: script(new URL('./studio.ts', import.meta.url), backend, threads),
});

/** tfjs with its own kernels; in Node its WASM backend has one thread. */
export const tfjs = (backend: 'wasm' | 'cpu'): EngineSpec => ({
  engine: 'tfjs',
  backend,
  threads: 1,
  command: script(new URL('./peers/tfjs.ts', import.meta.url), backend),
});

const jax = (threads: number): EngineSpec => ({
  engine: 'jax-js',
  backend: 'wasm',
  threads,
  command: script(new URL('./peers/jax.ts', import.meta.url), threads),
});

/** PyTorch on the CPU, where a Python that has it is found; else nothing. */
function pytorch(threads: readonly number[]): EngineSpec[] {
  const works = (python: string) =>
    spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0;
  const python = ['python3', '/usr/bin/python3'].find(works);
  if (python === undefined) return [];
  return threads.map((count) => ({
    engine: 'pytorch',
    backend: 'cpu',
    threads: count,
    command: [python, fileURLToPath(new URL('./peers/pytorch.py', import.meta.url)), `${count}`],
    // Without the last one its threads spin for each other, which costs it a multiple where a core is busy.
    env: { OMP_NUM_THREADS: `${count}`, OPENBLAS_NUM_THREADS: `${count}`, OMP_WAIT_POLICY: 'PASSIVE' },
  }));
}

export const papaparse = (): EngineSpec => ({
  engine: 'papaparse',
  backend: 'js',
  threads: 1,
  command: script(new URL('./peers/papaparse.ts', import.meta.url)),
});

export const udsv = (): EngineSpec => ({
  engine: 'udsv',
  backend: 'js',
  threads: 1,
  command: script(new URL('./peers/udsv.ts', import.meta.url)),
});

/** Those that train: the studio and the rivals that are wished for and here, and notes on who is not. */
export function contenders({ only, cpu }: Pick<Options, 'only' | 'cpu'>): {
  specs: EngineSpec[];
  notes: string[];
} {
  const counts = [1, 2].filter((count) => count <= availableParallelism());
  const wished = (only ?? 'pytorch') === 'pytorch';
  const torch = wished ? pytorch(counts) : [];
  const specs = [
    ...counts.map((count) => studio('wasm', count)),
    ...(cpu ? [studio('cpu', 1)] : []),
    tfjs('wasm'),
    ...(cpu ? [tfjs('cpu')] : []),
    ...counts.map(jax),
    ...torch,
  ];
  const absent = wished && torch.length === 0;
  return {
    specs: chosen(specs, only),
    notes: absent ? ['No PyTorch: no Python here can import torch.'] : [],
  };
}
