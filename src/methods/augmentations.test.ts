import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../corpus/random.ts';
import { selectBackend } from '../nn/backend.ts';
import { oneHotRows, tf } from '../nn/tf.ts';
import { mixBatch } from './mixup.ts';
import { addNoise, columnDeviations } from './noise.ts';

const random = randomStream(1, 'augmentation-test');
const ROWS = 64;
const COLUMNS = 3;
const values = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => random.normal() * (1 + (i % COLUMNS)));
const classes = Array.from({ length: ROWS }, (_, i) => i % 3);
const batch = () => ({ x: tf.tensor2d(values, [ROWS, COLUMNS]), y: oneHotRows(classes, 3) });

beforeAll(() => selectBackend('wasm'));

describe('mixup', () => {
  it('mixes every row with another of the batch, rows and labels by one share', () => {
    const { x, y } = mixBatch(batch(), 1, randomStream(3, 'mix'));
    const labels = y.arraySync();
    const shares = labels.flatMap((row) => row.filter((p) => p > 1e-6 && p < 1 - 1e-6));
    const weight = shares[0];
    // Two different classes met somewhere, always with the same two shares, and shares of a row sum to 1.
    expect(weight).toBeGreaterThan(0);
    for (const p of shares)
      expect(Math.min(Math.abs(p - weight), Math.abs(p - 1 + weight))).toBeLessThan(1e-6);
    for (const row of labels) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    // Each partner is taken once: the mean over the batch stays.
    const mean = (rows: ArrayLike<number>) =>
      Array.from({ length: COLUMNS }, (_, c) =>
        Array.from(rows).reduce((sum, v, i) => sum + (i % COLUMNS === c ? v / ROWS : 0), 0),
      );
    mean(x.dataSync()).forEach((m, c) => {
      expect(m).toBeCloseTo(mean(values)[c], 5);
    });
    // A row and its label are mixed with the same partner.
    x.arraySync().forEach((row, r) => {
      const fits = (w: number) =>
        classes.some((k, partner) => {
          const mixed = row.every(
            (v, c) =>
              Math.abs(v - w * values[r * COLUMNS + c] - (1 - w) * values[partner * COLUMNS + c]) < 1e-5,
          );
          const own = labels[r][classes[r]] - (k === classes[r] ? 1 : w);
          return mixed && Math.abs(own) < 1e-5;
        });
      expect(fits(weight) || fits(1 - weight)).toBe(true);
    });
  });

  it('draws the same from the same stream', () => {
    const mixed = (name: string) => [...mixBatch(batch(), 0.2, randomStream(1, name)).x.dataSync()];
    expect(mixed('a')).toEqual(mixed('a'));
    expect(mixed('a')).not.toEqual(mixed('b'));
  });
});

describe('Gaussian noise', () => {
  it('has the deviation asked for on every feature, and leaves labels alone', () => {
    const deviations = columnDeviations({ rows: ROWS, columns: COLUMNS, values });
    const { x, y } = batch();
    const stream = randomStream(1, 'noise');
    const squares = new Float64Array(COLUMNS);
    const repeats = 200;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const noisy = addNoise({ x, y }, deviations, stream);
      expect(noisy.y).toBe(y);
      noisy.x.dataSync().forEach((v, i) => {
        squares[i % COLUMNS] += (v - values[i]) ** 2 / (repeats * ROWS);
      });
    }
    squares.forEach((square, c) => {
      expect(Math.sqrt(square) / deviations[c]).toBeCloseTo(1, 1.5);
    });
  });

  it('takes the deviation over the rows', () => {
    const deviations = columnDeviations({ rows: 2, columns: 2, values: Float32Array.of(1, 5, 3, 5) });
    expect([...deviations]).toEqual([1, 0]);
  });
});
