/**
 * Comparing methods: every unit of the grid is one whole training, told as events. A worker, the CLI and a test drive
 * the same generator; pausing is not asking for its next event, stopping is returning. Knows no file: what is
 * finished is handed in, and what finishes is handed out.
 */
import { pickNames } from '../../corpus/corpus.ts';
import { DivergenceError } from '../../methods/method.ts';
import type { BackendName, RunConfig } from '../config.ts';
import type { ResultRow, RunEvent } from '../events.ts';
import { failureOf } from '../failure.ts';
import { NO_STEPS, type PhaseNumbers, plannedSteps, relativeCosts, TRAINING_PHASES } from '../plan.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { runExperiment } from '../run.ts';
import { type CorpusPair, plannedWithinSteps, runWithin } from '../within.ts';
import { type ComparisonConfig, METHOD_NAMES, type MethodName } from './config.ts';
import type { ComparisonEvent, UnitEvent } from './events.ts';
import { runningOrder, type Shard, type UnitCosts, unitsOfShard } from './grid.ts';
import { type PhaseCosts, ProgressMeter, totalCost } from './progress.ts';
import { addCounts, confusionBySpeaker, rowsBySpeaker, type SpeakerRows } from './speakers.ts';
import { sameUnit, UNKNOWN_SPEAKER, type UnitKey, type UnitResult, type UnitRow } from './unit.ts';

/** A comparison ready to run. */
export interface Comparison {
  readonly config: ComparisonConfig;
  readonly pair: CorpusPair;
  readonly prepared: Prepared;
  readonly targetClasses: Int8Array;
  readonly targetSpeakers: SpeakerRows;
  readonly costs: PhaseCosts;
}

export interface ComparisonEnvironment {
  readonly backend: BackendName;
  /** Milliseconds from any origin. */
  readonly now: () => number;
}

export interface ComparisonOptions {
  /** Results of earlier starts, of the same configuration and corpora: they are not computed again. */
  readonly finished?: readonly UnitResult[];
  /** Only this part of the units; all where not given. */
  readonly shard?: Shard;
}

const PROGRESS_INTERVAL_MS = 500;

/** The run that a unit of a method is; nobody looks at snapshots, so none are made. */
const runConfig = (
  { task, preset, settings }: ComparisonConfig,
  method: RunConfig['method'],
  seed: number,
): RunConfig => ({
  method,
  task,
  preset,
  seed,
  settings: { ...settings, snapshot: { ...settings.snapshot, every: 0 } },
});

/** The baseline is a method of its own here, and no other trains it again. */
const hasBaseline = (method: MethodName) => method === 'source-only';

/** What a unit of each method costs, by phase. */
export function phaseCosts(config: ComparisonConfig, pair: CorpusPair, prepared: Prepared): PhaseCosts {
  const { task, settings, seeds } = config;
  const perStep = relativeCosts(settings, prepared.data.source.columns);
  const costs = METHOD_NAMES.map((method): [MethodName, PhaseNumbers] => {
    const [seed] = seeds;
    const steps =
      method === 'within'
        ? { ...NO_STEPS, recognisers: plannedWithinSteps({ task, settings, seed }, pair) }
        : plannedSteps(runConfig(config, method, seed), prepared, hasBaseline(method));
    const cost = TRAINING_PHASES.map((phase) => [phase, steps[phase] * perStep[phase]]);
    return [method, { ...NO_STEPS, ...Object.fromEntries(cost) }];
  });
  return Object.fromEntries(costs) as Record<MethodName, PhaseNumbers>;
}

/**
 * Prepares a comparison.
 * @throws as `prepare`; and where the target cannot score anything: without labels for the task, or all of one class.
 */
export function prepareComparison(config: ComparisonConfig, pair: CorpusPair): Comparison {
  const { source, target } = pair;
  const prepared = prepare(source, target, config.task, config.settings);
  const { targetClasses, targetRows } = prepared;
  if (!targetClasses) {
    const left = targetRows.length < target.rows ? ` among the ${targetRows.length} rows that are left` : '';
    throw new Error(
      `The target corpus "${target.name}" has no ${config.task} labels${left}: a comparison scores every method on the ` +
        'target. Choose the other task, or a target with labels; a single run needs none.',
    );
  }
  if (new Set(targetClasses.filter((k) => k >= 0)).size < 2) {
    throw new Error(
      `All labelled rows of the target corpus "${target.name}" have the same ${config.task} class, which any ` +
        'method could name without listening: a comparison needs a target with two classes at least.',
    );
  }
  return {
    config,
    pair,
    prepared,
    targetClasses,
    targetSpeakers: rowsBySpeaker(
      target.speakers && pickNames(target.speakers, targetRows),
      targetRows.length,
    ),
    costs: phaseCosts(config, pair, prepared),
  };
}

/** The events of one unit's run. */
function runUnit(
  { config, pair, prepared }: Comparison,
  { method, seed }: UnitKey,
  environment: ComparisonEnvironment,
): AsyncGenerator<RunEvent, unknown> {
  if (method === 'within') {
    return runWithin({ task: config.task, settings: config.settings, seed }, pair, environment);
  }
  const baseline = hasBaseline(method);
  return runExperiment(runConfig(config, method, seed), prepared, { ...environment, baseline });
}

/** Gathers a unit's rows from its scores. */
class UnitRows {
  private readonly rows = new Map<ResultRow, Omit<UnitRow, 'mean'>>();

  constructor(private readonly comparison: Comparison) {}

  note({ score, prediction }: Extract<RunEvent, { type: 'score' }>): void {
    if (score.uar === null || score.confusion === null) return;
    const { targetSpeakers, targetClasses } = this.comparison;
    const speakers = prediction ? [...targetSpeakers.names] : [UNKNOWN_SPEAKER];
    const confusion = prediction
      ? confusionBySpeaker(targetSpeakers, targetClasses, prediction)
      : [score.confusion.map((row) => [...row])];
    const before = this.rows.get(score.set);
    this.rows.set(score.set, {
      row: score.set,
      uar: [...(before?.uar ?? []), score.uar],
      speakers,
      confusion: confusion.map((counts, s) => (before ? addCounts(before.confusion[s], counts) : counts)),
    });
  }

  all(): UnitRow[] {
    return [...this.rows.values()].map((row) => ({
      ...row,
      mean: row.uar.reduce((a, b) => a + b, 0) / row.uar.length,
    }));
  }
}

const passedOn = (event: RunEvent): event is UnitEvent =>
  event.type === 'phase' || event.type === 'step' || event.type === 'note' || event.type === 'score';

/** One unit, its computing timed between events, so that pauses do not count. */
async function* computeUnit(
  comparison: Comparison,
  unit: UnitKey,
  environment: ComparisonEnvironment,
  meter: ProgressMeter,
): AsyncGenerator<ComparisonEvent, UnitResult> {
  const { backend, now } = environment;
  const rows = new UnitRows(comparison);
  const run = runUnit(comparison, unit, environment);
  let told = Number.NEGATIVE_INFINITY;
  const notes: string[] = [];
  let diverged: string | null = null;
  try {
    for (;;) {
      const asked = now();
      const { done, value } = await run.next();
      const event = done ? null : (value as RunEvent);
      meter.note((now() - asked) / 1000, event && passedOn(event) ? event : null);
      if (!event) break;
      if (event.type === 'score') rows.note(event);
      if (event.type === 'note' && event.phase !== 'prepare') notes.push(event.message);
      if (passedOn(event)) yield { type: 'run', unit, event };
      if (now() - told >= PROGRESS_INTERVAL_MS) {
        told = now();
        yield { type: 'progress', progress: meter.progress() };
      }
    }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    diverged = error.message;
  } finally {
    // Also when the comparison is stopped in the middle: the run gives its tensors back.
    await run.return(undefined);
  }
  const seconds = meter.end(diverged === null);
  return { ...unit, backend, seconds, rows: diverged === null ? rows.all() : [], diverged, notes };
}

/**
 * Runs the units that are missing, one after the other, with the present backend. A unit that diverges has that as
 * its result; one that fails otherwise is told and left out, and the others go on.
 * @returns the results of every unit of the comparison, or of the shard, that is finished.
 */
export async function* compareMethods(
  comparison: Comparison,
  environment: ComparisonEnvironment,
  { finished = [], shard }: ComparisonOptions = {},
): AsyncGenerator<ComparisonEvent, readonly UnitResult[]> {
  const { config, costs } = comparison;
  const totals = Object.fromEntries(
    METHOD_NAMES.map((method) => [method, totalCost(costs[method])]),
  ) as UnitCosts;
  const units = shard ? unitsOfShard(config, totals, shard) : runningOrder(config, totals);
  const isFinished = (unit: UnitKey) => finished.some((result) => sameUnit(result, unit));
  const missing = units.filter((unit) => !isFinished(unit));
  const results = finished.filter((result) => units.some((unit) => sameUnit(result, unit)));
  const { backend } = environment;
  const meter = new ProgressMeter({ costs, units: units.length, missing, finished, backend });
  yield { type: 'planned', units, missing };
  for (const unit of missing) {
    yield { type: 'unit-started', unit };
    meter.begin();
    try {
      const result = yield* computeUnit(comparison, unit, environment, meter);
      results.push(result);
      yield { type: 'unit-finished', result };
    } catch (error) {
      meter.end(false);
      yield { type: 'unit-failed', unit, failure: failureOf(error) };
    }
    yield { type: 'progress', progress: meter.progress() };
  }
  return results;
}
