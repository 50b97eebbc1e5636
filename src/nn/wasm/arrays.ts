/**
 * Kernels that only move rows about: joining, cutting and splitting matrices along their columns, for which the
 * JavaScript backend computes every element's place. Anything else it keeps doing.
 */
import { tf } from '../tf.ts';
import type { KernelBackend } from './backend.ts';
import { type KernelCall, otherwise, register } from './register.ts';

/** Copies columns `[from, from + columns)` of every row, `rows` of them, into columns at `to`. */
function copyColumns(
  source: Float32Array,
  sourceWidth: number,
  from: number,
  target: Float32Array,
  targetWidth: number,
  to: number,
  rows: number,
  columns: number,
): void {
  for (let r = 0; r < rows; r++) {
    const start = r * sourceWidth + from;
    target.set(source.subarray(start, start + columns), r * targetWidth + to);
  }
}

const isMatrix = ({ shape, dtype }: tf.TensorInfo) => shape.length === 2 && dtype === 'float32';

function cut(
  backend: KernelBackend,
  x: tf.TensorInfo,
  [row, column]: number[],
  shape: number[],
): tf.TensorInfo {
  const { info } = backend.create(shape);
  const [source, target] = [backend.valuesOf(x), backend.valuesOf(info)];
  const width = x.shape[1];
  copyColumns(source.subarray(row * width), width, column, target, shape[1], 0, shape[0], shape[1]);
  return info;
}

function concat(call: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
  const { inputs, attrs, backend } = call;
  const parts = inputs as unknown as tf.TensorInfo[];
  const axis = attrs.axis as number;
  if ((axis !== 0 && axis !== 1) || !parts.every(isMatrix)) return otherwise('Concat', call);
  const shape = parts[0].shape.slice();
  shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  const { info } = backend.create(shape);
  const target = backend.valuesOf(info);
  let to = 0;
  for (const part of parts) {
    const [rows, columns] = part.shape;
    if (axis === 0) target.set(backend.valuesOf(part), to * columns);
    else copyColumns(backend.valuesOf(part), columns, 0, target, shape[1], to, rows, columns);
    to += part.shape[axis];
  }
  return info;
}

function slice(call: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
  const x = call.inputs.x as tf.TensorInfo;
  if (!isMatrix(x)) return otherwise('Slice', call);
  const { begin, size } = call.attrs as unknown as { begin: number[]; size: number[] };
  const [from, shape] = tf.slice_util.parseSliceParams(x as tf.Tensor, begin, size);
  return cut(call.backend, x, from, shape);
}

function split(call: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
  const x = call.inputs.x as tf.TensorInfo;
  const { numOrSizeSplits, axis } = call.attrs as unknown as {
    numOrSizeSplits: number | number[];
    axis: number;
  };
  if (!isMatrix(x)) return otherwise('SplitV', call);
  const along = axis < 0 ? axis + 2 : axis;
  const sizes = tf.backend_util.prepareSplitSize(x as tf.Tensor, numOrSizeSplits, along);
  const begin = [0, 0];
  return sizes.map((size) => {
    const shape = x.shape.slice();
    shape[along] = size;
    const part = cut(call.backend, x, begin, shape);
    begin[along] += size;
    return part;
  });
}

/** Numbers of another type as float32, which must lie in our memory; the JavaScript backend would share them. */
function cast(call: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
  const x = call.inputs.x as tf.TensorInfo;
  const numeric = x.dtype === 'int32' || x.dtype === 'bool';
  if (call.attrs.dtype !== 'float32' || !numeric) return otherwise('Cast', call);
  const { info } = call.backend.create(x.shape.slice());
  call.backend.valuesOf(info).set(call.backend.data.get(x.dataId).values as Int32Array | Uint8Array);
  return info;
}

export function registerArrayKernels(): void {
  register('Cast', cast);
  register('Concat', concat);
  register('Slice', slice);
  register('SplitV', split);
}
