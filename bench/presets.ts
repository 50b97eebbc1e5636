/**
 * The search for presets that work: `npx tsx bench/presets.ts CORPUS… [--candidate NAME]… [--shift WHAT] [--log FILE]`.
 * Every candidate is trained on rehearsals, men to women and women to men inside one labelled corpus, where asked for
 * with emotions that only one side has; a line of JSON a run is appended to
 * the log, and a table is printed with a line for each corpus, since a pair's target must not choose (docs/presets.md).
 */
import { appendFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { provideKernelThreads } from '../cli/kernels.ts';
import '../cli/relaxedSimd.ts';
import { readCorpusFiles } from '../cli/files.ts';
import { type Corpus, TASKS, type Task } from '../src/corpus/corpus.ts';
import type { RunConfig, Settings } from '../src/experiment/config.ts';
import type { SyntheticSets } from '../src/experiment/events.ts';
import { prepare } from '../src/experiment/prepare.ts';
import { presetConfig } from '../src/experiment/presets.ts';
import { runExperiment } from '../src/experiment/run.ts';
import { oneNearestNeighbourAccuracy } from '../src/metrics/nearestNeighbour.ts';
import { selectBackend } from '../src/nn/backend.ts';
import { lackingEmotions, subset } from './rehearsal.ts';

type Changes = { readonly [G in keyof Settings]?: Partial<Settings[G]> };

/** What is tried: changes to the preset `standard`. */
const CANDIDATES: Readonly<Record<string, Changes>> = {
  standard: {},
  'averaged squares': { gan: { mse: 'mean', lambdaIdentity: 250, lambdaCycle: 500 } },
  'averaged squares, a fifth': { gan: { mse: 'mean', lambdaIdentity: 50, lambdaCycle: 100 } },
  'averaged squares, as printed': { gan: { mse: 'mean' } },
  'every C': { selection: { judges: 0 } },
  'a quarter of C': { selection: { share: 0.25 } },
  'all of C that is heard': { selection: { share: 1 } },
  'emotion 0.1': { gan: { lambdaEmotion: 0.1 } },
  'emotion 10': { gan: { lambdaEmotion: 10 } },
  'bce and one D step': { gan: { adversarial: 'bce', discriminatorSteps: 1 } },
  'not residual': { generator: { residual: false } },
  'z-score a speaker': { data: { scaler: 'zscore-speaker' } },
  'clipped at 1 %': { data: { clipPercentile: 1 } },
};

/** The men of the corpora known here, by the names of their speakers; none of it is in the files. */
const isMan = (speaker: string): boolean => {
  const [, corpus, number] = /^(emodb|ravdess)_(\d+)$/.exec(speaker) ?? [];
  if (corpus === 'emodb') return [3, 10, 11, 12, 15].includes(Number(number));
  if (corpus === 'ravdess') return Number(number) % 2 === 1;
  throw new Error(`speaker "${speaker}": only EmoDB's and RAVDESS's speakers are known as women and men`);
};

interface Rehearsal {
  /** The corpus that both sides are of. */
  readonly corpus: string;
  readonly name: string;
  readonly source: Corpus;
  readonly target: Corpus;
}

/** What tells the two sides of a rehearsal apart. */
const SHIFTS = ['sexes', 'sexes and emotions'] as const;
type Shift = (typeof SHIFTS)[number];
const isShift = (word: string): word is Shift => SHIFTS.some((shift) => shift === word);

function rehearsals(corpus: Corpus, task: Task, shift: Shift): Rehearsal[] {
  const lacking = shift === 'sexes' ? [new Set<string>(), new Set<string>()] : lackingEmotions(corpus, task);
  const side = (men: boolean, lacks: Set<string>) =>
    subset(
      corpus,
      men ? 'men' : 'women',
      (speaker, emotion) => isMan(speaker) === men && !lacks.has(emotion),
    );
  const pair = (menFirst: boolean): Rehearsal => ({
    corpus: corpus.name,
    name: menFirst ? 'men to women' : 'women to men',
    source: side(menFirst, lacking[0]),
    target: side(!menFirst, lacking[1]),
  });
  return [pair(true), pair(false)];
}

function configured(task: Task, seed: number, changes: Changes): RunConfig {
  const config = presetConfig('standard', task, seed);
  // Nobody looks at a map here.
  config.settings.snapshot.every = 0;
  for (const [group, values] of Object.entries(changes)) {
    Object.assign(config.settings[group as keyof Settings], values);
  }
  return config;
}

/** What is kept of a run: UAR of each row of the table, and what can be seen without labels. */
interface Trial {
  readonly candidate: string;
  readonly corpus: string;
  readonly rehearsal: string;
  readonly shift: Shift;
  readonly task: Task;
  readonly seed: number;
  readonly seconds: number;
  readonly uar: Readonly<Record<string, number>>;
  /** The stopping criterion at its best, and 1-NN accuracy of B against T (0.5 is ideal). */
  readonly criterion: number;
  readonly nearest: number;
}

async function trial(
  { corpus, name, source, target }: Rehearsal,
  task: Task,
  shift: Shift,
  candidate: string,
  seed: number,
): Promise<Trial> {
  const config = configured(task, seed, CANDIDATES[candidate]);
  const prepared = prepare(source, target, task, config.settings);
  const started = performance.now();
  const scores: Record<string, number[]> = {};
  let criterion = Number.POSITIVE_INFINITY;
  let made: SyntheticSets | null = null;
  for await (const event of runExperiment(config, prepared, {
    backend: 'wasm',
    now: () => performance.now(),
  })) {
    if (event.type === 'criterion') criterion = Math.min(criterion, event.value);
    if (event.type === 'synthetic') made = event.sets;
    if (event.type === 'score' && event.score.uar !== null) {
      scores[event.score.set] ??= [];
      scores[event.score.set].push(event.score.uar);
    }
  }
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  return {
    candidate,
    corpus,
    rehearsal: name,
    shift,
    task,
    seed,
    seconds: round((performance.now() - started) / 1000, 1),
    uar: Object.fromEntries(Object.entries(scores).map(([row, values]) => [row, round(mean(values), 2)])),
    criterion: round(criterion, 4),
    nearest: made ? round(oneNearestNeighbourAccuracy(made.B, prepared.data.target), 4) : Number.NaN,
  };
}

/** Mean gains over source-only, a line a candidate and corpus: each corpus has to speak for itself. */
function table(trials: readonly Trial[]): string {
  const rows = ['B', 'OA', 'OB', 'OC'];
  const nameOf = ({ candidate, corpus }: Trial) => `${candidate} | ${corpus}`;
  const lines = [...new Set(trials.map(nameOf))].map((name) => {
    const own = trials.filter((trial) => nameOf(trial) === name);
    const mean = (of: (trial: Trial) => number) =>
      own.reduce((sum, trial) => sum + of(trial), 0) / own.length;
    const gain = (row: string) => (trial: Trial) => trial.uar[row] - trial.uar['source-only'];
    const gains = rows.map((row) => mean(gain(row)).toFixed(1));
    const least = ['OB', 'OC'].map((row) => Math.min(...own.map(gain(row))).toFixed(1));
    const criteria = [mean((t) => t.criterion), mean((t) => t.nearest)].map((value) => value.toFixed(2));
    return [
      name,
      own.length,
      mean(({ uar }) => uar['source-only']).toFixed(1),
      ...gains,
      ...least,
      ...criteria,
    ];
  });
  const header = [
    'candidate',
    'corpus',
    'runs',
    'source-only',
    ...rows,
    'least OB',
    'least OC',
    'criterion',
    '1-NN',
  ];
  return [header, header.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      candidate: { type: 'string', multiple: true, default: Object.keys(CANDIDATES) },
      seeds: { type: 'string', default: '1' },
      shift: { type: 'string', default: SHIFTS[0] },
      log: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new Error('name the files of one corpus or several');
  const names = values.candidate;
  const unknown = names.find((name) => !Object.hasOwn(CANDIDATES, name));
  if (unknown !== undefined) {
    throw new Error(`no candidate is called "${unknown}"; known are ${Object.keys(CANDIDATES).join(', ')}`);
  }
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1) {
    throw new Error(`--seeds takes a whole number from 1, not "${values.seeds}"`);
  }
  const { shift } = values;
  if (!isShift(shift)) throw new Error(`--shift takes ${SHIFTS.join(' or ')}, not "${shift}"`);
  provideKernelThreads({ threads: 1 });
  await selectBackend('wasm');
  const trials: Trial[] = [];
  for (const file of positionals) {
    const { corpus } = await readCorpusFiles([file]);
    for (const candidate of names) {
      for (const task of TASKS) {
        for (const rehearsal of rehearsals(corpus, task, shift)) {
          for (let seed = 1; seed <= seeds; seed++) {
            const done = await trial(rehearsal, task, shift, candidate, seed);
            trials.push(done);
            process.stderr.write(`${JSON.stringify(done)}\n`);
            if (values.log) await appendFile(values.log, `${JSON.stringify(done)}\n`);
          }
        }
      }
    }
  }
  process.stdout.write(`${table(trials)}\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
