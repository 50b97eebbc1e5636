/**
 * The GAN in training, whichever of the family: networks, optimisers, paired batches, and single steps of both GAN
 * phases. Knows no events and no evaluation.
 */
import { upsample } from '../corpus/balance.ts';
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { type Random, randomStream } from '../corpus/random.ts';
import { Adam } from '../nn/adam.ts';
import { identityLoss } from '../nn/losses.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import { balancedRows } from './classifier.ts';
import { type CycleVariant, ganTerms } from './cycleVariant.ts';
import type { GanTerm } from './events.ts';
import type { GanClassifier } from './ganClassifier.ts';
import {
  type BothJudged,
  classCondition,
  discriminatorConstants,
  discriminatorLoss,
  type GanBatch,
  type GanNetworks,
  generatorLoss,
  type Judged,
  judgeBatch,
  type LossOptions,
  makeFakes,
} from './ganStep.ts';
import type { FrozenGenerators } from './generate.ts';
import type { MethodContext, PairedData } from './method.ts';
import { gatherRows, type RowSet, rowSet } from './rows.ts';
import type { Settings } from './settings.ts';
import { RowStream, stepsPerEpoch } from './training.ts';

/** Steps of the two GAN phases for data of this size. */
export function ganPlan(data: PairedData, settings: Settings) {
  const rows = Math.max(balancedRows(data.sourceClasses), data.target.rows);
  const perEpoch = stepsPerEpoch(rows, settings.gan.batch);
  const capped = (epochs: number, steps: number) =>
    steps > 0 ? Math.min(steps, epochs * perEpoch) : epochs * perEpoch;
  return {
    perEpoch,
    identity: capped(settings.identityPretraining.epochs, settings.identityPretraining.steps),
    gan: capped(settings.gan.epochs, settings.gan.steps),
  };
}

/** Batches of randomly paired rows; the shorter corpus cycles. */
class Pairing {
  private readonly source: RowSet;
  private readonly target: RowSet;
  private readonly sourceRows: RowStream;
  private readonly targetRows: RowStream;
  private readonly random: Random;

  constructor(
    private readonly data: PairedData,
    private readonly batch: number,
    seed: number,
    name: string,
  ) {
    this.source = rowSet(data.source);
    this.target = rowSet(data.target);
    const balanced = upsample(data.sourceClasses, randomStream(seed, 'balance'));
    this.sourceRows = new RowStream(balanced, randomStream(seed, `${name}/source`));
    this.targetRows = new RowStream(data.target.rows, randomStream(seed, `${name}/target`));
    this.random = randomStream(seed, `${name}/draws`);
  }

  /** The next batch; call inside a tidy. */
  next(): GanBatch {
    const { batch, random } = this;
    const rows = this.sourceRows.next(batch);
    const uniform = () => tf.tensor2d(Float32Array.from({ length: batch }, random.uniform), [batch, 1]);
    return {
      S: gatherRows(this.source, rows),
      T: gatherRows(this.target, this.targetRows.next(batch)),
      y: classCondition(Array.from(rows, (row) => this.data.sourceClasses[row])),
      zRandom: classCondition(Array.from({ length: batch }, () => random.integer(CLASS_COUNT))),
      epsS: uniform(),
      epsT: uniform(),
    };
  }
}

function createNetworks(
  features: number,
  { conditioned }: CycleVariant,
  { generator, discriminator }: Settings,
  seed: number,
): GanNetworks {
  const make = (name: string, sizes: number[], own: Partial<Settings['generator']>) => {
    const shape = {
      ...SHAPE_DEFAULTS,
      sizes,
      hidden: 'leakyrelu',
      batchNorm: own.batchNorm ?? false,
      output: own.output ?? 'linear',
      residual: own.residual ?? false,
    } as const;
    return Mlp.create(shape, randomStream(seed, name));
  };
  const told = conditioned ? CLASS_COUNT : 0;
  return {
    G_ST: make('G_ST', [features, ...generator.hidden, features], generator),
    G_TS: make('G_TS', [features + told, ...generator.hidden, features], generator),
    D_S: make('D_S', [features, ...discriminator.hidden, 1], {}),
    D_T: make('D_T', [features, ...discriminator.hidden, 1], {}),
  };
}

const lossOptions = ({ conditioned }: CycleVariant, { gan }: Settings): LossOptions => ({
  conditioned,
  adversarial: gan.adversarial,
  mse: gan.mse,
  pairedTerm: gan.pairedTerm,
  weights: {
    identity: gan.lambdaIdentity,
    cycle: gan.lambdaCycle,
    emotion: gan.lambdaEmotion,
    gradientPenalty: gan.lambdaPenalty,
  },
});

/** The input is data: no gradient is computed for it. */
const DATA = { inputGradient: false } as const;

/** What a GAN trains on, which knows neither task nor speaker. */
export interface GanContext extends Pick<MethodContext, 'settings' | 'seed'> {
  readonly data: PairedData;
}

type Losses = Readonly<Partial<Record<GanTerm, tf.Scalar>>>;

/** The GAN in training; owns its networks but not the classifier. Call `dispose` when done. */
export class GanTraining {
  readonly nets: GanNetworks;
  /** The loss terms of a step, in the order in which it returns them. */
  readonly terms: readonly GanTerm[];
  private readonly pairing: Pairing;
  private readonly generators: Adam;
  private readonly discriminators: Adam;
  private readonly options: LossOptions;

  /** `classifier` is null where the variant asks nothing of it. */
  constructor(
    private readonly context: GanContext,
    private readonly variant: CycleVariant,
    private readonly classifier: GanClassifier | null,
  ) {
    const { data, settings, seed } = context;
    this.terms = ganTerms(variant);
    this.nets = createNetworks(data.source.columns, variant, settings, seed);
    this.pairing = new Pairing(data, settings.gan.batch, seed, 'pairs');
    this.options = lossOptions(variant, settings);
    const { generatorLearningRate, discriminatorLearningRate, beta1, beta2 } = settings.gan;
    const { G_ST, G_TS, D_S, D_T } = this.nets;
    this.generators = new Adam([...G_ST.variables(), ...G_TS.variables()], {
      learningRate: generatorLearningRate,
      beta1,
      beta2,
    });
    this.discriminators = new Adam([...D_S.variables(), ...D_T.variables()], {
      learningRate: discriminatorLearningRate,
      beta1,
      beta2,
    });
  }

  /**
   * One generator step with the classifier's, if it learns along, and the discriminators'; returns the values of `terms`,
   * `[terms]`. The last discriminator step uses the generators' batch and fakes again, so those are computed once.
   */
  step(): tf.Tensor1D {
    return tf.tidy(() => {
      for (let extra = 1; extra < this.context.settings.gan.discriminatorSteps; extra++) {
        tf.tidy(() => {
          const batch = this.pairing.next();
          const fakes = makeFakes(this.nets, batch, this.options);
          this.discriminatorStep(batch, judgeBatch(this.nets, batch, fakes));
        });
      }
      const batch = this.pairing.next();
      const { losses, judged } = this.generatorStep(batch);
      const all: Losses = {
        ...losses,
        ...this.classifierStep(batch, judged),
        ...this.discriminatorStep(batch, judged),
      };
      return tf.stack(this.terms.map((term) => all[term] as tf.Scalar)) as tf.Tensor1D;
    });
  }

  private generatorStep(batch: GanBatch): { losses: Losses; judged: BothJudged } {
    const { emotion } = this.variant;
    const judge = emotion && this.classifier && { F: this.classifier.present, question: emotion.question };
    const { judged, total, ...terms } = this.generators.minimise(() => {
      const { terms, judged } = generatorLoss(this.nets, batch, this.options, judge);
      const plain = ({ rows, outputs }: Judged) => ({ rows, outputs: [...outputs] });
      return { ...terms, judged: { D_S: plain(judged.D_S), D_T: plain(judged.D_T) } };
    });
    return { losses: { ...terms, generatorTotal: total }, judged };
  }

  /** The classifier learns from the batch and from its translation, which D_T's lower rows are. */
  private classifierStep({ S, y }: GanBatch, { D_T }: BothJudged): Losses {
    if (this.variant.emotion?.classifier !== 'joint') return {};
    const [rows, columns] = S.shape;
    const loss = this.classifier?.learn({ x: S, y }, tf.slice(D_T.rows, [rows, 0], [rows, columns]));
    return loss ? { classifierTask: loss } : {};
  }

  private discriminatorStep(batch: GanBatch, judged: BothJudged): Losses {
    const constants = discriminatorConstants(this.nets, batch, judged);
    const { total, ...terms } = this.discriminators.minimise(() => ({
      ...discriminatorLoss(this.nets, constants, this.options),
    }));
    return { ...terms, discriminatorTotal: total };
  }

  /** One step of generator pre-training on the identity loss (eq. 3) alone; returns it as `[1]`. */
  identityStep(optimiser: Adam): tf.Tensor1D {
    return tf.tidy(() => {
      const { S, T, y } = this.pairing.next();
      const told = this.options.conditioned && { condition: y };
      const { total } = optimiser.minimise(() => {
        const source = { output: this.nets.G_TS.apply(S, { ...DATA, ...told }), input: S };
        const target = { output: this.nets.G_ST.apply(T, DATA), input: T };
        return { total: identityLoss(source, target, this.options.mse) };
      });
      return tf.reshape(total, [1]);
    });
  }

  /** Both generators' weights in one order, for an optimiser of one's own. */
  generatorVariables(): tf.Variable[] {
    return [...this.nets.G_ST.variables(), ...this.nets.G_TS.variables()];
  }

  /** Frozen copies of the generators, batch norm folded; the caller disposes them. */
  frozenGenerators(): FrozenGenerators {
    const { conditioned } = this.options;
    return { G_ST: this.nets.G_ST.folded(), G_TS: this.nets.G_TS.folded(), conditioned };
  }

  dispose(): void {
    const { G_ST, G_TS, D_S, D_T } = this.nets;
    for (const owned of [G_ST, G_TS, D_S, D_T, this.generators, this.discriminators]) owned.dispose();
  }
}
