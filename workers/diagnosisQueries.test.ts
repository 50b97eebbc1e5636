/** What the diagnosis worker answers about samples, and the file it makes of them. */
import { expect, it } from 'vitest';
import { matrixRows } from '../src/corpus/corpus.ts';
import { madeFrom, pairParts, setsOf } from '../src/diagnosis/inspectPair.testing.ts';
import { inspectedPair } from '../src/diagnosis/inspectPair.ts';
import { AUTO_RECIPE } from '../src/formats/recipe.ts';
import { SHEET_FORMATS } from '../src/formats/write.ts';
import { createQueries } from './diagnosisQueries.ts';
import { createIngest } from './ingestService.ts';
import type { Outcome } from './protocol.ts';

const parts = pairParts();
const queries = createQueries({ ...parts, task: 'valence' }, null);
const sets = setsOf(inspectedPair(parts, null), {
  A: madeFrom(parts.scaled.source),
  B: madeFrom(matrixRows(parts.scaled.source, [4, 5]), 4),
  C: madeFrom(parts.scaled.target),
});
const selection = { source: Int32Array.of(2), B: Int32Array.of(0, 1), target: Int32Array.of(7) };

function unwrapped<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.error.message);
}

it('answers about a sample, two groups and a type', async () => {
  expect(unwrapped(await queries.inspect({ group: 'B', row: 1 }, sets)).origin).toEqual({
    group: 'source',
    row: 5,
  });
  const compared = unwrapped(
    await queries.compare(
      { first: { source: Int32Array.of(0, 1) }, second: { A: Int32Array.of(0, 1) } },
      sets,
    ),
  );
  expect(compared).toMatchObject({ rows: [2, 2], distance: 0 });
  expect(unwrapped(await queries.fidelity('A', sets)).verdicts).toHaveLength(3);
});

it('says what cannot be answered as plain data', async () => {
  expect(await queries.inspect({ group: 'C', row: 0 }, null)).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('not kept for this moment') },
  });
  expect(await queries.save({}, sets, 'csv')).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('Nothing is selected') },
  });
});

it('writes what is selected with its group, origin, speaker and class, in the units of the files', async () => {
  const { blob, rows } = unwrapped(await queries.save(selection, sets, 'csv'));
  expect(rows).toBe(4);
  const [head, ...lines] = (await blob.text()).trim().split(/\r?\n/);
  const names = head.split(/[,;]/).map((name) => name.replaceAll('"', ''));
  expect(names.slice(0, 6)).toEqual(['name', 'group', 'origin', 'origin_row', 'speaker', 'valence']);
  const cells = lines.map((line) => line.split(/[,;]/).map((cell) => cell.replaceAll('"', '')));
  expect(cells.map((own) => own[1])).toEqual(['source', 'B', 'B', 'target']);
  expect(cells.map((own) => own[3])).toEqual(['3', '5', '6', '8']);
  expect(cells[1][0]).toBe(parts.source.utterances[4]);
  expect(cells[3][0]).toBe(parts.target.utterances[7]);
  const speakers = parts.source.speakers;
  expect(cells[0][4]).toBe(speakers?.names[speakers.index[2]]);
  expect(cells[1][5]).toBe('low');
  expect(Math.fround(Number(cells[0][6]))).toBe(parts.source.values[2 * (names.length - 6)]);
});

it('writes files that are read again, in every format', async () => {
  for (const format of SHEET_FORMATS) {
    const { blob } = unwrapped(await queries.save(selection, sets, format));
    const file = new File([blob], `selection.${format}`);
    const read = await createIngest().read([file], AUTO_RECIPE.reading, null, () => undefined);
    const { corpus, report } = unwrapped(read);
    expect(corpus.rows).toBe(4);
    expect(report.tasks.valence).toBeDefined();
    expect(corpus.features).toContain(parts.source.features[0]);
    expect(corpus.speakers?.names.length).toBeGreaterThan(0);
  }
});
