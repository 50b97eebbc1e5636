import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { InputFile } from './input.ts';
import { type IntakeOptions, readIntake } from './readIntake.ts';
import { FormatError } from './report.ts';
import { fileOf, streamOf } from './testing.ts';

const STRICT = { ragged: 'refuse', words: 'refuse' } as const;

const read = (files: readonly InputFile[], options: Partial<IntakeOptions> = {}) =>
  readIntake(files, { rules: STRICT, ...options });

/** The features of some files. @throws where they have none. */
async function intakeOf(files: readonly InputFile[], options?: Partial<IntakeOptions>) {
  const { intake } = await read(files, options);
  if (!intake) throw new Error('no features');
  return intake;
}

async function refusal(files: readonly InputFile[], options?: Partial<IntakeOptions>): Promise<FormatError> {
  const error = await read(files, options).catch((e: unknown) => e);
  if (error instanceof FormatError) return error;
  throw new Error(`expected a FormatError, got ${error}`);
}

const cellsOf = (columns: readonly { name: string; cells: readonly string[] }[], name: string) =>
  columns.find((c) => c.name === name)?.cells;

const LABELS = 'file,emotion,speaker,mood\na.wav,anger,s1,3\nb.wav,joy,s2,4\n';
const FEATURES = ['f1', 'f2', 'f3', 'f4'];
const features = (...rows: string[]) => `file,${FEATURES}\n${rows.map((r) => `${r}\n`).join('')}`;

describe('several files are one corpus', () => {
  it('with rows in the order of the names, features matched by name, text columns united', async () => {
    const intake = await intakeOf([
      fileOf('file,y,x,z,sex\nc,6,5,7,f\n', 'part10.csv'),
      fileOf('file,x,y,z,speaker\na,1,2,3,s1\nb,3,4,9,s2\n', 'part2.csv', 5),
    ]);
    expect(intake.features).toEqual(['x', 'y', 'z']);
    expect([...intake.values]).toEqual([1, 2, 3, 3, 4, 9, 5, 6, 7]);
    expect([...intake.fileOf]).toEqual([0, 0, 1]);
    expect([...intake.lines]).toEqual([2, 3, 2]);
    expect(intake.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['part2.csv', 2],
      ['part10.csv', 1],
    ]);
    expect(cellsOf(intake.columns, 'file')).toEqual(['a', 'b', 'c']);
    expect(cellsOf(intake.columns, 'speaker')).toEqual(['s1', 's2', '']);
    expect(cellsOf(intake.columns, 'sex')).toEqual(['', '', 'f']);
    expect(intake.name).toBe('part');
  });

  const arff = (name: string, x: number) =>
    `@relation r\n\n@attribute name string\n@attribute x numeric\n@attribute y numeric\n@data\n\n'${name}',${x},2\n`;

  it('of hundreds of ARFF files of one utterance, each named by its file', async () => {
    const files = Array.from({ length: 300 }, (_, i) => fileOf(arff('unknown', i), `set/u${i}.arff`, 50));
    const intake = await intakeOf(files);
    expect(intake.rows).toBe(300);
    expect(intake.name).toBe('set');
    expect(cellsOf(intake.columns, 'name')).toEqual(files.map((_, i) => `u${i}`));
    expect([...intake.values]).toEqual(files.flatMap((_, i) => [i, 2]));
    expect(new Set(intake.lines)).toEqual(new Set([8]));
    expect(intake.notes.map((n) => n.code)).toEqual(['names-from-files']);
  });

  it('where names of their own stay, and files without a column of names give theirs', async () => {
    const named = await intakeOf([fileOf(arff('a', 1), 'u1.arff'), fileOf(arff('b', 2), 'u2.arff')]);
    expect(cellsOf(named.columns, 'name')).toEqual(['a', 'b']);
    const bare = await intakeOf([fileOf('x,y\n1,2\n', 'a.csv'), fileOf('x,y\n3,4\n', 'b.csv')]);
    expect(bare.columns).toEqual([{ name: 'file', number: 3, role: 'name', cells: ['a', 'b'] }]);
    expect(bare.name).toBe('2 files');
  });

  it('which is as the files joined by cat', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `u${i},${i},${i / 7},-${i}e-3,1`);
    const whole = await intakeOf([fileOf(features(...rows), 'all.csv')]);
    const parts = [rows.slice(0, 11), rows.slice(11, 12), rows.slice(12)];
    const intake = await intakeOf(parts.map((part, i) => fileOf(features(...part), `${i}.csv`, 64)));
    expect(intake.values).toEqual(whole.values);
    expect(intake.columns).toEqual(whole.columns);
  });

  it('refuses a file of other features, saying which and of which sets', async () => {
    const error = await refusal([
      fileOf(features('a,1,2,3,4'), 'a.csv'),
      fileOf('file,f1,f2,g\nb,1,2,3\n', 'b.csv'),
    ]);
    expect(error.address).toEqual({ file: 'b.csv' });
    expect(error.message).toContain('1 feature ("g") that "a.csv" lacks and none of 2 features ("f3", "f4")');
    const numbered = (n: number, stem: string) => Array.from({ length: n }, (_, i) => `${stem}${i}`);
    const embedding = (n: number) => `file,${numbered(n, '')}\na,${numbered(n, '')}\n`;
    const sets = await refusal([fileOf(embedding(32), 'a.csv'), fileOf(embedding(64), 'b.csv')]);
    expect(sets.advice).toContain('"b.csv" is embeddings (64), "a.csv" embeddings (32)');
  });

  it('names the file of a fault that one of them has', async () => {
    const files = [fileOf(features('a,1,2,3,4'), 'a.csv'), fileOf(features('b,1,2,x,4'), 'b.csv')];
    expect((await refusal(files)).address).toEqual({ file: 'b.csv', line: 2, column: 4, columnName: 'f3' });
    const { faults } = await intakeOf(files, { rules: { ...STRICT, words: 'missing' } });
    expect(faults.words).toEqual({ count: 1, file: 1, line: 2, column: 4, columnName: 'f3' });
  });
});

describe('files that hold labels', () => {
  const iemocap =
    '% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n[6.29 - 8.23]\tSes01F_F000\tneu\t[2.5, 2.5, 2.5]\n';

  it('come back unread beside features, whatever their order', async () => {
    const wide = Array.from({ length: 20 }, (_, i) => `f${i}`);
    for (const name of ['a-labels.csv', 'z-labels.csv']) {
      const files = [
        fileOf(`file,${wide}\na,${wide.map(() => 1)}\n`, 'features.csv'),
        fileOf(LABELS, name),
        fileOf(iemocap, 'Ses01.txt'),
      ];
      const { intake, labelFiles } = await read(files);
      expect(intake).toMatchObject({ rows: 1, name: 'features', files: [{ name: 'features.csv' }] });
      expect(intake?.notes).toEqual([]);
      expect(new Set(labelFiles.map((f) => f.name))).toEqual(new Set([name, 'Ses01.txt']));
    }
  });

  it('are known alone only where they have no numbers of unknown meaning', async () => {
    const alone = await read([fileOf('file,emotion,val,dom\na,anger,2,3\n', 'l.csv')]);
    expect(alone.intake).toBeNull();
    expect(alone.labelFiles.map((f) => f.name)).toEqual(['l.csv']);
    expect((await intakeOf([fileOf(LABELS, 'l.csv')])).features).toEqual(['mood']);
    expect((await read([fileOf(iemocap, 'x.txt')])).intake).toBeNull();
  });

  it('are told from small files of features by the features they share', async () => {
    const small = (name: string) => fileOf(`file,emotion,x,y\n${name},joy,1,2\n`, `${name}.csv`);
    const { intake, labelFiles } = await read([small('a'), small('b')]);
    expect([intake?.rows, labelFiles.length]).toEqual([2, 0]);
  });

  it('are known alone by the corpus that is there already', async () => {
    const heldFeatures = Array.from({ length: 88 }, (_, i) => `g${i}`);
    const late = await read([fileOf('file,emotion,raters\na,joy,3\n', 'l.csv')], { heldFeatures });
    expect([late.intake, late.labelFiles.length]).toEqual([null, 1]);
    // Its own features again, or a table without labels, is a corpus.
    for (const header of ['file,emotion,g1', 'file,h1']) {
      const row = header.replace(/[a-z]+\d/, '1');
      const other = await read([fileOf(`${header}\n${row}\n`, 'x.csv')], { heldFeatures });
      expect(other.intake?.rows).toBe(1);
    }
    // Files of features that come with labels of theirs are looked at by themselves.
    const wide = Array.from({ length: 20 }, (_, i) => `f${i}`);
    const both = [
      fileOf(`file,${wide}\na,${wide.map(() => 1)}\n`, 'f.csv'),
      fileOf('file,emotion,g1\na,joy,3\n'),
    ];
    expect((await read(both, { heldFeatures })).labelFiles.length).toBe(1);
  });

  it('but a table of words without labels is refused alone', async () => {
    expect((await refusal([fileOf('file,remark\na,fine\n')])).found).toMatch(/none of numbers/);
  });
});

describe('what lies beside tables in a folder', () => {
  const table = fileOf(features('a,1,2,3,4'), 'set/a.csv');
  it('is left aside with a note', async () => {
    const others = ['set/.DS_Store', 'set/Thumbs.db', 'set/a.wav', 'set/README.txt', '.git/x.csv'];
    const intake = await intakeOf([...others.map((name) => fileOf('\0\0', name)), table]);
    expect(intake.files.length).toBe(1);
    expect(intake.notes).toMatchObject([{ code: 'file-ignored' }]);
    expect(intake.notes[0].where).toMatch(/^5 files "\.DS_Store"/);
  });

  it('but nothing is that is no table by its content only, and a lone file is always looked at', async () => {
    expect((await refusal([fileOf('RIFF\0\0', 'a.wav'), fileOf(features('a,1,2,3,4'))])).address.file).toBe(
      'a.wav',
    );
    expect((await refusal([fileOf('RIFF\0\0', 'set/a.wav')])).found).toMatch(/a sound file/);
    expect((await intakeOf([fileOf(features('a,1,2,3,4'), 'set/readme.txt')])).rows).toBe(1);
  });
});

describe('rules of reading', () => {
  const ragged = 'name,x,y\na,1\nb,1,2\nc,oops\nd,3,4,5\ne,5,6\n';

  it('leave rows out that are none, counted with the first line', async () => {
    const error = await refusal([fileOf(ragged)]);
    expect(error.remedy).toEqual({ ragged: 'drop' });
    for (const size of [1, 1000]) {
      const intake = await intakeOf([fileOf(ragged, 'r.csv', size)], {
        rules: { ...STRICT, ragged: 'drop' },
      });
      expect([...intake.values]).toEqual([1, 2, 5, 6]);
      expect(intake.faults.ragged).toEqual({ count: 3, file: 0, line: 2 });
      expect([...intake.lines]).toEqual([3, 6]);
      expect(cellsOf(intake.columns, 'name')).toEqual(['b', 'e']);
    }
    const none = await refusal([fileOf('name,x,y\na,1\nb,2\n')], { rules: { ...STRICT, ragged: 'drop' } });
    expect(none.found).toBe('2 rows, each with too few or too many cells');
  });

  it('read words as missing, also where the first cell of the column is one', async () => {
    const words = 'name,x,y\na,1,oops\nb,bad,2\nc,3,4\nd,,inf\ne,NaN,1e40\n';
    expect((await refusal([fileOf(words)])).remedy).toEqual({ words: 'missing' });
    const intake = await intakeOf([fileOf(words)], { rules: { ...STRICT, words: 'missing' } });
    expect(intake.features).toEqual(['x', 'y']);
    expect(intake.columns.map((c) => c.name)).toEqual(['name']);
    expect([...intake.values]).toEqual([1, NaN, NaN, 2, 3, 4, NaN, NaN, NaN, NaN]);
    expect(intake.faults).toEqual({
      words: { count: 2, file: 0, line: 2, column: 3, columnName: 'y' },
      missing: { count: 2, file: 0, line: 5, column: 2, columnName: 'x' },
      infinite: { count: 2, file: 0, line: 5, column: 3, columnName: 'y' },
      ragged: null,
      repeatedHeaders: null,
    });
  });

  it('leave another header an error, and count the same one', async () => {
    const rules = { ragged: 'drop', words: 'missing' } as const;
    const other = await refusal([fileOf('name;x;y\na;1;2\nname;z\n')], { rules });
    expect(other.found).toMatch(/another header/);
    expect(other.remedy).toBeUndefined();
    const same = await intakeOf([fileOf('name;x;y\na;1;2\nname;x;y\nb;3;4\n')]);
    expect(same.faults.repeatedHeaders).toEqual({ count: 1, file: 0, line: 3 });
  });

  it('keep text with decimal points', async () => {
    const { columns, values } = await intakeOf([fileOf('name;val;x\n1,5;2,25;0,5\nb;-3;1,5\n')]);
    expect(cellsOf(columns, 'val')).toEqual(['2.25', '-3']);
    expect(cellsOf(columns, 'name')).toEqual(['1,5', 'b']);
    expect([...values]).toEqual([0.5, 1.5]);
  });
});

describe('reading', () => {
  const row = (i: number) => `u${i},${i},${i / 3},1,2\n`;
  const big = `file,${FEATURES}\n${Array.from({ length: 5000 }, (_, i) => row(i)).join('')}`;

  it('tells its progress over all files, the last time with everything', async () => {
    const packed = new Uint8Array(gzipSync(big));
    const files = [fileOf(packed, 'a.csv.gz', 1000), fileOf(big, 'b.csv', 3000), fileOf(LABELS, 'c.csv')];
    const bytesTotal = files.reduce((sum, f) => sum + f.bytes, 0);
    const seen: number[] = [];
    const intake = await intakeOf(files.slice(0, 2), { onProgress: (p) => seen.push(p.bytesRead) });
    expect(intake.rows).toBe(10_000);
    expect(seen.at(-1)).toBe(files[0].bytes + files[1].bytes);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    await intakeOf(files, { onProgress: (p) => seen.push(p.bytesRead) });
    expect(seen.at(-1)).toBe(bytesTotal);
  });

  it('ends with the reason of its signal, gzip or not, and lets the file go', async () => {
    for (const bytes of [new TextEncoder().encode(big), new Uint8Array(gzipSync(big))]) {
      const abort = new AbortController();
      let [sent, cancelled] = [0, false];
      const stream = () =>
        new ReadableStream<Uint8Array>({
          pull(controller) {
            controller.enqueue(bytes.slice(sent, sent + 600));
            sent += 600;
            if (sent === 1200) abort.abort(new DOMException('enough', 'AbortError'));
          },
          cancel() {
            cancelled = true;
          },
        });
      const reading = read([{ ...fileOf(bytes), stream }], { signal: abort.signal });
      await expect(reading).rejects.toMatchObject({ name: 'AbortError', message: 'enough' });
      expect(cancelled).toBe(true);
    }
  });

  it('lets a cancellation in soon, though a file arrives in one piece', async () => {
    const abort = new AbortController();
    const file = fileOf(`${big}${Array.from({ length: 100_000 }, (_, i) => row(i)).join('')}`);
    const asked = performance.now();
    setTimeout(() => abort.abort(), 1);
    await expect(read([file], { signal: abort.signal })).rejects.toThrow();
    expect(performance.now() - asked).toBeLessThan(1000);
  });

  it('refuses a file that changes or goes away meanwhile', async () => {
    const file = fileOf(big, 'a.csv', 10_000);
    for (const bytes of [file.bytes - 7, file.bytes + 1]) {
      expect((await refusal([{ ...file, bytes }])).found).toMatch(/bytes where there were/);
    }
    let asked = 0;
    const stream = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          if (asked++ < 2)
            controller.enqueue(new TextEncoder().encode(big.slice(600 * asked - 600, 600 * asked)));
          else controller.error(new DOMException('The file could not be read.', 'NotReadableError'));
        },
      });
    const error = await refusal([{ ...file, stream }]);
    expect(error.address).toEqual({ file: 'a.csv' });
    expect(error.found).toMatch(/changed or cannot be read \(The file could/);
  });

  it('refuses early what no memory could hold', async () => {
    const wide = Array.from({ length: 4000 }, (_, i) => `f${i}`);
    const header = new TextEncoder().encode(`file,${wide}\n`);
    const rows = new TextEncoder().encode(`a,${wide.map(() => 1)}\n`.repeat(100));
    let sent = 0;
    const stream = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(sent++ === 0 ? header : rows),
      });
    const error = await refusal([{ ...fileOf(''), bytes: 4e9, stream }]);
    expect(error.found).toMatch(/^about [\d,]{7} × 4,000 values, which need 8\.\d GB/);
    expect(sent).toBeLessThan(100);
  });

  it('does not hang on a quote that is never closed before many short lines', async () => {
    const file = fileOf(`name,x\n"a,1\n${'b,2\n'.repeat(1_000_000)}`, 'f.csv', 2 ** 16);
    const error = await refusal([file]);
    expect(error.address.line).toBe(2);
  });

  it('refuses no files at all', async () => {
    expect((await refusal([])).found).toBe('0 files');
  });

  it('is the same whatever the chunks', async () => {
    const text = 'name;x\n"a ""b""\nc";1\n"d\n\n\ne";2\nf;3\n';
    const expected = await intakeOf([fileOf(text)]);
    expect(cellsOf(expected.columns, 'name')).toEqual(['a "b"\nc', 'd\n\n\ne', 'f']);
    expect([...expected.lines]).toEqual([2, 4, 8]);
    for (let size = 1; size < text.length; size++) {
      const stream = () => streamOf(new TextEncoder().encode(text), size);
      expect(await intakeOf([{ ...fileOf(text), stream }])).toEqual(expected);
    }
  });
});
