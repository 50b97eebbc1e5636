/** `record`: runs that show a failure, or none, each as one small file that the page opens at once. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { demoCorpora } from '../src/corpus/demo.ts';
import { condense } from '../src/experiment/condense.ts';
import type { RunEvent, RunResult } from '../src/experiment/events.ts';
import { prepare } from '../src/experiment/prepare.ts';
import {
  PROVOCATIONS,
  PROVOKED_DEMO,
  type Provocation,
  provokedConfig,
} from '../src/experiment/provocations.ts';
import { encodeRecording } from '../src/experiment/recording.ts';
import { RECORDED_ROWS, recordingFile } from '../src/experiment/recordings.ts';
import { runExperiment } from '../src/experiment/run.ts';
import { startBackend } from './backend.ts';
import { type Reporter, reporter } from './reporter.ts';

const BACKEND = 'wasm';

/** What `record` prints of each file. */
export interface RecordedFile {
  readonly name: Provocation['name'];
  readonly file: string;
  readonly bytes: number;
}

/** @throws one line that names the provocations, for a name that is none of them. */
function provocationOf(name: string): Provocation {
  const found = PROVOCATIONS.find((provocation) => provocation.name === name);
  if (found) return found;
  const known = PROVOCATIONS.map((provocation) => provocation.name).join(', ');
  throw new Error(`record: unknown provocation "${name}"; known are ${known}`);
}

/** The file of a provocation's run. */
async function recordOne(provocation: Provocation, report: Reporter): Promise<Uint8Array> {
  const config = provokedConfig(provocation);
  const settings = { ...config.settings, snapshot: { ...config.settings.snapshot, rows: RECORDED_ROWS } };
  const { source, target } = demoCorpora(PROVOKED_DEMO);
  const prepared = prepare(source, target, config.task, settings);
  const events: RunEvent[] = [];
  let result: RunResult | null = null;
  const started = performance.now();
  const environment = { backend: BACKEND, now: () => performance.now() };
  for await (const event of runExperiment({ ...config, settings }, prepared, environment)) {
    report.event(event);
    events.push(event);
    if (event.type === 'result') result = event.result;
  }
  if (!result) throw new Error('record: the run ended without a result');
  return encodeRecording({
    config: result.config,
    demo: PROVOKED_DEMO,
    backend: BACKEND,
    elapsedMs: Math.round(performance.now() - started),
    events: condense(events, RECORDED_ROWS),
  });
}

/** Records the runs that are named; what to print. */
export async function record(args: string[]): Promise<RecordedFile[]> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  if (positionals.length === 0 || !values.out) throw new Error('record: give provocations and --out FOLDER');
  const provocations = positionals.map(provocationOf);
  const report = reporter(process.stderr);
  await startBackend(BACKEND);
  await mkdir(values.out, { recursive: true });
  const files: RecordedFile[] = [];
  for (const provocation of provocations) {
    const { name, title } = provocation;
    report.line(title);
    const bytes = await recordOne(provocation, report);
    const file = join(values.out, recordingFile(name));
    await writeFile(file, bytes);
    files.push({ name, file, bytes: bytes.length });
  }
  return files;
}
