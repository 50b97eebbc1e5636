/**
 * The affine map of a layer and its gradients as WebGPU kernels, each one matrix product with the activation,
 * its derivative and the bias worked into the reading of operands or the writing of the result.
 */
import type { Activated, FusedOps } from '../ops/contract.ts';
import type { tf } from '../tf.ts';
import { type Gpu, lanesOf, output } from './launch.ts';
import { multiply, type Operand } from './product.ts';
import { activation, derivative } from './snippets.ts';

type Inputs<N extends keyof FusedOps> = FusedOps[N]['inputs'];

/** A matrix as it is stored. */
function plain(name: string, tensor: tf.Tensor2D, along: Operand['along']): Operand {
  const [rows, columns] = tensor.shape;
  return { along, rows, columns, bindings: [{ name, tensor, lanes: lanesOf(columns) }], value: `${name}[i]` };
}

/** dy ∘ act′(y). */
function masked(
  dy: tf.Tensor2D,
  y: tf.Tensor2D,
  along: Operand['along'],
  { activation }: Activated,
): Operand {
  const operand = plain('dy', dy, along);
  if (activation === 'linear') return operand;
  const outputs = { name: 'y', tensor: y, lanes: lanesOf(y.shape[1]) };
  return { ...operand, bindings: [...operand.bindings, outputs], value: 'dy[i] * derivative(y[i])' };
}

/** act(x W + b). The bias lies below the kernel: it is the row of the right operand behind the inner dimension. */
export function affine(gpu: Gpu, { x, weights }: Inputs<'Affine'>, { activation: kind, slope }: Activated) {
  const [height, depth] = x.shape;
  const width = weights.shape[1];
  const result = output(gpu, [height, width]);
  multiply(gpu, {
    name: 'Affine',
    height,
    width,
    depth,
    left: plain('x', x, 'inner'),
    right: plain('weights', weights, 'outer'),
    result,
    variant: [kind],
    functions: () => activation(kind, 4),
    finish: 'activate(value + fetchRight(uniforms.depth, column))',
    floats: { slope },
  });
  return result;
}

/** (dy ∘ act′(y)) Wᵀ. */
export function affineGradInput(gpu: Gpu, { dy, y, weights }: Inputs<'AffineGradInput'>, attrs: Activated) {
  const [height, depth] = dy.shape;
  const width = weights.shape[0] - 1;
  const result = output(gpu, [height, width]);
  multiply(gpu, {
    name: 'AffineGradInput',
    height,
    width,
    depth,
    left: masked(dy, y, 'inner', attrs),
    right: plain('weights', weights, 'inner'),
    result,
    variant: [attrs.activation],
    functions: () => derivative(attrs.activation, lanesOf(depth)),
    floats: { slope: attrs.slope },
  });
  return result;
}

/** xᵀ (dy ∘ act′(y)); a column of ones behind x makes the last row the column sums. */
export function affineGradWeights(
  gpu: Gpu,
  { x, dy, y, plus }: Inputs<'AffineGradWeights'>,
  { bias, ...attrs }: Activated & { readonly bias: boolean },
) {
  const [depth, width] = dy.shape;
  const height = x.shape[1] + 1;
  const result = output(gpu, [height, width]);
  multiply(gpu, {
    name: 'AffineGradWeights',
    height,
    width,
    depth,
    left: { ...plain('x', x, 'outer'), ones: bias },
    right: masked(dy, y, 'outer', attrs),
    result,
    variant: [attrs.activation, bias, plus !== undefined],
    functions: () => derivative(attrs.activation, lanesOf(width)),
    ...(plus && {
      factor: { bindings: [{ name: 'plus', tensor: plus, lanes: lanesOf(width) }], value: 'plus[i]' },
      finish: 'value + fetchFactor(row, column)',
    }),
    floats: { slope: attrs.slope },
  });
  return result;
}

/** (g W) ∘ act′(y). */
export function affineGradGrad(gpu: Gpu, { g, y, weights }: Inputs<'AffineGradGrad'>, attrs: Activated) {
  const [height, depth] = g.shape;
  const width = weights.shape[1];
  const result = output(gpu, [height, width]);
  const lanes = lanesOf(width);
  multiply(gpu, {
    name: 'AffineGradGrad',
    height,
    width,
    depth,
    left: plain('g', g, 'inner'),
    right: plain('weights', weights, 'outer'),
    result,
    variant: [attrs.activation],
    functions: () => derivative(attrs.activation, lanes),
    factor: { bindings: [{ name: 'y', tensor: y, lanes }], value: 'derivative(y[i])' },
    finish: 'value * fetchFactor(row, column)',
    floats: { slope: attrs.slope },
  });
  return result;
}
