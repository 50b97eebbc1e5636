/**
 * Pieces of WGSL that several kernels share: activations and their derivatives, reductions over a workgroup.
 * Knows no operation.
 */
import type { Activation } from '../ops/contract.ts';
import { elementType, type Lanes } from './launch.ts';

/** Numerically safe: the exponential's argument is never above zero. */
const SIGMOID = (type: string) => `
fn sigmoid(x: ${type}) -> ${type} {
  let e = exp(-abs(x));
  return select(e, ${type}(1.0), x >= ${type}(0.0)) / (1.0 + e);
}`;

/** `sigmoid(x)` for one number. */
export const SCALAR_SIGMOID = SIGMOID('f32');

/** `activate(x)`; reads `uniforms.slope`. */
export function activation(kind: Activation, lanes: Lanes): string {
  const type = elementType(lanes);
  const zero = `${type}(0.0)`;
  const value: Record<Activation, string> = {
    linear: 'x',
    relu: `max(x, ${zero})`,
    leakyrelu: `select(uniforms.slope * x, x, x > ${zero})`,
    sigmoid: 'sigmoid(x)',
  };
  return `${kind === 'sigmoid' ? SIGMOID(type) : ''}
fn activate(x: ${type}) -> ${type} { return ${value[kind]}; }`;
}

/** `derivative(y)`: act′ from the output y, whose sign is the pre-activation's; reads `uniforms.slope`. */
export function derivative(kind: Activation, lanes: Lanes): string {
  const type = elementType(lanes);
  const positive = `y > ${type}(0.0)`;
  const value: Record<Activation, string> = {
    linear: `${type}(1.0)`,
    relu: `select(${type}(0.0), ${type}(1.0), ${positive})`,
    leakyrelu: `select(${type}(uniforms.slope), ${type}(1.0), ${positive})`,
    sigmoid: 'y * (1.0 - y)',
  };
  return `fn derivative(y: ${type}) -> ${type} { return ${value[kind]}; }`;
}

/**
 * `total(value, thread)`: the sum over the `threads` (a power of two) of a workgroup, known to all of them. To be
 * called by all together. Pairs are added in one order, so equal inputs give equal sums.
 */
export const workgroupSum = (threads: number): string => `
var<workgroup> partial: array<f32, ${threads}>;
fn total(value: f32, thread: u32) -> f32 {
  partial[thread] = value;
  workgroupBarrier();
  for (var half = ${threads / 2}u; half > 0u; half /= 2u) {
    if (thread < half) { partial[thread] += partial[thread + half]; }
    workgroupBarrier();
  }
  let sum = partial[0];
  workgroupBarrier();
  return sum;
}`;
