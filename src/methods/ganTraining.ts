/**
 * The GAN in training, whichever of the family: networks, optimisers, paired batches, and single steps of both GAN
 * phases. Knows no events and no evaluation.
 */
import { CLASS_COUNT } from '../corpus/corpus.ts';
import { type Random, randomStream } from '../corpus/random.ts';
import { Adam } from '../nn/adam.ts';
import { identityLoss } from '../nn/losses.ts';
import { Mlp, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import type { Saveable, Saved } from '../nn/saved.ts';
import { tf } from '../nn/tf.ts';
import { type CycleVariant, ganTerms } from './cycleVariant.ts';
import type { GanTerm } from './events.ts';
import type { GanClassifier } from './ganClassifier.ts';
import {
  type BothJudged,
  discriminatorConstants,
  discriminatorLoss,
  type EmotionJudge,
  type Fakes,
  type GanBatch,
  type GanNetworks,
  generatorLoss,
  type Judged,
  judgeBatch,
  type LossOptions,
  makeFakes,
} from './ganStep.ts';
import type { FrozenGenerators } from './generate.ts';
import { divideRows } from './heldOut.ts';
import { LIVE_SETTINGS, type LiveSettings } from './live.ts';
import type { GanContext } from './method.ts';
import { Pairing } from './pairing.ts';
import type { Settings } from './settings.ts';

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

const lossOptions = (
  { conditioned }: CycleVariant,
  { mse, pairedTerm }: Settings['gan'],
  live: LiveSettings,
): LossOptions => ({
  conditioned,
  adversarial: live.adversarial,
  mse,
  pairedTerm,
  weights: {
    identity: live.lambdaIdentity,
    cycle: live.lambdaCycle,
    emotion: live.lambdaEmotion,
    gradientPenalty: live.lambdaPenalty,
  },
});

/** The settings of a GAN that a step reads anew. */
const liveSettings = (gan: Settings['gan']): LiveSettings =>
  Object.fromEntries(LIVE_SETTINGS.map((name) => [name, gan[name]])) as LiveSettings;

/** The settings with those of `set` in place of their own. */
const withSettings = (settings: LiveSettings, set: Partial<LiveSettings>): LiveSettings => ({
  ...settings,
  ...Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined)),
});

/** The input is data: no gradient is computed for it. */
const DATA = { inputGradient: false } as const;

type Losses = Readonly<Partial<Record<GanTerm, tf.Scalar>>>;

/** The GAN in training; owns its networks but not the classifier. Call `dispose` when done. */
export class GanTraining {
  readonly nets: GanNetworks;
  /** The loss terms of a step, in the order in which it returns them. */
  readonly terms: readonly GanTerm[];
  private readonly pairing: Pairing;
  private readonly generators: Adam;
  private readonly discriminators: Adam;
  private readonly noise: Random;
  private live: LiveSettings;

  /** `classifier` is null where the variant asks nothing of it. */
  constructor(
    private readonly context: GanContext,
    private readonly variant: CycleVariant,
    private readonly classifier: GanClassifier | null,
  ) {
    const { data, settings, seed } = context;
    this.terms = ganTerms(variant);
    this.nets = createNetworks(data.source.columns, variant, settings, seed);
    this.pairing = new Pairing(data, divideRows(context).seen, settings.gan.batch, seed, 'pairs');
    this.noise = randomStream(seed, 'cycleNoise');
    this.live = liveSettings(settings.gan);
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

  /** The settings in force. */
  get settings(): LiveSettings {
    return this.live;
  }

  /** How losses are taken under the settings in force. */
  get options(): LossOptions {
    return lossOptions(this.variant, this.context.settings.gan, this.live);
  }

  /** The emotion classifier and what the generators are asked by it; null where they are asked nothing. */
  get judge(): EmotionJudge | null {
    const { emotion } = this.variant;
    return emotion && this.classifier && { F: this.classifier.present, question: emotion.question };
  }

  /** Other settings from the next step on. */
  change(set: Partial<LiveSettings>): void {
    this.live = withSettings(this.live, set);
    this.generators.learningRate = this.live.generatorLearningRate;
    this.discriminators.learningRate = this.live.discriminatorLearningRate;
  }

  /**
   * One generator step with the classifier's, if it learns along, and the discriminators'; returns the values of `terms`,
   * `[terms]`. The last discriminator step uses the generators' batch and fakes again, so those are computed once. Of a
   * side that does not learn the losses are computed all the same.
   */
  step(): tf.Tensor1D {
    return tf.tidy(() => {
      const { learners, discriminatorSteps } = this.live;
      const extras = learners === 'generators' ? 0 : discriminatorSteps - 1;
      for (let extra = 0; extra < extras; extra++) {
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
    const learns = this.live.learners !== 'discriminators';
    const options = { ...this.options, follow: learns };
    const noise = this.cycleNoise(batch.S.shape);
    const loss = () => {
      const { terms, judged } = generatorLoss(this.nets, { ...batch, noise }, options, this.judge);
      const plain = ({ rows, outputs }: Judged) => ({ rows, outputs: [...outputs] });
      return { ...terms, judged: { D_S: plain(judged.D_S), D_T: plain(judged.D_T) } };
    };
    const { judged, total, ...terms } = learns ? this.generators.minimise(loss) : loss();
    return { losses: { ...terms, generatorTotal: total }, judged };
  }

  /** Fresh noise for both fakes of a batch; nothing is drawn where the settings ask for none. */
  private cycleNoise(shape: [number, number]): Fakes | undefined {
    const deviation = this.live.cycleNoise;
    if (deviation === 0) return undefined;
    const draw = () => {
      const values = Float32Array.from({ length: shape[0] * shape[1] }, this.noise.normal);
      return tf.tensor2d(
        values.map((value) => value * deviation),
        shape,
      );
    };
    return { fakeS: draw(), fakeT: draw() };
  }

  /** The classifier learns from the batch and from its translation, which D_T's lower rows are. */
  private classifierStep({ S, y }: GanBatch, { D_T }: BothJudged): Losses {
    if (this.variant.emotion?.classifier !== 'joint') return {};
    const [rows, columns] = S.shape;
    const translated = tf.slice(D_T.rows, [rows, 0], [rows, columns]);
    const learns = this.live.learners !== 'discriminators';
    const loss = this.classifier?.[learns ? 'learn' : 'hear']({ x: S, y }, translated);
    return loss ? { classifierTask: loss } : {};
  }

  private discriminatorStep(batch: GanBatch, judged: BothJudged): Losses {
    const constants = discriminatorConstants(this.nets, batch, judged);
    const loss = () => ({ ...discriminatorLoss(this.nets, constants, this.options) });
    const learns = this.live.learners !== 'generators';
    const { total, ...terms } = learns ? this.discriminators.minimise(loss) : loss();
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

  /** All that training changes: networks and optimisers, the classifier's too where it learns along. */
  private parts(): readonly Saveable[] {
    const { G_ST, G_TS, D_S, D_T } = this.nets;
    const learner = this.classifier?.parts() ?? [];
    return [G_ST, G_TS, D_S, D_T, this.generators, this.discriminators, ...learner];
  }

  /** Copies of all that training changes but for settings and chance, part by part; the caller disposes them. */
  save(): readonly Saved[] {
    return this.parts().map((part) => part.save());
  }

  /** Whether all weights are finite numbers: the losses of a step tell of the weights before it alone. */
  async isSound(): Promise<boolean> {
    const weights = Object.values<Mlp>({ ...this.nets }).flatMap((network) => network.variables());
    const sum = tf.tidy(() => tf.addN(weights.map((own): tf.Scalar => tf.sum(own))));
    const [value] = await sum.data();
    sum.dispose();
    return Number.isFinite(value);
  }

  /** Sets networks and optimisers back; settings and chance go on from where they are. */
  restore(saved: readonly Saved[]): void {
    this.parts().forEach((part, i) => void part.restore(saved[i]));
    this.classifier?.refresh();
  }

  dispose(): void {
    const { G_ST, G_TS, D_S, D_T } = this.nets;
    for (const owned of [G_ST, G_TS, D_S, D_T, this.generators, this.discriminators]) owned.dispose();
  }
}
