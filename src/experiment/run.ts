/**
 * A run: the method trains and generates, then recognisers are trained on each set of samples and scored on the
 * target. One async generator of events, the same in a worker, in Node and in a test.
 */
import { ccemogan } from '../methods/ccemogan.ts';
import type { RecogniserSet } from '../methods/classifier.ts';
import type { Method, MethodResult } from '../methods/method.ts';
import { type RecogniserTarget, recogniserPlan, trainRecognisers } from '../methods/recognisers.ts';
import { rowSet } from '../methods/rows.ts';
import { confusionMatrix, predictionShares, uar } from '../metrics/classification.ts';
import type { MethodName, RunConfig } from './config.ts';
import {
  type RunEvent,
  type RunResult,
  SAMPLE_SETS,
  type SampleSet,
  type Score,
  type SyntheticSets,
  type SyntheticType,
  type TrainingEvent,
} from './events.ts';
import type { Prepared } from './prepare.ts';

const METHOD_OF: Record<MethodName, Method> = { ccemogan };

/** What the environment gives a run. */
export interface RunEnvironment {
  /** Name of the backend, for the record. */
  readonly backend: string;
  readonly now: () => number;
}

/** The rows a recogniser of the given set learns from: originals, synthetic ones, or both. */
function trainingSet(set: SampleSet, { data }: Prepared, synthetic: SyntheticSets): RecogniserSet {
  const { source, sourceClasses } = data;
  if (set === 'source-only') return { x: rowSet(source), classes: sourceClasses };
  const made = synthetic[set.slice(-1) as SyntheticType];
  if (set.length === 1) return { x: rowSet(made), classes: made.classes };
  return { x: rowSet(source, made), classes: Int8Array.from([...sourceClasses, ...made.classes]) };
}

function score(set: SampleSet, repeat: number, truth: Int8Array | null, prediction: Int8Array): Score {
  const shares = predictionShares(prediction);
  if (!truth) return { set, repeat, uar: null, confusion: null, shares };
  const confusion = confusionMatrix(truth, prediction);
  return { set, repeat, uar: 100 * uar(confusion), confusion, shares };
}

/** Training knows its own rows, the world outside those of the corpus: `sourceRows` tells which is which. */
function withCorpusRows({ A, B, C }: SyntheticSets, sourceRows: Int32Array): SyntheticSets {
  const toCorpus = (origin: Int32Array) => origin.map((row) => sourceRows[row]);
  return { A: { ...A, origin: toCorpus(A.origin) }, B: { ...B, origin: toCorpus(B.origin) }, C };
}

/** The method's events, their samples with rows of the corpus as origin. */
async function* inCorpusRows(
  training: ReturnType<Method>,
  sourceRows: Int32Array,
): AsyncGenerator<TrainingEvent, MethodResult> {
  try {
    for (;;) {
      const { done, value } = await training.next();
      if (done) return value;
      yield value.type === 'snapshot' ? { ...value, sets: withCorpusRows(value.sets, sourceRows) } : value;
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
  { backend, now }: RunEnvironment,
): AsyncGenerator<RunEvent, RunResult> {
  const { settings, seed, task } = config;
  yield { type: 'phase', phase: 'prepare', steps: 0 };
  for (const message of prepared.notes) yield { type: 'note', phase: 'prepare', message };

  const context = { data: prepared.data, task, settings, seed, now };
  const trained = yield* inCorpusRows(METHOD_OF[config.method](context), prepared.sourceRows);
  const sets = withCorpusRows(trained.synthetic, prepared.sourceRows);
  yield { type: 'synthetic', keptStep: trained.keptStep, sets };

  const scores: Score[] = [];
  const target: RecogniserTarget = { target: prepared.data.target, settings, seed, now };
  const trainingSets = SAMPLE_SETS.map((set) => trainingSet(set, prepared, trained.synthetic));
  const plan = recogniserPlan(trainingSets, settings, trained.classifierEpochs);
  yield { type: 'phase', phase: 'recognisers', steps: plan.total };
  for await (const event of trainRecognisers(trainingSets, plan, target)) {
    if (event.type !== 'prediction') {
      yield event;
      continue;
    }
    const scored = score(SAMPLE_SETS[event.set], event.repeat, prepared.targetClasses, event.prediction);
    scores.push(scored);
    yield { type: 'score', score: scored };
  }
  const result = { config, backend, steps: trained.steps, msPerStep: trained.msPerStep, scores };
  yield { type: 'result', result };
  yield { type: 'phase', phase: 'done', steps: 0 };
  return result;
}
