import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { classIndices } from '../corpus/corpus.ts';
import { readCorpus } from './readCorpus.ts';
import { codes, fileOf, readText, warning } from './testing.ts';

const gzip = (text: string) => new Uint8Array(gzipSync(text));
const plain = 'file,speaker,x,y\na.wav,s1,1,2\nb.wav,s2,3,4.5\n';

describe('plain delimited text', () => {
  it('gives values, names and speakers', async () => {
    const { corpus, report } = await readText(plain, 'dir/Emo.v2.csv.gz');
    expect(corpus.name).toBe('Emo.v2');
    expect(corpus.features).toEqual(['x', 'y']);
    expect([...corpus.values]).toEqual([1, 2, 3, 4.5]);
    expect(corpus.utterances).toEqual(['a.wav', 'b.wav']);
    expect(corpus.speakers).toEqual({ names: ['s1', 's2'], index: Int32Array.of(0, 1) });
    expect(corpus.simulated).toBe(false);
    expect(report).toEqual({
      rows: 2,
      features: 2,
      featureSet: null,
      speakers: 2,
      tasks: {},
      constantColumns: [],
      warnings: [],
      quality: [],
      files: [{ name: 'dir/Emo.v2.csv.gz', format: 'delimited', rows: 2 }],
      columns: [
        {
          name: 'speaker',
          in: 'features',
          kind: 'words',
          cuts: null,
          words: [
            { word: 's1', count: 1 },
            { word: 's2', count: 1 },
          ],
        },
      ],
      join: null,
    });
  });

  const variants: Record<string, string | Uint8Array> = {
    'Windows line ends': plain.replaceAll('\n', '\r\n'),
    'old Mac line ends': plain.replaceAll('\n', '\r'),
    'no last line end': plain.trimEnd(),
    'blank lines': plain.replaceAll('\n', '\n\n'),
    'a byte order mark': `\uFEFF${plain}`,
    tabs: plain.replaceAll(',', '\t'),
    semicolons: plain.replaceAll(',', ';'),
    "Excel's separator line": `sep=;\n${plain.replaceAll(',', ';')}`,
    'trailing separators': plain.replaceAll('\n', ',\n'),
    'trailing separators in rows only': plain.replaceAll('\n', ',,\n').replace(',,', ''),
    "a spreadsheet's empty rows": `${plain},,,\n,,,\n`,
    'blanks after separators': plain.replaceAll(',', ', '),
    'quotes everywhere': plain.replaceAll(/[^,\n]+/g, '"$&"'),
    gzip: gzip(plain),
    'UTF-16, little end first': new Uint8Array(Buffer.from(`\uFEFF${plain}`, 'utf16le')),
    'UTF-16 without a mark': new Uint8Array(Buffer.from(plain, 'utf16le')),
    'UTF-16, big end first': new Uint8Array(Buffer.from(`\uFEFF${plain}`, 'utf16le').swap16()),
  };
  it.each(Object.entries(variants))('reads the same with %s', async (_, content) => {
    const expected = await readText(plain);
    for (const size of [1, 7, 100_000]) {
      const { corpus, report } = await readText(content, 'test.csv', size);
      expect(corpus.values).toEqual(expected.corpus.values);
      expect(corpus.utterances).toEqual(expected.corpus.utterances);
      expect(report).toEqual(expected.report);
    }
  });

  it('takes quoted names with separators, quotes and line ends, and counts lines on', async () => {
    const file = 'file,x\n"a, ""b""\nc.wav",1\n"d.wav",2\ne.wav,\n';
    for (const size of [1, 5, 1000]) {
      const result = await readText(file, 'test.csv', size);
      expect(result.corpus.utterances).toEqual(['a, "b"\nc.wav', 'd.wav']);
      expect(warning(result, 'empty-rows').where).toBe('line 5 "e.wav"');
    }
  });

  it("leaves pandas' index, known metadata and columns of words aside, and says so", async () => {
    const file = 'Unnamed: 0,file,gender,dom,remark,x\n0,a,f,3,fine,1\n1,b,m,4,12,2\n2,c,m,2,loud,3\n';
    const result = await readText(file);
    expect(result.corpus.features).toEqual(['x']);
    expect(warning(result, 'column-ignored').where).toBe('3 columns "Unnamed: 0", "gender", "dom"');
    expect(warning(result, 'text-column-ignored').where).toBe('column 5 "remark"');
  });

  it('reads decimal commas in files of semicolons, whatever whole numbers come first', async () => {
    const result = await readText('file;x;y\na;1;2\nb;1,5;-2,5e-1\n');
    expect([...result.corpus.values]).toEqual([1, 2, 1.5, -0.25]);
    expect(codes(result)).toEqual(['decimal-comma']);
  });

  it('reads names that are no UTF-8 as Windows text', async () => {
    const bytes = Uint8Array.from(Buffer.from('file,x\nm\xfcller.wav,1\n', 'latin1'));
    expect((await readText(bytes)).corpus.utterances).toEqual(['müller.wav']);
  });

  it('reads what papaparse writes, as papaparse reads it', async () => {
    const name = fc.string({ minLength: 1, maxLength: 12 }).map((s) => `${s.replaceAll('\0', '')}x`);
    const rows = fc.array(fc.tuple(name, fc.float({ noNaN: true, noDefaultInfinity: true }), fc.integer()), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t'), fc.nat(60), async (data, delimiter, size) => {
        // openSMILE's single quotes mean something else to papaparse; '%' and '@' begin an ARFF file only.
        fc.pre(data.every(([n]) => !n.startsWith("'")));
        const text = Papa.unparse([['file', 'x', 'y'], ...data], {
          delimiter,
          newline: '\n',
          quotes: [true, false, false],
        });
        const oracle = Papa.parse<string[]>(text, { delimiter, newline: '\n' }).data.slice(1);
        const { corpus } = await readText(text, 'test.csv', size + 1);
        const used = new Set(oracle.map((r) => r[0].trim())).size === 1 && data.length > 1;
        if (!used) expect(corpus.utterances).toEqual(oracle.map((r) => r[0].trim()));
        expect([...corpus.values]).toEqual(oracle.flatMap((r) => [Math.fround(+r[1]), Math.fround(+r[2])]));
      }),
      { numRuns: 200 },
    );
  });
});

describe('openSMILE', () => {
  it('CSV: quotes and separators inside single-quoted names stay as they are', async () => {
    const { corpus } = await readText("name;frameTime;x\n'b 1,x.wav';0.000000;1\n'it's; a.wav';0.0;2e+00\n");
    expect(corpus.utterances).toEqual(['b 1,x.wav', "it's; a.wav"]);
    expect(corpus.features).toEqual(['x']);
  });

  const arff = (cls: string, rows: string) =>
    `% comment\n@RELATION r\n\n@attribute name string\n@attribute 'x 1' numeric\n@ATTRIBUTE y\treal\n@attribute class ${cls}\n\n@data\n\n${rows}`;

  it('ARFF: escapes, comments, missing values', async () => {
    const rows = "'it\\'s a, b.wav',1,2,0.0\n% no row\nc.wav, ?, 3 ,0.0\nd.wav,5,6,0.0\n";
    for (const size of [1, 1000]) {
      const result = await readText(arff('numeric', rows), 'r.arff', size);
      expect(result.corpus.utterances).toEqual(["it's a, b.wav", 'c.wav', 'd.wav']);
      expect(result.corpus.features).toEqual(['x 1', 'y']);
      expect([...result.corpus.values]).toEqual([1, 2, 3, 3, 5, 6]);
      expect(result.corpus.labels).toEqual({});
      expect(codes(result)).toEqual(['missing-cells']);
      expect(warning(result, 'missing-cells').where).toBe('line 13, column 2 "x 1"');
    }
  });

  it('ARFF: a nominal class of three words is taken for activation, with a warning', async () => {
    const result = await readText(arff('{low,mid,high}', 'a,1,2,high\nb,1,2,low\nc,3,4,?\n'), 'r.arff');
    const { activation } = result.corpus.labels;
    expect(activation && [...classIndices(activation)]).toEqual([2, 0, -1]);
    expect(codes(result)).toEqual(['class-column-assumed-activation', 'unlabelled-rows']);
  });

  it('ARFF: of two class attributes the one with labels counts', async () => {
    const head =
      '@relation r\n@attribute name string\n@attribute x numeric\n@attribute class numeric\n@attribute class {low,high}\n@data\n';
    const result = await readText(`${head}a,1,0.0,low\nb,2,0.0,high\n`);
    expect(result.report.tasks).toEqual({ activation: { low: 1, mid: 0, high: 1 } });
  });

  it('opensmile-python: segments of a file are utterances of their own; an all-NaN row is left out', async () => {
    const t = (s: string) => `0 days 00:00:0${s}`;
    const file = `file,start,end,x\na.wav,${t('0')},${t('1.5')},1\na.wav,${t('1.5')},${t('2.25')},2\nb.wav,0 days,${t('0.01')},\n`;
    const result = await readText(file);
    expect(result.corpus.utterances).toEqual(['a.wav [0.00–1.50 s]', 'a.wav [1.50–2.25 s]']);
    expect(warning(result, 'empty-rows').where).toBe('line 4 "b.wav"');
  });

  it('names that R or MATLAB mangled are restored, and eGeMAPS names left alone', async () => {
    const names = [
      'mfcc_sma.0._amean',
      'mfcc_sma_de.14._stddev',
      'mfcc_sma_1__amean',
      'F0semitoneFrom27.5Hz_sma3nz_percentile20.0',
    ];
    const result = await readText(`name,${names}\na,1,2,3,4\nb,5,6,7,9\n`);
    expect(result.corpus.features).toEqual([
      'mfcc_sma[0]_amean',
      'mfcc_sma_de[14]_stddev',
      'mfcc_sma[1]_amean',
      names[3],
    ]);
    expect(warning(result, 'names-restored').where).toContain('3 columns');
  });
});

describe('what is mended or noticed', () => {
  it('missing and non-finite cells take the median; the first is named', async () => {
    const result = await readText('file,x,y\na,1,1\nb,,2\nc,2,inf\nd,7,4\n');
    expect([...result.corpus.values]).toEqual([1, 1, 2, 2, 2, 2, 7, 4]);
    const { where, message } = warning(result, 'missing-cells');
    expect(where).toBe('line 3, column 2 "x"');
    expect(message).toBe('1 cell without a value, set to the column’s median.');
    expect(warning(result, 'infinite-cells').message).toMatch(/^1 cell infinite or too large/);
  });

  it('a column without any value is left out', async () => {
    const result = await readText('file,x,y\na,NaN,1\nb,?,2\n');
    expect(result.corpus.features).toEqual(['y']);
    expect(warning(result, 'empty-columns').where).toBe('column "x"');
    expect(codes(result)).not.toContain('missing-cells');
  });

  it('labels and names stay with their rows where rows are left out', async () => {
    const result = await readText('file,activation,x\na,low,\nb,mid,1\nc,high,2\n');
    expect(result.corpus.utterances).toEqual(['b', 'c']);
    const { activation } = result.corpus.labels;
    expect(activation && [...classIndices(activation)]).toEqual([1, 2]);
  });

  it('repeated headers are skipped, repeated rows kept, both with their lines', async () => {
    const result = await readText('name;x\na;1\nname;x\na;1\na;2\nb;1\n');
    expect(result.corpus.rows).toBe(4);
    expect(warning(result, 'repeated-header').where).toBe('line 3');
    expect(warning(result, 'duplicate-rows')).toMatchObject({ where: 'line 4 "a"' });
    expect(warning(result, 'duplicate-rows').message).toMatch(/^1 row /);
  });

  it('a feature declared twice is read once', async () => {
    const result = await readText('name,x,y,x\na,1,2,3\nb,2,3,4\n');
    expect(result.corpus.features).toEqual(['x', 'y']);
    expect(codes(result)).toEqual(['duplicate-column']);
  });

  it('rows without names of their own are called by their number', async () => {
    expect((await readText('x,y\n1,2\n3,4\n')).corpus.utterances).toEqual(['row 1', 'row 2']);
    const same = await readText('name,x\nunknown,2\nunknown,4\n');
    expect(same.corpus.utterances).toEqual(['row 1', 'row 2']);
    expect(codes(same)).toEqual(['no-utterance-name']);
  });

  it('constant columns are reported', async () => {
    expect((await readText('name,x,y,z\na,1,2,0\nb,1,3,0\n')).report.constantColumns).toEqual(['x', 'z']);
  });

  it('numeric names are features of an embedding', async () => {
    const names = Array.from({ length: 32 }, (_, i) => i);
    const { report } = await readText(`file,${names}\na,${names.map((n) => n + 0.5)}\n`);
    expect(report).toMatchObject({ features: 32, featureSet: 'embeddings (32)' });
  });
});

describe('reading', () => {
  const big = `name,x\n${Array.from({ length: 5000 }, (_, i) => `u${i},${i}\n`).join('')}`;

  it('tells its progress, the last time with everything', async () => {
    const bytes = gzip(big);
    const seen: number[] = [];
    await readCorpus([fileOf(bytes, 'big.csv.gz', 1000)], {
      onProgress: (p) => seen.push(p.bytesRead, p.rows),
    });
    expect(seen.slice(-2)).toEqual([bytes.length, 5000]);
  });

  it('grows past its first guess without losing rows', async () => {
    const { corpus } = await readText(big, 'big.csv', 777);
    expect([...corpus.values]).toEqual(Array.from({ length: 5000 }, (_, i) => i));
    expect(corpus.values.buffer.byteLength).toBe(4 * 5000);
  });

  it('ends with the reason of its signal, gzip or not, and lets the file go', async () => {
    for (const bytes of [new TextEncoder().encode(big), gzip(big)]) {
      const abort = new AbortController();
      let cancelled = false;
      let sent = 0;
      const stream = new ReadableStream<Uint8Array>({
        pull(controller) {
          controller.enqueue(bytes.slice(sent, sent + 600));
          sent += 600;
          if (sent === 1200) abort.abort(new DOMException('enough', 'AbortError'));
        },
        cancel() {
          cancelled = true;
        },
      });
      const file = { ...fileOf(bytes, 'big.csv'), stream: () => stream };
      const reading = readCorpus([file], { signal: abort.signal });
      await expect(reading).rejects.toMatchObject({ name: 'AbortError', message: 'enough' });
      expect(cancelled).toBe(true);
    }
  });
});
