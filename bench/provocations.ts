/**
 * Whether provocations do what they say: `npx tsx bench/provocations.ts [NAME…]` trains each on the demo corpora, carries
 * its cure out as soon as its failure is found, and prints what is found at every moment. Without names, all of them; the
 * healthy one on both tasks from three seeds. Exit code 1 where a failure is not found within 200 steps, is not gone after
 * its cure, or a healthy run has anything above a notice.
 */
import { startBackend } from '../cli/backend.ts';
import { RunDiagnosis } from '../cli/diagnosis.ts';
import { provideKernelThreads } from '../cli/kernels.ts';
import { TASKS } from '../src/corpus/corpus.ts';
import { demoCorpora } from '../src/corpus/demo.ts';
import type { Finding } from '../src/diagnosis/finding.ts';
import type { LiveRequest, RunConfig } from '../src/experiment/config.ts';
import { LiveQueue } from '../src/experiment/live.ts';
import { prepare } from '../src/experiment/prepare.ts';
import {
  PROVOCATIONS,
  PROVOKED_DEMO,
  type Provocation,
  patched,
  provokedConfig,
} from '../src/experiment/provocations.ts';
import { runExperiment } from '../src/experiment/run.ts';

/** Steps within which a failure must be found, and be gone after its cure. */
const MOST_STEPS = 200;
/** Moments in a row without the failure that make it gone. */
const CLEAR_MOMENTS = 2;

const say = (text: string) => process.stdout.write(`${text}\n`);

/** A moment's findings in a line. */
const lineOf = (step: number, findings: readonly Finding[]) =>
  `${String(step).padStart(6)}  ${findings.map(({ severity, title }) => `${severity}: ${title}`).join(' · ') || '–'}`;

interface Moment {
  readonly step: number;
  readonly findings: readonly Finding[];
}

/** Trains the GAN of a configuration; `decide` is told every moment and may ask for something or end it. */
async function watch(
  config: RunConfig,
  decide: (moment: Moment) => LiveRequest | 'end' | null,
): Promise<Moment[]> {
  const { source, target } = demoCorpora(PROVOKED_DEMO);
  const prepared = prepare(source, target, config.task, config.settings);
  const diagnosis = new RunDiagnosis(config, prepared);
  const live = new LiveQueue(null, true);
  const moments: Moment[] = [];
  const environment = { backend: 'wasm', now: () => performance.now(), live };
  for await (const event of runExperiment(config, prepared, environment)) {
    diagnosis.note(event);
    // What is made of the trained GAN is not asked about.
    if (event.type === 'phase' && event.phase === 'generate') break;
    if (event.type === 'snapshot') {
      const findings = diagnosis.result().moments.at(-1)?.findings ?? [];
      const moment = { step: event.step, findings };
      moments.push(moment);
      say(lineOf(event.step, findings));
      const decision = decide(moment);
      if (decision === 'end') break;
      if (decision) {
        live.request(decision);
        say(`        → ${JSON.stringify(decision)}`);
      }
    }
  }
  return moments;
}

/** What is wrong with a provocation, in words; null where it does what it says. */
async function provoke(provocation: Provocation): Promise<string | null> {
  const { name, cure } = provocation;
  const config = provokedConfig(provocation);
  const shows = ({ findings }: Moment) => findings.some(({ failure }) => failure === name);
  let foundAt: number | null = null;
  let clear = 0;
  const before = await watch(config, (moment) => {
    if (foundAt !== null) {
      clear = shows(moment) ? 0 : clear + 1;
      return clear >= CLEAR_MOMENTS || moment.step > foundAt + 2 * MOST_STEPS ? 'end' : null;
    }
    if (!shows(moment)) return moment.step >= MOST_STEPS ? 'end' : null;
    foundAt = moment.step;
    return cure?.kind === 'live' ? cure.request : 'end';
  });
  if (foundAt === null) return `not found within ${before.at(-1)?.step ?? 0} steps`;
  if (cure?.kind === 'live') return clear >= CLEAR_MOMENTS ? null : 'not gone after its cure';
  if (!cure) return 'has no cure';
  say(`        → next run: ${JSON.stringify(cure.settings)}`);
  const next = { ...config, settings: patched(config.settings, cure.settings) };
  const after = await watch(next, ({ step }) => (step >= MOST_STEPS ? 'end' : null));
  return after.some(shows) ? 'found in the run that should cure it' : null;
}

/** Healthy runs from other seeds and of both tasks: nothing above a notice. */
async function healthy(provocation: Provocation): Promise<string | null> {
  const wrong: string[] = [];
  for (const task of TASKS) {
    for (const seed of [1, 2, 3]) {
      say(`  ${task}, seed ${seed}`);
      const moments = await watch(provokedConfig({ ...provocation, task, seed }), () => null);
      const loud = moments.filter(({ findings }) => findings.some(({ severity }) => severity !== 'notice'));
      if (loud.length > 0) wrong.push(`${task}, seed ${seed}: ${loud.length} of ${moments.length} moments`);
    }
  }
  return wrong.length > 0 ? `not quiet: ${wrong.join('; ')}` : null;
}

provideKernelThreads();
await startBackend('wasm');
const names = process.argv.slice(2);
const chosen = PROVOCATIONS.filter(({ name }) => names.length === 0 || names.includes(name));
const results: string[] = [];
for (const provocation of chosen) {
  say(`\n${provocation.name}: ${provocation.title}`);
  const wrong = await (provocation.name === 'healthy' ? healthy(provocation) : provoke(provocation));
  results.push(`${provocation.name}: ${wrong ?? 'as it says'}`);
  if (wrong) process.exitCode = 1;
}
say(`\n${results.join('\n')}`);
