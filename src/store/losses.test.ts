/** Losses of the page as the file that the CLI writes too. */
import { expect, it } from 'vitest';
import { appendLosses, type LossColumns } from '../experiment/lossColumns.ts';
import { LOSS_TABLE_HEADER } from '../experiment/lossTable.ts';
import { lossesCsv } from './losses.ts';

it('writes one line a step and one column a term, phases in their order', () => {
  const columns: LossColumns = {};
  appendLosses(columns, {
    type: 'losses',
    phase: 'classifier',
    terms: ['crossEntropy'],
    steps: [1],
    values: Float32Array.of(0.1),
  });
  appendLosses(columns, {
    type: 'losses',
    phase: 'gan',
    terms: ['identity', 'cycle'],
    steps: [1, 2],
    values: Float32Array.of(0.5, 0.25, 2, 4),
  });
  const [header, ...lines] = lossesCsv(columns).trimEnd().split('\n');
  expect(`${header}\n`).toBe(LOSS_TABLE_HEADER);
  const cell = (line: number, column: string) => lines[line].split(',')[header.split(',').indexOf(column)];
  expect(lines).toHaveLength(3);
  expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
    ['classifier', '1'],
    ['gan', '1'],
    ['gan', '2'],
  ]);
  expect([cell(0, 'crossEntropy'), cell(0, 'cycle')]).toEqual([`${Math.fround(0.1)}`, '']);
  expect([cell(1, 'identity'), cell(1, 'cycle'), cell(2, 'cycle')]).toEqual(['0.5', '0.25', '4']);
});
