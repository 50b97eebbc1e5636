/** Made-up units for tests of what is made of them. */
import { PRESETS } from '../presets.ts';
import type { ComparisonConfig } from './config.ts';
import type { Fingerprints } from './fingerprint.ts';
import type { UnitResult, UnitRow } from './unit.ts';

/** A comparison of two methods, or of what `overrides` say. */
export function testConfig(overrides: Partial<ComparisonConfig> = {}): ComparisonConfig {
  return {
    task: 'activation',
    preset: 'quick',
    settings: structuredClone(PRESETS.quick.settings),
    methods: ['source-only', 'ccemogan'],
    seeds: [1, 2, 3],
    ...overrides,
  };
}

export const testCorpora: Fingerprints = {
  source: { name: 'Ours', rows: 90, features: 12, hash: '0123456789abcdef', simulated: false },
  target: { name: 'Theirs', rows: 60, features: 12, hash: 'fedcba9876543210', simulated: false },
};

/** A row in which every speaker has ten utterances of each class, `found` of which are recognised. */
export function testRow(row: UnitRow['row'], found: readonly number[]): UnitRow {
  const mean = (found.reduce((a, b) => a + b, 0) / found.length) * 10;
  const confusion = found.map((n) => [
    [n, 10 - n, 0],
    [0, n, 10 - n],
    [10 - n, 0, n],
  ]);
  return { row, uar: [mean], mean, speakers: found.map((_, s) => `speaker ${s}`), confusion };
}

export function testUnit(
  method: UnitResult['method'],
  seed: number,
  rows: readonly UnitRow[],
  overrides: Partial<UnitResult> = {},
): UnitResult {
  return {
    method,
    seed,
    backend: 'wasm',
    seconds: 2,
    rows: [...rows],
    diverged: null,
    notes: [],
    ...overrides,
  };
}
