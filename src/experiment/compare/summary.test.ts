import { describe, expect, it } from 'vitest';
import { printedComparison, resultsCsv } from './output.ts';
import { summarise } from './summary.ts';
import { testConfig, testCorpora, testRow, testUnit } from './units.testing.ts';

const baseline = [4, 5, 6].map((found, i) =>
  testUnit('source-only', i + 1, [testRow('source-only', [found, found, found, found, found])]),
);
const method = [6, 6, 9].map((found, i) =>
  testUnit('ccemogan', i + 1, [testRow('OB', [found, found, found, found, found])]),
);

describe('the figures of a comparison', () => {
  it('are mean and sample sd over seeds, and differences paired by seed', () => {
    const results = summarise(testConfig(), testCorpora, [...method.toReversed(), ...baseline]);
    const [first, second] = results.cells;
    expect(first).toMatchObject({ method: 'source-only', samples: 'O', mean: 50, seeds: [40, 50, 60] });
    expect(first.versus).toBeNull();
    expect(second).toMatchObject({ method: 'ccemogan', samples: 'OB', mean: 70, seeds: [60, 60, 90] });
    expect(second.sd).toBeCloseTo(Math.sqrt(300), 9);
    expect(second.versus).toMatchObject({ difference: 20, pairs: 3, p: 0.25, minimumP: 0.25 });
    expect(second.versus?.interval?.[0]).toBeCloseTo(20, 9);
    expect(results).toMatchObject({ speakers: 5, backends: ['wasm'], missing: [], diverged: [] });
    expect(results.chance).toBeCloseTo(100 / 3, 9);
  });

  it('pair only seeds that both have, and say what is missing and what diverged', () => {
    const units = [
      ...baseline.slice(0, 2),
      ...method.slice(1, 2),
      testUnit('ccemogan', 3, [], { diverged: 'The loss became NaN.' }),
      testUnit('ccemogan', 99, [testRow('OB', [1, 1, 1, 1, 1])]),
    ];
    const results = summarise(testConfig(), testCorpora, units);
    expect(results.cells[1]).toMatchObject({ seeds: [60], seedNumbers: [2], sd: 0 });
    expect(results.cells[1].versus).toMatchObject({ difference: 10, pairs: 1, p: 1, minimumP: 1 });
    expect(results.missing).toEqual([
      { method: 'source-only', seed: 3 },
      { method: 'ccemogan', seed: 1 },
    ]);
    expect(results.diverged).toEqual([{ method: 'ccemogan', seed: 3, message: 'The loss became NaN.' }]);
    expect(summarise(testConfig(), testCorpora, method).cells[0].versus).toBeNull();
    expect(summarise(testConfig(), testCorpora, [])).toMatchObject({
      cells: [],
      chance: null,
      speakers: null,
    });
  });

  it('have the target within itself as bound, and chance by the classes its labels have', () => {
    const two = testRow('source-only', [5, 5]);
    const withoutHigh = two.confusion.map(([low, mid]) => [low, mid, [0, 0, 0]]);
    const within = testUnit('within', 1, [testRow('source-dnn', [2]), testRow('target-dnn', [9])]);
    const config = testConfig({ methods: ['source-only', 'within'], seeds: [1] });
    const unit = testUnit('source-only', 1, [{ ...two, confusion: withoutHigh }]);
    const results = summarise(config, testCorpora, [unit]);
    expect(results).toMatchObject({ chance: 50, bound: null });
    const both = summarise(config, testCorpora, [unit, within]);
    expect(both.bound).toEqual({ mean: 90, sd: 0 });
    expect(both.cells.map(({ corpus, recogniser }) => `${corpus} ${recogniser}`)).toEqual([
      'target dnn',
      'source dnn',
      'undefined undefined',
    ]);
    expect(both.cells[2].versus).toBeNull();
  });

  it('count utterances of nobody known in the figure, not among the speakers', () => {
    const row = testRow('source-only', [5, 5, 5]);
    const unit = testUnit('source-only', 1, [{ ...row, speakers: ['speaker 0', 'speaker 1', 'unknown'] }]);
    expect(summarise(testConfig(), testCorpora, [unit]).speakers).toBe(2);
  });
});

describe('what is printed', () => {
  const results = summarise(testConfig(), testCorpora, [...baseline, ...method]);

  it('has the task, the preset and the cells', () => {
    const printed = printedComparison(results);
    expect(Object.keys(printed)).toEqual(['task', 'preset', 'cells']);
    expect(Object.keys(printed.cells[0])).toEqual([
      'method',
      'samples',
      'mean',
      'sd',
      'seeds',
      'seedNumbers',
    ]);
    expect(printed.cells[1]).toMatchObject({ samples: 'OB', p: 0.25, minimumP: 0.25, difference: 20 });
  });

  it('has a line for every single recogniser', () => {
    const lines = resultsCsv(testConfig(), [...method, ...baseline])
      .trim()
      .split('\n');
    expect(lines[0]).toBe('method,samples,corpus,recogniser,seed,repeat,uar,backend');
    expect(lines[1]).toBe('source-only,O,,,1,0,40,wasm');
    expect(lines).toHaveLength(7);
  });
});
