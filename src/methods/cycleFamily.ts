/**
 * The cycle-GAN family: pre-train F_s where the method has one, pre-train the generators with the identity loss, train
 * the GAN, generate its types, and predict row `O` where the method has a classifier of its own. The method is a
 * `CycleVariant`; nothing here asks for its name. Knows no recogniser and no target label.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { Adam } from '../nn/adam.ts';
import type { Mlp } from '../nn/mlp.ts';
import { adaptationPlan, trainAdapted } from './adversarialFeatures.ts';
import { BestCheckpoint, type Checkpoint, disposeCheckpoint } from './checkpoint.ts';
import { predict } from './classifier.ts';
import { Criterion } from './criterion.ts';
import { type CycleVariant, hasOwnClassifier } from './cycleVariant.ts';
import type { SyntheticSets, TrainingEvent } from './events.ts';
import { GanClassifier } from './ganClassifier.ts';
import { GanLoop } from './ganLoop.ts';
import { GanTraining } from './ganTraining.ts';
import { generate } from './generate.ts';
import type { Method, MethodContext, MethodPlan, MethodResult, OwnRecogniser } from './method.ts';
import { asksNetworks } from './networkEvidence.ts';
import { ganPlan } from './pairing.ts';
import {
  classifierPlan,
  findEpochs,
  pretrainClassifier,
  stepsToFindEpochs,
  stepsToPretrain,
} from './pretraining.ts';
import { drawSample } from './probes.ts';
import { rowSet } from './rows.ts';
import { selectionSteps, selectTypeC } from './selection.ts';
import { type LoopResult, trainingLoop } from './training.ts';

/** Rows of each corpus on which the stopping criterion is measured. */
const CRITERION_ROWS = 256;

/** Pre-trains both generators with the identity loss (method.md, procedure 4). */
async function* pretrainGenerators(context: MethodContext, gan: GanTraining): AsyncGenerator<TrainingEvent> {
  const { settings, now } = context;
  const plan = ganPlan(context);
  yield { type: 'phase', phase: 'identity', steps: plan.identity };
  const { learningRate } = settings.identityPretraining;
  const { beta1, beta2 } = settings.gan;
  const optimiser = new Adam(gan.generatorVariables(), { learningRate, beta1, beta2 });
  try {
    yield* trainingLoop({
      phase: 'identity',
      steps: plan.identity,
      stepsPerEpoch: plan.perEpoch,
      terms: ['identity'],
      now,
      step: () => gan.identityStep(optimiser),
    });
  } finally {
    optimiser.dispose();
  }
}

/** F_s for the GAN, pre-trained; without one, only the epochs are found that the recognisers take. */
async function* obtainClassifier(
  context: MethodContext,
  { emotion }: CycleVariant,
): AsyncGenerator<
  TrainingEvent,
  { classifier: GanClassifier | null; secondJudge: Mlp | null; epochs: number }
> {
  if (!emotion) return { classifier: null, secondJudge: null, epochs: yield* findEpochs(context) };
  const { settings } = context;
  const { training, ...rest } = yield* pretrainClassifier(context, asksNetworks(settings));
  const classifier = GanClassifier.from(training, emotion.classifier, settings.cyemogan.learnsFrom);
  return { classifier, ...rest };
}

/** Trains all networks; what is not kept is gone when this returns. */
async function* trainNetworks(
  context: MethodContext,
  variant: CycleVariant,
): AsyncGenerator<
  TrainingEvent,
  LoopResult & { readonly kept: Checkpoint; readonly classifierEpochs: number }
> {
  const { classifier, secondJudge, epochs } = yield* obtainClassifier(context, variant);
  const gan = new GanTraining(context, variant, classifier);
  let criterion: Criterion | null = null;
  let checkpoint: BestCheckpoint | null = null;
  let loop: GanLoop | null = null;
  try {
    criterion = await Criterion.create(drawSample(context, CRITERION_ROWS, 'criterion'));
    checkpoint = new BestCheckpoint(gan, classifier, criterion, context.settings.gan.patience);
    yield* pretrainGenerators(context, gan);
    const listeners = classifier && secondJudge && { F: classifier, judge: secondJudge };
    loop = new GanLoop(context, variant, gan, checkpoint, listeners);
    const result = yield* loop.run();
    return { ...result, kept: checkpoint.take(), classifierEpochs: epochs };
  } finally {
    for (const resource of [classifier, secondJudge, gan, criterion, checkpoint, loop]) resource?.dispose();
  }
}

/** Every type for every row, and the classes that a classifier which learned along hears in the target. */
async function applyNetworks(
  { data }: MethodContext,
  { generators, classifier }: Checkpoint,
): Promise<{ synthetic: SyntheticSets; own: OwnRecogniser | null }> {
  const { source, sourceClasses, target } = data;
  const everyRow = ({ rows }: Matrix) => Int32Array.from({ length: rows }, (_, i) => i);
  const rows = { source: everyRow(source), target: everyRow(target) };
  const synthetic = await generate(generators, source, sourceClasses, target, rows);
  const own = classifier && {
    kind: 'predictions' as const,
    predictions: [await predict(classifier, target)],
  };
  return { synthetic, own };
}

/** Classifiers trained on type B under the source's labels, with features that do not tell it from the target. */
async function* adapt(
  context: MethodContext,
  { B }: SyntheticSets,
): AsyncGenerator<TrainingEvent, OwnRecogniser> {
  const labelled = { x: rowSet(B), classes: B.classes };
  const { predictions } = yield* trainAdapted({ labelled, target: context.data.target }, context);
  return { kind: 'predictions', predictions };
}

async function* train(
  context: MethodContext,
  variant: CycleVariant,
): AsyncGenerator<TrainingEvent, MethodResult> {
  const { kept, ...result } = yield* trainNetworks(context, variant);
  let made: Awaited<ReturnType<typeof applyNetworks>>;
  try {
    yield { type: 'phase', phase: 'generate', steps: 0 };
    made = await applyNetworks(context, kept);
  } finally {
    disposeCheckpoint(kept);
  }
  const synthetic = yield* selectTypeC(context, made.synthetic, result.classifierEpochs);
  const own = variant.adapted ? yield* adapt(context, synthetic) : made.own;
  return { ...result, keptStep: kept.step, synthetic, own };
}

function plan(
  context: Omit<MethodContext, 'now'>,
  { conditioned, emotion, adapted }: CycleVariant,
): MethodPlan {
  const { data, settings } = context;
  const { identity, gan } = ganPlan(context);
  const search = classifierPlan(context);
  const classifier = emotion ? stepsToPretrain(search, asksNetworks(settings)) : stepsToFindEpochs(search);
  // One row of type B for every row of the source.
  const { total } = adaptationPlan(data.sourceClasses, data.target.rows, settings);
  const selection = conditioned ? selectionSteps(data.sourceClasses, settings, search.epochs) : 0;
  return { classifier, identity, gan, selection, ...(adapted && { adaptation: total }) };
}

/** The method that a variant describes. */
export function cycleMethod(variant: CycleVariant): Method {
  return {
    gan: variant,
    ownPredictions: hasOwnClassifier(variant),
    plan: (context) => plan(context, variant),
    train: (context) => train(context, variant),
  };
}
