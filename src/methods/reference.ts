/**
 * Evaluates one training step at given weights: loss terms and gradients as plain numbers, for comparison with
 * reference values. Uses exactly the functions that training uses.
 */
import { differentiate } from '../nn/gradients.ts';
import type { AdversarialKind, LossWeights } from '../nn/losses.ts';
import { type LayerArrays, type LayerWeights, Mlp, type MlpShape, SHAPE_DEFAULTS } from '../nn/mlp.ts';
import { tf } from '../nn/tf.ts';
import {
  classCondition,
  discriminatorConstants,
  discriminatorLoss,
  type EmotionJudge,
  type GanNetworks,
  generatorLoss,
  type LossOptions,
} from './ganStep.ts';

type NetworkName = keyof GanNetworks | 'F';

/** The networks of the paper's method, the frozen classifier among them. */
type Networks = Readonly<Record<NetworkName, Mlp>>;

/** Sizes, weights and a batch of one step. */
export interface StepInput {
  readonly config: {
    readonly sizes: Readonly<Record<NetworkName, readonly number[]>>;
    readonly leakyReluSlope: number;
    readonly batchNormEpsilon: number;
    readonly generatorBatchNorm: boolean;
    readonly adversarialLoss: AdversarialKind;
    readonly lambda: LossWeights;
  };
  readonly weights: Readonly<Record<NetworkName, readonly LayerArrays[]>>;
  readonly batch: {
    readonly S: readonly (readonly number[])[];
    readonly T: readonly (readonly number[])[];
    readonly y: readonly number[];
    readonly zRandom: readonly number[];
    readonly epsS: readonly number[];
    readonly epsT: readonly number[];
  };
}

export interface StepValues {
  readonly generator: Readonly<Record<string, number>>;
  readonly discriminator: Readonly<Record<string, number>>;
  /** `gradients[network][layer][weight]`, flattened row-major. */
  readonly gradients: Readonly<Record<string, ReadonlyArray<Readonly<Record<string, Float32Array>>>>>;
}

/** Loss terms and gradients of the generators' and of the discriminators' total at the given weights. */
export async function evaluateStep(input: StepInput): Promise<StepValues> {
  const nets = buildNetworks(input);
  const tensors = tf.tidy(() => differentiateStep(nets, input));
  const values = {
    generator: await readAll(tensors.generator),
    discriminator: await readAll(tensors.discriminator),
    gradients: await readGradients(nets, tensors.gradients),
  };
  tf.dispose(tensors);
  for (const net of Object.values(nets)) net.dispose();
  const scalars = (terms: Record<string, Float32Array>) =>
    Object.fromEntries(Object.entries(terms).map(([name, value]) => [name, value[0]]));
  return { ...values, generator: scalars(values.generator), discriminator: scalars(values.discriminator) };
}

function buildNetworks({ config, weights }: StepInput): Networks {
  const network = (name: NetworkName): Mlp => {
    const shape: MlpShape = {
      ...SHAPE_DEFAULTS,
      sizes: config.sizes[name],
      hidden: name === 'F' ? 'relu' : 'leakyrelu',
      slope: config.leakyReluSlope,
      batchNorm: config.generatorBatchNorm && name.startsWith('G_'),
      batchNormEpsilon: config.batchNormEpsilon,
    };
    return Mlp.fromArrays(shape, weights[name]);
  };
  return {
    G_ST: network('G_ST'),
    G_TS: network('G_TS'),
    D_S: network('D_S'),
    D_T: network('D_T'),
    F: network('F'),
  };
}

function differentiateStep(nets: Networks, { config, batch }: StepInput) {
  const matrix = (x: readonly (readonly number[])[]) => tf.tensor2d(x.map((row) => [...row]));
  const column = (x: readonly number[]) => tf.tensor2d([...x], [x.length, 1]);
  const tensors = {
    S: matrix(batch.S),
    T: matrix(batch.T),
    y: classCondition(batch.y),
    zRandom: classCondition(batch.zRandom),
    epsS: column(batch.epsS),
    epsT: column(batch.epsT),
  };
  const judge: EmotionJudge = { F: nets.F, question: 'conditional' };
  const options: LossOptions = {
    conditioned: true,
    adversarial: config.adversarialLoss,
    mse: 'mean',
    pairedTerm: 'source',
    weights: config.lambda,
  };
  const { terms: generator, judged } = generatorLoss(nets, tensors, options, judge);
  const constants = discriminatorConstants(nets, tensors, judged);
  const ofDiscriminators = () => discriminatorLoss(nets, constants, options);
  const gradients = (names: readonly NetworkName[], total: () => tf.Scalar) => {
    const differentiated = differentiate(() => ({ total: total() }));
    const variables = names.flatMap((name) => nets[name].variables());
    return Object.fromEntries(
      variables.map((variable) => [variable.name, differentiated.gradients.take(variable)]),
    );
  };
  return {
    generator: { ...generator } as Record<string, tf.Tensor>,
    discriminator: { ...ofDiscriminators() } as Record<string, tf.Tensor>,
    gradients: {
      ...gradients(['G_ST', 'G_TS'], () => generatorLoss(nets, tensors, options, judge).terms.total),
      ...gradients(['D_S', 'D_T'], () => ofDiscriminators().total),
    },
  };
}

async function readAll(tensors: Readonly<Record<string, tf.Tensor>>): Promise<Record<string, Float32Array>> {
  const values: Record<string, Float32Array> = {};
  for (const [name, tensor] of Object.entries(tensors)) values[name] = (await tensor.data()) as Float32Array;
  return values;
}

/** Gradients by network, layer and weight; the frozen classifier has none. */
async function readGradients(nets: Networks, gradients: tf.NamedTensorMap): Promise<StepValues['gradients']> {
  const values = await readAll(gradients);
  const ofLayer = ({ weights, norm }: LayerWeights) => {
    const width = weights.shape[1];
    const affine = values[weights.name];
    const split = affine.length - width;
    const scales = norm && values[norm.name];
    return {
      kernel: affine.slice(0, split),
      bias: affine.slice(split),
      ...(scales && { gamma: scales.slice(0, width), beta: scales.slice(width) }),
    };
  };
  const trained = (['G_ST', 'G_TS', 'D_S', 'D_T'] as const).map((name) => [
    name,
    nets[name].trainable().map(ofLayer),
  ]);
  return Object.fromEntries(trained);
}
