import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatLoss, formatRoughly, formatStepTime, plural } from './format.ts';

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [3_840_000, '1 h 4 min'],
  ])('%d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('promises no seconds over two minutes', () => {
    expect(formatRoughly(50_000)).toBe('50 s');
    expect(formatRoughly(160_000)).toBe('3 min');
  });
});

describe('figures', () => {
  it.each([
    [0, '0'],
    [0.00012, '1.2e-4'],
    [0.01234, '0.012'],
    [-1.5, '-1.50'],
    [12.34, '12.3'],
    [1234.5, '1235'],
    [Number.NaN, 'not a number'],
  ])('a loss of %d is %s', (value, text) => expect(formatLoss(value)).toBe(text));

  it('writes counts, sizes and step times', () => {
    expect(plural(1, 'row')).toBe('1 row');
    expect(plural(1582, 'feature')).toBe('1,582 features');
    expect(formatBytes(3_937_749)).toBe('3.9 MB');
    expect(formatBytes(10)).toBe('1 kB');
    expect(formatStepTime(0.4234)).toBe('0.42 ms');
    expect(formatStepTime(1200)).toBe('1,200 ms');
  });
});
