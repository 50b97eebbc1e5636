/**
 * Batch norm with the activation behind it, and its gradient, as WebGPU kernels of one dispatch each: a workgroup
 * holds a few columns and adds up their rows by itself. Knows no layer.
 */
import type { FusedOps, Normalised } from '../ops/contract.ts';
import { type Gpu, launch, output } from './launch.ts';
import { activation, derivative } from './snippets.ts';

/** Neighbouring columns of a workgroup, and the threads that share the rows of each. */
const COLUMNS = 16;
const LANES = 16;

/** `sums(value, local)`: of both members, over the threads of a column, known to all of them. */
const COLUMN_SUMS = `
var<workgroup> partial: array<vec2<f32>, ${COLUMNS * LANES}>;
fn sums(value: vec2<f32>, local: vec2<u32>) -> vec2<f32> {
  let own = local.y * ${COLUMNS}u + local.x;
  partial[own] = value;
  workgroupBarrier();
  for (var half = ${LANES / 2}u; half > 0u; half /= 2u) {
    if (local.y < half) { partial[own] += partial[own + half * ${COLUMNS}u]; }
    workgroupBarrier();
  }
  let sum = partial[local.x];
  workgroupBarrier();
  return sum;
}`;

const MAIN = `@compute @workgroup_size(${COLUMNS}, ${LANES}, 1)
fn main(
  @builtin(workgroup_id) workgroup: vec3<u32>,
  @builtin(local_invocation_id) thread: vec3<u32>,
) {
  let local = thread.xy;
  let width = uniforms.width;
  let column = workgroup.x * ${COLUMNS}u + local.x;
  let inside = column < width;`;

/** Runs `body` for each row `at` of the pass that begins at the row `first` that is this thread's. */
const eachRow = (body: string) => `if (inside) {
    for (var row = local.y; row < uniforms.rows; row += ${LANES}u) {
      let at = (first + row) * width + column;
      ${body}
    }
  }`;

/** act(γ (z − mean) / √(variance + epsilon) + β) and the statistics: `[y, statistics]`. */
export function normalise(gpu: Gpu, { z, norm }: FusedOps['Normalise']['inputs'], attrs: Normalised) {
  const { passes, epsilon, slope } = attrs;
  const [rows, width] = z.shape;
  const [y, statistics] = [output(gpu, z.shape), output(gpu, [2 * passes, width])];
  launch(gpu, {
    name: 'Normalise',
    variant: [attrs.activation],
    outputs: [
      { name: 'y', tensor: y },
      { name: 'statistics', tensor: statistics },
    ],
    inputs: [
      { name: 'z', tensor: z },
      { name: 'norm', tensor: norm },
    ],
    integers: { rows: rows / passes, width },
    floats: { epsilon, slope },
    code: () => `
${COLUMN_SUMS}
${activation(attrs.activation, 1)}
${MAIN}
  let first = workgroup.y * uniforms.rows;
  var sum = 0.0;
  ${eachRow('sum += z[at];')}
  let mean = sums(vec2<f32>(sum, 0.0), local).x / f32(uniforms.rows);
  var squares = 0.0;
  ${eachRow('squares += (z[at] - mean) * (z[at] - mean);')}
  let variance = sums(vec2<f32>(squares, 0.0), local).x / f32(uniforms.rows);
  if (inside && local.y == 0u) {
    statistics[2u * workgroup.y * width + column] = mean;
    statistics[(2u * workgroup.y + 1u) * width + column] = variance;
  }
  let scale = norm[column] * inverseSqrt(variance + uniforms.epsilon);
  let shift = norm[width + column];
  ${eachRow('y[at] = activate((z[at] - mean) * scale + shift);')}
}`,
    workgroups: [Math.ceil(width / COLUMNS), passes, 1],
  });
  return [y, statistics];
}

/** Through each pass's own mean and variance: `[dL/dz, dL/d(norm)]`. */
export function normaliseGrad(
  gpu: Gpu,
  { dy, y, z, statistics, norm }: FusedOps['NormaliseGrad']['inputs'],
  attrs: Normalised,
) {
  const { passes, epsilon, slope } = attrs;
  const [rows, width] = z.shape;
  const [dz, dnorm] = [output(gpu, z.shape), output(gpu, [2, width])];
  launch(gpu, {
    name: 'NormaliseGrad',
    variant: [attrs.activation],
    outputs: [
      { name: 'dz', tensor: dz },
      { name: 'dnorm', tensor: dnorm },
    ],
    inputs: [
      { name: 'dy', tensor: dy },
      { name: 'y', tensor: y },
      { name: 'z', tensor: z },
      { name: 'statistics', tensor: statistics },
      { name: 'norm', tensor: norm },
    ],
    integers: { rows: rows / passes, width, passes },
    floats: { epsilon, slope },
    code: () => `
${COLUMN_SUMS}
${derivative(attrs.activation, 1)}
${MAIN}
  var total = vec2<f32>();
  for (var pass_ = 0u; pass_ < uniforms.passes; pass_++) {
    let first = pass_ * uniforms.rows;
    let mean = statistics[2u * pass_ * width + column];
    let inverse = inverseSqrt(statistics[(2u * pass_ + 1u) * width + column] + uniforms.epsilon);
    var sum = vec2<f32>();
    ${eachRow(`let du = dy[at] * derivative(y[at]);
      sum += vec2<f32>(du * (z[at] - mean) * inverse, du);`)}
    sum = sums(sum, local);
    total += sum;
    let average = sum / f32(uniforms.rows);
    let scale = inverse * norm[column];
    ${eachRow(`let du = dy[at] * derivative(y[at]);
      dz[at] = scale * (du - average.y - (z[at] - mean) * inverse * average.x);`)}
  }
  if (inside && local.y == 0u) {
    dnorm[column] = total.x;
    dnorm[width + column] = total.y;
  }
}`,
    workgroups: [Math.ceil(width / COLUMNS), 1, 1],
  });
  return [dz, dnorm];
}
