import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Corpus, classIndices, type LabelColumn, TASKS } from '../corpus/corpus.ts';
import { corpusSheet, type Sheet, syntheticSheet } from './sheet.ts';
import { readText } from './testing.ts';
import { SHEET_FORMATS, type SheetFormat, write } from './write.ts';

const bytesOf = (sheet: Sheet, format: SheetFormat) =>
  new Uint8Array(Buffer.concat([...write(sheet, format)]));
const textOf = (sheet: Sheet, format: SheetFormat) => new TextDecoder().decode(bytesOf(sheet, format));
const readBack = (sheet: Sheet, format: SheetFormat) => readText(bytesOf(sheet, format), `x.${format}`);
const bits = (values: Float32Array) => Buffer.from(values.slice().buffer);

const float = fc.float({ noNaN: true, noDefaultInfinity: true });
const label = fc.constantFrom(0, 1, 2, -1);

/** Names as files may have them, each different; line ends where the format carries them. */
const nameIn = (format: SheetFormat) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('a, "b"', "'c'", 'd\ne', 'f\\g', '50 % {x}', 'Zoë 喜'),
    )
    .map((text) => `u${format === 'arff' ? text.replace(/\p{Cc}/gu, '') : text.replace(/\r/g, '')}.wav`);

const named = (cells: readonly number[], names: readonly string[]) => ({
  names,
  index: Int32Array.from(cells),
});

const corpusIn = (format: SheetFormat): fc.Arbitrary<Corpus> =>
  fc
    .uniqueArray(
      fc.record({
        name: nameIn(format),
        x: float,
        y: float,
        activation: label,
        rating: fc.integer({ min: 10, max: 50 }),
      }),
      {
        minLength: 3,
        maxLength: 80,
        selector: (row) => row.name.trim(),
      },
    )
    .map((rows): Corpus => {
      const activation: LabelColumn = {
        kind: 'categorical',
        column: 'activation',
        ...named(
          rows.map((r) => r.activation),
          ['low', 'mid', 'high'],
        ),
        mapping: [0, 1, 2],
      };
      const ratings = Float32Array.from(rows, (r) => r.rating / 10);
      const valence: LabelColumn = { kind: 'continuous', column: 'val', ratings, cuts: [1.75, 3.25] };
      return {
        name: "the corpus's name",
        rows: rows.length,
        features: ['x', 'mfcc_sma[0]_amean, "y"'],
        values: Float32Array.from(rows.flatMap((r) => [r.x, r.y])),
        utterances: rows.map((r) => r.name),
        speakers: named(
          rows.map((_, i) => (i % 3) - 1),
          ['Ann O’Neil', 'B, C'],
        ),
        emotions: named(
          rows.map((_, i) => i % 2),
          ['joy', 'anger'],
        ),
        labels: rows.some((r) => r.activation >= 0) ? { activation, valence } : { valence },
        simulated: false,
      };
    });

const speakersOf = ({ speakers }: Corpus) =>
  [...(speakers?.index ?? [])].map((i) => speakers?.names[i] ?? null);

describe.each(SHEET_FORMATS)('a corpus written as %s', (format) => {
  it('reads back equal, to the last bit of every float32', async () => {
    await fc.assert(
      fc.asyncProperty(corpusIn(format), async (corpus) => {
        const { corpus: back } = await readBack(corpusSheet(corpus), format);
        expect(back.features).toEqual(corpus.features);
        expect(bits(back.values)).toEqual(bits(corpus.values));
        expect(back.utterances).toEqual(corpus.utterances.map((u) => u.trim()));
        expect(speakersOf(back)).toEqual(speakersOf(corpus));
        for (const task of TASKS) {
          const [was, is] = [corpus.labels[task], back.labels[task]];
          if (was) expect(is && [...classIndices(is)]).toEqual([...classIndices(was)]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const samples = (rows: number) =>
  syntheticSheet({
    type: 'B',
    task: 'valence',
    features: ['x'],
    matrix: { rows, columns: 1, values: Float32Array.from({ length: rows }, (_, r) => r / 10) },
    classes: Int8Array.from({ length: rows }, (_, r) => (r % 4) - 1),
    origin: Int32Array.from({ length: rows }, (_, r) => 1 - (r % 2)),
    from: { name: 'emo, db', utterances: ['a.wav', "b's.wav"] },
  });

describe('synthetic samples', () => {
  it('say what they were made from, as text', () => {
    expect(textOf(samples(2), 'csv')).toBe(
      'name,origin_row,origin,type,valence,x\nb\'s.wav,2,"emo, db",B,,0\na.wav,1,"emo, db",B,low,0.100000001\n',
    );
    expect(textOf(samples(2), 'arff')).toBe(
      "@relation 'synthetic B'\n\n@attribute name string\n@attribute origin_row numeric\n@attribute origin string\n" +
        '@attribute type {A,B,C}\n@attribute valence {low,mid,high}\n@attribute x numeric\n\n@data\n' +
        "'b\\'s.wav',2,'emo, db',B,?,0\na.wav,1,'emo, db',B,low,0.100000001\n",
    );
  });

  it.each(SHEET_FORMATS)('read back with their classes from %s of several parts', async (format) => {
    const sheet = samples(1300);
    const { corpus } = await readBack(sheet, format);
    expect(corpus.features).toEqual(['x']);
    expect(bits(corpus.values)).toEqual(bits(sheet.values));
    expect(corpus.utterances.slice(0, 2)).toEqual(["b's.wav", 'a.wav']);
    expect(corpus.labels.valence && [...classIndices(corpus.labels.valence).slice(0, 5)]).toEqual([
      -1, 0, 1, 2, -1,
    ]);
  });

  it.each(SHEET_FORMATS)('come in chunks where there are many: %s', (format) => {
    const rows = 40_000;
    const wide = {
      ...samples(rows),
      features: Array.from({ length: 120 }, (_, f) => `f${f}`),
      values: new Float32Array(rows * 120),
    };
    const chunks = write(wide, format);
    const sizes = [chunks.next(), chunks.next()].map(({ value }) => (value ? value.length : 0));
    expect(Math.max(...sizes)).toBeLessThan(2 ** 25);
    expect(chunks.next().done).toBe(false);
  });
});
