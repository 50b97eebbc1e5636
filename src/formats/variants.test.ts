/**
 * Every variant of a file that users have: the samples written out here, and all files of ../shared/data. The table at
 * the end of docs/formats.md names each with what happens to it, and is held to it here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readCorpusFiles } from '../../cli/files.ts';
import { classIndices } from '../corpus/corpus.ts';
import { featureSetConflict } from './featureSets.ts';
import type { InputFile } from './input.ts';
import { readCorpus } from './readCorpus.ts';
import { FormatError, type ReadResult } from './report.ts';
import { codes, fileOf } from './testing.ts';

/** What must come of a variant: of the features its values, row by row, of labels the classes; and what was noticed. */
interface Read {
  readonly features?: readonly string[];
  readonly values?: readonly number[];
  readonly rows?: number;
  readonly utterances?: readonly string[];
  readonly speakers?: readonly string[];
  readonly activation?: readonly number[];
  readonly codes?: readonly string[];
}

interface Variant {
  readonly files: () => readonly InputFile[];
  readonly read?: Read;
  readonly refused?: RegExp;
}

const table = (text: string | Uint8Array, name?: string): Pick<Variant, 'files'> => ({
  files: () => [fileOf(text, name)],
});
const arff = (cls: string, rows: string) =>
  table(
    `@relation r\n@attribute name string\n@attribute x numeric\n@attribute class ${cls}\n@data\n${rows}`,
    'r.arff',
  );
const time = (s: string) => `0 days 00:00:0${s}`;
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const gzip = (text: string) => new Uint8Array(gzipSync(text));

const parquet = (): InputFile => {
  const columnData = [
    { name: 'file', data: ['a', 'b'], type: 'STRING' as const },
    { name: 'x', data: Float32Array.of(1, 2.5), type: 'FLOAT' as const },
  ];
  return fileOf(new Uint8Array(parquetWriteBuffer({ columnData })), 'emo.parquet');
};

/** Features of some utterances, and a label file beside them. */
const labelled = (names: readonly string[], labels: string, file: string): Pick<Variant, 'files'> => ({
  files: () => [
    fileOf(`file;x;y\n${names.map((n, i) => `${n};${i};1\n`).join('')}`, 'features.csv'),
    fileOf(labels, file),
  ],
});

const VARIANTS: Readonly<Record<string, Variant>> = {
  'opensmile-python': {
    ...table(
      `file,start,end,x\na.wav,0 days,${time('1.898250')},1\na.wav,${time('1.898250')},${time('2.5')},2\nb.wav,0 days,${time('0.01')},\n`,
    ),
    read: {
      values: [1, 2],
      utterances: ['a.wav [0.00–1.90 s]', 'a.wav [1.90–2.50 s]'],
      codes: ['empty-rows'],
    },
  },
  'names mangled by R': {
    ...table('name,mfcc_sma.0._amean,mfcc_sma_de.14._stddev\na,1,2\nb,3,4\n'),
    read: { features: ['mfcc_sma[0]_amean', 'mfcc_sma_de[14]_stddev'], codes: ['names-restored'] },
  },
  'names mangled by MATLAB': {
    ...table('name,mfcc_sma_0__amean,mfcc_sma_de_14__stddev\na,1,2\nb,3,4\n'),
    read: { features: ['mfcc_sma[0]_amean', 'mfcc_sma_de[14]_stddev'], codes: ['names-restored'] },
  },
  'Excel, decimal commas': {
    ...table('\uFEFFsep=;\r\nfile;x;y;\r\na;1,5;-2,5e-1;\r\nb;2;3,25;\r\n;;;\r\n'),
    read: { features: ['x', 'y'], values: [1.5, -0.25, 2, 3.25], codes: ['decimal-comma'] },
  },
  'pandas, index column': {
    ...table('Unnamed: 0,file,x\n0,a,1\n1,b,2\n'),
    read: { features: ['x'], values: [1, 2], codes: ['column-ignored'] },
  },
  'UTF-16': { ...table(utf16('file\tx\nä\t1\nb\t2\n')), read: { values: [1, 2], utterances: ['ä', 'b'] } },
  'a rerun appended': {
    ...table("name;frameTime;x\n'a';0.0;1\n'b';0.0;2\n'a';0.0;1\n'b';0.0;2\n"),
    read: { rows: 4, codes: ['duplicate-rows'] },
  },
  'joined by cat': {
    ...table("name;frameTime;x\n'a';0.0;1\nname;frameTime;x\n'b';0.0;2\n"),
    read: { values: [1, 2], codes: ['repeated-header'] },
  },
  'missing and infinite cells': {
    ...table('file,x,y\na,1,?\nb,,2\nc,NaN,-inf\nd,3,1e99\ne,5,4\n'),
    read: { values: [1, 3, 3, 2, 3, 3, 5, 4], codes: ['missing-cells', 'infinite-cells', 'empty-rows'] },
  },
  'ARFF, class {a,b,unknown}': {
    ...arff('{low,high,unknown}', 'a,1,low\nb,2,high\nc,3,unknown\n'),
    read: { activation: [0, 2, -1], codes: ['class-column-assumed-activation', 'unlabelled-rows'] },
  },
  'ARFF, class ?': { ...arff('numeric', 'a,1,?\nb,2,?\n'), read: { values: [1, 2], codes: [] } },
  'ARFF, class declared twice': {
    ...arff('numeric\n@attribute class {low,high}', 'a,1,0.0,low\nb,2,0.0,high\n'),
    read: { activation: [0, 2], codes: ['class-column-assumed-activation'] },
  },
  'ARFF, sparse': { ...arff('numeric', '{0 a, 1 1}\n'), refused: /a sparse row/ },
  Parquet: { files: () => [parquet()], read: { values: [1, 2.5], utterances: ['a', 'b'] } },
  'gzip of several members': {
    ...table(Uint8Array.from([...gzip('file,x\na,1\n'), ...gzip('b,2\n')])),
    read: { values: [1, 2] },
  },
  'a file for each utterance': {
    files: () =>
      Array.from({ length: 300 }, (_, i) =>
        fileOf(
          `@relation r\n@attribute name string\n@attribute x numeric\n@attribute class numeric\n@data\nunknown,${i},?\n`,
          `corpus/utt${i}.arff`,
        ),
      ),
    read: {
      values: Array.from({ length: 300 }, (_, i) => i),
      codes: ['names-from-files'],
    },
  },
  'labels of IEMOCAP': {
    ...labelled(
      ['Ses01F_impro01_F000', 'Ses01F_impro01_M000'],
      '% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n' +
        '[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 4.5000, 2.5000]\nC-E2:\tNeutral;\t()\n\n' +
        '[10.0100 - 11.3925]\tSes01F_impro01_M000\txxx\t[5.5000, 1.5000, 2.0000]\n',
      'Ses01F_impro01.txt',
    ),
    read: { activation: [2, 0], speakers: ['Ses01F', 'Ses01M'] },
  },
  'labels of MSP-IMPROV': {
    ...labelled(
      ['MSP-IMPROV-S01A-F01-R-FM01.wav', 'MSP-IMPROV-S01A-M01-R-FM01.wav'],
      'UTD-IMPROV-S01A-F01-R-FM01.avi; A; A:1.1; V:1.8; D:2.9 ; N:3.2;\n' +
        'UTD-IMPROV-S01A-M01-R-FM01.avi; S; A:4.6; V:2.1; D:2.9 ; N:3.2;\n',
      'Evalution.txt',
    ),
    read: { activation: [0, 2], speakers: ['F01', 'M01'], codes: ['activation-reversed'] },
  },
  'labels of MSP-Podcast': {
    ...labelled(
      ['MSP_0001.wav', 'MSP_0002.wav', 'MSP_0003.wav'],
      'FileName,EmoClass,EmoAct,EmoVal,EmoDom,SpkrID,Gender,Split_Set\n' +
        'MSP_0001.wav,A,6.8,2,5,12,Male,Train\nMSP_0002.wav,S,1.2,2,3,13,Male,Train\nMSP_0003.wav,N,4,4,4,Unknown,Male,Train\n',
      'labels_consensus.csv',
    ),
    read: { activation: [2, 0, 1], speakers: ['12', '13'], codes: ['emotion-codes'] },
  },
  'labels of CreativeIT': {
    ...labelled(
      ['m1.wav', 'm2.wav', 'm3.wav'],
      'file;activation;valence\nm1;-0.5;0.1\nm2;0.75;-1\nm3;0.1;1\n',
      'ratings.csv',
    ),
    read: { activation: [0, 2, 1] },
  },
  'labels of CREMA-D': {
    ...labelled(
      ['1001_DFA_ANG_XX', '1001_IEO_SAD_LO', '1002_IEO_NEU_XX'],
      'file,emotion,speaker\n1001_DFA_ANG_XX.wav,anger,1001\n1001_IEO_SAD_LO.wav,sadness,1001\n1002_IEO_NEU_XX.wav,neutral,1002\n',
      'labels.csv',
    ),
    read: { activation: [2, 0, 1], speakers: ['1001', '1002'], codes: ['labels-from-emotion'] },
  },
  'low-level descriptors': {
    ...table(`name;frameTime;F0_sma\n${[0, 1, 2, 3, 4, 5].map((i) => `'a';0.0${i};${i}\n`).join('')}`),
    refused: /low-level descriptors/,
  },
  'a row of another size': { ...table('name;x;y\na;1;2\nb;1;2;3\n'), refused: /^4 cells$/ },
  'another header below': { ...table('name;x;y\na;1;2\nname;z;w\nb;1;2\n'), refused: /another header/ },
  'two feature sets as one corpus': {
    files: () => [fileOf('name;x;y\na;1;2\n', 'a.csv'), fileOf('name;x;z\nb;1;2\n', 'b.csv')],
    refused: /that "a.csv" lacks/,
  },
};

/** Rows of the table at the end of docs/formats.md: variant, file or sample, what happens, test. */
function documented(): readonly (readonly string[])[] {
  const guide = readFileSync('docs/formats.md', 'utf8');
  const [, section = ''] = guide.split('## Every variant and the test that reads it\n');
  const lines = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| variant'));
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

function expectRead(result: ReadResult, expected: Read): void {
  const { corpus, report } = result;
  const { activation } = corpus.labels;
  const found: Required<Read> = {
    features: corpus.features,
    values: [...corpus.values],
    rows: report.rows,
    utterances: corpus.utterances,
    speakers: corpus.speakers?.names ?? [],
    activation: activation ? [...classIndices(activation)] : [],
    codes:
      expected.codes?.length === 0 ? codes(result) : codes(result).filter((c) => expected.codes?.includes(c)),
  };
  expect(found).toMatchObject(expected);
}

describe('a variant written out here', () => {
  it.each(Object.entries(VARIANTS))('%s', async (_, { files, read, refused }) => {
    const outcome = await readCorpus(files()).catch((e: unknown) => e);
    if (refused) {
      expect(outcome).toBeInstanceOf(FormatError);
      expect((outcome as FormatError).found).toMatch(refused);
    } else if (outcome instanceof Error) throw outcome;
    else expectRead(outcome as ReadResult, read ?? {});
  });
});

describe('pairs of sets with 1582 features', () => {
  const setOf = (mfcc: string, last: string) => ({
    name: last,
    features: [`${mfcc}_sma[0]_amean`, 'pcm_loudness_sma_amean', `F0final__Turn_${last}`].concat(
      Array.from({ length: 1579 }, (_, i) => `feature${i}_amean`),
    ),
  });
  const sets = {
    emobase2010: setOf('pcm_fftMag_mfcc', 'numOnsets'),
    IS10: setOf('mfcc', 'onsetRate'),
    'IS10-compat': setOf('mfcc', 'numOnsets'),
  };
  const pairs = [
    ['emobase2010', 'IS10'],
    ['emobase2010', 'IS10-compat'],
    ['IS10', 'IS10-compat'],
  ] as const;
  it.each(pairs)('%s and %s are refused together', (a, b) => {
    const conflict = featureSetConflict(sets[a], sets[b]);
    expect(conflict).toMatchObject({ blocking: true });
    expect(conflict?.message).toContain(`is ${a}, `);
    expect(featureSetConflict(sets[a], sets[a])).toBeNull();
  });
});

const DATA = '../shared/data';
const realFiles = () =>
  ['native', 'corpora'].flatMap((folder) =>
    readdirSync(`${DATA}/${folder}`).map((file) => `${folder}/${file}`),
  );

describe('the table of variants in docs/formats.md', () => {
  it('names every variant written out here, and no other', () => {
    const samples = documented().flatMap(([, file, , test]) => (file === 'written out' ? [test] : []));
    expect(samples.filter((test) => !test.startsWith('pairs of')).sort()).toEqual(
      Object.keys(VARIANTS).sort(),
    );
  });

  it('says of each whether it is read or refused', () => {
    for (const [, file, what, test] of documented()) {
      const variant = VARIANTS[test];
      if (file === 'written out' && variant) expect(what).toMatch(variant.refused ? /^refused/ : /^read/);
    }
  });

  it.skipIf(!existsSync(DATA))('names every file of ../shared/data (skipped where that is absent)', () => {
    const named = documented().flatMap(([, file]) => (file.includes('/') ? [file] : []));
    expect([...named].sort()).toEqual(realFiles().sort());
  });
});

const rows = documented().filter(([, file]) => file.includes('/'));
describe.skipIf(!existsSync(DATA))('a file of ../shared/data (skipped where that is absent)', () => {
  it.each(rows)('%s: %s', async (_, file, what) => {
    const outcome = await readCorpusFiles([`${DATA}/${file}`]).catch((e: unknown) => e);
    const [, line] = /^refused at line (\d+)/.exec(what) ?? [];
    if (line !== undefined)
      expect(outcome).toMatchObject({ name: 'FormatError', address: { line: Number(line) } });
    else if (outcome instanceof Error) throw outcome;
    else {
      const { rows: count, features, featureSet } = (outcome as ReadResult).report;
      expect(what).toMatch(new RegExp(`^read: ${count} × ${features}, ${featureSet}(;|$)`));
    }
  });
});
