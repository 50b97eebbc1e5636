/**
 * Every fused operation and every update in place on a backend with kernels of its own against the same in tfjs's ops
 * on plain JavaScript, on random numbers. For tests in Node and in a browser.
 */
import { randomStream } from '../../corpus/random.ts';
import { type BackendName, selectBackend } from '../backend.ts';
import { tf } from '../tf.ts';
import {
  type Activated,
  type Activation,
  type FusedName,
  type FusedOps,
  kernelName,
  type LogitLossKind,
} from './contract.ts';
import { stock, stockAdam, stockFollow } from './stock.ts';

/** The largest difference of one output, as a share of the largest value there. */
export interface KernelError {
  readonly name: string;
  readonly relativeError: number;
}

/** Values of a tensor, on no backend. */
interface Matrix {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface Case {
  readonly op: FusedName;
  readonly inputs: Readonly<Record<string, Matrix>>;
  readonly attrs: Readonly<Record<string, unknown>>;
}

const random = randomStream(1, 'kernels');

const matrix = (shape: readonly number[], value: () => number = random.normal): Matrix => ({
  shape,
  values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, value),
});

const scalar = (): Matrix => matrix([]);

/** As much of both signs as an output of the activation has, and some zeros where it has them. */
function outputs(shape: readonly number[], activation: Activation): Matrix {
  if (activation === 'sigmoid') return matrix(shape, random.uniform);
  if (activation === 'relu') return matrix(shape, () => Math.max(0, random.normal()));
  return matrix(shape);
}

/** Rows, width of the input, width of the output: odd ones, thin ones, and some for each way to cut a product up. */
const LAYERS: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [7, 5, 3],
  [66, 34, 6],
  [64, 1582, 1],
  [33, 1585, 3],
  [3000, 12, 170],
  [20, 1582, 330],
  [700, 1582, 9],
  [128, 100, 64],
];

const ACTIVATIONS: readonly Activation[] = ['linear', 'relu', 'leakyrelu', 'sigmoid'];

/** All four products of a layer. */
function layerCases([rows, p, q]: (typeof LAYERS)[number], activation: Activation, bias: boolean): Case[] {
  const attrs: Activated = { activation, slope: 0.2 };
  // Small weights: a sigmoid of sums over a long row would be nothing but zeros and ones.
  const weights = matrix([p + 1, q], () => random.normal() / Math.sqrt(p));
  const [x, y, dy] = [matrix([rows, p]), outputs([rows, q], activation), matrix([rows, q])];
  return [
    { op: 'Affine', inputs: { x, weights }, attrs: { ...attrs } },
    { op: 'AffineGradInput', inputs: { dy, y, weights }, attrs: { ...attrs } },
    { op: 'AffineGradWeights', inputs: { x, dy, y }, attrs: { ...attrs, bias } },
    { op: 'AffineGradGrad', inputs: { g: x, y, weights }, attrs: { ...attrs } },
  ];
}

function normCases(rows: number, width: number, passes: number, activation: Activation): Case[] {
  const attrs = { activation, slope: 0.2, passes, epsilon: 1e-3 };
  // Far from zero, where a variance from sums of squares would lose its digits.
  const z = matrix([rows, width], () => 30 + random.normal());
  const norm = matrix([2, width]);
  const statistics = matrix([2 * passes, width], () => 0.5 + random.uniform());
  const [y, dy] = [outputs([rows, width], activation), matrix([rows, width])];
  return [
    { op: 'Normalise', inputs: { z, norm }, attrs },
    { op: 'NormaliseGrad', inputs: { dy, y, z, statistics, norm }, attrs },
  ];
}

function betweenCases(rows: number, width: number): Case[] {
  const inputs = { outputs: matrix([2 * rows, width]), epsilon: matrix([rows, 1], random.uniform) };
  return [{ op: 'Between', inputs, attrs: { slope: 0.2 } }];
}

function lossCases(rows: number, width: number): Case[] {
  const [output, target] = [matrix([rows, width]), matrix([rows, width])];
  const scale = 1 / rows;
  const logits = matrix([rows, 3], () => 20 * random.normal());
  const oneHot = matrix([rows, 3], () => 0);
  for (let row = 0; row < rows; row++) oneHot.values[3 * row + random.integer(3)] = 1;
  const g = matrix([rows, width], () => random.normal() / Math.sqrt(width));
  const dy = scalar();
  return [
    { op: 'SquaredError', inputs: { output, target }, attrs: { scale } },
    { op: 'SquaredErrorGrad', inputs: { output, target, dy }, attrs: { scale } },
    { op: 'CrossEntropy', inputs: { logits, oneHot }, attrs: {} },
    { op: 'CrossEntropyGrad', inputs: { logits, oneHot, dy }, attrs: {} },
    { op: 'Penalty', inputs: { g }, attrs: {} },
    { op: 'PenaltyGrad', inputs: { g, dy }, attrs: {} },
  ];
}

const KINDS: readonly LogitLossKind[] = [
  'softplus',
  'softplus-negated',
  'mean',
  'mean-negated',
  'square',
  'square-to-one',
];

function logitCases(rows: number): Case[] {
  const logits = matrix([rows, 1], () => 30 * random.normal());
  const dy = scalar();
  return KINDS.flatMap((kind): Case[] => [
    { op: 'LogitLoss', inputs: { logits }, attrs: { kind } },
    { op: 'LogitLossGrad', inputs: { logits, dy }, attrs: { kind } },
  ]);
}

const cases = (): Case[] => [
  ...ACTIVATIONS.flatMap((activation, i) => [
    ...layerCases(LAYERS[i % 3], activation, i % 2 === 0),
    ...normCases(12 * (i + 1), 17 + i, 1 + (i % 3), activation),
  ]),
  ...LAYERS.flatMap((layer, i) => layerCases(layer, i % 2 ? 'leakyrelu' : 'relu', i % 3 > 0)),
  ...normCases(192, 100, 3, 'leakyrelu'),
  ...betweenCases(1, 1),
  ...betweenCases(9, 33),
  ...lossCases(5, 7),
  ...lossCases(1, 1),
  ...lossCases(70, 1582),
  ...logitCases(1),
  ...logitCases(700),
];

const tensors = (inputs: Case['inputs']): tf.NamedTensorMap =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]),
  );

async function read(results: readonly tf.Tensor[]): Promise<Float32Array[]> {
  const values: Float32Array[] = [];
  for (const result of results) values.push((await result.data()).slice() as Float32Array);
  tf.dispose([...results]);
  return values;
}

const list = (result: tf.Tensor | tf.Tensor[]): tf.Tensor[] => (Array.isArray(result) ? result : [result]);

async function expected({ op, inputs, attrs }: Case): Promise<Float32Array[]> {
  await selectBackend('cpu');
  const compute = stock[op] as (inputs: tf.NamedTensorMap, attrs: unknown) => tf.Tensor | tf.Tensor[];
  return read(list(tf.tidy(() => compute(tensors(inputs), attrs) as FusedOps['Normalise']['output'])));
}

async function actual({ op, inputs, attrs }: Case, backend: BackendName): Promise<Float32Array[]> {
  await selectBackend(backend);
  const run = () => tf.engine().runKernel(kernelName(op), tensors(inputs), attrs as tf.NamedAttrMap);
  return read(list(tf.tidy(run) as tf.Tensor[]));
}

function compare(
  name: string,
  values: readonly Float32Array[],
  right: readonly Float32Array[],
): KernelError[] {
  return right.map((reference, i) => {
    const largest = reference.reduce((max, value) => Math.max(max, Math.abs(value)), Number.MIN_VALUE);
    const difference = reference.reduce((max, value, k) => {
      const own = Math.abs(values[i][k] - value);
      // A NaN and an output that is too short must count as wrong.
      return Number.isNaN(own) ? Number.MAX_VALUE : Math.max(max, own);
    }, 0);
    return { name: `${name}[${i}]`, relativeError: Math.min(difference / largest, Number.MAX_VALUE) };
  });
}

const describe = ({ op, inputs, attrs }: Case) =>
  `${op} ${Object.values(inputs)
    .map(({ shape }) => shape.join('×'))
    .join(' ')} ${JSON.stringify(attrs)}`;

/** Two Adam steps and two following ones with tfjs's ops before, between and behind them, and no read till the end. */
function updates(
  adam: typeof stockAdam,
  follow: typeof stockFollow,
  initial: readonly Matrix[],
): tf.Tensor[] {
  const variables = initial.map(({ values, shape }) =>
    tf.variable(tf.tensor(values.slice(), [...shape]), false),
  );
  const [weights, average, squares, running, gradient, statistics] = variables;
  const kept: tf.Tensor[] = [];
  for (const factor of [1, -0.3]) {
    const attrs = { rate: 0.01 * (1 + factor), beta1: 0.5, beta2: 0.999, epsilon: 1e-7 };
    adam({ inputs: { weights, average, squares, gradient: tf.mul(gradient, factor) }, attrs });
    const own = tf.mul(statistics, factor) as tf.Tensor2D;
    follow({
      inputs: { running: running as tf.Variable<tf.Rank.R2>, statistics: own },
      attrs: { keep: 0.9 },
    });
    kept.push(...[weights, average, squares, running].map((variable) => tf.mul(variable, 1)));
  }
  tf.dispose(variables);
  return kept;
}

async function updateErrors(backend: BackendName, rows: number, width: number): Promise<KernelError[]> {
  const own = () => matrix([rows, width]);
  const squares = matrix([rows, width], random.uniform);
  const initial = [own(), own(), squares, matrix([2, width]), own(), matrix([6, width])];
  await selectBackend('cpu');
  const reference = await read(tf.tidy(() => updates(stockAdam, stockFollow, initial)));
  await selectBackend(backend);
  const kernel = (name: 'Adam' | 'Follow', { inputs, attrs }: { inputs: object; attrs: object }) =>
    void tf.engine().runKernel(kernelName(name), inputs as tf.NamedTensorMap, attrs as tf.NamedAttrMap);
  const values = await read(
    tf.tidy(() =>
      updates(
        (update) => kernel('Adam', update),
        (update) => kernel('Follow', update),
        initial,
      ),
    ),
  );
  return compare(`Updates ${rows}×${width}`, values, reference);
}

/** A tensor overwritten in place must not be read as what it was, be that read before or still under way. */
async function staleErrors(backend: BackendName): Promise<KernelError[]> {
  await selectBackend(backend);
  const running = tf.variable(tf.fill([2, 5], 4), false);
  const statistics = tf.fill([2, 5], 8);
  const halve = () =>
    tf.engine().runKernel(kernelName('Follow'), { running, statistics } as tf.NamedTensorMap, { keep: 0.5 });
  await running.data();
  halve();
  const before = running.data();
  halve();
  const values = [await before, await running.data()] as Float32Array[];
  tf.dispose([running, statistics]);
  return compare('Read around an update', values, [
    new Float32Array(10).fill(6),
    new Float32Array(10).fill(7),
  ]);
}

/** All of them, named by operation, shapes and attributes. */
export async function kernelErrors(backend: BackendName): Promise<KernelError[]> {
  const errors: KernelError[] = [];
  for (const each of cases()) {
    errors.push(...compare(describe(each), await actual(each, backend), await expected(each)));
  }
  errors.push(...(await updateErrors(backend, 3, 5)), ...(await updateErrors(backend, 1583, 40)));
  errors.push(...(await staleErrors(backend)));
  return errors;
}
