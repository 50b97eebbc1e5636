import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codes, readText, refusal } from './testing.ts';

const gzip = (text: string) => new Uint8Array(gzipSync(text));
const good = 'name;x;y\na;1;2\n';
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('a file is refused', () => {
  const binary: [what: string, content: string | Uint8Array, found: RegExp][] = [
    ['empty', '', /an empty file/],
    ['empty inside gzip', gzip(''), /an empty file/],
    ['of blank lines', '\n \n\r\n', /only blank lines/],
    ['of a header only', 'name;x;y\n', /a header and no rows/],
    ['an ARFF head only', '@relation r\n@attribute x numeric\n', /without @data/],
    ['a workbook', latin1('PK\x03\x04abc'), /Excel workbook/],
    ['a Parquet file', latin1('PAR1\x15\x04'), /a Parquet file/],
    ['a PDF', '%PDF-1.7\n', /a PDF document/],
    ['a sound file', latin1('RIFF\x24\x08\x00\x00WAVEfmt '), /a sound file/],
    ['an array of NumPy', latin1('\x93NUMPY\x01\x00'), /a NumPy array/],
    ['packed twice', gzipSync(gzip(good)), /gzip archive inside/],
    ['of zero bytes', new Uint8Array(1000), /zero byte at position 1/],
    ['of zero bytes further on', latin1('name,x\na,\x00\x00\x00'), /zero byte at position 10/],
    ['a tar archive', latin1(`a.csv${'\0'.repeat(252)}ustar`), /a tar archive/],
  ];
  it.each(binary)('when it is %s', async (_, content, found) => {
    for (const size of [3, 4096]) {
      const error = await refusal(content, 'f.csv', size);
      expect(error.found).toMatch(found);
      expect(error.address).toEqual({ file: 'f.csv' });
    }
  });

  it('when its archive is damaged or cut off', async () => {
    const packed = gzip(good.repeat(500));
    const damaged = packed.slice();
    damaged.fill(0xaa, 20, 40);
    const wrongSum = packed.slice();
    wrongSum[packed.length - 8] ^= 0xff;
    for (const bytes of [packed.slice(0, packed.length >> 1), damaged, wrongSum, packed.slice(0, 5)]) {
      const error = await refusal(bytes, 'f.csv.gz');
      expect(error.found).toMatch(/cannot be unpacked/);
    }
  });

  it('with the address and the content of a word among numbers', async () => {
    const error = await refusal('name;x;y\na;1;2\n\nb;3;two\n', 'f.csv', 5);
    expect(error.address).toEqual({ file: 'f.csv', line: 4, column: 3, columnName: 'y' });
    expect(error.message).toBe(
      'f.csv, line 4, column 3 "y": found "two", expected a number. ' +
        'Mend the cell, leave it empty, or remove the column if it is no feature.',
    );
  });

  it('with a word in the first row of a column of numbers', async () => {
    const error = await refusal('name,x,y\na,1,oops\nb,2,3\nc,4,5\n');
    expect(error.address).toEqual({ file: 'test.csv', line: 2, column: 3, columnName: 'y' });
    expect(error.found).toBe('"oops"');
  });

  it('and long content is shortened', async () => {
    const error = await refusal(`name;x;${'y'.repeat(500)}\na;1;2\nb;3;${'long '.repeat(100)}\n`);
    expect(error.found.length).toBeLessThan(50);
    expect(error.address.columnName?.length).toBe(40);
  });

  const ragged: [what: string, content: string, line: number, found: string][] = [
    ['too few cells', 'name;x;y\na;1;2\nb;3\n', 3, '2 cells'],
    ['too few in the first row', 'name;x;y\na;1\n', 2, '2 cells'],
    ['too many cells', 'name;x;y\na;1;2\nb;3;4;5\n', 3, '4 cells'],
    ['too many in the first row', 'name;x;y\na;1;2;3\n', 2, '4 cells'],
    ['too few in ARFF', '@attribute x numeric\n@attribute y numeric\n@data\n1\n', 4, '1 cell'],
  ];
  it.each(ragged)('with the line of a row of %s', async (_, content, line, found) => {
    for (const size of [1, 4096]) {
      const error = await refusal(content, 'f.csv', size);
      expect(error.address.line).toBe(line);
      expect(error.found).toBe(found);
    }
  });

  it('saying that it is cut off, where only the last line is short', async () => {
    const error = await refusal('name;x;y\na;1;2\nb;3');
    expect(error.advice).toMatch(/cut off/);
    expect((await refusal('name;x;y\nb;3\na;1;2')).advice).not.toMatch(/cut off/);
  });

  it('when two different files were joined', async () => {
    const error = await refusal('name;x;y\na;1;2\nname;z;w\nb;3;4\n');
    expect(error.address.line).toBe(3);
    expect(error.found).toMatch(/another header/);
    const arff = '@relation r\n@attribute x numeric\n@data\n1\n@relation r\n';
    expect((await refusal(arff)).found).toMatch(/another header/);
  });

  it('when its first line is data', async () => {
    expect((await refusal("'a';1;2.5\n'b';3;4\n")).found).toBe('values (3 cells, the first "a")');
    expect((await refusal('1.5,2,3\n')).address.line).toBe(1);
  });

  it('when it has one column, or none of numbers', async () => {
    expect((await refusal('hello\nworld\n')).found).toBe('a single column, "hello"');
    expect((await refusal('file,emotion,speaker\na,anger,s\n')).found).toBe('a file of labels');
  });

  it('when an ARFF file is sparse, or its head damaged', async () => {
    const head = '@relation r\n@attribute x numeric\n';
    const sparse = await refusal(`${head}@data\n{0 1.5}\n`);
    expect(sparse.address.line).toBe(4);
    expect(sparse.found).toMatch(/sparse/);
    expect((await refusal(`${head}oops\n@data\n1\n`)).address.line).toBe(3);
    expect((await refusal('@relation r\n@attribute x relational\n')).found).toMatch(/type "relational"/);
  });

  it('when no cell holds a value', async () => {
    expect((await refusal('name,x\na,NaN\nb,?\n')).found).toBe('no value in 2 rows and 1 feature');
  });

  it('when a quote is never closed, without waiting for ever', async () => {
    const error = await refusal(`name,x\n"a,1\n${'b,2\n'.repeat(2000)}`, 'f.csv', 500);
    expect(error.address.line).toBe(2);
    expect(error.found).toMatch(/never closed/);
  });

  it('when a line never ends', async () => {
    const error = await refusal(new Uint8Array(17 * 2 ** 20).fill(65), 'f.csv', 2 ** 20);
    expect(error.found).toMatch(/more than 16 MB/);
  });
});

describe('low-level descriptors', () => {
  const frames = (step: number, feature = 'F1_amean') =>
    `name;frameTime;${feature}\n${Array.from({ length: 8 }, (_, i) => `'a.wav';${(i * step).toFixed(6)};${i}\n`).join('')}`;

  it('are refused by their rising times', async () => {
    const error = await refusal(frames(0.01));
    expect(error.address.line).toBe(2);
    expect(error.found).toMatch(/low-level descriptors/);
  });

  it('are refused without times by their names', async () => {
    const names = ['loudness_sma3', 'jitterLocal_sma3nz', 'mfcc_sma[1]', 'mfcc_sma_de[2]'];
    const row = (name: string) => `${name};1;2;3;4\n`;
    const file = (rows: string[]) => `name;${names.join(';')}\n${rows.map(row).join('')}`;
    expect((await refusal(file(Array(6).fill('a.wav')))).found).toMatch(/low-level descriptors/);
    // Their means, one row an utterance, are welcome.
    expect((await readText(file(['a', 'b', 'c', 'd', 'e', 'f']))).corpus.rows).toBe(6);
  });

  it('are not seen in functionals of a second each, nor in silence repeated', async () => {
    expect((await readText(frames(1))).corpus.rows).toBe(8);
    const again = await readText(`name;frameTime;F1_amean\n${"'a.wav';0.000000;5\n".repeat(6)}`);
    expect(codes(again)).toContain('duplicate-rows');
  });
});
