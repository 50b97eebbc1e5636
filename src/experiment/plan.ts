/**
 * How many steps a run takes in each phase, what a step costs, and so how long the whole will take: from a few
 * measured steps before the start, from the run itself while it goes.
 */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { classifierPlan } from '../methods/classifier.ts';
import { ganPlan } from '../methods/ganTraining.ts';
import { recogniserPlan } from '../methods/recognisers.ts';
import type { RunConfig, Settings } from './config.ts';
import { SAMPLE_SETS } from './events.ts';
import type { Prepared } from './prepare.ts';

/** The phases that take training steps. */
export const TRAINING_PHASES = ['classifier', 'identity', 'gan', 'recognisers'] as const;
export type TrainingPhase = (typeof TRAINING_PHASES)[number];

export type PhaseNumbers = Readonly<Record<TrainingPhase, number>>;

/** Steps planned in each phase; early stopping may make them fewer. */
export function plannedSteps({ task, settings, seed }: RunConfig, { data }: Prepared): PhaseNumbers {
  const classifier = classifierPlan({ data, settings, task, seed });
  const gan = ganPlan(data, settings);
  const targetRows = data.target.rows * CLASS_COUNT;
  const perClass = Int8Array.from({ length: targetRows }, (_, i) => i % CLASS_COUNT);
  const together = Int8Array.from([...data.sourceClasses, ...perClass]);
  const twice = Int8Array.from([...data.sourceClasses, ...data.sourceClasses]);
  const classesOf = { O: data.sourceClasses, C: perClass, OC: together, OA: twice };
  const sets = SAMPLE_SETS.map((set) => {
    if (set === 'C' || set === 'OC') return { classes: classesOf[set] };
    return { classes: set.length === 2 ? classesOf.OA : classesOf.O };
  });
  return {
    classifier: (classifier.folds + 1) * classifier.epochs * classifier.perEpoch,
    identity: gan.identity,
    gan: gan.gan,
    recognisers: recogniserPlan(sets, settings, classifier.epochs).total,
  };
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
  { classifier, generator, discriminator, gan }: Settings,
  features: number,
): PhaseNumbers {
  const F = weightsOf([features, ...classifier.hidden, CLASS_COUNT]);
  const G = weightsOf([features, ...generator.hidden, features]);
  const D = weightsOf([features, ...discriminator.hidden, 1]);
  // Multiply-adds of forward and backward passes: three a weight and row, two where the weights are frozen.
  const cost = (operations: number, weightPasses: number, batch: number) =>
    operations * OVERHEAD + ((2 * weightPasses * batch) / 1e9) * PER_GFLOP;
  const discriminatorStep =
    cost(150, 2 * (3 * 2 + 3) * D, gan.batch) + cost(60, (gan.discriminatorSteps - 1) * 2 * G, gan.batch);
  return {
    classifier: cost(60, 3 * F, classifier.batch),
    recognisers: cost(60, 3 * F, classifier.batch),
    identity: cost(150, 2 * 3 * G, gan.batch),
    gan: cost(350, 7 * 3 * G + 2 * 3 * F + 2 * 2 * D, gan.batch) + gan.discriminatorSteps * discriminatorStep,
  };
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
    // The same network as the classifier: its time is the better guess while there is no other.
    recognisers: measured.recognisers || measured.classifier || of('recognisers'),
  };
}
