/**
 * The paper's method: pre-train F_s, pre-train the generators with the identity loss, train the conditional
 * cycle emotion GAN, generate types A, B and C. Knows no recogniser and no target label.
 */
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { Adam } from '../nn/adam.ts';
import { Criterion } from './criterion.ts';
import { GAN_TERMS, type TrainingEvent } from './events.ts';
import { GanTraining, ganPlan } from './ganTraining.ts';
import { type FrozenGenerators, generate } from './generate.ts';
import { DivergenceError, type Method, type MethodContext, type MethodResult } from './method.ts';
import { classifierPlan, pretrainClassifier, stepsToPretrain } from './pretraining.ts';
import { pickRows, rowSet } from './rows.ts';
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

const disposeGenerators = ({ G_ST, G_TS }: FrozenGenerators) => {
  G_ST.dispose();
  G_TS.dispose();
};

/** Pre-trains both generators with the identity loss (method.md, procedure 4). */
async function* pretrainGenerators(context: MethodContext, gan: GanTraining): AsyncGenerator<TrainingEvent> {
  const { data, settings, now } = context;
  const plan = ganPlan(data, settings);
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

/** Keeps the generators with the lowest criterion, and says when patience is at an end. */
class BestCheckpoint {
  private best: { value: number; step: number; generators: FrozenGenerators } | null = null;
  private checksSince = 0;

  constructor(
    private readonly gan: GanTraining,
    private readonly criterion: Criterion,
    private readonly patience: number,
  ) {}

  /** Measures the present generators; returns the events, the last of them `false` to stop. */
  async check(step: number): Promise<(TrainingEvent | false)[]> {
    const generators = this.gan.frozenGenerators();
    const value = await this.criterion.measure(generators);
    if (!Number.isFinite(value)) {
      disposeGenerators(generators);
      throw new DivergenceError('stopping criterion', step, value);
    }
    const better = this.best === null || value < this.best.value;
    if (better) {
      if (this.best) disposeGenerators(this.best.generators);
      this.best = { value, step, generators };
      this.checksSince = 0;
    } else {
      disposeGenerators(generators);
      this.checksSince++;
    }
    const event = { type: 'criterion', step, value, best: better } as const;
    if (this.patience === 0 || this.checksSince < this.patience) return [event];
    const message =
      `Stopped early at step ${step}: the label-free criterion has not improved for ${this.patience} checks. ` +
      `The generators of step ${this.best?.step} are kept.`;
    return [event, { type: 'note', phase: 'gan', message }, false];
  }

  /** The best generators, which the caller disposes, and the step they are of. */
  take(): { generators: FrozenGenerators; keptStep: number } {
    if (!this.best) throw new Error('The generators were never measured.');
    const { generators, step } = this.best;
    this.best = null;
    return { generators, keptStep: step };
  }

  dispose(): void {
    if (this.best) disposeGenerators(this.best.generators);
    this.best = null;
  }
}

/** Trains the GAN (procedure 5) and returns the generators of the best checkpoint. */
async function* trainGan(
  context: MethodContext,
  gan: GanTraining,
  criterion: Criterion,
  probes: Sample,
): AsyncGenerator<TrainingEvent, LoopResult & { generators: FrozenGenerators; keptStep: number }> {
  const { data, settings, now } = context;
  const plan = ganPlan(data, settings);
  const { checkEvery, patience } = settings.gan;
  const { every } = settings.snapshot;
  const checkpoint = new BestCheckpoint(gan, criterion, patience);

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
  try {
    const result = yield* trainingLoop({
      phase: 'gan',
      steps: plan.gan,
      stepsPerEpoch: plan.perEpoch,
      terms: GAN_TERMS,
      now,
      step: () => gan.step(),
      after,
    });
    return { ...result, ...checkpoint.take() };
  } finally {
    checkpoint.dispose();
  }
}

/** Trains the networks; the GAN's own are gone when this returns. */
async function* train(
  context: MethodContext,
): AsyncGenerator<
  TrainingEvent,
  Omit<MethodResult, 'synthetic'> & { readonly generators: FrozenGenerators }
> {
  const { classifier, epochs } = yield* pretrainClassifier(context);
  const gan = new GanTraining(context, classifier);
  let criterion: Criterion | null = null;
  try {
    const probes = drawSample(context, context.settings.snapshot.rows, 'probes');
    criterion = await Criterion.create(drawSample(context, CRITERION_ROWS, 'criterion'), classifier);
    yield* pretrainGenerators(context, gan);
    return { ...(yield* trainGan(context, gan, criterion, probes)), own: null, classifierEpochs: epochs };
  } finally {
    for (const resource of [classifier, gan, criterion]) resource?.dispose();
  }
}

async function* trainAndGenerate(context: MethodContext): AsyncGenerator<TrainingEvent, MethodResult> {
  const { source, sourceClasses, target } = context.data;
  const { generators, ...result } = yield* train(context);
  try {
    yield { type: 'phase', phase: 'generate', steps: 0 };
    const everyRow = ({ rows }: Matrix) => Int32Array.from({ length: rows }, (_, i) => i);
    const rows = { source: everyRow(source), target: everyRow(target) };
    return { ...result, synthetic: await generate(generators, source, sourceClasses, target, rows) };
  } finally {
    disposeGenerators(generators);
  }
}

/** CCEmoGAN (Su and Lee, 2020). */
export const ccemogan: Method = {
  plan(context) {
    const { identity, gan } = ganPlan(context.data, context.settings);
    return { classifier: stepsToPretrain(classifierPlan(context)), identity, gan };
  },
  train: trainAndGenerate,
};
