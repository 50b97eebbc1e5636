import fc from 'fast-check';
import { type ColumnSource, type KeyValue, parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer';
import { describe, expect, it, vi } from 'vitest';
import type { InputFile } from './input.ts';
import { type ParquetOptions, readParquet } from './parquet.ts';
import { FormatError } from './report.ts';
import type { Table } from './table.ts';
import { collectWarnings } from './warnings.ts';

const inputOf = (bytes: ArrayBuffer, name = 'emo.parquet'): InputFile => ({
  name,
  bytes: bytes.byteLength,
  stream: () => new Blob([bytes]).stream(),
  slice: async (start, end) => bytes.slice(start, end),
});

const RULES = { ragged: 'refuse', words: 'refuse' } as const;

async function read(bytes: ArrayBuffer, options: Partial<ParquetOptions> = {}) {
  const { warnings, warn } = collectWarnings();
  const table = await readParquet(inputOf(bytes), { rules: RULES, warn, ...options });
  if (!table) throw new Error('no table');
  return { table, codes: warnings.map((w) => w.code) };
}

async function refusal(bytes: ArrayBuffer, options: Partial<ParquetOptions> = {}): Promise<FormatError> {
  const error = await read(bytes, options).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(FormatError);
  return error as FormatError;
}

const rowsOf = ({ rows, values, layout: { features } }: Table) =>
  Array.from({ length: rows }, (_, r) => [...values.slice(r * features.length, (r + 1) * features.length)]);

const write = (
  columnData: ColumnSource[],
  more: { schema?: SchemaElement[]; kvMetadata?: KeyValue[] } = {},
) => parquetWriteBuffer({ columnData, ...more });

const schemaOf = (...elements: SchemaElement[]): SchemaElement[] => [
  { name: 'root', num_children: elements.length },
  ...elements,
];
const optional = { repetition_type: 'OPTIONAL' } as const;

const pandas = (index: unknown[], timedeltas: string[] = []): KeyValue[] => [
  {
    key: 'pandas',
    value: JSON.stringify({
      index_columns: index,
      columns: timedeltas.map((name) => ({ name, field_name: name, numpy_type: 'timedelta64[ns]' })),
    }),
  },
];

describe('readParquet', () => {
  it('reads every type that numbers come in', async () => {
    const schema = schemaOf(
      { name: 'f32', type: 'FLOAT', ...optional },
      { name: 'f64', type: 'DOUBLE', ...optional },
      { name: 'i32', type: 'INT32', ...optional },
      { name: 'u32', type: 'INT32', converted_type: 'UINT_32', repetition_type: 'REQUIRED' },
      { name: 'i64', type: 'INT64', ...optional },
      { name: 'flag', type: 'BOOLEAN', ...optional },
      {
        name: 'half',
        type: 'FIXED_LEN_BYTE_ARRAY',
        type_length: 2,
        logical_type: { type: 'FLOAT16' },
        ...optional,
      },
      { name: 'price', type: 'INT32', converted_type: 'DECIMAL', scale: 2, precision: 9, ...optional },
      { name: 'cost', type: 'INT32', logical_type: { type: 'DECIMAL', scale: 1, precision: 9 }, ...optional },
    );
    const bytes = write(
      [
        { name: 'f32', data: [0.1, null] },
        { name: 'f64', data: [Math.PI, Number.NaN] },
        { name: 'i32', data: [-7, null] },
        { name: 'u32', data: [4_000_000_000, 1] },
        { name: 'i64', data: [123_456_789_012n, null] },
        { name: 'flag', data: [true, false] },
        { name: 'half', data: [0.5, -2] },
        { name: 'price', data: [1.25, -3] },
        { name: 'cost', data: [15, 20] },
      ],
      { schema },
    );
    const { table } = await read(bytes);
    expect(table.layout.features).toEqual(schema.slice(1).map((e) => e.name));
    const expected = [0.1, Math.PI, -7, 4_000_000_000, 123_456_789_012, 1, 0.5, 1.25, 1.5].map(Math.fround);
    const gap = Number.NaN;
    expect(rowsOf(table)).toEqual([expected, [gap, gap, gap, 1, gap, 0, -2, -3, 2]]);
    expect(table.missing).toEqual({ count: 4, line: 2, column: 0 });
    expect([...table.lines]).toEqual([1, 2]);
  });

  it('counts infinities and numbers beyond 32 bits apart, at their first place', async () => {
    const bytes = write([
      { name: 'name', data: ['a', 'b', 'c'] },
      { name: 'x', data: [1, 2, Number.POSITIVE_INFINITY], type: 'DOUBLE' },
      { name: 'y', data: [1, 1e300, null], type: 'DOUBLE' },
    ]);
    const { table } = await read(bytes);
    expect(table.infinite).toEqual({ count: 2, line: 2, column: 2 });
    expect(table.missing).toEqual({ count: 1, line: 3, column: 2 });
  });

  it('takes names and labels as text, integers and short decimals as they are written', async () => {
    const bytes = write([
      { name: 'file', data: ['é.wav', 'b"c.wav', 'é.wav'] },
      { name: 'speaker', data: [3, 4, 5], type: 'INT32' },
      { name: 'valence', data: Float32Array.of(2.1, 3.3, Number.NaN) },
      { name: 'activation', data: [1.5, 2.25, null], type: 'DOUBLE', nullable: true },
      { name: 'emotion', data: ['joy', null, 'joy'], type: 'STRING', nullable: true },
      { name: 'comment', data: ['', 'x', 'y'] },
      { name: 'loud', data: Float32Array.of(1, 2, 3) },
    ]);
    const { table } = await read(bytes);
    expect(table.layout.features).toEqual(['loud']);
    expect(table.textOf('name')).toEqual(['é.wav', 'b"c.wav', 'é.wav']);
    expect(table.textOf('speaker')).toEqual(['3', '4', '5']);
    expect(table.textOf('valence')).toEqual(['2.1', '3.3', '']);
    expect(table.textOf('activation')).toEqual(['1.5', '2.25', '']);
    expect(table.textOf('emotion')).toEqual(['joy', '', 'joy']);
  });

  it("knows pandas' index: opensmile-python's file, start and end in nanoseconds", async () => {
    const bytes = write(
      [
        { name: 'loud', data: Float32Array.of(1, 2) },
        { name: 'file', data: ['a.wav', 'a.wav'] },
        { name: 'start', data: [0n, 1_898_250_000n], type: 'INT64' },
        { name: 'end', data: [1_898_250_000n, -(2n ** 63n)], type: 'INT64' },
      ],
      { kvMetadata: pandas(['file', 'start', 'end'], ['start', 'end']) },
    );
    const { table } = await read(bytes);
    expect(table.layout.features).toEqual(['loud']);
    expect(table.textOf('start')).toEqual(['0', '1.89825']);
    expect(table.textOf('end')).toEqual(['1.89825', '']);
  });

  it.each([
    ['words name the utterances', ['a', 'b'], undefined, ['a', 'b']],
    ['numbers count rows', [0n, 1n], 'INT64', null],
  ] as const)('takes an index without a name: %s', async (_, data, type, names) => {
    const columns: ColumnSource[] = [
      { name: 'x', data: Float32Array.of(1, 2) },
      { name: '__index_level_0__', data: [...data], type },
    ];
    const { table } = await read(write(columns, { kvMetadata: pandas(['__index_level_0__']) }));
    expect(table.layout.features).toEqual(['x']);
    expect(table.textOf('name')).toEqual(names);
  });

  it('makes features of lists of the same length, and refuses others', async () => {
    const element = { name: 'element', type: 'FLOAT', ...optional } as const;
    const list = { name: 'list', repetition_type: 'REPEATED', num_children: 1 } as const;
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 2 },
      { name: 'name', type: 'BYTE_ARRAY', converted_type: 'UTF8', ...optional },
      { name: 'embedding', converted_type: 'LIST', num_children: 1, ...optional },
      list,
      element,
    ];
    const names = { name: 'name', data: ['a', 'b', 'c'] };
    const of = (data: unknown[]) => write([names, { name: 'embedding', data: data as number[] }], { schema });
    const { table } = await read(of([null, [1, 2.5], [3, null]]));
    expect(table.layout.features).toEqual(['embedding_0', 'embedding_1']);
    expect(rowsOf(table)).toEqual([
      [Number.NaN, Number.NaN],
      [1, 2.5],
      [3, Number.NaN],
    ]);
    const error = await refusal(
      of([
        [1, 2],
        [1, 2],
        [1, 2, 3],
      ]),
    );
    expect(error.message).toContain('line 3, column 2 "embedding": found a list of 3 numbers, expected 2');
  });

  it('refuses nested columns by their name', async () => {
    const schema: SchemaElement[] = [
      { name: 'root', num_children: 2 },
      { name: 'x', type: 'FLOAT', ...optional },
      { name: 'parts', num_children: 1, ...optional },
      { name: 'y', type: 'FLOAT', ...optional },
    ];
    const data = [{ y: 1 }, { y: 2 }] as unknown as number[];
    const error = await refusal(
      write(
        [
          { name: 'x', data: [1, 2] },
          { name: 'parts', data },
        ],
        { schema },
      ),
    );
    expect(error.message).toBe(
      'emo.parquet, column 2 "parts": found nested values, expected one number or one text a cell. ' +
        'Write its parts as columns of their own, or leave the column out.',
    );
  });

  it('reads numbers kept as text, and says where a word stands among them', async () => {
    const columns: ColumnSource[] = [
      { name: 'name', data: ['a', 'b', 'c'] },
      { name: 'x', data: ['0.5', 'loud', '1e-3'] },
    ];
    const error = await refusal(write(columns));
    expect(error.message).toContain('line 2, column 2 "x": found "loud", expected a number');
    expect(error.remedy).toEqual({ words: 'missing' });
    const { table } = await read(write(columns), { rules: { ragged: 'refuse', words: 'missing' } });
    expect(rowsOf(table)).toEqual([[0.5], [Number.NaN], [Math.fround(1e-3)]]);
    expect(table.words).toEqual({ count: 1, line: 2, column: 1 });
  });

  it('reads any table in any row groups as it was written', async () => {
    const number = fc.float({ noNaN: true, noDefaultInfinity: true });
    const codecs = fc.constantFrom('SNAPPY', 'UNCOMPRESSED');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(number, number, fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.constantFrom('PLAIN', 'BYTE_STREAM_SPLIT', undefined),
        codecs,
        async (cells, rowGroupSize, encoding, codec) => {
          const column = (i: number) => Float32Array.from(cells, (row) => Number(row[i]));
          const bytes = parquetWriteBuffer({
            columnData: [
              { name: 'name', data: cells.map((c) => c[2]) },
              { name: 'x', data: column(0), encoding },
              { name: 'y', data: column(1) },
            ],
            rowGroupSize,
            codec,
          });
          const { table } = await read(bytes);
          const values = table.matrix.filled(table.rows, 'emo.parquet');
          expect(Buffer.from(values.slice().buffer)).toEqual(
            Buffer.from(Float32Array.from(cells.flatMap((c) => [c[0], c[1]])).buffer),
          );
          expect(table.textOf('name')).toEqual(cells.map((c) => c[2]));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('never hangs and never crashes on damage: it reads or says what is wrong', async () => {
    const n = 40;
    const whole = write([
      { name: 'name', data: Array.from({ length: n }, (_, i) => `utterance ${i % 7}`) },
      { name: 'x', data: Float32Array.from({ length: n }, (_, i) => i / 3) },
      { name: 'y', data: Array.from({ length: n }, (_, i) => BigInt(i % 3)), type: 'INT64' },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.byteLength - 1), fc.integer({ min: 1, max: 255 })), {
          minLength: 1,
          maxLength: 4,
        }),
        async (changes) => {
          const bytes = whole.slice(0);
          const view = new Uint8Array(bytes);
          for (const [at, bits] of changes) view[at] ^= bits;
          const result = await read(bytes).catch((e: unknown) => e);
          if (result instanceof Error) expect(result).toBeInstanceOf(FormatError);
        },
      ),
      { numRuns: 400 },
    );
    for (let length = 4; length < whole.byteLength; length += 7) {
      expect((await refusal(whole.slice(0, length))).message).toMatch(/emo\.parquet/);
    }
  });

  it('names encryption, a changed file, an unknown compression and missing rows', async () => {
    const whole = write([{ name: 'x', data: Float32Array.of(1, 2, 3) }]);
    const encrypted = whole.slice(0);
    new Uint8Array(encrypted).set([80, 65, 82, 69], encrypted.byteLength - 4);
    expect((await refusal(encrypted)).found).toBe('an encrypted Parquet file');
    const short = {
      ...inputOf(whole),
      slice: async (s: number, e: number) => whole.slice(s, Math.max(s, e - 1)),
    };
    const warn = vi.fn();
    await expect(readParquet(short, { rules: RULES, warn })).rejects.toThrow('It seems to have changed');
    const lzo = parquetWriteBuffer({
      columnData: [{ name: 'x', data: Float32Array.of(1, 2, 3) }],
      codec: 'LZO',
      compressors: { LZO: (b) => b },
    });
    expect((await refusal(lzo)).message).toContain('column 1 "x": found the compression LZO');
    expect((await refusal(write([{ name: 'x', data: new Float32Array(0) }]))).found).toBe(
      'columns and no rows',
    );
    expect((await refusal(write([{ name: 'name', data: ['a'] }]))).message).toContain('none of numbers');
  });

  it('tells its progress and stops where it is told to', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [{ name: 'x', data: new Float32Array(300) }],
      rowGroupSize: 100,
    });
    const seen: number[] = [];
    await read(bytes, { onProgress: ({ bytesRead }) => seen.push(bytesRead) });
    expect(seen).toHaveLength(4);
    expect(seen.at(-1)).toBe(bytes.byteLength);
    const stop = new AbortController();
    const reading = read(bytes, { signal: stop.signal, onProgress: () => stop.abort('enough') });
    await expect(reading).rejects.toBe('enough');
  });

  it('hands on what the file itself throws', async () => {
    const gone = new DOMException('gone', 'NotReadableError');
    const bytes = write([{ name: 'x', data: Float32Array.of(1) }]);
    const input = { ...inputOf(bytes), slice: () => Promise.reject(gone) };
    await expect(readParquet(input, { rules: RULES, warn: vi.fn() })).rejects.toBe(gone);
  });
});
