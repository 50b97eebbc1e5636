/**
 * A run: the method trains and generates, then recognisers are trained on each set of samples and scored on the
 * target. One async generator of events, the same in a worker, in Node and in a test.
 */
import type { RecogniserSet } from '../methods/classifier.ts';
import type { Method, MethodResult } from '../methods/method.ts';
import { type RecogniserTarget, recogniserPlan, trainRecognisers } from '../methods/recognisers.ts';
import { METHODS } from '../methods/registry.ts';
import { rowSet } from '../methods/rows.ts';
import { confusionMatrix, predictionShares, uar } from '../metrics/classification.ts';
import type { LiveChange, LiveControl, RunConfig } from './config.ts';
import type {
  ResultRow,
  RunEvent,
  RunResult,
  Score,
  Synthetic,
  SyntheticSets,
  SyntheticType,
  TrainingEvent,
} from './events.ts';
import { LiveQueue } from './live.ts';
import { rowsOfRun } from './plan.ts';
import type { Prepared } from './prepare.ts';

/** What the environment gives a run. */
export interface RunEnvironment {
  /** Name of the backend, for the record. */
  readonly backend: string;
  readonly now: () => number;
  /** Whether row `source-only` is filled beside the method's own; it is where nothing is said. */
  readonly baseline?: boolean;
  /** What is asked while the GAN trains; where nobody can ask, the configuration's changes are repeated. */
  readonly live?: LiveControl;
}

/** Rows of the table whose recognisers are trained here, with what each is trained on. */
function trainingSet(
  row: ResultRow,
  { data }: Prepared,
  { synthetic, own }: MethodResult,
): RecogniserSet | null {
  const { source, sourceClasses } = data;
  if (row === 'source-only') return { x: rowSet(source), classes: sourceClasses };
  if (row === 'O') return own?.kind === 'rows' ? own.set : null;
  const made = synthetic?.[row.slice(-1) as SyntheticType];
  if (!made) return null;
  if (row.length === 1) return { x: rowSet(made), classes: made.classes };
  return { x: rowSet(source, made), classes: Int8Array.from([...sourceClasses, ...made.classes]) };
}

function score(set: ResultRow, repeat: number, truth: Int8Array | null, prediction: Int8Array): Score {
  const shares = predictionShares(prediction);
  if (!truth) return { set, repeat, uar: null, confusion: null, shares };
  const confusion = confusionMatrix(truth, prediction);
  return { set, repeat, uar: 100 * uar(confusion), confusion, shares };
}

/** Which row of its corpus each row is that training knows. */
type CorpusRows = Pick<Prepared, 'sourceRows' | 'targetRows'>;

/** Training knows its own rows, the world outside those of the corpora: types A and B come of the source, C of the target. */
function withCorpusRows({ A, B, C }: SyntheticSets, { sourceRows, targetRows }: CorpusRows): SyntheticSets {
  const named = (set: Synthetic, rows: Int32Array) => ({
    ...set,
    origin: set.origin.map((row) => rows[row]),
  });
  return { A: named(A, sourceRows), B: named(B, sourceRows), C: named(C, targetRows) };
}

/** What makes a run another than its configuration foresaw: changes that were carried out, and being taken back. */
class Deviations {
  private readonly changes: LiveChange[] = [];
  private takenBack = false;

  note(event: TrainingEvent): void {
    if (event.type === 'changed') this.changes.push(event.change);
    if (event.type === 'diverged') this.takenBack = true;
  }

  /** The configuration that gives this very run again. */
  appliedTo({ changes: _, ...config }: RunConfig): RunConfig {
    const { changes, takenBack } = this;
    return changes.length > 0 || takenBack ? { ...config, changes: [...changes] } : config;
  }
}

/** The method's events, each noted, their samples with rows of the corpora as origin. */
async function* inCorpusRows(
  training: ReturnType<Method['train']>,
  rows: CorpusRows,
  deviations: Deviations,
): AsyncGenerator<TrainingEvent, MethodResult> {
  try {
    for (;;) {
      const { done, value } = await training.next();
      if (done) return value;
      deviations.note(value);
      yield value.type === 'snapshot' ? { ...value, sets: withCorpusRows(value.sets, rows) } : value;
    }
  } finally {
    // Also when the run is stopped in the middle: the method gives its tensors back.
    await training.return(undefined as never);
  }
}

/**
 * Runs an experiment on prepared corpora with the present backend.
 * @returns the result, which is also the last event but one (`result`, then the phase `done`).
 * @throws DivergenceError where a loss is no longer finite.
 */
export async function* runExperiment(
  config: RunConfig,
  prepared: Prepared,
  { backend, now, baseline = true, live = new LiveQueue(config.changes) }: RunEnvironment,
): AsyncGenerator<RunEvent, RunResult> {
  const { settings, seed, task } = config;
  yield { type: 'phase', phase: 'prepare', steps: 0 };
  for (const message of prepared.notes) yield { type: 'note', phase: 'prepare', message };
  yield { type: 'rows', source: prepared.sourceRows, target: prepared.targetRows };

  const context = { data: prepared.data, task, settings, seed, now, live };
  const training = METHODS[config.method].train(context);
  const deviations = new Deviations();
  const trained = yield* inCorpusRows(training, prepared, deviations);
  if (trained.synthetic) {
    const sets = withCorpusRows(trained.synthetic, prepared);
    yield { type: 'synthetic', keptStep: trained.keptStep, sets };
  }

  const scores: Score[] = [];
  const judge = (row: ResultRow, repeat: number, prediction: Int8Array): RunEvent => {
    const scored = score(row, repeat, prepared.targetClasses, prediction);
    scores.push(scored);
    return { type: 'score', score: scored, prediction };
  };
  if (trained.own?.kind === 'predictions') {
    for (const [repeat, prediction] of trained.own.predictions.entries())
      yield judge('O', repeat, prediction);
  }
  const target: RecogniserTarget = { target: prepared.data.target, settings, seed, now };
  const rows = rowsOfRun(config.method, baseline).flatMap((row) => {
    const set = trainingSet(row, prepared, trained);
    return set ? [{ row, set }] : [];
  });
  const sets = rows.map(({ set }) => set);
  const plan = recogniserPlan(sets, settings, trained.classifierEpochs);
  yield { type: 'phase', phase: 'recognisers', steps: plan.total };
  for await (const event of trainRecognisers(sets, plan, target)) {
    yield event.type === 'prediction' ? judge(rows[event.set].row, event.repeat, event.prediction) : event;
  }
  const { steps, msPerStep } = trained;
  const result = { config: deviations.appliedTo(config), backend, steps, msPerStep, scores };
  yield { type: 'result', result };
  yield { type: 'phase', phase: 'done', steps: 0 };
  return result;
}
