import { expect, it } from 'vitest';
import { demoCorpora } from '../src/corpus/demo.ts';
import { corpusSheet } from '../src/formats/sheet.ts';
import { write } from '../src/formats/write.ts';
import { fileOf } from './fileOf.ts';

it('gathers all parts of a large file in their order, and tells how far it has come', async () => {
  const { source } = demoCorpora({ seed: 1, sourceRows: 4000, targetRows: 20, features: 300 });
  const sheet = corpusSheet(source);
  const told: number[] = [];
  const { blob, rows } = await fileOf(sheet, 'csv', (bytes) => told.push(bytes));
  expect(rows).toBe(4000);
  expect(blob.type).toBe('text/csv');
  expect(told.length).toBeGreaterThan(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBeLessThanOrEqual(blob.size);
  const whole = new Blob([...write(sheet, 'csv')] as BlobPart[]);
  expect(await blob.text()).toBe(await whole.text());
});
