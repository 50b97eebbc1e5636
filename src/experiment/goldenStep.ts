/**
 * Checks the project's own losses and gradients against a file of reference values of one training step
 * (computed elsewhere in float64). Used by `check`, by unit tests and by the browser test on WebGPU.
 */
import * as v from 'valibot';
import { evaluateStep } from '../methods/reference.ts';

const numbers = v.array(v.number());
const rows = v.array(numbers);
const layer = v.object({
  kernel: rows,
  bias: numbers,
  gamma: v.optional(numbers),
  beta: v.optional(numbers),
});
const network = v.array(layer);
const sizes = v.pipe(v.array(v.pipe(v.number(), v.integer())), v.minLength(3));

/** The format of the reference file; other files of the same format work too. */
const StepFileSchema = v.object({
  config: v.object({
    features: v.number(),
    classes: v.number(),
    sizes: v.object({ G_ST: sizes, G_TS: sizes, D_S: sizes, D_T: sizes, F: sizes }),
    leakyReluSlope: v.number(),
    batchNormEpsilon: v.number(),
    generatorBatchNorm: v.boolean(),
    adversarialLoss: v.picklist(['bce', 'wgan', 'lsgan']),
    lambda: v.object({
      identity: v.number(),
      cycle: v.number(),
      emotion: v.number(),
      gradientPenalty: v.number(),
    }),
  }),
  weights: v.object({ G_ST: network, G_TS: network, D_S: network, D_T: network, F: network }),
  batch: v.object({ S: rows, T: rows, y: numbers, zRandom: numbers, epsS: numbers, epsT: numbers }),
  expected: v.object({
    generator: v.record(v.string(), v.number()),
    discriminator: v.record(v.string(), v.number()),
    gradients: v.record(v.string(), network),
  }),
});

export interface Discrepancy {
  /** What was compared, e.g. `gradients.G_ST[2].kernel`. */
  readonly name: string;
  readonly relativeError: number;
}

/**
 * Below this share of the largest gradient of the whole network an expected value is rounding noise: a bias
 * in front of batch norm has the gradient zero, which a reference in float64 prints as 1e-15.
 */
const NOISE_FLOOR = 1e-6;

/** Error of a value that is not finite: as large as JSON can say. */
const NOT_FINITE = Number.MAX_VALUE;

/**
 * The largest relative error of a tensor. A value below 1e-3 of the tensor's largest is compared by absolute
 * error, as a share of that largest (or of `floor`, if greater): where terms cancel, nothing finer is in float32.
 */
function worstRelativeError(actual: ArrayLike<number>, expected: readonly number[], floor: number): number {
  const largest = expected.reduce((max, e) => Math.max(max, Math.abs(e)), floor);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const size = Math.abs(expected[i]);
    const error = Math.abs(actual[i] - expected[i]) / (size >= 1e-3 * largest ? size : largest);
    // A NaN must count as wrong, not vanish in Math.max, and infinity as a number; 0/0 is two zeros that agree.
    worst = actual[i] === expected[i] ? worst : !Number.isFinite(error) ? NOT_FINITE : Math.max(worst, error);
  }
  return worst;
}

/** Every loss term and gradient of the file against the project's own, on the present backend. */
export async function checkStep(input: unknown): Promise<Discrepancy[]> {
  const file = v.parse(StepFileSchema, input);
  for (const [name, widths] of Object.entries(file.config.sizes)) {
    const found = file.weights[name as keyof typeof file.weights].length;
    if (found !== widths.length - 1) {
      throw new Error(
        `weights.${name} has ${found} layers, config.sizes.${name} asks for ${widths.length - 1}`,
      );
    }
  }
  const actual = await evaluateStep(file);
  const result: Discrepancy[] = [];
  for (const side of ['generator', 'discriminator'] as const) {
    for (const [term, expected] of Object.entries(file.expected[side])) {
      const value = actual[side][term] ?? Number.NaN;
      result.push({ name: `${side}.${term}`, relativeError: worstRelativeError([value], [expected], 0) });
    }
  }
  for (const [name, layers] of Object.entries(file.expected.gradients)) {
    const all = layers.flatMap((weights) => Object.values(weights).flat(2) as number[]);
    const floor = NOISE_FLOOR * all.reduce((largest, g) => Math.max(largest, Math.abs(g)), 0);
    layers.forEach((weights, i) => {
      for (const [key, expected] of Object.entries(weights)) {
        const values = actual.gradients[name]?.[i]?.[key] ?? [];
        const relativeError = worstRelativeError(values, (expected as number[]).flat(2), floor);
        result.push({ name: `gradients.${name}[${i}].${key}`, relativeError });
      }
    });
  }
  return result;
}
