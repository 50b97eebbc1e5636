/**
 * What all benchmarks share: contestants, repeats that take turns, medians, ratios, the table. Knows no engine
 * and no task.
 */

/** One engine on one task. Nothing runs between `prepare` and `run`, or between two runs. */
export interface Contestant {
  /** `studio`, or the rival's name. */
  readonly engine: string;
  readonly backend: string;
  readonly threads: number;
  /** Everything that is not timed, with a check that the engine computes something sensible, and a warm-up. */
  prepare(): Promise<void>;
  /** Does the task once; milliseconds. */
  run(): Promise<number>;
  dispose(): Promise<void>;
}

/** One line of a result. */
export interface Row {
  /** What was computed, where a benchmark has several tasks; ratios hold within one. */
  readonly task?: string;
  readonly engine: string;
  readonly backend: string;
  readonly threads: number;
  /** Median over the repeats. */
  readonly ms: number;
  /** 10⁹ floating-point operations a second, of those the task needs; null where none are counted. */
  readonly gflops: number | null;
  /** `ms` over the fastest rival's; null where no rival ran. */
  readonly ratio: number | null;
}

export interface Result {
  readonly bench: string;
  readonly rows: readonly Row[];
}

/** A result with what is said below its table and is not part of the JSON. */
export interface Report extends Result {
  readonly notes: readonly string[];
  /** GFLOP/s to which the table relates each row, by `peakKey`. */
  readonly peaks?: ReadonlyMap<string, number>;
}

/** The arguments of the command; each benchmark reads those that concern it. */
export interface Options {
  /** Columns of the data. */
  readonly features: number;
  /** Rows of a batch. */
  readonly batch: number;
  /** Rows of the data, where a benchmark reads or places some; null is its own choice. */
  readonly rows: number | null;
  /** Counted repeats of each contestant; null is the benchmark's own choice. */
  readonly repeats: number | null;
  /** This rival only, beside the studio; null is all. */
  readonly only: string | null;
  /** Also what computes in plain JavaScript, which is very slow. */
  readonly cpu: boolean;
}

/** A benchmark; what it needs that is not here is not run, and said in the notes. */
export type Bench = (options: Options) => Promise<Report>;

const STUDIO = 'studio';

/** The wished contestants: the studio's always, of the rivals one only where `only` names it. */
export function chosen<T extends { readonly engine: string }>(all: readonly T[], only: string | null): T[] {
  return all.filter(({ engine }) => only === null || engine === STUDIO || engine === only);
}

/** The middle value, or the mean of the two in the middle. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Times of every contestant, `repeats` each, after one uncounted round. They take turns, so that a busy spell of
 * the machine hits all of them; each round begins with another one, so that none always follows the same.
 */
export async function takeTurns(
  contestants: readonly Pick<Contestant, 'run'>[],
  repeats: number,
): Promise<number[][]> {
  const times: number[][] = contestants.map(() => []);
  for (let round = 0; round <= repeats; round++) {
    for (let turn = 0; turn < contestants.length; turn++) {
      const i = (round + turn) % contestants.length;
      const ms = await contestants[i].run();
      if (round > 0) times[i].push(ms);
    }
  }
  return times;
}

/** A row before it is known who else ran. */
export type Timing = Omit<Row, 'ratio' | 'gflops'>;

/** Rows of one task from its timings; `flops` is the work of one repeat, or null. */
export function compare(timings: readonly Timing[], flops: number | null): Row[] {
  const fastest = Math.min(...timings.filter(({ engine }) => engine !== STUDIO).map(({ ms }) => ms));
  return timings.map((timing) => ({
    ...timing,
    gflops: flops === null ? null : flops / timing.ms / 1e6,
    ratio: Number.isFinite(fastest) ? timing.ms / fastest : null,
  }));
}

/** Prepares all, lets them take turns, disposes all; rows in the order given. */
export async function race(
  contestants: readonly Contestant[],
  {
    repeats,
    flops,
    task,
  }: { readonly repeats: number; readonly flops: number | null; readonly task?: string },
): Promise<Row[]> {
  try {
    for (const contestant of contestants) await contestant.prepare();
    const times = await takeTurns(contestants, repeats);
    const timings = contestants.map(({ engine, backend, threads }, i) => {
      const named = task === undefined ? {} : { task };
      return { ...named, engine, backend, threads, ms: median(times[i]) };
    });
    return compare(timings, flops);
  } finally {
    for (const contestant of contestants) await contestant.dispose();
  }
}

/** Under which a report's peaks are found. */
export const peakKey = ({ engine, backend, threads }: Pick<Row, 'engine' | 'backend' | 'threads'>) =>
  `${engine} ${backend} ${threads}`;

/** The JSON of one benchmark, or of several as an array. */
export function jsonOf(reports: readonly Report[]): Result | Result[] {
  const results = reports.map(({ bench, rows }) => ({ bench, rows }));
  return results.length === 1 ? results[0] : results;
}

/** Three significant digits, more where the number is large. */
const short = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** The peaks, raised where a row was faster; none where there are none. */
function highest(peaks: ReadonlyMap<string, number>, rows: readonly Row[]): ReadonlyMap<string, number> {
  const raised = new Map(peaks);
  for (const row of rows) {
    const peak = raised.get(peakKey(row));
    if (peak !== undefined && row.gflops !== null) raised.set(peakKey(row), Math.max(peak, row.gflops));
  }
  return raised;
}

/**
 * A report as Markdown. `of peak` is the share of the most that any engine reached with as many threads, `of own`
 * of what this engine reached; `× studio` is how many times as long as the studio's best the row took.
 */
export function tableOf({ bench, rows, notes, peaks = new Map() }: Report): string {
  const tasks = rows.some(({ task }) => task !== undefined);
  const best = (task: string | undefined) =>
    Math.min(...rows.filter((row) => row.engine === STUDIO && row.task === task).map(({ ms }) => ms));
  const tops = highest(peaks, rows);
  const machine = (threads: number) =>
    Math.max(...[...tops].filter(([key]) => key.endsWith(` ${threads}`)).map(([, peak]) => peak));
  const shareOf = (row: Row, peak: number | undefined) =>
    row.gflops === null || peak === undefined || !Number.isFinite(peak) ? '' : percent(row.gflops / peak);
  const cells = rows.map((row) => [
    ...(tasks ? [row.task ?? ''] : []),
    row.engine,
    row.backend,
    `${row.threads}`,
    short(row.ms),
    row.gflops === null ? '' : short(row.gflops),
    shareOf(row, machine(row.threads)),
    shareOf(row, tops.get(peakKey(row))),
    row.ratio === null ? '' : row.ratio.toFixed(2),
    Number.isFinite(best(row.task)) ? (row.ms / best(row.task)).toFixed(2) : '',
  ]);
  const head = ['engine', 'backend', 'threads', 'ms', 'GFLOP/s', 'of peak', 'of own', 'ratio', '× studio'];
  return [
    `## ${bench}`,
    '',
    ...aligned([[...(tasks ? ['task'] : []), ...head], ...cells]),
    '',
    ...notes,
  ].join('\n');
}

/** What a measurement that is none of time has to say: a table of its own, below it some notes. */
export interface Table {
  readonly bench: string;
  /** The names of the columns, and a cell for each in every row. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly notes: readonly string[];
}

/** A table as Markdown. */
export const textOf = ({ bench, columns, rows, notes }: Table): string =>
  [`## ${bench}`, '', ...aligned([columns, ...rows.map((row) => row.map(String))]), '', ...notes].join('\n');

/** Rows of cells as a Markdown table, its columns as wide as their widest cell; columns empty throughout left out. */
function aligned(lines: readonly (readonly string[])[]): string[] {
  const used = lines[0].flatMap((_, c) => (lines.slice(1).some((line) => line[c] !== '') ? [c] : []));
  const widths = used.map((c) => Math.max(...lines.map((line) => line[c].length)));
  const join = (line: readonly string[]) =>
    `| ${used.map((c, i) => line[c].padEnd(widths[i])).join(' | ')} |`;
  return [join(lines[0]), `|${widths.map((w) => '-'.repeat(w + 2)).join('|')}|`, ...lines.slice(1).map(join)];
}
