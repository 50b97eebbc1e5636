/** `compare`: every method from every seed, one whole training each, with tables and statistics. */
import { parseArgs } from 'node:util';
import { type Comparison, compareMethods, prepareComparison } from '../src/experiment/compare/compare.ts';
import { type ComparisonConfig, ComparisonConfigSchema, parseAs } from '../src/experiment/compare/config.ts';
import type { ComparisonEvent } from '../src/experiment/compare/events.ts';
import { fingerprints } from '../src/experiment/compare/fingerprint.ts';
import { type Identity, identityOf } from '../src/experiment/compare/identity.ts';
import { type PrintedComparison, printedComparison } from '../src/experiment/compare/output.ts';
import { summarise } from '../src/experiment/compare/summary.ts';
import type { TableOptions } from '../src/experiment/compare/tables.ts';
import type { UnitResult } from '../src/experiment/compare/unit.ts';
import { METHOD_DESCRIPTIONS, type Recipes } from '../src/experiment/config.ts';
import { asMethods, asSeeds, asShard } from './arguments.ts';
import { restartBackend, startBackend } from './backend.ts';
import { noteRecipes, openFolder, readUnits, writeResults, writeUnit } from './comparisonFolder.ts';
import { configuration } from './configuration.ts';
import { CORPUS_OPTIONS, readPair } from './corpora.ts';
import { type Reporter, reporter } from './reporter.ts';
import { programVersion } from './version.ts';

const OPTIONS = {
  ...CORPUS_OPTIONS,
  task: { type: 'string' },
  preset: { type: 'string' },
  config: { type: 'string' },
  backend: { type: 'string' },
  out: { type: 'string' },
  shard: { type: 'string' },
  methods: { type: 'string', default: 'all' },
  seeds: { type: 'string', default: '5' },
  paper: { type: 'boolean', default: false },
} as const;

/** `12 min`, `1 h 40 min`; seconds below two minutes. */
function duration(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Tells of an event on standard error: one line a unit, and how far all of them are. */
function tell(report: Reporter, event: ComparisonEvent): void {
  switch (event.type) {
    case 'planned':
      report.line(`${event.units.length} trainings, ${event.missing.length} of them to do`);
      break;
    case 'run':
      // What preparing has to say is the same for every unit and was told before the first.
      if (event.event.type === 'note' && event.event.phase !== 'prepare') report.event(event.event);
      break;
    case 'unit-finished': {
      const { method, seed, seconds, diverged } = event.result;
      const what = `${METHOD_DESCRIPTIONS[method].title}, seed ${seed}`;
      report.line(diverged === null ? `${what}: ${duration(seconds)}` : `${what}: ${diverged}`);
      break;
    }
    case 'unit-failed':
      report.line(`${event.unit.method}, seed ${event.unit.seed}, failed: ${event.failure.message}`);
      break;
    case 'progress': {
      const { done, units, unitShare, remainingSeconds } = event.progress;
      const remaining = remainingSeconds === null ? '' : `, about ${duration(remainingSeconds)} to go`;
      report.progress(`  ${done} of ${units}${remaining}`, (done + unitShare) / units);
      break;
    }
    default:
      break;
  }
}

/** Keeps what is finished in the folder, where there is one. */
class Keeper {
  constructor(
    private readonly folder: string | undefined,
    private readonly identity: Identity,
    private readonly report: Reporter,
    private readonly tables: TableOptions,
    /** What was decided about the corpora; absent for the demo corpora. */
    private readonly recipes: Recipes | undefined,
  ) {}

  /** The units of earlier starts, damaged ones told. */
  async open(): Promise<UnitResult[]> {
    if (!this.folder) return [];
    const told = (message: string) => this.report.line(message);
    await openFolder(this.folder, this.identity, told);
    if (this.recipes) await noteRecipes(this.folder, this.recipes);
    return this.units(told);
  }

  async keep(result: UnitResult): Promise<void> {
    if (!this.folder) return;
    await writeUnit(this.folder, result);
    await this.tabulate();
  }

  /** Writes the figures of all there is; read again, as another machine may have finished some meanwhile. */
  async tabulate(): Promise<void> {
    if (this.folder) await writeResults(this.folder, this.identity, await this.units(() => {}), this.tables);
  }

  private async units(report: (message: string) => void): Promise<UnitResult[]> {
    const found = this.folder ? await readUnits(this.folder, this.identity, report) : [];
    return found.map(({ result }) => result);
  }
}

interface Choices {
  readonly config?: string;
  readonly task?: string;
  readonly preset?: string;
  readonly backend?: string;
  readonly methods: string;
  readonly seeds: string;
}

async function comparisonConfig({ methods, seeds, ...choices }: Choices) {
  const { config, backend } = await configuration(choices);
  const { task, preset, settings } = config;
  const input: ComparisonConfig = {
    task,
    preset,
    settings,
    methods: asMethods(methods),
    seeds: asSeeds(seeds),
  };
  return { config: parseAs(ComparisonConfigSchema, input, 'compare'), backend, recipes: config.corpora };
}

/** Runs what is missing of a comparison; the object to print, and whether every unit came to an end. */
export async function compare(args: string[]): Promise<{ output: PrintedComparison; ok: boolean }> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const { config, backend, recipes: given } = await comparisonConfig(values);
  const shard = values.shard === undefined ? undefined : asShard(values.shard);
  const report = reporter(process.stderr);
  const { recipes, ...pair } = await readPair('compare', values, report, given);
  const comparison: Comparison = prepareComparison(config, pair);
  for (const note of comparison.prepared.notes) report.line(note);
  const identity = identityOf(config, fingerprints(pair, config.task), programVersion());
  const keeper = new Keeper(values.out, identity, report, values, recipes);
  const finished = await keeper.open();
  await startBackend(backend);

  let failures = 0;
  const events = compareMethods(
    comparison,
    { backend, now: () => performance.now() },
    { finished, ...(shard && { shard }) },
  );
  for (;;) {
    const { done, value } = await events.next();
    if (done) {
      await keeper.tabulate();
      return { output: printedComparison(summarise(config, identity.corpora, value)), ok: failures === 0 };
    }
    tell(report, value);
    if (value.type === 'unit-finished') await keeper.keep(value.result);
    if (value.type === 'unit-failed') {
      failures++;
      await restartBackend(backend);
    }
  }
}
