import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isGoldenMetrics, metricErrors } from './goldenMetrics.ts';

const file = '../shared/golden/metrics.json';
const read = () => JSON.parse(readFileSync(file, 'utf8'));

describe.skipIf(!existsSync(file))('metrics against reference values (needs ../shared/golden)', () => {
  it('reproduces every value to 1e-6', () => {
    expect(isGoldenMetrics(read())).toBe(true);
    const errors = metricErrors(read());
    expect(errors.map((e) => e.name)).toEqual(
      expect.arrayContaining(['uar', 'macroF1', 'confusion[2][0]', 'density', 'frechet', 'mmd2', 'vendi']),
    );
    for (const { name, relativeError } of errors) expect(relativeError, name).toBeLessThan(1e-6);
  });

  it('tells by how much another value differs', () => {
    const golden = read();
    golden.distribution.frechet *= 1.01;
    golden.classification.confusion[1][1] += 1;
    const wrong = metricErrors(golden).filter((e) => e.relativeError > 1e-6);
    expect(wrong.map((e) => e.name)).toEqual(['confusion[1][1]', 'frechet']);
    expect(wrong[1].relativeError).toBeCloseTo(0.01 / 1.01, 8);
  });

  it('names the place where a file is not of the format', () => {
    const golden = read();
    golden.distribution.fake[3] = [1];
    expect(() => metricErrors(golden)).toThrow(/distribution\.fake.*different lengths/);
  });
});

describe('metricErrors', () => {
  it('refuses what is no reference file', () => {
    expect(isGoldenMetrics({ weights: {} })).toBe(false);
    expect(() => metricErrors({ classification: {} })).toThrow(/Not a file of reference metrics/);
  });
});
