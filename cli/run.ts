/** `run`: one experiment without a browser, with the files it leaves behind. */
import { parseArgs } from 'node:util';
import type { RunConfig } from '../src/experiment/config.ts';
import { PHASE_LABELS, type RunEvent, type RunResult } from '../src/experiment/events.ts';
import { type Prepared, prepare } from '../src/experiment/prepare.ts';
import { runExperiment } from '../src/experiment/run.ts';
import { asSheetFormat } from './arguments.ts';
import { startBackend } from './backend.ts';
import { configuration } from './configuration.ts';
import { CORPUS_OPTIONS, readPair } from './corpora.ts';
import { RunDiagnosis } from './diagnosis.ts';
import { reporter } from './reporter.ts';
import { RunFolder } from './runFolder.ts';
import { type RunOutput, summarise } from './summary.ts';

/** Measures the samples of a run while it goes; null where it shows none. */
const diagnosisOf = (config: RunConfig, prepared: Prepared): RunDiagnosis | null =>
  config.settings.snapshot.every > 0 ? new RunDiagnosis(config, prepared) : null;

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
  const format = asSheetFormat(values.format ?? 'csv');
  const report = reporter(process.stderr);
  const { recipes, ...pair } = await readPair('run', values, report, asked.corpora);
  const config = { ...asked, ...(recipes && { corpora: recipes }) };
  const prepared = prepare(pair.source, pair.target, config.task, config.settings);
  await startBackend(backend);

  const folder = values.out ? await RunFolder.begin(values.out, config, backend) : null;
  const diagnosis = diagnosisOf(config, prepared);
  const note = async (event: RunEvent) => {
    report.event(event);
    diagnosis?.note(event);
    await folder?.note(event);
    if (event.type !== 'synthetic') return;
    const { task } = config;
    await folder?.writeSamples({ sets: event.sets, task, scaled: prepared.scaled, ...pair }, format);
  };
  let result: RunResult | null = null;
  try {
    const environment = { backend, now: () => performance.now() };
    for await (const event of runExperiment(config, prepared, environment)) {
      await note(event);
      if (event.type === 'result') result = event.result;
    }
  } finally {
    await folder?.close();
  }
  report.line(PHASE_LABELS.done);
  if (!result) throw new Error('run: the run ended without a result');
  // A method that trains no GAN shows no samples on the way.
  const known = diagnosis?.result();
  const told = known && known.moments.length > 0 ? known : null;
  if (told) await folder?.writeDiagnosis(told);
  return summarise(config, result, told?.moments.at(-1)?.findings ?? null);
}
