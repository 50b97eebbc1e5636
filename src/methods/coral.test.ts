import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { type BackendName, memoryUse, selectBackend } from '../nn/backend.ts';
import { align } from './coral.ts';
import type { TrainingEvent } from './events.ts';

/** Correlated rows about a mean: normal numbers times a random matrix. */
function correlated(rows: number, columns: number, offset: number, scale: number): Matrix {
  const random = randomStream(1, `coral/${rows}/${offset}`);
  const mixing = Float64Array.from({ length: columns * columns }, () => scale * random.normal());
  const values = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const latent = Array.from({ length: columns }, random.normal);
    for (let c = 0; c < columns; c++) {
      values[r * columns + c] = latent.reduce((sum, x, k) => sum + x * mixing[k * columns + c], offset);
    }
  }
  return { rows, columns, values };
}

const columnMeans = ({ rows, columns, values }: Matrix) =>
  Array.from({ length: columns }, (_, c) => {
    let sum = 0;
    for (let r = 0; r < rows; r++) sum += values[r * columns + c];
    return sum / rows;
  });

/** `[columns, columns]`, row by row. */
function covariance(matrix: Matrix): number[] {
  const { rows, columns, values } = matrix;
  const mean = columnMeans(matrix);
  return Array.from({ length: columns * columns }, (_, i) => {
    const [a, b] = [Math.floor(i / columns), i % columns];
    let sum = 0;
    for (let r = 0; r < rows; r++) {
      sum += (values[r * columns + a] - mean[a]) * (values[r * columns + b] - mean[b]);
    }
    return sum / (rows - 1);
  });
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.hypot(...Array.from(a, (x, i) => x - b[i])) / Math.hypot(...Array.from(b));

async function complete(
  work: AsyncGenerator<TrainingEvent, Matrix>,
): Promise<{ events: TrainingEvent[]; result: Matrix }> {
  const events: TrainingEvent[] = [];
  for (;;) {
    const { done, value } = await work.next();
    if (done) return { events, result: value };
    events.push(value);
  }
}

describe.each<BackendName>(['cpu', 'wasm'])('CORAL on %s', (backend) => {
  beforeAll(() => selectBackend(backend));
  afterAll(() => selectBackend('cpu'));

  const source = correlated(300, 6, 1, 1);
  const target = correlated(200, 6, -2, 0.3);

  it('gives source rows the mean and covariance of the target', async () => {
    const { result } = await complete(align(source, target, 1e-3));
    expect(result.rows).toBe(300);
    expect(distance(columnMeans(result), columnMeans(target))).toBeLessThan(1e-4);
    expect(distance(covariance(source), covariance(target))).toBeGreaterThan(1);
    expect(distance(covariance(result), covariance(target))).toBeLessThan(0.1);
  });

  it('moves and scales, and turns nothing, where shrinkage outweighs the covariances', async () => {
    const { result } = await complete(align(source, target, 1000));
    const trace = (matrix: Matrix) => covariance(matrix).reduce((sum, x, i) => sum + (i % 7 ? 0 : x), 0);
    const factor = Math.sqrt(trace(target) / trace(source));
    const [from, to] = [columnMeans(source), columnMeans(target)];
    const expected = source.values.map((x, i) => (x - from[i % 6]) * factor + to[i % 6]);
    expect(distance(result.values, expected)).toBeLessThan(5e-3);
  });

  it('is the same map whether moments are taken among rows or among features', async () => {
    // Every row twice changes no mean, and moments only by what sums are divided by.
    const twice = (matrix: Matrix): Matrix => ({
      ...matrix,
      rows: 2 * matrix.rows,
      values: Float32Array.of(...matrix.values, ...matrix.values),
    });
    const [few, other] = [correlated(30, 40, 0, 1), correlated(25, 40, 3, 0.2)];
    const { result } = await complete(align(few, other, 0.5));
    const { result: doubled } = await complete(align(twice(few), twice(other), 0.5));
    const mean = columnMeans(other);
    const about = (values: Float32Array) => values.map((x, i) => x - mean[i % 40]);
    // Both covariances are off by nearly the same factor, (n − 1) / n against (2n − 1) / 2n.
    expect(distance(about(doubled.values.slice(0, 1200)), about(result.values))).toBeLessThan(0.02);
  });

  it('copes with rows that are all alike', async () => {
    const alike: Matrix = { rows: 4, columns: 6, values: new Float32Array(24).fill(0.5) };
    for (const [from, to] of [
      [alike, target],
      [source, alike],
    ]) {
      const { result } = await complete(align(from, to, 1));
      expect(result.values.every(Number.isFinite)).toBe(true);
      expect(distance(columnMeans(result), columnMeans(to))).toBeLessThan(1e-4);
    }
  });

  it('tells each of its steps, and gives its tensors back even when stopped', async () => {
    const before = memoryUse().tensors;
    const { events } = await complete(align(source, target, 1));
    const [phase, ...steps] = events;
    expect(phase).toEqual({ type: 'phase', phase: 'generate', steps: steps.length });
    expect(steps.at(-1)).toMatchObject({ type: 'step', step: steps.length, steps: steps.length });
    expect(memoryUse().tensors).toBe(before);
    for await (const event of align(target, correlated(4, 6, 0, 1), 1)) if (event.type === 'step') break;
    expect(memoryUse().tensors).toBe(before);
  });
});
