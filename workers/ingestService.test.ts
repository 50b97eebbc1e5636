import { describe, expect, it } from 'vitest';
import { AUTO_RECIPE, type Recipe } from '../src/formats/recipe.ts';
import { createIngest } from './ingestService.ts';
import type { IngestApi, Outcome } from './protocol.ts';

const RULES = AUTO_RECIPE.reading;

function unwrapped<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(outcome.error.message);
}

const text = `name,activation,x\n${Array.from({ length: 2000 }, (_, i) => `u${i},${i % 2 ? 'low' : 'high'},${i}\n`).join('')}`;
const silent = () => undefined;

describe('the ingest worker', () => {
  it('reads a file and tells its progress', async () => {
    const rows: number[] = [];
    const file = new File([text], 'emo.csv');
    const { corpus, report } = unwrapped(await createIngest().read([file], RULES, (p) => rows.push(p.rows)));
    expect(corpus.name).toBe('emo');
    expect(report.tasks).toEqual({ activation: { low: 1000, mid: 0, high: 1000 } });
    expect(rows.at(-1)).toBe(2000);
  });

  it('gives an error with its address as plain data', async () => {
    const outcome = await createIngest().read([new File(['name,x\na,1\nb,c\n'], 'bad.csv')], RULES, silent);
    expect(outcome).toMatchObject({ ok: false, error: { name: 'FormatError' } });
    expect(!outcome.ok && outcome.error.message).toContain('bad.csv, line 3, column 2 "x"');
  });

  it('a cancelled or superseded reading ends with AbortError', async () => {
    const ingest = createIngest();
    const first = ingest.read([new File([text], 'a.csv')], RULES, silent);
    const second = ingest.read([new File([text], 'b.csv')], RULES, silent);
    ingest.cancel();
    const third = ingest.read([new File([text], 'c.csv')], RULES, silent);
    expect(await first).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(await second).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(unwrapped(await third).corpus.name).toBe('c');
  });

  it('describes the demo corpora as it describes files, whose boundaries can be moved', async () => {
    const size = { seed: 1, sourceRows: 200, targetRows: 90 };
    const ingest = createIngest();
    const { corpus, report, recipe } = unwrapped(await ingest.demo('source', size));
    expect(corpus.simulated).toBe(true);
    expect(report).toMatchObject({ rows: 200, features: 88, featureSet: 'eGeMAPSv02', warnings: [] });
    expect(unwrapped(await ingest.demo('target', size)).report.rows).toBe(90);
    const counts = Object.values(report.tasks.activation ?? {});
    expect(counts.reduce((a, b) => a + b, 0)).toBe(200);
    unwrapped(await ingest.demo('source', size));
    const activation = { ...recipe.labels.activation, cuts: [1, 5] } as Recipe['labels']['activation'];
    const moved = unwrapped(await ingest.revise({ ...recipe, labels: { ...recipe.labels, activation } }));
    expect(moved.report.tasks.activation?.mid).toBeGreaterThan(report.tasks.activation?.mid ?? 0);
    expect(moved.sameMatrix).toBe(true);
    expect(moved.corpus.simulated).toBe(true);
  });
});

describe('what was read', () => {
  const gappy = 'name,x,y\na,1,\nb,2,5\nc,4,6\n';
  const read = async (ingest: IngestApi, content: string, name = 'emo.csv', rules = RULES) =>
    unwrapped(await ingest.read([new File([content], name)], rules, silent));

  it('is made anew by another recipe, and keeps its matrix where the repairs are the same', async () => {
    const ingest = createIngest();
    const first = await read(ingest, gappy);
    expect([...first.corpus.values]).toEqual([1, 5.5, 2, 5, 4, 6]);
    const { recipe } = first;
    const dropped = unwrapped(
      await ingest.revise({ ...recipe, repairs: { ...recipe.repairs, missing: 'drop-rows' } }),
    );
    expect([...dropped.corpus.values]).toEqual([2, 5, 4, 6]);
    expect(dropped.sameMatrix).toBe(false);
    const back = unwrapped(await ingest.revise(recipe));
    expect(back.corpus.values).toEqual(first.corpus.values);
    expect(unwrapped(await ingest.revise({ ...recipe, speaker: { from: 'none' } })).sameMatrix).toBe(true);
  });

  it('takes labels that come later, and keeps its repairs', async () => {
    const ingest = createIngest();
    const { recipe } = await read(ingest, gappy);
    unwrapped(await ingest.revise({ ...recipe, repairs: { ...recipe.repairs, missing: 'drop-columns' } }));
    const joined = await read(ingest, 'file,emotion\na.wav,anger\nb.wav,sad\nz.wav,fear\n', 'labels.csv');
    expect(joined.corpus.features).toEqual(['x']);
    expect(joined.report.tasks.activation).toEqual({ low: 1, mid: 0, high: 1 });
    expect(joined.report.join).toMatchObject({ matched: 2, unlabelled: { count: 1 }, unused: { count: 1 } });
  });

  it('takes labels that come while its features are still being read, and not an older corpus', async () => {
    const ingest = createIngest();
    await read(ingest, gappy);
    const features = ingest.read([new File(['name,x,y\na,1,2\nd,3,4\n'], 'new.csv')], RULES, silent);
    const both = await read(ingest, 'file,emotion\na.wav,anger\nd.wav,sad\n', 'labels.csv');
    expect(await features).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(both.corpus).toMatchObject({ name: 'new', rows: 2 });
    expect(both.report.join).toMatchObject({ matched: 2 });
    const later = await read(ingest, 'file,emotion\nd,anger\n', 'labels.csv');
    expect(later.corpus.name).toBe('new');
    expect(later.report.tasks.activation).toEqual({ low: 0, mid: 0, high: 2 });
  });

  it('is read again where rows are to be left out, after an error that says so', async () => {
    const ingest = createIngest();
    const bad = new File(['name,x,y\na,1,2\nb,2\nc,4,6\n'], 'bad.csv');
    const refused = await ingest.read([bad], RULES, silent);
    expect(refused).toMatchObject({ ok: false, error: { remedy: { ragged: 'drop' } } });
    const rules = { ...RULES, ragged: 'drop' } as const;
    const { corpus, report, recipe } = unwrapped(await ingest.read([bad], rules, silent));
    expect(corpus.rows).toBe(2);
    expect(report.quality).toMatchObject([{ code: 'ragged-rows', count: 1 }]);
    expect(await ingest.revise({ ...recipe, reading: RULES })).toMatchObject({ ok: false });
    expect(unwrapped(await ingest.revise(recipe)).corpus.rows).toBe(2);
  });
});
