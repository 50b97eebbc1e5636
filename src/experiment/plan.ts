/**
 * How many steps a run takes in each phase, what a step costs, and so how long the whole will take: from a few
 * measured steps before the start, from the run itself while it goes.
 */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import type { ResultRow } from '../methods/events.ts';
import { TRAINING_PHASES, type TrainingPhase } from '../methods/method.ts';
import { classifierPlan } from '../methods/pretraining.ts';
import { recogniserPlan } from '../methods/recognisers.ts';
import { METHODS } from '../methods/registry.ts';
import { METHOD_DESCRIPTIONS, type RunConfig, type Settings, type TransferMethod } from './config.ts';
import type { Prepared } from './prepare.ts';

export { TRAINING_PHASES, type TrainingPhase } from '../methods/method.ts';

export type PhaseNumbers = Readonly<Record<TrainingPhase, number>>;

/** No steps in any phase. */
export const NO_STEPS: PhaseNumbers = {
  classifier: 0,
  identity: 0,
  gan: 0,
  selection: 0,
  adaptation: 0,
  recognisers: 0,
};

/** Rows of a run's table: the baseline, where it is asked for, and what the method fills. */
export const rowsOfRun = (method: TransferMethod, baseline = true): readonly ResultRow[] => [
  ...(baseline ? (['source-only'] as const) : []),
  ...METHOD_DESCRIPTIONS[method].rows,
];

/** Classes of the rows that the recogniser of a row of the table is trained on, as many as there will be of each. */
function plannedClasses(
  row: ResultRow,
  { data }: Prepared,
  { judges, share }: Settings['selection'],
): Int8Array {
  const original = data.sourceClasses;
  // Judges keep one sample of a target row, or none; of which class, only they will know.
  const made = data.target.rows * (judges > 0 ? share : CLASS_COUNT);
  const translated = Int8Array.from({ length: Math.ceil(made) }, (_, i) => i % CLASS_COUNT);
  if (row === 'C') return translated;
  if (row === 'OC') return Int8Array.from([...original, ...translated]);
  return row === 'OA' || row === 'OB' ? Int8Array.from([...original, ...original]) : original;
}

/** Steps planned in each phase; early stopping may make them fewer. */
export function plannedSteps(config: RunConfig, prepared: Prepared, baseline = true): PhaseNumbers {
  const { task, settings, seed, method } = config;
  const context = { data: prepared.data, settings, task, seed };
  const chosen = METHODS[method];
  const trained = rowsOfRun(method, baseline).filter((row) => row !== 'O' || !chosen.ownPredictions);
  const sets = trained.map((row) => ({ classes: plannedClasses(row, prepared, settings.selection) }));
  const recognisers = recogniserPlan(sets, settings, classifierPlan(context).epochs).total;
  return { ...NO_STEPS, ...chosen.plan(context), recognisers };
}

/** Milliseconds of one operation's overhead and of one GFLOP, roughly, on WASM; only their ratio matters. */
const OVERHEAD = 0.03;
const PER_GFLOP = 60;

function weightsOf(sizes: readonly number[]): number {
  return sizes.slice(1).reduce((sum, width, i) => sum + width * sizes[i], 0);
}

/**
 * What one step of each phase costs relative to the others: from the networks' sizes, for phases that have not
 * been measured yet.
 */
export function relativeCosts(
  { classifier, generator, discriminator, gan, dann }: Settings,
  features: number,
): PhaseNumbers {
  const F = weightsOf([features, ...classifier.hidden, CLASS_COUNT]);
  const G = weightsOf([features, ...generator.hidden, features]);
  const D = weightsOf([features, ...discriminator.hidden, 1]);
  const E = weightsOf([features, ...dann.encoder]);
  // Multiply-adds of forward and backward passes: three a weight and row, two where the weights are frozen.
  const cost = (operations: number, weightPasses: number, batch: number) =>
    operations * OVERHEAD + ((2 * weightPasses * batch) / 1e9) * PER_GFLOP;
  const discriminatorStep =
    cost(150, 2 * (3 * 2 + 3) * D, gan.batch) + cost(60, (gan.discriminatorSteps - 1) * 2 * G, gan.batch);
  return {
    classifier: cost(60, 3 * F, classifier.batch),
    recognisers: cost(60, 3 * F, classifier.batch),
    selection: cost(60, 3 * F, classifier.batch),
    // A batch of each corpus a step.
    adaptation: cost(90, 6 * E, dann.batch),
    identity: cost(150, 2 * 3 * G, gan.batch),
    gan: cost(350, 7 * 3 * G + 2 * 3 * F + 2 * 2 * D, gan.batch) + gan.discriminatorSteps * discriminatorStep,
  };
}

/**
 * The same for a hyperplane of the SVM, a value of its rows: 67 ms were measured for 535 rows of 1,582 features and 236 ms
 * for 1,440, where a step of the network of preset `quick` took 3.8 ms.
 */
const PER_SVM_VALUE = 1.6e-4;

/**
 * Steps of a recogniser that take as long as finding one hyperplane between `rows` of so many features, roughly, on
 * WASM; at least one.
 */
export function hyperplaneSteps(settings: Settings, rows: number, features: number): number {
  const { recognisers } = relativeCosts(settings, features);
  return Math.max(1, Math.round((rows * features * PER_SVM_VALUE) / recognisers));
}

/** Milliseconds a step of each phase takes: measured where it was, else scaled from the measured ones. */
export function stepTimes(measured: Partial<PhaseNumbers>, costs: PhaseNumbers): PhaseNumbers | null {
  const known = TRAINING_PHASES.filter((phase) => (measured[phase] ?? 0) > 0);
  if (known.length === 0) return null;
  const time = known.reduce((sum, phase) => sum + (measured[phase] as number), 0);
  const cost = known.reduce((sum, phase) => sum + costs[phase], 0);
  const of = (phase: TrainingPhase) => measured[phase] || (costs[phase] * time) / cost;
  return {
    classifier: of('classifier'),
    identity: of('identity'),
    gan: of('gan'),
    adaptation: of('adaptation'),
    // The same network as the classifier: its time is the better guess while there is no other.
    selection: measured.selection || measured.classifier || of('selection'),
    recognisers: measured.recognisers || measured.classifier || of('recognisers'),
  };
}
