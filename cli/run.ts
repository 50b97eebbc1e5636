/** `run`: one experiment without a browser, with the files it leaves behind. */
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { Corpus } from '../src/corpus/corpus.ts';
import type { RunConfig } from '../src/experiment/config.ts';
import {
  PHASE_LABELS,
  type RunEvent,
  type RunResult,
  SYNTHETIC_TYPES,
  type SyntheticSets,
} from '../src/experiment/events.ts';
import { LOSS_TABLE_HEADER, lossTableLines } from '../src/experiment/lossTable.ts';
import { rowsOfRun } from '../src/experiment/plan.ts';
import { type Prepared, prepare } from '../src/experiment/prepare.ts';
import { runExperiment } from '../src/experiment/run.ts';
import { sampleSheet } from '../src/experiment/sampleSheet.ts';
import { SHEET_FORMATS, type SheetFormat, write } from '../src/formats/write.ts';
import { meanAndSd } from '../src/metrics/classification.ts';
import { asSheetFormat } from './arguments.ts';
import { startBackend } from './backend.ts';
import { configuration } from './configuration.ts';
import { CORPUS_OPTIONS, readPair } from './corpora.ts';
import { reporter } from './reporter.ts';

interface Summary {
  readonly mean: number;
  readonly sd: number;
}

/** What `run` prints. `uar` is null, and `shares` say what was predicted, where the target has no labels. */
interface RunOutput {
  readonly method: string;
  readonly preset: string;
  readonly seed: number;
  readonly backend: string;
  readonly steps: number;
  readonly msPerStep: number;
  readonly uar: Readonly<Record<string, Summary>> | null;
  readonly shares?: Readonly<Record<string, readonly number[]>>;
}

function summary(config: RunConfig, result: RunResult): RunOutput {
  const of = (set: string) => result.scores.filter((score) => score.set === set);
  const scored = result.scores.every(({ uar }) => uar !== null);
  const { steps, backend } = result;
  const common = {
    method: config.method,
    preset: config.preset,
    seed: config.seed,
    backend,
    steps,
    msPerStep: result.msPerStep,
  };
  if (scored) {
    const uar = Object.fromEntries(
      rowsOfRun(config.method).map((set) => [set, meanAndSd(of(set).map((s) => s.uar as number))]),
    );
    return { ...common, uar };
  }
  const meanShares = (set: string) => {
    const scores = of(set);
    return [0, 1, 2].map((k) => scores.reduce((sum, { shares }) => sum + shares[k] / scores.length, 0));
  };
  return {
    ...common,
    uar: null,
    shares: Object.fromEntries(rowsOfRun(config.method).map((set) => [set, meanShares(set)])),
  };
}

async function writeSynthetic(
  folder: string,
  sets: SyntheticSets,
  { scaled }: Prepared,
  task: RunConfig['task'],
  pair: { source: Corpus; target: Corpus },
  format: SheetFormat,
): Promise<void> {
  for (const type of SYNTHETIC_TYPES) {
    const file = (extension: string) => join(folder, `synthetic_${type}.${extension}`);
    // A type that this method does not make, or another format: an earlier run's file would pass for this one's.
    for (const extension of SHEET_FORMATS) await rm(file(extension), { force: true });
    if (sets[type].rows === 0) continue;
    const sheet = sampleSheet(type, { sets, task, scaled, ...pair });
    await pipeline(Readable.from(write(sheet, format)), createWriteStream(file(format)));
  }
}

/** The open file of losses, its header written. */
async function lossFile(folder: string): Promise<FileHandle> {
  const file = await open(join(folder, 'losses.csv'), 'w');
  await file.appendFile(LOSS_TABLE_HEADER);
  return file;
}

/** Writes one event's part of the files; returns once the disk has taken it. */
async function record(event: RunEvent, losses: FileHandle | null): Promise<void> {
  if (event.type !== 'losses') return;
  await losses?.appendFile(lossTableLines(event.phase, event.terms, event.steps, event.values));
}

/** Runs one experiment; the object to print. */
export async function run(args: string[]): Promise<RunOutput> {
  const { values } = parseArgs({
    args,
    options: {
      ...CORPUS_OPTIONS,
      task: { type: 'string' },
      preset: { type: 'string' },
      method: { type: 'string' },
      seed: { type: 'string' },
      backend: { type: 'string' },
      out: { type: 'string' },
      config: { type: 'string' },
      format: { type: 'string' },
    },
  });
  const { config: asked, backend } = await configuration(values);
  const folder = values.out;
  const format = asSheetFormat(values.format ?? 'csv');
  const report = reporter(process.stderr);
  const { recipes, ...pair } = await readPair('run', values, report, asked.corpora);
  const config = { ...asked, ...(recipes && { corpora: recipes }) };
  const prepared = prepare(pair.source, pair.target, config.task, config.settings);
  await startBackend(backend);

  if (folder) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'config.json'), `${JSON.stringify({ ...config, backend }, null, 2)}\n`);
  }
  const losses = folder ? await lossFile(folder) : null;
  let result: RunResult | null = null;
  try {
    for await (const event of runExperiment(config, prepared, { backend, now: () => performance.now() })) {
      report.event(event);
      await record(event, losses);
      if (event.type === 'synthetic' && folder) {
        await writeSynthetic(folder, event.sets, prepared, config.task, pair, format);
      }
      if (event.type === 'result') result = event.result;
    }
  } finally {
    await losses?.close();
  }
  report.line(PHASE_LABELS.done);
  if (!result) throw new Error('run: the run ended without a result');
  return summary(config, result);
}
