import { describe, expect, it } from 'vitest';
import { createIngest } from './ingestService.ts';
import type { Outcome } from './protocol.ts';

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
    const { corpus, report } = unwrapped(await createIngest().read(file, (p) => rows.push(p.rows)));
    expect(corpus.name).toBe('emo');
    expect(report.tasks).toEqual({ activation: { low: 1000, mid: 0, high: 1000 } });
    expect(rows.at(-1)).toBe(2000);
  });

  it('gives an error with its address as plain data', async () => {
    const outcome = await createIngest().read(new File(['name,x\na,1\nb,c\n'], 'bad.csv'), silent);
    expect(outcome).toMatchObject({ ok: false, error: { name: 'FormatError' } });
    expect(!outcome.ok && outcome.error.message).toContain('bad.csv, line 3, column 2 "x"');
  });

  it('a cancelled or superseded reading ends with AbortError', async () => {
    const ingest = createIngest();
    const first = ingest.read(new File([text], 'a.csv'), silent);
    const second = ingest.read(new File([text], 'b.csv'), silent);
    ingest.cancel();
    const third = ingest.read(new File([text], 'c.csv'), silent);
    expect(await first).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(await second).toMatchObject({ ok: false, error: { name: 'AbortError' } });
    expect(unwrapped(await third).corpus.name).toBe('c');
  });

  it('describes the demo corpora as it describes files', async () => {
    const demo = unwrapped(await createIngest().demo({ seed: 1, sourceRows: 200, targetRows: 90 }));
    expect(demo.source.corpus.simulated).toBe(true);
    expect(demo.source.report).toMatchObject({ rows: 200, features: 88, featureSet: 'eGeMAPSv02' });
    expect(demo.target.report.rows).toBe(90);
    const counts = Object.values(demo.source.report.tasks.activation ?? {});
    expect(counts.reduce((a, b) => a + b, 0)).toBe(200);
  });
});
