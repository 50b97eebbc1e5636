import { describe, expect, it } from 'vitest';
import type { Matrix } from '../corpus/corpus.ts';
import { randomStream } from '../corpus/random.ts';
import { classify, type LinearSvm, type SvmOptions, trainSvm } from './svm.ts';

/** Clouds around corners of a cube, a class each; the wider, the more they overlap. */
function clouds(counts: readonly number[], width: number, columns = 7): { x: Matrix; classes: Int8Array } {
  const random = randomStream(5, 'clouds');
  const classes = Int8Array.from(counts.flatMap((count, k) => new Array<number>(count).fill(k)));
  const values = Float32Array.from({ length: classes.length * columns }, (_, i) => {
    const centre = i % columns === classes[Math.floor(i / columns)] ? 1 : 0;
    return centre + width * random.normal();
  });
  return { x: { rows: classes.length, columns, values }, classes };
}

function trained(x: Matrix, classes: Int8Array, options?: SvmOptions): LinearSvm {
  const training = trainSvm(x, classes, options);
  for (;;) {
    const { done, value } = training.next();
    if (done) return value;
  }
}

/** Σ over the weights of the squared gradient of ½‖w‖² + Σ costs · max(0, 1 − sign · margin)². */
function primalGradient({ columns, values }: Matrix, w: Float64Array, signs: number[], costs: number[]) {
  const gradient = Float64Array.from(w);
  signs.forEach((sign, row) => {
    const inputs = [...values.subarray(row * columns, (row + 1) * columns), 1];
    const slack = 1 - sign * inputs.reduce((total, value, i) => total + value * w[i], 0);
    inputs.forEach((value, i) => {
      gradient[i] -= 2 * costs[row] * sign * Math.max(0, slack) * value;
    });
  });
  return Math.hypot(...gradient);
}

describe('the linear SVM', () => {
  it('stands where the gradient of what it minimises is zero, classes weighted by their share', () => {
    const { x, classes } = clouds([40, 15, 65], 0.5);
    const cost = 0.3;
    const planes = trained(x, classes, { cost, tolerance: 1e-9 });
    const counts = [40, 15, 65];
    planes.forEach((plane, k) => {
      const signs = Array.from(classes, (own) => (own === k ? 1 : -1));
      const costs = Array.from(classes, (own) => cost * (own === k ? 120 / (3 * counts[k]) : 1));
      expect(primalGradient(x, plane!, signs, costs)).toBeLessThan(1e-6);
      expect(Math.hypot(...plane!)).toBeGreaterThan(0.5);
    });
  });

  it('tells clouds apart, rows it has not seen included', () => {
    const { x, classes } = clouds([30, 30, 30], 0.2);
    const every = (offset: number) => Int32Array.from({ length: 45 }, (_, i) => 2 * i + offset);
    const pick = (rows: Int32Array): Matrix => ({
      rows: rows.length,
      columns: x.columns,
      values: Float32Array.from([...rows].flatMap((r) => [...x.values.subarray(r * 7, (r + 1) * 7)])),
    });
    const svm = trained(
      pick(every(0)),
      classes.filter((_, r) => r % 2 === 0),
      { cost: 1, tolerance: 0.1 },
    );
    const truth = classes.filter((_, r) => r % 2 === 1);
    expect(classify(svm, pick(every(1)))).toEqual(truth);
  });

  it('repeats itself to the last bit', () => {
    const { x, classes } = clouds([40, 15, 65], 0.7);
    expect(trained(x, classes)).toEqual(trained(x, classes));
  });

  it('never predicts a class that no row had, and knows one class at least', () => {
    const { x, classes } = clouds([20, 20, 20], 0.3);
    const some = classes.map((k) => (k === 1 ? 2 : k));
    const svm = trained(x, some);
    expect(svm[1]).toBeNull();
    expect(new Set(classify(svm, x))).toEqual(new Set([0, 2]));
    expect(new Set(classify(trained(x, new Int8Array(60).fill(1)), x))).toEqual(new Set([1]));
  });

  it('is done with a class at a time', () => {
    const { x, classes } = clouds([5, 5, 5], 0.3);
    expect([...trainSvm(x, classes)]).toHaveLength(3);
  });
});
