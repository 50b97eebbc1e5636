/**
 * The cycle-GAN family: pre-train F_s where the method has one, pre-train the generators with the identity loss, train
 * the GAN, generate its types, and predict row `O` where the method has a classifier of its own. The method is a
 * `CycleVariant`; nothing here asks for its name. Knows no recogniser and no target label.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { Adam } from '../nn/adam.ts';
import { adaptationPlan, trainAdapted } from './adversarialFeatures.ts';
import { BestCheckpoint, type Checkpoint, disposeCheckpoint } from './checkpoint.ts';
import { predict } from './classifier.ts';
import { Criterion } from './criterion.ts';
import { type CycleVariant, hasOwnClassifier } from './cycleVariant.ts';
import type { SyntheticSets, TrainingEvent } from './events.ts';
import { GanClassifier } from './ganClassifier.ts';
import { GanTraining } from './ganTraining.ts';
import { disposeGenerators, generate } from './generate.ts';
import type { Method, MethodContext, MethodPlan, MethodResult, OwnRecogniser } from './method.ts';
import { ganPlan } from './pairing.ts';
import {
  classifierPlan,
  findEpochs,
  pretrainClassifier,
  stepsToFindEpochs,
  stepsToPretrain,
} from './pretraining.ts';
import { pickRows, rowSet } from './rows.ts';
import { selectionSteps, selectTypeC } from './selection.ts';
import { type LoopResult, trainingLoop } from './training.ts';

/** Rows of each corpus on which the stopping criterion is measured. */
const CRITERION_ROWS = 256;

/** A part of both corpora, drawn once a run, with the rows it consists of. */
interface Sample {
  readonly source: Matrix;
  readonly target: Matrix;
  readonly classes: Int8Array;
  readonly rows: { readonly source: Int32Array; readonly target: Int32Array };
}

function drawSample({ data, seed }: MethodContext, size: number, name: string): Sample {
  const draw = (rows: number, side: string) =>
    randomStream(seed, `${name}/${side}`).permutation(rows).slice(0, Math.min(rows, size)).sort();
  const rows = { source: draw(data.source.rows, 'source'), target: draw(data.target.rows, 'target') };
  return {
    rows,
    classes: Int8Array.from(rows.source, (row) => data.sourceClasses[row]),
    source: pickRows(rowSet(data.source), rows.source),
    target: pickRows(rowSet(data.target), rows.target),
  };
}

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
): AsyncGenerator<TrainingEvent, { classifier: GanClassifier | null; epochs: number }> {
  if (!emotion) return { classifier: null, epochs: yield* findEpochs(context) };
  const { training, epochs } = yield* pretrainClassifier(context);
  const { learnsFrom } = context.settings.cyemogan;
  return { classifier: GanClassifier.from(training, emotion.classifier, learnsFrom), epochs };
}

/** Trains the GAN (procedure 5) and returns the networks of the best checkpoint. */
async function* trainGan(
  context: MethodContext,
  gan: GanTraining,
  checkpoint: BestCheckpoint,
  probes: Sample,
): AsyncGenerator<TrainingEvent, LoopResult & { readonly kept: Checkpoint }> {
  const { settings, now } = context;
  const plan = ganPlan(context);
  const { checkEvery } = settings.gan;
  const { every } = settings.snapshot;

  async function* after(done: number): AsyncGenerator<TrainingEvent | false> {
    const last = done === plan.gan;
    if (every > 0 && (done % every === 0 || last)) {
      const generators = gan.frozenGenerators();
      const sets = await generate(generators, probes.source, probes.classes, probes.target, probes.rows);
      disposeGenerators(generators);
      yield { type: 'snapshot', step: done, sets };
    }
    if (done % checkEvery === 0 || last) yield* await checkpoint.check(done);
  }

  yield { type: 'phase', phase: 'gan', steps: plan.gan };
  const result = yield* trainingLoop({
    phase: 'gan',
    steps: plan.gan,
    stepsPerEpoch: plan.perEpoch,
    terms: gan.terms,
    now,
    step: () => gan.step(),
    after,
  });
  return { ...result, kept: checkpoint.take() };
}

/** Trains all networks; what is not kept is gone when this returns. */
async function* trainNetworks(
  context: MethodContext,
  variant: CycleVariant,
): AsyncGenerator<
  TrainingEvent,
  LoopResult & { readonly kept: Checkpoint; readonly classifierEpochs: number }
> {
  const { classifier, epochs } = yield* obtainClassifier(context, variant);
  const gan = new GanTraining(context, variant, classifier);
  let criterion: Criterion | null = null;
  let checkpoint: BestCheckpoint | null = null;
  try {
    const probes = drawSample(context, context.settings.snapshot.rows, 'probes');
    criterion = await Criterion.create(drawSample(context, CRITERION_ROWS, 'criterion'));
    checkpoint = new BestCheckpoint(gan, classifier, criterion, context.settings.gan.patience);
    yield* pretrainGenerators(context, gan);
    return { ...(yield* trainGan(context, gan, checkpoint, probes)), classifierEpochs: epochs };
  } finally {
    for (const resource of [classifier, gan, criterion, checkpoint]) resource?.dispose();
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
  const classifier = emotion ? stepsToPretrain(search) : stepsToFindEpochs(search);
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
