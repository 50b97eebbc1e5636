/**
 * Sums, differences and products of two float32 tensors where one is as large as the result and the other equal in
 * shape, a single number, a row or a column: all that training has of them. Anything else the JavaScript backend does.
 */
import { tf } from '../tf.ts';
import { type KernelCall, otherwise, register } from './register.ts';

type Operation = 'Add' | 'Sub' | 'Multiply';

const COMPUTE: Readonly<Record<Operation, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
};

/** How the smaller tensor is read along the result: each of `count` values `repeat` times, then again from the start. */
interface Reading {
  readonly count: number;
  readonly repeat: number;
}

/** How a tensor of `shape` is read along a result of shape `out`; null where that is not one of the simple ways. */
function readingOf(shape: readonly number[], out: readonly number[]): Reading | null {
  const count = tf.util.sizeFromShape([...shape]);
  const size = tf.util.sizeFromShape([...out]);
  if (count === size || count === 1) return { count, repeat: 1 };
  const width = out[out.length - 1];
  if (shape[shape.length - 1] === width && count === width) return { count, repeat: 1 };
  const isColumn = shape.length === out.length && shape[shape.length - 1] === 1 && count * width === size;
  return isColumn ? { count, repeat: width } : null;
}

function combine(operation: Operation, call: KernelCall): tf.TensorInfo | tf.TensorInfo[] {
  const { a, b } = call.inputs as Record<'a' | 'b', tf.TensorInfo>;
  if (a.dtype !== 'float32' || b.dtype !== 'float32') return otherwise(operation, call);
  const shape = tf.backend_util.assertAndGetBroadcastShape(a.shape, b.shape);
  const [first, second] = [readingOf(a.shape, shape), readingOf(b.shape, shape)];
  if (!first || !second) return otherwise(operation, call);
  const { info, at } = call.backend.create(shape);
  const size = tf.util.sizeFromShape(shape);
  if (operation === 'Add' && first.count === size && second.count === size) {
    call.backend.machine.add(call.backend.placeOf(a), call.backend.placeOf(b), at, size);
    return info;
  }
  const [x, y, out] = [a, b, info].map((tensor) => call.backend.valuesOf(tensor));
  fill(out, x, first, y, second, COMPUTE[operation]);
  return info;
}

function fill(
  out: Float32Array,
  x: Float32Array,
  first: Reading,
  y: Float32Array,
  second: Reading,
  compute: (a: number, b: number) => number,
): void {
  // In runs over which neither side's repetition ends, so that the inner loop has no division.
  const run = Math.max(first.repeat, second.repeat) > 1 ? Math.max(first.repeat, second.repeat) : out.length;
  for (let from = 0; from < out.length; from += run) {
    const [p, q] = [from / run, from / run];
    for (let i = from, j = 0; j < run; i++, j++) {
      const a = first.repeat > 1 ? x[p] : x[first.count === out.length ? i : i % first.count];
      const b = second.repeat > 1 ? y[q] : y[second.count === out.length ? i : i % second.count];
      out[i] = compute(a, b);
    }
  }
}

export function registerArithmetic(): void {
  for (const operation of ['Add', 'Sub', 'Multiply'] as const) {
    register(operation, (call) => combine(operation, call));
  }
}
