import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCorpusFiles } from '../../cli/files.ts';
import { FormatError } from './report.ts';

const DATA = '../shared/data';

/** rows, features, feature set, codes of the warnings. */
type Expected = readonly [rows: number, features: number, set: string, codes?: readonly string[]];

const READ: Record<string, Expected> = {
  'corpora/emodb_egemapsv02.arff': [
    535,
    88,
    'eGeMAPSv02',
    ['class-column-assumed-activation', 'speaker-from-name'],
  ],
  'corpora/emodb_egemapsv02.csv': [535, 88, 'eGeMAPSv02', ['speaker-from-name']],
  'corpora/emodb_emobase2010.csv.gz': [535, 1582, 'emobase2010'],
  'corpora/emodb_is10.csv.gz': [535, 1582, 'IS10', ['speaker-from-name']],
  'corpora/ravdess_emobase2010.csv.gz': [1440, 1582, 'emobase2010'],
  'native/edge_egemaps.csv': [4, 88, 'eGeMAPSv02'],
  'native/edge_emobase2010.arff': [4, 1582, 'emobase2010'],
  'native/edge_is10.csv': [4, 1582, 'IS10'],
  'native/egemaps_v02.arff': [10, 88, 'eGeMAPSv02', ['class-column-assumed-activation']],
  'native/egemaps_v02.csv': [10, 88, 'eGeMAPSv02'],
  'native/emobase2010_default.arff': [10, 1582, 'emobase2010'],
  'native/is09.csv': [10, 384, 'IS09'],
  'native/is10.csv': [10, 1582, 'IS10'],
  'native/is10_nominal.arff': [10, 1582, 'IS10', ['class-column-assumed-activation']],
  'native/is10_noname_noclass.arff': [10, 1582, 'IS10', ['no-utterance-name']],
  'native/is10_timestamp.arff': [10, 1582, 'IS10'],
};

const REFUSED: Record<string, readonly [line: number, found: RegExp, advice: RegExp]> = {
  'native/edge_mixed_sets.csv': [3, /^90 cells$/, /size of eGeMAPSv02, the file is IS10/],
  'native/egemaps_v02_lld.csv': [2, /low-level descriptors/, /functionals/],
  'native/is10_noheader_notime.csv': [1, /^values \(1583 cells/, /header/],
};

describe.skipIf(!existsSync(DATA))('real files (skipped where ../shared/data is absent)', () => {
  it.each(Object.entries(READ))('%s', async (file, [rows, features, featureSet, codes = []]) => {
    const { corpus, report } = await readCorpusFiles([`${DATA}/${file}`]);
    expect(report).toMatchObject({ rows, features, featureSet });
    expect(report.warnings.map((w) => w.code)).toEqual(codes);
    expect(corpus.values.length).toBe(rows * features);
    expect(corpus.values.every(Number.isFinite)).toBe(true);
    expect(new Set(corpus.features).size).toBe(features);
  });

  it.each(Object.entries(REFUSED))('%s is refused', async (file, [line, found, advice]) => {
    const error = await readCorpusFiles([`${DATA}/${file}`]).catch((e: unknown) => e);
    if (!(error instanceof FormatError)) throw error;
    expect(error.address.line).toBe(line);
    expect(error.found).toMatch(found);
    expect(error.advice).toMatch(advice);
  });

  it('the corpora have the speakers, classes and constant columns that are known of them', async () => {
    const emodb = await readCorpusFiles([`${DATA}/corpora/emodb_emobase2010.csv.gz`]);
    expect(emodb.report).toMatchObject({
      speakers: 10,
      tasks: { activation: { low: 143, mid: 125, high: 267 }, valence: { low: 385, mid: 79, high: 71 } },
      constantColumns: ['F0finEnv_sma_minPos'],
    });
    const ravdess = await readCorpusFiles([`${DATA}/corpora/ravdess_emobase2010.csv.gz`]);
    expect(ravdess.report).toMatchObject({
      speakers: 24,
      tasks: { activation: { low: 384, mid: 288, high: 768 }, valence: { low: 768, mid: 288, high: 384 } },
      constantColumns: ['F0finEnv_sma_minPos', 'F0finEnv_sma_de_quartile2'],
    });
    const arff = await readCorpusFiles([`${DATA}/corpora/emodb_egemapsv02.arff`]);
    expect(arff.report.tasks).toEqual({ activation: { low: 143, mid: 125, high: 267 } });
  });

  it('the same features written as CSV and as ARFF are the same', async () => {
    const csv = await readCorpusFiles([`${DATA}/corpora/emodb_egemapsv02.csv`]);
    const arff = await readCorpusFiles([`${DATA}/corpora/emodb_egemapsv02.arff`]);
    expect(csv.corpus.values).toEqual(arff.corpus.values);
    expect(csv.corpus.utterances).toEqual(arff.corpus.utterances);
    const { corpus } = await readCorpusFiles([`${DATA}/native/edge_is10.csv`]);
    expect(corpus.utterances[3]).toBe("it's a, name.wav");
  });
});
