import { describe, expect, it } from 'vitest';
import { readCorpus } from './readCorpus.ts';
import { readIntake } from './readIntake.ts';
import type { ReadingRules } from './recipe.ts';
import { FormatError, type ReadResult } from './report.ts';
import { codes, fileOf, readText, refusal } from './testing.ts';

const STRICT: ReadingRules = { ragged: 'refuse', words: 'refuse' };
const DROP: ReadingRules = { ragged: 'drop', words: 'refuse' };

/** What some text holds, read in chunks of `size` bytes. @throws where it holds no features. */
async function intakeOf(text: string, rules = STRICT, size?: number) {
  const { intake } = await readIntake([fileOf(text, 'f.csv', size)], { rules });
  if (!intake) throw new Error('no features');
  return intake;
}

const refused = async (text: string, rules = STRICT): Promise<FormatError> => {
  const error = await intakeOf(text, rules).catch((e: unknown) => e);
  if (error instanceof FormatError) return error;
  throw new Error(`expected a FormatError, got ${error}`);
};

const cellsOf = ({ columns }: Awaited<ReturnType<typeof intakeOf>>, name: string) =>
  columns.find((c) => c.name === name)?.cells;

/** Chunks of a text that cut it everywhere. */
const SIZES = [1, 2, 3, 5, 8, 1000];

describe('a quote that goes on over lines', () => {
  it('takes time as the lines are many, not as their square', async () => {
    const lines = 80_000;
    for (const line of ['""\n', '""""\n']) {
      const began = performance.now();
      const intake = await intakeOf(`name,x\n"a\n${line.repeat(lines)}",1\nb,2\n`);
      expect(performance.now() - began).toBeLessThan(3000);
      expect([...intake.values]).toEqual([1, 2]);
      expect(cellsOf(intake, 'name')?.[0].length).toBe(2 + (lines * (line.length + 1)) / 2);
    }
  });

  it('nor where every line closes one quote and opens the next', async () => {
    const columns = 20_000;
    const header = `name,${Array.from({ length: columns }, (_, i) => `f${i}`)}`;
    const began = performance.now();
    const intake = await intakeOf(`${header}\n"a\n${'","\n'.repeat(columns - 1)}","1"\n`);
    expect([intake.rows, intake.values.at(-1)]).toEqual([1, 1]);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('ends where it should, whatever the chunks', async () => {
    const texts: [text: string, names: string[], values: number[]][] = [
      ['name,x\n"a""\n""b\n""",1\nc,2\n', ['a"\n"b\n"', 'c'], [1, 2]],
      ['name,y,x\n"a\n","b\nc" ,1\nd,e,2\n', ['a\n', 'd'], [1, 2]],
      ['name,y,x\r\n"a\r\n",\'b,"c\',1\r\nd,\'e"\',2\r\n', ['a\r\n', 'd'], [1, 2]],
      ['y,name,x\nq,"a\n\n",1\nq,"b"\n,2\n', ['a\n\n'], [1]],
    ];
    for (const [text, names, values] of texts) {
      for (const size of SIZES) {
        const intake = await intakeOf(text, DROP, size);
        expect(cellsOf(intake, 'name')).toEqual(names);
        expect([...intake.values]).toEqual(values);
      }
    }
  });
});

describe('a header', () => {
  it('may hold line ends within quotes', async () => {
    const text = 'name,"f\n1","g ""h""\n\n",x\na,1,2,3\n\nb,4,5,\n';
    for (const size of SIZES) {
      const intake = await intakeOf(text, STRICT, size);
      expect(intake.features).toEqual(['f\n1', 'g "h"', 'x']);
      expect([...intake.values]).toEqual([1, 2, 3, 4, 5, Number.NaN]);
      expect([...intake.lines]).toEqual([5, 7]);
    }
    expect((await intakeOf('"na\nme","x\ny",z\n1,2,3\n')).features).toEqual(['na\nme', 'x\ny', 'z']);
  });

  it('that comes again is skipped, with line ends, other quotes or a byte order mark', async () => {
    const again = ['name,"f\n1"\n', '"name","f\n1"\n'];
    for (const header of again) {
      const intake = await intakeOf(`name,"f\n1"\n${header}a,1\n${header}b,2\n`);
      expect([[...intake.values], intake.faults.repeatedHeaders?.count]).toEqual([[1, 2], 2]);
    }
    for (const size of SIZES) {
      const marked = await intakeOf('\uFEFFname,x\na,1\n\uFEFFname,x\n\uFEFFb,2\n', STRICT, size);
      expect([[...marked.values], marked.faults.repeatedHeaders?.line]).toEqual([[1, 2], 3]);
      expect(cellsOf(marked, 'name')).toEqual(['a', 'b']);
      expect([...(await intakeOf('x,name\n1,a\n\uFEFF2,b\n', STRICT, size)).values]).toEqual([1, 2]);
    }
  });

  it('whose quote is never closed, or in the middle of a row, is refused as that', async () => {
    const never = await refused('name,"x\na,1\nb,2\n');
    expect([never.address.line, never.found]).toEqual([1, 'a double quote that is never closed']);
    const stray = await refused('name,"x\n"a",1\nb,2\n', DROP);
    expect([stray.address.line, stray.remedy]).toEqual([1, undefined]);
    expect(stray.found).toMatch(/closed in the middle/);
  });
});

describe('rows at fault', () => {
  it('leave no text behind where they come last', async () => {
    for (const last of ['c,3', 'c,s,3,4', 'c,"s\nx" y,3']) {
      const intake = await intakeOf(`name,sex,x\na,f,1\nb,m,2\n${last}`, DROP);
      expect(intake.rows).toBe(2);
      expect(intake.columns.map(({ cells }) => cells)).toEqual([
        ['a', 'b'],
        ['f', 'm'],
      ]);
    }
  });

  it('with an empty first cell under an index without a name are no headers', async () => {
    const error = await refused(',name,x\n0,a,1\n,b,2,3\n');
    expect([error.address.line, error.found]).toEqual([3, '4 cells']);
    expect((await refused(',name,x\n0,a,1\n,name,y\n')).found).toMatch(/another header/);
  });

  it('are the first of the frames, though blank lines stand between', async () => {
    const frames = Array.from({ length: 8 }, (_, i) => `a,${(i / 100).toFixed(2)},${i}\n\n\n`);
    expect((await refused(`name,frameTime,x\nb,0,1\n\n${frames.join('')}`)).address.line).toBe(4);
  });
});

describe('separators behind the last cell', () => {
  const HEADER = 'file;speaker;x;y;;\n';
  it('that are fewer behind an empty last cell tell of one that is lost', async () => {
    for (const header of [HEADER, 'file;speaker;x;y\n']) {
      const text = `${header}a;s1;1;2;;\nbs2;1;2;;\nc;s3;3;4;;\n`;
      const error = await refused(text);
      expect(error).toMatchObject({ address: { line: 3 }, found: '5 cells', expected: '6 cells' });
      expect(error.advice).toMatch(/one that is lost/);
      const intake = await intakeOf(text, DROP);
      expect(cellsOf(intake, 'speaker')).toEqual(['s1', 's3']);
      expect(intake.faults.ragged).toMatchObject({ count: 1, line: 3 });
    }
  });

  it('may be left out as Excel does, and the last cell may be empty before all of them', async () => {
    const intake = await intakeOf(`${HEADER}a;s1;1;2;;\nb;s2;3;4\nc;s3;5;6;\nd;s4;7;;;\ne;s5;8; ;;\n`);
    expect([...intake.values]).toEqual([1, 2, 3, 4, 5, 6, 7, Number.NaN, 8, Number.NaN]);
    const more = await intakeOf('file;x;y\na;1;2;\nb;3;4\nc;5;;\n');
    expect([...more.values]).toEqual([1, 2, 3, 4, 5, Number.NaN]);
  });

  it('too many words in the first row do not make the others short', async () => {
    const intake = await intakeOf('file;x;y\na;1;2;z;z\nb;3;\n', DROP);
    expect([...intake.values]).toEqual([3, Number.NaN]);
  });
});

describe('a decimal comma', () => {
  const whole = Array.from({ length: 9 }, (_, i) => `u${i};${i};1\n`).join('');
  it('is known below whole numbers, however far down', async () => {
    for (const rules of [STRICT, { ...STRICT, words: 'missing' } as const]) {
      const intake = await intakeOf(`file;x;y\n${whole}v;0,5;-1,25e1\n`, rules, 7);
      expect([...intake.values].slice(-2)).toEqual([0.5, -12.5]);
      expect(intake.rows).toBe(10);
      expect(intake.faults.words).toBeNull();
      expect(intake.notes.map(({ code }) => code)).toEqual(['decimal-comma']);
    }
  });

  it('among decimal points is refused where it stands, or missing where the rules say so', async () => {
    const text = `file;x;y\n${whole}v;0.5;1\nw;0,5;1\n`;
    expect(await refused(text)).toMatchObject({ address: { line: 12, column: 2 }, found: '"0,5"' });
    const other = await refused(`file;x;y\n${whole}v;0,5;1\nw;0.5;1\n`);
    expect(other).toMatchObject({ address: { line: 11, column: 2 }, found: '"0,5"' });
    expect(other.advice).toMatch(/decimal comma/);
    const intake = await intakeOf(text, { ...STRICT, words: 'missing' });
    expect(intake.faults.words).toMatchObject({ count: 1, line: 12 });
    expect(intake.notes).toEqual([]);
  });
});

describe('line ends of old Macs', () => {
  it('are known where a chunk ends with the first of them', async () => {
    for (const text of ['name,x\ra,1\rb,2\r', 'name,x\r\na,1\r\nb,2\r\n', 'name,x\r\ra,1\rb,2']) {
      // The first 512 bytes come as one chunk.
      const wide = text.replace('name', `name${' '.repeat(505)}`);
      for (const size of [...SIZES, 512, 511, 513]) {
        for (const content of [text, wide]) {
          const intake = await intakeOf(content, STRICT, size);
          expect([cellsOf(intake, 'name'), [...intake.values]]).toEqual([
            ['a', 'b'],
            [1, 2],
          ]);
        }
      }
    }
    expect((await refusal('name,x\r', 'f.csv', 6)).found).toMatch(/no rows/);
  });
});

describe('columns of numbers that hold labels by their names', () => {
  const notes = ({ notes }: Awaited<ReturnType<typeof intakeOf>>) =>
    notes.map(({ code, where }) => [code, where]);

  it('are no features, and can be chosen as labels', async () => {
    const intake = await intakeOf(
      'file,emotion_id,x,Label_Num,target,valence std,true-class\na,3,1,2,0,1,9\nb,4,2,1,1,0,8\n',
    );
    expect(intake.features).toEqual(['x']);
    expect(cellsOf(intake, 'emotion_id')).toEqual(['3', '4']);
    expect(intake.columns.map(({ role }) => role)).toEqual(['name', ...Array(5).fill('ignored')]);
    const where = '5 columns "emotion_id", "Label_Num", "target", "valence std" and 1 more';
    expect(notes(intake)).toEqual([['label-like-column', where]]);
  });

  it('but not others; where nothing else is there, a table has no features', async () => {
    const names = ['act_0', 'class_1', 'value', 'x', 'y', 'targets', 'activation_12', 'active_id'];
    expect((await intakeOf(`file,${names}\na${',1'.repeat(names.length)}\n`)).features).toEqual(names);
    expect((await refused('file,target\na,1\n')).found).toMatch(/none of numbers/);
    const { intake, labelFiles } = await readIntake([fileOf('file,emotion,emotion_id\na,joy,1\n')], {
      rules: STRICT,
    });
    expect([intake, labelFiles.length]).toEqual([null, 1]);
  });

  it('are known by the letter y only beside many columns of longer names', async () => {
    const many = Array.from({ length: 20 }, (_, i) => `f${i}`);
    const table = (names: readonly string[]) => `file,${names}\na${',1'.repeat(names.length)}\n`;
    expect((await intakeOf(table([...many, 'y']))).features).toEqual(many);
    for (const names of [
      ['f1', 'y'],
      [...many, 'x', 'y'],
    ]) {
      expect((await intakeOf(table(names))).features).toEqual(names);
    }
  });

  it('are told by their values where the name says nothing', async () => {
    const words = ['anger', 'sadness', 'neutral'];
    const rows = Array.from(
      { length: 30 },
      (_, r) => `u${r},${words[r % 3]},${r % 3},${r % 2},${r % 3 === 0 ? 7 : 8},${r / 7}`,
    );
    const text = (n: number) => `file,emotion,code,half,anger,x\n${rows.slice(0, n).join('\n')}\n`;
    const told = ({ report }: ReadResult) =>
      report.warnings
        .filter(({ code }) => code === 'feature-tells-label')
        .map(({ where, message }) => [where, message]);
    expect(told(await readText(text(30)))).toEqual([
      ['feature "code"', expect.stringContaining('Each of its 3 values goes with one emotion only')],
    ]);
    // So few rows may agree by chance.
    expect(told(await readText(text(14)))).toEqual([]);
  });
});

describe('a column called id', () => {
  it('names the utterances where no other does, if its words are all different', async () => {
    const result = await readText('id,x\nu1,1\nu2,2\n');
    expect(result.corpus.utterances).toEqual(['u1', 'u2']);
    expect(codes(result)).toContain('names-from-id');
    expect(codes(result)).not.toContain('column-ignored');
    for (const text of ['ID,x\nu1,1\nu1,2\n', 'id,x\n1,1\n2,2\n']) {
      expect((await readText(text)).corpus.utterances).toEqual(['row 1', 'row 2']);
    }
    expect((await readText('id,file,x\nu1,a,1\nu2,b,2\n')).corpus.utterances).toEqual(['a', 'b']);
  });

  it('names the utterances of several files', async () => {
    const files = [fileOf('id,x,y\nu1,1,2\n', 'a.csv'), fileOf('id,x,y\nu2,3,4\n', 'b.csv')];
    expect((await readCorpus(files)).corpus.utterances).toEqual(['u1', 'u2']);
  });
});

describe('files of one utterance in several folders', () => {
  const arff = (x: number) =>
    `@relation r\n@attribute name string\n@attribute x numeric\n@data\nunknown,${x}\n`;
  it('keep the folders that are not the same for all', async () => {
    const paths = [
      'set/Actor_01/01.arff',
      'set/Actor_01/02.arff',
      'set/Actor_02/01.arff',
      'set/Actor_02/02.arff',
    ];
    const features = paths.map((path, i) => fileOf(arff(i), path));
    const { corpus } = await readCorpus(features);
    expect(corpus.utterances).toEqual(['Actor_01/01', 'Actor_01/02', 'Actor_02/01', 'Actor_02/02']);
    expect(corpus.speakers?.names).toEqual(['Actor_01', 'Actor_02']);
    const rows = paths.map((path, i) => `${path.slice(4, -5)}.wav,${['joy', 'anger', 'anger', 'joy'][i]}\n`);
    const labelled = await readCorpus([...features, fileOf(`file,emotion\n${rows.join('')}`, 'labels.csv')]);
    expect(labelled.report.join?.matched).toBe(4);
    expect([...(labelled.corpus.emotions?.index ?? [])]).toEqual([0, 1, 1, 0]);
  });
});

describe('ARFF', () => {
  it('with other line ends joined behind it is not taken for a comment', async () => {
    const arff = '% made up\n@relation r\n@attribute x numeric\n@data\n1\n';
    const error = await refused(`${arff}${arff.replaceAll('\n', '\r')}`);
    expect([error.address.line, error.found]).toEqual([6, 'a comment with carriage returns in it']);
  });

  it('has escapes and gaps in its cells of text', async () => {
    const head =
      '@relation r\n@attribute name string\n@attribute speaker string\n@attribute x numeric\n@data\n';
    const rows =
      "'a\\tb',?,1\n'c\\n\\r\\\\d',' ? ',2\n'it\\'s \\z', ? ,3\n'C:\\new\\tape\\\\it\\'s.wav','?',4\n";
    const intake = await intakeOf(head + rows);
    expect(cellsOf(intake, 'name')).toEqual(['a\tb', 'c\n\r\\d', "it's z", "C:\\new\\tape\\\\it's.wav"]);
    expect(cellsOf(intake, 'speaker')).toEqual(['', ' ? ', '', '?']);
  });
});
