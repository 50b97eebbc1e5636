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
    const { corpus, report } = unwrapped(
      await createIngest().read([file], RULES, null, (p) => rows.push(p.rows)),
    );
    expect(corpus.name).toBe('emo');
    expect(report.tasks).toEqual({ activation: { low: 1000, mid: 0, high: 1000 } });
    expect(rows.at(-1)).toBe(2000);
  });

  it('gives an error with its address as plain data', async () => {
    const outcome = await createIngest().read(
      [new File(['name,x\na,1\nb,c\n'], 'bad.csv')],
      RULES,
      null,
      silent,
    );
    expect(outcome).toMatchObject({ ok: false, error: { name: 'FormatError' } });
    expect(!outcome.ok && outcome.error.message).toContain('bad.csv, line 3, column 2 "x"');
  });

  it('a cancelled or superseded reading ends with AbortError', async () => {
    const ingest = createIngest();
    const first = ingest.read([new File([text], 'a.csv')], RULES, null, silent);
    const second = ingest.read([new File([text], 'b.csv')], RULES, null, silent);
    ingest.cancel();
    const third = ingest.read([new File([text], 'c.csv')], RULES, null, silent);
    expect(await first).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(await second).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(unwrapped(await third).corpus.name).toBe('c');
  });

  it('describes the demo corpora as it describes files, whose boundaries can be moved', async () => {
    const size = { seed: 1, sourceRows: 200, targetRows: 90 };
    const ingest = createIngest();
    const first = unwrapped(await ingest.demo('source', size));
    const { corpus, report, recipe } = first;
    expect(corpus.simulated).toBe(true);
    expect(report).toMatchObject({ rows: 200, features: 88, featureSet: 'eGeMAPSv02', warnings: [] });
    expect(unwrapped(await ingest.demo('target', size)).report.rows).toBe(90);
    const counts = Object.values(report.tasks.activation ?? {});
    expect(counts.reduce((a, b) => a + b, 0)).toBe(200);
    const { id, matrix } = first;
    const activation = { ...recipe.labels.activation, cuts: [1, 5] } as Recipe['labels']['activation'];
    const moved = unwrapped(
      await ingest.revise(id, { ...recipe, labels: { ...recipe.labels, activation } }, silent),
    );
    expect(moved.report.tasks.activation?.mid).toBeGreaterThan(report.tasks.activation?.mid ?? 0);
    expect(moved.matrix).toBe(matrix);
    expect(moved.corpus.simulated).toBe(true);
  });
});

describe('what was read', () => {
  const gappy = 'name,x,y\na,1,\nb,2,5\nc,4,6\n';
  const read = async (
    ingest: IngestApi,
    content: string,
    name = 'emo.csv',
    shown: { id: string; recipe: Recipe } | null = null,
  ) => unwrapped(await ingest.read([new File([content], name)], RULES, shown, silent));

  it('is made anew by another recipe, and keeps its matrix where the repairs are the same', async () => {
    const ingest = createIngest();
    const { id, matrix, recipe, corpus } = await read(ingest, gappy);
    const revise = async (change: Partial<Recipe>) =>
      unwrapped(await ingest.revise(id, { ...recipe, ...change }, silent));
    expect([...corpus.values]).toEqual([1, 5.5, 2, 5, 4, 6]);
    const dropped = await revise({ repairs: { ...recipe.repairs, missing: 'drop-rows' } });
    expect([...dropped.corpus.values]).toEqual([2, 5, 4, 6]);
    expect(dropped.matrix).not.toBe(matrix);
    const back = await revise({});
    expect(back.corpus.values).toEqual(corpus.values);
    expect((await revise({ speaker: { from: 'none' } })).matrix).toBe(back.matrix);
  });

  it('knows where each row stood, also where others were left out', async () => {
    const ingest = createIngest();
    const { id, recipe } = await read(ingest, gappy);
    expect(unwrapped(await ingest.whereabouts(id, 1))).toEqual({ file: 'emo.csv', line: 3 });
    const repairs = { ...recipe.repairs, missing: 'drop-rows' } as const;
    unwrapped(await ingest.revise(id, { ...recipe, repairs }, silent));
    expect(unwrapped(await ingest.whereabouts(id, 1))).toEqual({ file: 'emo.csv', line: 4 });
    expect(await ingest.whereabouts(id, 2)).toMatchObject({ ok: false });
    expect(await ingest.whereabouts('another', 0)).toMatchObject({ ok: false });
    const demo = unwrapped(await ingest.demo('source', { seed: 1, sourceRows: 60, targetRows: 60 }));
    expect(unwrapped(await ingest.whereabouts(demo.id, 0))).toBeNull();
  });

  it('takes labels that come later, and keeps what was decided of all else', async () => {
    const ingest = createIngest();
    const features = 'name,x,y,valence,who\na,1,,1.5,p\nb,2,5,3,p\nc,4,6,4.5,q\n';
    const { id, recipe } = await read(ingest, features);
    const decided: Recipe = {
      ...recipe,
      repairs: { ...recipe.repairs, missing: 'drop-columns' },
      speaker: { from: 'column', column: 'who' },
      labels: {
        ...recipe.labels,
        valence: { from: 'ratings', column: 'valence', cuts: [1, 4], reversedFrom: null },
      },
    };
    const labels = 'file,emotion\na.wav,anger\nb.wav,sad\nz.wav,fear\n';
    const joined = await read(ingest, labels, 'labels.csv', { id, recipe: decided });
    expect(joined.corpus.features).toEqual(['x']);
    expect(joined.report.tasks).toEqual({
      activation: { low: 1, mid: 0, high: 1 },
      valence: { low: 0, mid: 2, high: 1 },
    });
    expect(joined.corpus.speakers?.names).toEqual(['p', 'q']);
    expect(joined.report.join).toMatchObject({ matched: 2, unlabelled: { count: 1 }, unused: { count: 1 } });
  });

  it('takes labels that come while its features are still being read, and not an older corpus', async () => {
    const ingest = createIngest();
    const old = await read(ingest, gappy);
    const file = new File(['name,x,y\na,1,2\nd,3,4\n'], 'new.csv');
    const features = ingest.read([file], RULES, old, silent);
    const both = await read(ingest, 'file,emotion\na.wav,anger\nd.wav,sad\n', 'labels.csv', old);
    expect(await features).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(both.corpus).toMatchObject({ name: 'new', rows: 2 });
    expect(both.report.join).toMatchObject({ matched: 2 });
  });

  it('gives way to a small corpus with labels, whose utterances are others', async () => {
    const ingest = createIngest();
    const wide = `name,${Array.from({ length: 12 }, (_, c) => `f${c}`)}`;
    const shown = await read(ingest, `${wide}\na,${Array(12).fill(1)}\nb,${Array(12).fill(2)}\n`);
    const small = await read(ingest, 'name,activation,x,y\nu,low,1,2\nv,high,3,4\n', 'small.csv', shown);
    expect(small.corpus).toMatchObject({ name: 'small', features: ['x', 'y'] });
    const labels = await read(ingest, 'name,activation,raters\na,low,3\nb,high,4\n', 'labels.csv', shown);
    expect(labels.corpus.name).toBe('emo');
    expect(labels.report.join?.matched).toBe(2);
  });

  it('of later labels those that came last count, also where files are read again', async () => {
    const ingest = createIngest();
    const first = await read(ingest, 'name,x,y\na,1,2\nd,3,4\n');
    const second = await read(ingest, 'file,emotion\na,anger\nd,anger\n', 'a_labels.csv', first);
    const third = await read(ingest, 'file,emotion\nd,sad\n', 'corrected.csv', second);
    expect(third.report.tasks.activation).toEqual({ low: 1, mid: 0, high: 1 });
    const reading = { ...RULES, ragged: 'drop' } as const;
    const again = unwrapped(await ingest.revise(third.id, { ...third.recipe, reading }, silent));
    expect(again.report.tasks.activation).toEqual({ low: 1, mid: 0, high: 1 });
  });

  describe('and a small table of labels with a column of numbers', () => {
    const wide = `name,${Array.from({ length: 20 }, (_, c) => `f${c}`).join()}\n${['a', 'd']
      .map((name, r) => `${name},${Array.from({ length: 20 }, (_, c) => r + c).join()}`)
      .join('\n')}\n`;
    const labels = 'file,emotion,raters\na,anger,3\nd,sad,5\n';
    const expected = { activation: { low: 1, mid: 0, high: 1 }, valence: { low: 2, mid: 0, high: 0 } };
    const reading = { ...RULES, ragged: 'drop' } as const;

    it('that comes later is joined, and again where files are read again', async () => {
      const ingest = createIngest();
      const first = await read(ingest, wide);
      const joined = await read(ingest, labels, 'labels.csv', first);
      expect(joined.corpus).toMatchObject({ name: 'emo', rows: 2 });
      expect(joined.report).toMatchObject({ features: 20, tasks: expected });
      const again = unwrapped(await ingest.revise(joined.id, { ...joined.recipe, reading }, silent));
      expect(again.report).toMatchObject({ features: 20, tasks: expected, join: { file: 'labels.csv' } });
    });

    it('that comes while the features are being read is joined to them', async () => {
      const ingest = createIngest();
      const features = ingest.read([new File([wide], 'new.csv')], RULES, null, silent);
      const joined = await read(ingest, labels, 'labels.csv');
      expect(await features).toMatchObject({ ok: false, error: { name: 'AbortError' } });
      expect(joined.corpus.name).toBe('new');
      expect(joined.report).toMatchObject({ features: 20, tasks: expected });
      const again = unwrapped(await ingest.revise(joined.id, { ...joined.recipe, reading }, silent));
      expect(again.report).toMatchObject({ features: 20, tasks: expected });
    });

    it('is a corpus of its own where it comes alone, or while another of its kind is being read', async () => {
      expect((await read(createIngest(), labels, 'alone.csv')).report).toMatchObject({ features: 1 });
      const ingest = createIngest();
      const cutOff = ingest.read([new File([labels], 'one.csv')], RULES, null, silent);
      const { corpus } = await read(ingest, labels, 'other.csv');
      expect(await cutOff).toMatchObject({ ok: false });
      expect(corpus).toMatchObject({ name: 'other', features: ['raters'] });
    });
  });

  it('stays simulated where labels came to a demo corpus and files are read again', async () => {
    const ingest = createIngest();
    const size = { seed: 1, sourceRows: 60, targetRows: 60 };
    const demo = unwrapped(await ingest.demo('source', size));
    const [first, second] = demo.corpus.utterances;
    const joined = await read(ingest, `file,emotion\n${first},anger\n${second},sad\n`, 'labels.csv', demo);
    const reading = { ...RULES, ragged: 'drop' } as const;
    const again = unwrapped(await ingest.revise(joined.id, { ...joined.recipe, reading }, silent));
    for (const { corpus, report } of [joined, again]) {
      expect(corpus).toMatchObject({ simulated: true, rows: 60 });
      expect(report.join).toMatchObject({ file: 'labels.csv', matched: 2 });
    }
    expect(again.corpus.labels).toEqual(joined.corpus.labels);
  });

  it('stays what the page shows, whatever was read and not taken over', async () => {
    const ingest = createIngest();
    const shown = await read(ingest, gappy);
    const other = await read(ingest, 'name,x\nz,9\n', 'other.csv');
    const revised = unwrapped(
      await ingest.revise(shown.id, { ...shown.recipe, speaker: { from: 'none' } }, silent),
    );
    expect(revised.corpus.name).toBe('emo');
    ingest.settle(shown.id);
    expect(await ingest.revise(other.id, other.recipe, silent)).toMatchObject({ ok: false });
    const labels = [new File(['file,emotion\nz,sad\n'], 'labels.csv')];
    expect(await ingest.read(labels, RULES, other, silent)).toMatchObject({
      error: { message: expect.stringMatching(/no longer at hand/) },
    });
  });

  it('is read again where rows are to be left out, after an error that says so', async () => {
    const ingest = createIngest();
    const bad = new File(['name,x,y\na,1,2\nb,2\nc,4,6\n'], 'bad.csv');
    const refused = await ingest.read([bad], RULES, null, silent);
    expect(refused).toMatchObject({ ok: false, error: { remedy: { ragged: 'drop' } } });
    const rules = { ...RULES, ragged: 'drop' } as const;
    const { id, corpus, report, recipe } = unwrapped(await ingest.read([bad], rules, null, silent));
    expect(corpus.rows).toBe(2);
    expect(report.quality).toMatchObject([{ code: 'ragged-rows', count: 1 }]);
    expect(await ingest.revise(id, { ...recipe, reading: RULES }, silent)).toMatchObject({ ok: false });
    expect(unwrapped(await ingest.revise(id, recipe, silent)).corpus.rows).toBe(2);
  });
});
