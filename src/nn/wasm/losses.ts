/** The loss terms as kernels: large sums on the kernel module, a batch's worth of logits in plain loops. */

import type { LogitLossKind } from '../ops/contract.ts';
import { tf } from '../tf.ts';
import type { KernelBackend } from './backend.ts';
import { fused } from './register.ts';

function scalar(backend: KernelBackend, value: number): tf.TensorInfo {
  const { info } = backend.create([]);
  backend.valuesOf(info)[0] = value;
  return info;
}

/** log(1 + eˣ) without overflow. */
const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const LOGIT_LOSS: Readonly<Record<LogitLossKind, { value(x: number): number; slope(x: number): number }>> = {
  softplus: { value: softplus, slope: sigmoid },
  'softplus-negated': { value: (x) => softplus(-x), slope: (x) => -sigmoid(-x) },
  mean: { value: (x) => x, slope: () => 1 },
  'mean-negated': { value: (x) => -x, slope: () => -1 },
  square: { value: (x) => x * x, slope: (x) => 2 * x },
  'square-to-one': { value: (x) => (x - 1) ** 2, slope: (x) => 2 * (x - 1) },
};

/** log Σ exp of a row. */
function logSumExp(row: Float32Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of row) largest = Math.max(largest, value);
  let total = 0;
  for (const value of row) total += Math.exp(value - largest);
  return largest + Math.log(total);
}

function registerSquaredError(): void {
  fused('SquaredError', (backend, { output, target }, { scale }) => {
    const count = tf.util.sizeFromShape(output.shape);
    const total = backend.machine.squaredSum(backend.placeOf(output), backend.placeOf(target), count);
    return scalar(backend, scale * total);
  });
  fused('SquaredErrorGrad', (backend, { output, target, dy }, { scale }) => {
    const { info, at } = backend.create(output.shape);
    const factor = 2 * scale * backend.valuesOf(dy)[0];
    const places = [backend.placeOf(output), backend.placeOf(target)] as const;
    backend.machine.scaledDifference(...places, at, factor, tf.util.sizeFromShape(output.shape));
    return info;
  });
}

function registerCrossEntropy(): void {
  fused('CrossEntropy', (backend, { logits, oneHot }) => {
    const [rows, classes] = logits.shape;
    const [x, wanted] = [backend.valuesOf(logits), backend.valuesOf(oneHot)];
    let total = 0;
    for (let from = 0; from < rows * classes; from += classes) {
      const log = logSumExp(x.subarray(from, from + classes));
      for (let i = from; i < from + classes; i++) total += wanted[i] * (log - x[i]);
    }
    return scalar(backend, total / rows);
  });
  fused('CrossEntropyGrad', (backend, { logits, oneHot, dy }) => {
    const [rows, classes] = logits.shape;
    const { info } = backend.create(logits.shape);
    const [x, wanted, out] = [logits, oneHot, info].map((tensor) => backend.valuesOf(tensor));
    const factor = backend.valuesOf(dy)[0] / rows;
    for (let from = 0; from < rows * classes; from += classes) {
      const log = logSumExp(x.subarray(from, from + classes));
      for (let i = from; i < from + classes; i++) out[i] = (Math.exp(x[i] - log) - wanted[i]) * factor;
    }
    return info;
  });
}

function registerLogitLoss(): void {
  fused('LogitLoss', (backend, { logits }, { kind }) => {
    const x = backend.valuesOf(logits);
    const { value } = LOGIT_LOSS[kind];
    return scalar(backend, x.reduce((sum, logit) => sum + value(logit), 0) / x.length);
  });
  fused('LogitLossGrad', (backend, { logits, dy }, { kind }) => {
    const { info } = backend.create(logits.shape);
    const [x, out] = [backend.valuesOf(logits), backend.valuesOf(info)];
    const { slope } = LOGIT_LOSS[kind];
    const factor = backend.valuesOf(dy)[0] / x.length;
    for (let i = 0; i < x.length; i++) out[i] = slope(x[i]) * factor;
    return info;
  });
}

/** ‖gᵢ‖ with the small number that keeps its slope finite, for every row. */
function rowNorms(backend: KernelBackend, g: tf.TensorInfo): number[] {
  const [rows, columns] = g.shape;
  const at = backend.placeOf(g);
  const norm = (row: number) =>
    Math.sqrt(backend.machine.squaredSum(at + 4 * row * columns, null, columns) + 1e-12);
  return Array.from({ length: rows }, (_, row) => norm(row));
}

function registerPenalty(): void {
  fused('Penalty', (backend, { g }) => {
    const norms = rowNorms(backend, g);
    return scalar(backend, norms.reduce((sum, norm) => sum + (norm - 1) ** 2, 0) / norms.length);
  });
  fused('PenaltyGrad', (backend, { g, dy }) => {
    const [rows, columns] = g.shape;
    const { info, at } = backend.create(g.shape);
    const factor = (2 * backend.valuesOf(dy)[0]) / rows;
    rowNorms(backend, g).forEach((norm, row) => {
      const offset = 4 * row * columns;
      backend.machine.scaled(backend.placeOf(g) + offset, at + offset, (factor * (norm - 1)) / norm, columns);
    });
    return info;
  });
}

export function registerLossKernels(): void {
  registerSquaredError();
  registerCrossEntropy();
  registerLogitLoss();
  registerPenalty();
}
