/** Outliers and the report on a pair, on real speech features. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Corpus } from './corpus.ts';
import { outlierColumns } from './outliers.ts';
import { reportPair } from './pairReport.ts';

const FOLDER = '../shared/data/corpora';

/** Columns that are no features: file, speaker, emotion, activation, valence. */
const TEXTS = 5;

/** The features of one of the comma-separated files, without its labels. */
function realCorpus(name: 'emodb' | 'ravdess'): Corpus {
  const [header, ...lines] = gunzipSync(readFileSync(`${FOLDER}/${name}_emobase2010.csv.gz`))
    .toString()
    .trim()
    .split(/\r?\n/);
  const features = header.split(',').slice(TEXTS);
  const values = new Float32Array(lines.length * features.length);
  const cells = lines.map((line) => line.split(','));
  cells.forEach((row, r) => {
    values.set(row.slice(TEXTS).map(Number), r * features.length);
  });
  return {
    name,
    rows: lines.length,
    features,
    values,
    utterances: cells.map(([file]) => file),
    speakers: null,
    emotions: null,
    labels: {},
    simulated: false,
  };
}

const emodb = () => realCorpus('emodb');
const ravdess = () => realCorpus('ravdess');

describe.skipIf(!existsSync(FOLDER))('real corpora (skipped where ../shared/data is absent)', () => {
  it('have few columns crushed by outliers, and a planted one is among them', () => {
    const one = emodb();
    const other = ravdess();
    const columns = one.features.length;
    const found = ({ rows, values }: { rows: number; values: Float32Array }) =>
      outlierColumns({ rows, columns, values });
    expect(found(one)).toEqual([]);
    expect(found(other).length).toBeLessThan(10);
    one.values[columns * 100 + 40] = 1e5;
    expect(found(one)).toMatchObject([{ column: 40, row: 100, value: 1e5 }]);
  });

  it('differ in recording level, and share no row', () => {
    const report = reportPair(emodb(), ravdess());
    expect(report.shifts).toHaveLength(1582);
    // NumPy: (mean − mean) / √(mean of the variances), float64.
    expect(report.shifts[0].feature).toBe('pcm_fftMag_mfcc_sma[0]_quartile1');
    expect(report.shifts[0].d).toBeCloseTo(-7.75, 2);
    expect(report.sharedRows.count).toBe(0);
    expect(report.hints.map(({ code }) => code)).toEqual(['recording-level']);
  });
});
