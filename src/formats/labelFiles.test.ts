import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { corpusClasses } from '../corpus/corpus.ts';
import type { LabelTable } from './intake.ts';
import { isLabelText, readLabelTable } from './labelFiles.ts';
import { readCorpus } from './readCorpus.ts';
import { FormatError } from './report.ts';
import { fileOf } from './testing.ts';
import { stackLabelTables, uniteLabelTables } from './uniteLabels.ts';

const read = (content: string | Uint8Array, name = 'labels.csv', size?: number) =>
  readLabelTable(fileOf(content, name, size));

const cells = (table: LabelTable, name: string) => table.columns.find((c) => c.name === name)?.cells;
const roles = (table: LabelTable) => Object.fromEntries(table.columns.map((c) => [c.name, c.role]));
const noted = (table: LabelTable) => table.notes.map((n) => n.code);

async function refused(content: string | Uint8Array): Promise<FormatError> {
  const error = await read(content).catch((e: unknown) => e);
  if (error instanceof FormatError) return error;
  throw new Error(`expected a FormatError, got ${JSON.stringify(error)}`);
}

const IEMOCAP = `% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]

[6.2901 - 8.2357]	Ses01F_impro01_F000	neu	[2.5000, 2.5000, 2.5000]
C-E2:	Neutral;	()
C-E4:	Neutral;	()
C-F1:	Neutral;	(curious)
A-E3:	val 3; act 2; dom  2;	()
A-F1:	val 3; act 2; dom  1;	()

[10.0100 - 11.3925]	Ses01F_impro01_M003	xxx	[5.5000, 2.0000, 4.0000]
C-E2:	Frustration; Anger;	()
`;

const MSP_IMPROV = `UTD-IMPROV-S01A-F01-R-FM01.avi; A; A:2.1; V:1.8; D:2.9 ; N:3.2;
WQ-EVL_1; Angry; Angry, Frustrated; A:2.000000; V:1.000000; D:3.000000; N:4.000000;
W_2; Other; said "no; never"; A:2.000000; V:1.000000; D:NaN; N:4.000000;

UTD-IMPROV-S14H-M05-S-MF01.avi; X; A:4.000000; V:NaN; D:3.000000 ; N:NaN;
UTD-IMPROV-S14H-M05-P-MF02.avi; O; A:4; V:3;
`;

describe("IEMOCAP's evaluation text", () => {
  it('gives emotion, ratings in the order V, A, D, and the speaker by the last letter', async () => {
    const table = await read(IEMOCAP);
    expect(table.format).toBe('iemocap');
    expect(table.keys).toEqual(['Ses01F_impro01_F000', 'Ses01F_impro01_M003']);
    expect([...table.lines]).toEqual([3, 10]);
    expect(cells(table, 'valence')).toEqual(['2.5000', '5.5000']);
    expect(cells(table, 'activation')).toEqual(['2.5000', '2.0000']);
    expect(cells(table, 'dominance')).toEqual(['2.5000', '4.0000']);
    expect(cells(table, 'speaker')).toEqual(['Ses01F', 'Ses01M']);
    expect(roles(table)).toEqual({
      emotion: 'emotion',
      valence: 'valence',
      activation: 'activation',
      dominance: 'ignored',
      speaker: 'speaker',
    });
  });

  it('takes xxx for no emotion and says so', async () => {
    const table = await read(IEMOCAP);
    expect(cells(table, 'emotion')).toEqual(['neu', '']);
    expect(table.notes).toHaveLength(1);
    expect(table.notes[0]).toMatchObject({
      code: 'no-agreement',
      message: expect.stringMatching(/^1 turn /),
    });
  });

  it('is the same with Windows line ends, packed, in UTF-16, and byte by byte', async () => {
    const plain = await read(IEMOCAP);
    const windows = IEMOCAP.replaceAll('\n', '\r\n');
    expect(await read(windows)).toEqual(plain);
    expect(await read(new Uint8Array(gzipSync(IEMOCAP)))).toEqual(plain);
    expect(await read(new Uint8Array(Buffer.from(`\uFEFF${IEMOCAP}`, 'utf16le')))).toEqual(plain);
    expect(await read(IEMOCAP, 'labels.csv', 1)).toEqual(plain);
    expect(await read(IEMOCAP.trimEnd())).toEqual(plain);
  });

  it("leaves a single rater's file aside and says so", async () => {
    const own =
      'Ses01F_impro01_F000 :Neutral state; ()\nSes01F_impro01_M003 :act   2; :val   3; :dom  2; ;()\n';
    expect(isLabelText(own)).toBe(true);
    const table = uniteLabelTables([await read(own), await read(IEMOCAP)]);
    expect(table.keys).toHaveLength(2);
    expect(noted(table)).toEqual(['rater-file', 'no-agreement']);
  });

  it.each([
    ['[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000]', 4, /"\[2\.5000, 2\.5000\]"/],
    ['[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5, x, 2.5]', 4, /x/],
    ['[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu', 4, /nothing/],
    ['[6.2901 - 8.2357]\tSes01F_impro01_F000\t[2.5, 2.5, 2.5]', 3, /\[2\.5,/],
    ['[6.2901 - end]\tSes01F_impro01_F000\tneu\t[2.5, 2.5, 2.5]', 1, /6\.2901 - end/],
    ['[6.2901 - 8.2357]', 2, /nothing/],
    ['some words', 1, /some words/],
  ])('refuses "%s" at its place', async (line, column, found) => {
    const error = await refused(`${IEMOCAP}${line}\n`);
    expect(error.address).toMatchObject({ file: 'labels.csv', line: 12, column });
    expect(error.found).toMatch(found);
  });
});

describe("MSP-IMPROV's evaluation text", () => {
  it('gives words for codes, ratings by their tags, and the speaker of the name', async () => {
    const table = await read(MSP_IMPROV);
    expect(table.format).toBe('msp-improv');
    expect(table.keys[0]).toBe('UTD-IMPROV-S01A-F01-R-FM01.avi');
    expect([...table.lines]).toEqual([1, 5, 6]);
    expect(cells(table, 'emotion')).toEqual(['anger', '', 'other']);
    expect(cells(table, 'activation')).toEqual(['2.1', '4.000000', '4']);
    expect(cells(table, 'valence')).toEqual(['1.8', '', '3']);
    expect(cells(table, 'dominance')).toEqual(['2.9', '3.000000', '']);
    expect(cells(table, 'naturalness')).toEqual(['3.2', '', '']);
    expect(cells(table, 'speaker')).toEqual(['F01', 'M05', 'M05']);
    expect(noted(table)).toEqual(['no-agreement']);
  });

  it.each([
    ['UTD-IMPROV-S01A-F01-R-FM01.avi; Q; A:2.1; V:1.8;', 2, /"Q"/],
    ['UTD-IMPROV-S01A-F01-R-FM01.avi; toString; A:2.1; V:1.8;', 2, /toString/],
    ['UTD-IMPROV-S01A-F01-R-FM01.avi; A; A:high; V:1.8;', 3, /A:high/],
    ['UTD-IMPROV-S01A-F01-R-FM01.avi; A; A:1; V:1,8; D:2', 4, /V:1,8/],
    ['UTD-IMPROV-S01A-F01-R-FM01.avi; A; V:1.8;', 3, /V:1\.8/],
    ['file,emotion', 1, /file,emotion/],
  ])('refuses "%s" at its place', async (line, column, found) => {
    const error = await refused(`${MSP_IMPROV}${line}\n`);
    expect(error.address).toMatchObject({ line: 7, column });
    expect(error.found).toMatch(found);
  });
});

describe('label text is told by its first lines', () => {
  it('from tables and features', () => {
    expect(isLabelText(IEMOCAP)).toBe(true);
    expect(isLabelText(`\uFEFF\r\n${IEMOCAP.replaceAll('\n', '\r\n')}`.slice(0, 300))).toBe(true);
    expect(isLabelText(IEMOCAP.split('\n').slice(2).join('\n'))).toBe(true);
    expect(isLabelText(MSP_IMPROV)).toBe(true);
    expect(isLabelText('')).toBe(false);
    expect(isLabelText('file,emotion\nUTD-IMPROV-S01A-F01-R-FM01.avi;A\n')).toBe(false);
    expect(isLabelText("% made by openSMILE\n@relation x\n@attribute 'a [0 - 1] b' numeric\n")).toBe(false);
    expect(isLabelText("name;frameTime;F0\n'MSP-IMPROV-S01A-F01-R-FM01.wav';0;1\n")).toBe(false);
    expect(isLabelText('[1,2,3]')).toBe(false);
  });
});

describe('tables of labels', () => {
  it('reads IEMOCAP as CSV, with one valence of 5.5', async () => {
    const table = await read(
      'start_time,end_time,wav_file,emotion,val,act,dom\n6.2901,8.2357,Ses01F_impro01_F000,neu,5.5,2.0,4.0\n',
    );
    expect(table).toMatchObject({ format: 'table', keys: ['Ses01F_impro01_F000'] });
    expect(roles(table)).toEqual({
      start_time: 'start',
      end_time: 'end',
      emotion: 'emotion',
      val: 'valence',
      act: 'activation',
      dom: 'ignored',
    });
    expect(cells(table, 'val')).toEqual(['5.5']);
  });

  it("reads MSP-Podcast's letters as emotions, and nobody for an unknown speaker", async () => {
    const table = await read(
      'FileName,EmoClass,EmoAct,EmoVal,EmoDom,SpkrID,Gender,Split_Set\n' +
        'MSP-PODCAST_0001_0008.wav,N,2.2,4.0,2.6,30,Male,Test1\n' +
        'MSP-PODCAST_0001_0019.wav,X,5.2,4.0,2.6,Unknown,Unknown,Train\n' +
        'MSP-PODCAST_0001_0020.wav,U,5.2,4.0,2.6,31,Female,Train\n',
    );
    expect(cells(table, 'EmoClass')).toEqual(['neutral', '', 'surprise']);
    expect(cells(table, 'SpkrID')).toEqual(['30', '', '31']);
    expect(cells(table, 'Gender')).toEqual(['Male', 'Unknown', 'Female']);
    expect(noted(table)).toEqual(['emotion-codes']);
  });

  it.each([
    [',', '0.5'],
    [';', '0.5'],
    ['\t', '0.5'],
    ['|', '0.5'],
    [';', '0,5'],
    ['\t', '0,5'],
  ])('reads tables separated by "%s" with numbers as %s', async (d, half) => {
    const lines = [
      `file${d}mood${d}valence`,
      `"a${d}b.wav"${d}good${d}${half}`,
      '',
      `c.wav${d}"so ""so"""${d}1`,
    ];
    const table = await read(`sep=${d}\r\n${lines.join('\r\n')}${d}`);
    expect(table.keys).toEqual([`a${d}b.wav`, 'c.wav']);
    expect([...table.lines]).toEqual([3, 5]);
    expect(cells(table, 'mood')).toEqual(['good', 'so "so"']);
    expect(cells(table, 'valence')).toEqual(['0.5', '1']);
    expect(roles(table).mood).toBe('words');
    expect(noted(table)).toEqual(half.includes(',') ? ['decimal-comma'] : []);
  });

  it('is not misled by names that hold other separators', async () => {
    const table = await read('file;words, as heard, by hand\na.wav;one, two\n');
    expect(table.keys).toEqual(['a.wav']);
    expect(cells(table, 'words, as heard, by hand')).toEqual(['one, two']);
    expect((await read('sep=|\nfile|emotion, in words; or so\na|joy\n')).columns).toHaveLength(1);
  });

  it('keeps a cell of several lines whole, also byte by byte, and counts lines on', async () => {
    const text = 'file,text,emotion\na,"one\ntwo\n",anger\nb,x,sadness\n';
    const table = await read(text);
    expect(cells(table, 'text')).toEqual(['one\ntwo', 'x']);
    expect([...table.lines]).toEqual([2, 5]);
    expect(await read(text, 'labels.csv', 1)).toEqual(table);
  });

  it('reads ARFF', async () => {
    const table = await read(
      "% labels\n@relation l\n@attribute 'file name' string\n@attribute utterance string\n@attribute emotion {anger,joy}\n" +
        "@attribute valence numeric\n@data\n\n'x, y','it\\'s.wav',joy,?\n1,b,anger,2.5\n",
    );
    expect(table.keys).toEqual(["it's.wav", 'b']);
    expect(cells(table, 'emotion')).toEqual(['joy', 'anger']);
    expect(cells(table, 'valence')).toEqual(['?', '2.5']);
  });

  it('takes the column whose words are all different where none is called like a name, and says so', async () => {
    const table = await read(',emotion,speaker\nx1,anger,A\nx2,anger,B\n');
    expect(table.keys).toEqual(['x1', 'x2']);
    expect(noted(table)).toEqual(['label-key-assumed']);
  });

  it('tells columns of one name apart, and leaves out rows without a name and headers again, saying so', async () => {
    const table = await read('file,emotion,emotion\na,joy,1\n,joy,2\nfile,emotion,emotion\nb,joy,3\n');
    expect(table.keys).toEqual(['a', 'b']);
    expect([...table.lines]).toEqual([2, 5]);
    expect(cells(table, 'emotion (2)')).toEqual(['1', '3']);
    expect(noted(table).sort()).toEqual(['label-row-without-name', 'repeated-header']);
  });

  it.each([
    ['', undefined, /empty file/],
    ['\n\n% x\n', undefined, /blank lines/],
    ['file,emotion\n', undefined, /no labels/],
    ['@relation x\n@attribute file string\n', undefined, /no labels/],
    ['file,emotion\na,joy\nb\n', 3, /1 cell/],
    ['file,emotion\na,joy,high\n', 2, /3 cells/],
    ['emotion\njoy\n', 1, /single column/],
    ['03a01Fa.wav,happy,03\n03a01Nc.wav,neutral,03\n', 1, /other things/],
    ['emotion,speaker\njoy,1\njoy,2\n', 1, /none that names utterances/],
    ['file,emotion\na,"joy\n', 2, /never closed/],
    [`file,emotion\na,"joy\n${'x\n'.repeat(2000)}`, 2, /never closed/],
    [`file,emotion\n${'x'.repeat(2 ** 21)}`, 2, /a line of more than 1 MB/],
    ['file,emotion\0', undefined, /binary/],
  ])('refuses what holds no labels, or is faulty (%#)', async (text, line, found) => {
    const error = await refused(text);
    expect(error.found).toMatch(found);
    expect(error.address.line).toBe(line);
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(readLabelTable(fileOf(IEMOCAP), controller.signal)).rejects.toThrow('enough');
  });
});

describe('several label files', () => {
  it('become one table with every row, and notes once', async () => {
    const other = IEMOCAP.replaceAll('Ses01F', 'Ses02M');
    const table = uniteLabelTables([await read(IEMOCAP, 'a.txt'), await read(other, 'b.txt')]);
    expect(table).toMatchObject({ name: '2 files', format: 'iemocap' });
    expect(table.keys).toHaveLength(4);
    expect(cells(table, 'speaker')).toEqual(['Ses01F', 'Ses01M', 'Ses02F', 'Ses02M']);
    expect([...table.lines]).toEqual([3, 10, 3, 10]);
    expect(table.notes).toHaveLength(1);
    expect(table.notes[0].message).toMatch(/1 time more/);
  });

  it('of different columns give empty cells where a file lacks one', async () => {
    const table = uniteLabelTables([
      await read('file,Emotion\na,joy\n'),
      await read('emotion,file,age\nfear,b,30\n'),
    ]);
    expect(table.keys).toEqual(['a', 'b']);
    expect(cells(table, 'Emotion')).toEqual(['joy', 'fear']);
    expect(cells(table, 'age')).toEqual(['', '30']);
    expect(table.format).toBe('table');
  });

  it('are left as they are where there is one', async () => {
    const table = await read(IEMOCAP);
    expect(uniteLabelTables([table])).toBe(table);
    expect(stackLabelTables([table])).toEqual([table]);
  });

  it('are one table where they have the same columns and speak of different utterances', async () => {
    const keysOf = async (...contents: string[]) => {
      const tables = await Promise.all(contents.map((content, i) => read(content, `${i}.csv`)));
      return stackLabelTables(tables).map(({ keys }) => keys.join(' '));
    };
    const [emotionA, emotionB] = ['file,emotion\na,joy\n', 'file,emotion\nb,joy\n'];
    const [speakerA, speakerB] = ['file,spk\na.wav,p\n', 'file,spk\nb,q\n'];
    expect(await keysOf(emotionA, emotionB)).toEqual(['a b']);
    expect(await keysOf(emotionA, emotionA)).toEqual(['a', 'a']);
    expect(await keysOf(emotionA, speakerA, emotionB, speakerB)).toEqual(['a b', 'a.wav b']);
    expect(await keysOf(emotionA, speakerB, 'file,emotion\nc,joy\n')).toEqual(['a c', 'b']);
    // Before the second file, the third would count more than it.
    expect(await keysOf(emotionA, 'file,emotion,spk\nb,joy,q\n', emotionB)).toEqual(['a', 'b', 'b']);
  });
});

describe('from label files to classes', () => {
  const features = `name;x;y\n${[0, 1, 2, 3].map((i) => `'wav/Ses01F_impro01_${i < 2 ? 'F' : 'M'}00${i}.wav';${i};1.5`).join('\n')}\n`;
  const turn = (name: string, valence: string, activation: string) =>
    `[1.0 - 2.0]\t${name}\tang\t[${valence}, ${activation}, 3.0]`;
  const labels = [
    turn('Ses01F_impro01_F000', '5.5000', '2.0001'),
    turn('Ses01F_impro01_F001', '2.0000', '1.0000'),
    turn('Ses01F_impro01_M002', '4.0000', '3.0000'),
    turn('Ses01F_impro01_M003', '3.9999', '5.0000'),
  ].join('\nC-E2:\tAnger;\t()\n\n');

  it("IEMOCAP's ratings are low up to 2 and high from 4, 5.5 included", async () => {
    const { corpus, report } = await readCorpus([
      fileOf(features, 'IEMOCAP/features.csv'),
      fileOf(labels, 'IEMOCAP/Ses01F_impro01.txt'),
    ]);
    expect(report.join).toMatchObject({ matched: 4, unlabelled: { count: 0 }, unused: { count: 0 } });
    expect([...corpusClasses(corpus, 'valence')]).toEqual([2, 0, 2, 1]);
    expect([...corpusClasses(corpus, 'activation')]).toEqual([1, 0, 1, 2]);
    expect(corpus.speakers?.names).toEqual(['Ses01F', 'Ses01M']);
  });
});
